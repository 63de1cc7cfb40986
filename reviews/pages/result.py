"""One element of a closed round: its figures, the reasons behind them, and what was agreed."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from reviews.analysis.comparison import ALIKE, Pair
from reviews.models import AgreedScore, Element, Score
from reviews.pages.comments import Comments, Written, written
from reviews.pages.heat import Column, Heat, Line
from reviews.pages.results import Results
from reviews.pages.scales import Cell
from reviews.pages.scoring import sources


@dataclass(frozen=True)
class Signed:
    """One body's sheet: its figure, and the reason with its sources until these are destroyed."""

    column: Column
    cell: Cell
    score: Score | None

    @property
    def body(self) -> str:
        """Under whose name the sheet was asked for: the body’s, else who signed it."""
        part = self.score.participant if self.score else None
        return (part.body or part.who) if part else ""

    @property
    def sources(self) -> list[tuple[str, str]]:
        return sources(self.score) if self.score else []


@dataclass
class Result:
    """What the page of one element says."""

    results: Results
    element: Element

    @cached_property
    def heat(self) -> Heat:
        return Heat(self.results)

    @cached_property
    def line(self) -> Line:
        return self.heat.line(self.element)

    @property
    def cells(self) -> list[tuple[Column, Cell]]:
        """Each group with its figure."""
        return list(zip(self.heat.columns, self.line.cells, strict=True))

    @cached_property
    def written(self) -> Written | None:
        """What raters wrote; None for who may not read it."""
        if not self.results.draws:
            return None
        return written(
            figure
            for (element, _group), figure in self.results.figures.items()
            if element == self.element.pk
        )

    @property
    def comments(self) -> Comments | None:
        return self.written.comments if self.written else None

    @property
    def signed(self) -> list[Signed]:
        scores = self.written.signed if self.written else {}
        return [
            Signed(column, cell, scores.get(column.group))
            for column, cell in self.cells
            if column.group in ("unit", "independent") and self.results.draws
        ]

    @cached_property
    def decisions(self) -> list[tuple[AgreedScore, Cell]]:
        """Everything ever agreed on the element in this round, newest first."""
        rows = AgreedScore.objects.filter(round=self.results.round, element=self.element)
        return [(row, self.results.scale.agreed(row)) for row in rows.order_by("-revision")]

    @property
    def headline(self) -> str:
        """What the panel agreed on it, or that it is open and how far views lie apart."""
        title = self.element.title
        found = self.results.agreed.get(self.element.pk)
        if found is None and self.line.spread.is_apart:
            return _("“%(title)s” is open, and views on it are far apart.") % {"title": title}
        if found is None:
            return _("“%(title)s” is still to be agreed.") % {"title": title}
        if found.value is None:
            return _("“%(title)s” cannot be judged, the joint team agreed.") % {"title": title}
        word = self.results.scale.names[found.value - 1]
        return _("“%(title)s” is agreed to be %(word)s.") % {"title": title, "word": word}

    @property
    def pair(self) -> Pair | None:
        return self.heat.by_code.get(self.element.code)

    @property
    def last_time(self) -> tuple[Cell, AgreedScore] | None:
        """What the round before agreed where it asked the same, with its reason."""
        pair, earlier = self.pair, self.results.earlier
        if pair is None or earlier is None or pair.earlier is None or pair.movement not in ALIKE:
            return None
        found = self.results.judged_in.get((earlier.pk, pair.earlier.code))
        return (self.results.scale.agreed(found), found) if found else None

    @property
    def neighbours(self) -> tuple[Element | None, Element | None]:
        """The elements before and after this one in the rubric."""
        rows = self.results.elements
        at = rows.index(self.element)
        before = rows[at - 1] if at else None
        return before, rows[at + 1] if at + 1 < len(rows) else None
