"""Everything a leader needs of one review, on paper."""

from dataclasses import dataclass
from functools import cached_property

from reviews.models import AgreedScore, Finding, Participant, ReviewAction
from reviews.pages.comparison import Comparison
from reviews.pages.findings import Told, findings_of
from reviews.pages.heat import Heat, Line
from reviews.pages.results import Results
from reviews.pages.scales import Cell
from reviews.services.notes import people_by_level


@dataclass(frozen=True)
class Judgment:
    """One element with what was agreed of it."""

    line: Line
    agreed: AgreedScore | None

    @property
    def cell(self) -> Cell:
        return self.line.agreed


@dataclass
class Report:
    """What the report says; the same reader's view as on the page of results."""

    results: Results

    @cached_property
    def heat(self) -> Heat:
        return Heat(self.results)

    @cached_property
    def comparison(self) -> Comparison:
        return Comparison(self.results)

    @cached_property
    def sections(self) -> list[tuple[str, list[Judgment]]]:
        """Judgments under the headings of the rubric."""
        agreed = self.results.agreed
        return [
            (section.name, [Judgment(row, agreed.get(row.element.pk)) for row in section.lines])
            for section in self.heat.sections
        ]

    @cached_property
    def judged(self) -> list[Judgment]:
        return [
            row for _name, rows in self.sections for row in rows if row.agreed and row.agreed.value
        ]

    @property
    def strongest(self) -> list[Judgment]:
        """Agreed in the upper half of the scale, the strongest first."""
        scale = self.results.scale
        strong = [row for row in self.judged if scale.is_strong(row.agreed.value)]  # type: ignore[union-attr]
        return sorted(strong, key=lambda row: -row.agreed.value)  # type: ignore[union-attr]

    @property
    def weakest(self) -> list[Judgment]:
        """Agreed in the lower half of the scale, the weakest first."""
        scale = self.results.scale
        weak = [row for row in self.judged if not scale.is_strong(row.agreed.value)]  # type: ignore[union-attr]
        return sorted(weak, key=lambda row: row.agreed.value)  # type: ignore[union-attr]

    @property
    def disagreements(self) -> list[Judgment]:
        """Where scores lay two points apart or more, or someone dissents."""
        return [
            row
            for _name, rows in self.sections
            for row in rows
            if row.line.spread.is_apart or (row.agreed and row.agreed.dissent)
        ]

    @cached_property
    def levels(self) -> list[tuple[str, int]]:
        """How many people of each level were heard, where that tells of nobody in particular."""
        heard = people_by_level(self.results.round)
        return [
            (str(name), heard[tier]) for tier, name in Participant.Tier.choices if tier in heard
        ]

    @cached_property
    def told(self) -> list[Told]:
        return findings_of(self.results.round)

    def of_nature(self, nature: str) -> list[Finding]:
        return [told.finding for told in self.told if told.finding.nature == nature]

    @property
    def strengths(self) -> list[Finding]:
        return self.of_nature(Finding.Nature.STRENGTH)

    @property
    def weaknesses(self) -> list[Finding]:
        return self.of_nature(Finding.Nature.WEAKNESS)

    @property
    def next_actions(self) -> list[ReviewAction]:
        """Actions still open, the soonest first."""
        rows = [row for told in self.told for meant in told.implications for row in meant.actions]
        return sorted(
            (row for row in rows if row.action.status == "open"),
            key=lambda row: (row.action.due, row.pk),
        )
