"""Rounds of human judgment: the one that runs, what the last one settled, and those before."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.text import capfirst

from aspirations.analysis import assessments as analysis
from aspirations.analysis.standing import counts
from aspirations.models import Aspiration, Assessment, AssessmentRound
from aspirations.pages.human import MODERATE, READ, WRITE, View, viewed, with_offices
from aspirations.pages.rights import rights
from aspirations.sentences import assessments as words
from aspirations.services.assessments.computed import Computed, by_aspiration
from aspirations.services.assessments.owed import Progress, progress
from people.models import System


class Sheets:
    """What the sheets about one aspiration say together."""

    sheets: tuple[View, ...]

    @cached_property
    def spread(self) -> analysis.Spread | None:
        return analysis.spread(sheet.light for sheet in self.sheets)

    @property
    def spread_text(self) -> str:
        """Empty where the reader may not read the sheets."""
        return words.spread_text(self.spread, len(self.sheets))


@dataclass(frozen=True)
class Result(Sheets):
    """What people settled of one aspiration, beside the sheets and the rules."""

    view: View
    sheets: tuple[View, ...]
    now: Computed

    @property
    def row(self) -> Assessment:
        return self.view.row

    @property
    def aspiration(self) -> Aspiration:
        assert self.row.aspiration is not None
        return self.row.aspiration

    @property
    def moved(self) -> bool:
        """Whether the rules say something else now than when the round was locked."""
        return bool(self.now.light) and self.now.light != self.row.computed_light

    @property
    def is_warning(self) -> bool:
        return analysis.is_warning(self.row.light, self.now.light or self.row.computed_light)

    @property
    def warning(self) -> str:
        """Where people and the rules are two steps apart or more, with what the rules say now."""
        if not self.is_warning:
            return ""
        return words.difference_text(self.row.light, self.now.light or self.row.computed_light)

    @property
    def standing(self) -> analysis.Standing:
        row: Any = self.row
        today = row.system.today()
        return analysis.standing(today, row.expires_on, getattr(row, "newer", 0))

    @property
    def has_lapsed(self) -> bool:
        return self.standing == analysis.Standing.LAPSED

    @property
    def standing_text(self) -> str:
        assert self.row.expires_on is not None
        today = self.row.system.today()
        return words.standing_text(self.standing, self.row.expires_on, today)


def results_of(user: Any, rounds: Iterable[AssessmentRound], place: System) -> list[Result]:
    """What these rounds settled, by rank, in five queries however many there are."""
    keys = [row.pk for row in rounds]
    finals = Assessment.objects.visible_to(user).finals().filter(round__in=keys)
    shown = with_offices(finals).with_newer_figures().select_related("author", "aspiration")
    found = list(shown.order_by("rank", "pk"))
    for row in found:
        row.system = place
    now = by_aspiration([row.aspiration for row in found if row.aspiration], place.today())
    told = sheets_by_pair(user, keys, place)
    return [
        Result(
            viewed(row, place),
            tuple(told.get((row.round_id, row.aspiration_id), ())),
            now.get(row.aspiration_id or 0, Computed()),
        )
        for row in found
    ]


def sheets_by_pair(
    user: Any, rounds: Iterable[int], place: System
) -> dict[tuple[int | None, int | None], list[View]]:
    """(round, aspiration) to the sheets this person may compare, the latest of each author."""
    rows = Assessment.objects.visible_to(user).latest_sheets().filter(
        round__in=list(rounds)).exclude(round__status="open")  # fmt: skip
    found: dict[tuple[int | None, int | None], list[View]] = {}
    for row in with_offices(rows).order_by("kind", "author__name", "pk"):
        found.setdefault((row.round_id, row.aspiration_id), []).append(viewed(row, place))
    return found


@dataclass(frozen=True)
class Mine:
    """One of the reader's own sheets of the running round."""

    aspiration: Aspiration
    sent: Assessment | None
    draft: Assessment | None


