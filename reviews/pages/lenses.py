"""A round seen as its rubric asks: by theme, by component and perspective, or by corner."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from reviews.analysis import lenses
from reviews.charts.triangle import Triangle, triangle
from reviews.models import Rubric
from reviews.pages.results import Results
from reviews.pages.scales import Cell

Lens = Rubric.Lens


@dataclass(frozen=True)
class Count:
    """How many elements stand at one point; the share of the widest bar is its `size`, 0 to 10."""

    cell: Cell
    number: int
    size: int


@dataclass(frozen=True)
class Group:
    """A theme, a corner or a barrier: counts at each point, then its elements."""

    name: str
    counts: tuple[Count, ...]
    unjudged: int
    areas: tuple["Shown", ...]


@dataclass(frozen=True)
class Shown:
    """An element with what was agreed of it."""

    area: lenses.Area
    cell: Cell


@dataclass(frozen=True)
class GridCell:
    shown: Shown
    ahead: str

    @property
    def is_flagged(self) -> bool:
        return bool(self.ahead)


@dataclass
class Lensed:
    """What the lens of the round’s rubric shows. `kind` is the lens."""

    results: Results

    @property
    def kind(self) -> str:
        rubric = self.results.round.rubric
        return rubric.lens if rubric and self.results.elements else ""

    @cached_property
    def areas(self) -> list[lenses.Area]:
        agreed = self.results.agreed
        return [
            lenses.Area(
                row.code, row.title, row.section,
                agreed[row.pk].value if row.pk in agreed else None,
                row.component, row.perspective, tuple(row.corners), row.barrier,
            )
            for row in self.results.elements
        ]  # fmt: skip

    @cached_property
    def themes(self) -> list[Group]:
        return self.told(lenses.themes(self.areas, self.results.scale.points))

    @cached_property
    def corners(self) -> list[Group]:
        return self.told(lenses.corners(self.areas, self.results.scale.points))

    @cached_property
    def barriers(self) -> list[Group]:
        return self.told(lenses.barriers(self.areas, self.results.scale.points))

    @cached_property
    def grid(self) -> lenses.Grid:
        rubric = self.results.round.rubric
        return lenses.grid(self.areas, rubric.relies if rubric else {})

    @property
    def lines(self) -> list[tuple[str, list[GridCell | None]]]:
        """Component by component, with its cells."""
        return [
            (line.component, [self.in_grid(cell) if cell else None for cell in line.cells])
            for line in self.grid.lines
        ]

    @property
    def flagged(self) -> list[GridCell]:
        return [self.in_grid(cell) for cell in self.grid.flagged]

    @cached_property
    def triangle(self) -> Triangle | None:
        """The drawing; None where the rubric has other than three corners."""
        points = self.results.scale.points
        placed = [
            (group.name, [(area.code, area.value or 0) for area in group.areas])
            for group in lenses.corners(self.areas, points)
        ]
        return triangle(placed, points)

    def in_grid(self, cell: lenses.Cell) -> GridCell:
        names = [
            _("%(component)s (%(word)s)")
            % {"component": under.component, "word": self.results.scale.names[under.value - 1]}
            for under in cell.ahead_of
        ]
        return GridCell(self.shown(cell.area), ", ".join(names))

    def told(self, groups: list[lenses.Group]) -> list[Group]:
        most = max((number for group in groups for number in group.counts), default=0) or 1
        return [self.group(group, most) for group in groups]

    def group(self, group: lenses.Group, most: int) -> Group:
        counts = tuple(
            Count(self.results.scale.whole(value), number, round(number / most * 10))
            for value, number in enumerate(group.counts, start=1)
        )
        return Group(
            group.name, counts, group.unjudged, tuple(self.shown(area) for area in group.areas)
        )

    def shown(self, area: lenses.Area) -> Shown:
        """With the cell of what was agreed; that nothing is, or that it cannot be judged."""
        agreed = self.results.judged_in.get((self.results.round.pk, area.code))
        return Shown(area, self.results.scale.agreed(agreed))
