"""The heat map: one line for each element, one column for each group, and what was agreed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from reviews.analysis import comparison, gaps
from reviews.charts.spread import Spread, spread
from reviews.models import EVERYONE, Element, Figure
from reviews.pages.results import Results, when
from reviews.pages.scales import Cell

Words = str | Promise
MEDIAN, SIGNS = lazy("median, 4 or more"), lazy("signed")
GROUPS: dict[str, tuple[Words, Words]] = {
    "self": (lazy("Self"), MEDIAN),
    "unit": (lazy("Delivery unit"), SIGNS),
    "independent": (lazy("Independent"), SIGNS),
    "interviewee": (lazy("Interviews"), MEDIAN),
    "focus_group": (lazy("Focus groups"), MEDIAN),
    "survey": (lazy("Survey"), MEDIAN),
}
"""Columns in their order: whose view it is, and what kind of figure."""
ORDERS: dict[str, Words] = {
    "rubric": lazy("As in the rubric"),
    "apart": lazy("Furthest apart first"),
    "gap": lazy("Self furthest from others first"),
}


@dataclass(frozen=True)
class Column:
    group: str
    title: Words
    hint: Words


@dataclass(frozen=True)
class Said:
    """How far the views on an element lie apart: a word, and a drawing where six or more gave."""

    word: str = ""
    drawing: Spread | None = None
    told: str = ""
    is_apart: bool = False
    wide: float = 0.0
    is_open: bool = True

    @property
    def to_discuss(self) -> bool:
        """Far apart, and nothing is agreed on it yet."""
        return self.is_apart and self.is_open


@dataclass(frozen=True)
class Line:
    """One element: what was agreed before, what each group says, and what is agreed now."""

    element: Element
    earlier: Cell | None
    cells: tuple[Cell, ...]
    spread: Said
    agreed: Cell
    gap: gaps.Gap | None

    @property
    def rank(self) -> float:
        """The further apart, the larger."""
        return self.spread.is_apart * 100 + self.spread.wide

    @property
    def distance(self) -> float:
        return abs(self.gap.points) if self.gap else -1.0

    @property
    def gap_words(self) -> str:
        """Both figures of the widest gap: “self 3.5, interviews 2”."""
        if self.gap is None:
            return ""
        return _("self %(own)s, %(group)s %(theirs)s") % {
            "own": f"{self.gap.own:g}", "theirs": f"{self.gap.theirs:g}",
            "group": str(GROUPS[self.gap.group][0]).lower(),
        }  # fmt: skip


@dataclass(frozen=True)
class Section:
    """Lines under one heading of the rubric; without one where they are in another order."""

    name: str
    lines: tuple[Line, ...]


@dataclass
class Heat:
    """The table as a whole, in one of `ORDERS`."""

    results: Results
    order: str = "rubric"

    @cached_property
    def columns(self) -> list[Column]:
        """Groups that were asked in this round, as far as the reader sees them."""
        seen = {
            group
            for (_element, group), figure in self.results.figures.items()
            if figure.state != Figure.State.NONE
        }
        return [Column(group, *words) for group, words in GROUPS.items() if group in seen]

    @property
    def width(self) -> int:
        """Columns of the whole table."""
        return len(self.columns) + 2 + self.has_spread + (self.earlier_title != "")

    @property
    def says_more(self) -> bool:
        """Whether there is more in it than what was agreed, which a lens shows as well."""
        return bool(self.columns or self.earlier_title)

    @property
    def has_spread(self) -> bool:
        return bool(self.columns)

    @cached_property
    def earlier_title(self) -> str:
        before = self.results.earlier
        return when(before, self.results.round) if before and self.results.pairs else ""

    @property
    def now_title(self) -> str:
        return when(self.results.round, self.results.earlier)

    @property
    def same_rubric(self) -> bool:
        before = self.results.earlier
        return before is not None and before.rubric_id == self.results.round.rubric_id

    @cached_property
    def lines(self) -> list[Line]:
        return [self.line(element) for element in self.results.elements]

    def line(self, element: Element) -> Line:
        figures, scale = self.results.figures, self.results.scale
        cells = (scale.figure(figures.get((element.pk, column.group))) for column in self.columns)
        return Line(
            element, self.before(element), tuple(cells), self.said(element),
            scale.agreed(self.results.agreed.get(element.pk)), self.results.gap(element),
        )  # fmt: skip

    @cached_property
    def by_code(self) -> dict[str, comparison.Pair]:
        return {pair.now.code: pair for pair in self.results.pairs if pair.now}

    def before(self, element: Element) -> Cell | None:
        """What was agreed the last time that the same was asked."""
        if not self.earlier_title:
            return None
        pair = self.by_code.get(element.code)
        return self.results.before(pair) if pair else Cell(_("Not the same"), kind="none")

    def said(self, element: Element) -> Said:
        figure = self.results.figures.get((element.pk, EVERYONE))
        found = self.results.word(element)
        is_apart = found == Figure.Spread.DISCUSS
        is_open = element.pk not in self.results.agreed
        word = str(Figure.Spread(found).label) if found else ""
        if is_apart and not is_open:
            word = _("Far apart")
        if figure is None or figure.low is None or figure.high is None:
            return Said(word, is_apart=is_apart, is_open=is_open)
        drawing = spread(figure.low, figure.high, self.results.scale.points)
        told = middles(figure.low, figure.high)
        return Said(word, drawing, told, is_apart, figure.high - figure.low, is_open)

    @cached_property
    def sections(self) -> list[Section]:
        if self.order != "rubric":
            return [Section("", tuple(sorted(self.lines, key=KEYS[self.order], reverse=True)))]
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            found.setdefault(line.element.section, []).append(line)
        return [Section(name, tuple(lines)) for name, lines in found.items()]


KEYS: dict[str, Callable[[Line], float]] = {
    "apart": lambda line: line.rank,
    "gap": lambda line: line.distance,
}


def middles(low: float, high: float) -> str:
    """Of one group the middle half; of several from the lowest to the highest of their middles."""
    if low == high:
        return _("Groups’ middles lie at %(low)s") % {"low": f"{low:g}"}
    return _("Groups’ middles lie from %(low)s to %(high)s") % {
        "low": f"{low:g}", "high": f"{high:g}",
    }  # fmt: skip
