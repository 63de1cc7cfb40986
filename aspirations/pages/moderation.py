"""Moderation: every active aspiration in rank order, its sheets, and what is being settled."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aspirations.analysis import assessments as analysis
from aspirations.models import Aspiration, Assessment, AssessmentRound
from aspirations.pages.assessments import Sheets, sheets_by_pair
from aspirations.pages.human import View
from aspirations.sentences import assessments as words
from aspirations.services.assessments.computed import Computed, by_aspiration

NO_PLACE = 10_000


@dataclass(frozen=True)
class Candidate(Sheets):
    """One aspiration on the table: the sheets, the rules' light, and the result being written."""

    aspiration: Aspiration
    final: Assessment
    sheets: tuple[View, ...]
    computed: Computed

    @property
    def to_discuss(self) -> bool:
        return bool(self.spread and self.spread.to_discuss)

    @property
    def is_warning(self) -> bool:
        return analysis.is_warning(self.final.light, self.computed.light)

    @property
    def difference(self) -> str:
        """How what is settled stands to the rules; empty while nothing is, or where they agree."""
        if not analysis.steps(self.final.light, self.computed.light):
            return ""
        return words.difference_text(self.final.light, self.computed.light)

    @property
    def prefix(self) -> str:
        """Of the names of its fields."""
        return f"a{self.aspiration.pk}"


@dataclass
class ModerationPage:
    """A round on the table of whoever moderates it."""

    user: Any
    round: AssessmentRound

    @cached_property
    def candidates(self) -> list[Candidate]:
        """In the order settled so far; the rest by the order of the aspirations. Five queries."""
        place = self.round.system
        aspirations = list(place.aspirations.active())
        finals = {
            row.aspiration_id: row
            for row in Assessment.objects.visible_to(self.user).filter(
                round=self.round, kind=Assessment.Kind.FINAL)
        }  # fmt: skip
        sheets = sheets_by_pair(self.user, [self.round.pk], place)
        computed = by_aspiration(aspirations, place.today())
        found = []
        for row in aspirations:
            final = finals.get(row.pk) or Assessment(aspiration=row, kind=Assessment.Kind.FINAL)
            final.round = self.round
            told = tuple(sheets.get((self.round.pk, row.pk), ()))
            found.append(Candidate(row, final, told, computed[row.pk]))
        return sorted(found, key=lambda row: row.final.rank or NO_PLACE)

    @property
    def to_discuss(self) -> list[Candidate]:
        return [row for row in self.candidates if row.to_discuss]

    @property
    def unsettled(self) -> int:
        return sum(not (row.final.light and row.final.rank) for row in self.candidates)