@dataclass
class AssessmentsPage:
    """What the page of all rounds says; each part is asked for as the template needs it."""

    user: Any
    system: System

    @cached_property
    def rights(self) -> frozenset[str]:
        return rights(self.user, self.system, (WRITE, MODERATE))

    @property
    def may_write(self) -> bool:
        return WRITE in self.rights

    @property
    def may_moderate(self) -> bool:
        return MODERATE in self.rights

    @cached_property
    def rounds(self) -> list[AssessmentRound]:
        rows = AssessmentRound.objects.visible_to(self.user).filter(system=self.system)
        return list(rows.order_by("-opened_at", "-pk"))

    @property
    def running(self) -> AssessmentRound | None:
        return next((row for row in self.rounds if row.status != "locked"), None)

    @property
    def locked(self) -> list[AssessmentRound]:
        return [row for row in self.rounds if row.status == "locked"]

    @property
    def last(self) -> AssessmentRound | None:
        return next(iter(self.locked), None)

    @cached_property
    def progress(self) -> Progress | None:
        """How far the running round is; who has sent what is for a moderator alone."""
        return progress(self.running) if self.running else None

    @property
    def is_late(self) -> bool:
        return bool(self.running and self.running.due < self.system.today())

    @cached_property
    def is_asked(self) -> bool:
        return bool(self.running and self.running.assessors.filter(user=self.user.pk).exists())

    @cached_property
    def mine(self) -> list[Mine]:
        """The reader's sheets of the running round, one for each active aspiration."""
        if self.running is None or not self.may_write:
            return []
        sheets: dict[int | None, dict[bool, Assessment]] = {}
        own = Assessment.objects.visible_to(self.user).sheets().filter(
            round=self.running, author=self.user.pk)  # fmt: skip
        for row in own.order_by("revision"):
            sheets.setdefault(row.aspiration_id, {})[row.submitted_at is not None] = row
        return [
            Mine(row, sheets.get(row.pk, {}).get(True), sheets.get(row.pk, {}).get(False))
            for row in self.system.aspirations.active()
        ]

    @property
    def owed(self) -> int:
        return sum(row.sent is None for row in self.mine)

    @property
    def owed_word(self) -> str:
        """“Four”, as a sentence begins."""
        return capfirst(words.in_words(self.owed))

    @cached_property
    def results(self) -> list[Result]:
        return results_of(self.user, [self.last], self.system) if self.last else []

    @property
    def headline(self) -> str:
        return words.results_headline([row.view.light for row in self.results])

    @property
    def range_text(self) -> str:
        return words.range_text(counts(row.view.light for row in self.results))

    @property
    def warnings(self) -> list[Result]:
        return [row for row in self.results if row.is_warning]

    @property
    def earlier(self) -> list[AssessmentRound]:
        return self.locked[1:]


@dataclass
class RoundPage(AssessmentsPage):
    """One locked round, as it was settled."""

    round: AssessmentRound

    @property
    def last(self) -> AssessmentRound | None:
        return self.round


@dataclass(frozen=True)
class AspirationAssessment:
    """What people settled last of one aspiration, for its page; `result` None where nothing yet.

    `may_write` and `running`: whether the reader may write a sheet now, and in which round.
    """

    result: Result | None
    running: AssessmentRound | None
    may_write: bool
    may_challenge: bool


def of_aspiration(user: Any, aspiration: Aspiration) -> AspirationAssessment | None:
    """The part of an aspiration's page that is people's; None to who may not read assessments."""
    place = aspiration.system
    allowed = rights(user, place, (READ, WRITE))
    if READ not in allowed:
        return None
    rounds = AssessmentRound.objects.visible_to(user).filter(system=place)
    locked = rounds.filter(
        status="locked", assessments__aspiration=aspiration, assessments__kind="final",
        assessments__submitted_at__isnull=False,
    )  # fmt: skip
    last = locked.order_by("-locked_at", "-pk").first()
    found = results_of(user, [last], place) if last else []
    result = next((row for row in found if row.row.aspiration_id == aspiration.pk), None)
    others = result is not None and result.row.author_id != user.pk
    return AspirationAssessment(
        result, rounds.filter(status="open").first(), WRITE in allowed,
        WRITE in allowed and others,
    )  # fmt: skip
