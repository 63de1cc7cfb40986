"""The ways to look at what was agreed: by theme, by component and perspective, by corner.

Agreed judgments are counted at each point of the scale. They are never averaged or added up: the
points are words in an order, and a weak part does not weigh less because another is strong.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

AHEAD = 2
"""Points by which a component that rests on another is too far ahead of it."""


@dataclass(frozen=True)
class Area:
    """One element with what was agreed of it; `value` is None while nothing is."""

    code: str
    title: str
    section: str = ""
    value: int | None = None
    component: str = ""
    perspective: str = ""
    corners: tuple[str, ...] = ()
    barrier: str = ""


@dataclass(frozen=True)
class Group:
    """Areas under one name. `counts` has one number for each point of the scale, weakest first."""

    name: str
    areas: tuple[Area, ...]
    counts: tuple[int, ...]

    @property
    def unjudged(self) -> int:
        return len(self.areas) - sum(self.counts)


@dataclass(frozen=True)
class Ahead:
    """A component that this one rests on, and how weak it is in the same perspective."""

    component: str
    value: int


@dataclass(frozen=True)
class Cell:
    """One component seen from one perspective, and the components it has outrun."""

    area: Area
    ahead_of: tuple[Ahead, ...] = ()


@dataclass(frozen=True)
class Line:
    """One component; a cell for each perspective, None where the rubric asks nothing there."""

    component: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True)
class Grid:
    perspectives: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def flagged(self) -> list[Cell]:
        return [cell for line in self.lines for cell in line.cells if cell and cell.ahead_of]


def themes(areas: Iterable[Area], points: int) -> list[Group]:
    """By section of the rubric, in its order."""
    return grouped(areas, points, lambda area: (area.section,))


def corners(areas: Iterable[Area], points: int) -> list[Group]:
    """By corner; an element that serves several stands in each of them."""
    return grouped(areas, points, lambda area: area.corners)


def barriers(areas: Iterable[Area], points: int) -> list[Group]:
    """By what stands in the way; an element without one stands nowhere."""
    return grouped(areas, points, lambda area: (area.barrier,) if area.barrier else ())


def grouped(
    areas: Iterable[Area], points: int, names: Callable[[Area], Iterable[str]]
) -> list[Group]:
    found: dict[str, list[Area]] = {}
    for area in areas:
        for name in names(area):
            found.setdefault(name, []).append(area)
    return [Group(name, tuple(rows), counted(rows, points)) for name, rows in found.items()]


def counted(areas: Sequence[Area], points: int) -> tuple[int, ...]:
    """How many areas stand at each point of the scale."""
    values = [area.value for area in areas]
    return tuple(values.count(value) for value in range(1, points + 1))


def grid(areas: Iterable[Area], relies: Mapping[str, Sequence[str]]) -> Grid:
    """Components by perspectives; `relies` names, for a component, those it rests on."""
    known: dict[tuple[str, str], Area] = {}
    for area in areas:
        if area.component and area.perspective:
            known.setdefault((area.component, area.perspective), area)
    components = dict.fromkeys(component for component, _perspective in known)
    perspectives = tuple(dict.fromkeys(perspective for _component, perspective in known))
    lines = [
        Line(name, tuple(cell_at(known, name, seen, relies) for seen in perspectives))
        for name in components
    ]
    return Grid(perspectives, tuple(lines))


def cell_at(
    known: Mapping[tuple[str, str], Area], component: str, perspective: str,
    relies: Mapping[str, Sequence[str]],
) -> Cell | None:  # fmt: skip
    area = known.get((component, perspective))
    if area is None:
        return None
    beneath = [(name, known.get((name, perspective))) for name in relies.get(component, ())]
    return Cell(area, tuple(
        Ahead(name, under.value)
        for name, under in beneath
        if under and under.value and area.value and area.value - under.value >= AHEAD
    ))  # fmt: skip
