"""The map of delivery as places in a box: circles, labels that keep clear, and ways gone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

WIDTH, HEIGHT = 400.0, 300.0
LEFT, TOP, RIGHT, BOTTOM = 30.0, 8.0, 392.0, 264.0
LOWEST, HIGHEST, MIDLINE = 1.0, 4.0, 2.5
EDGE, CEILING = 16.0, 38.0
"""Room inside the box, so that a circle at an end of the scale stands clear of sides and names."""
RADIUS, GAP = 11.0, 4.0
LETTER, LINE = 6.8, 15.0
"""Width and height of a letter, as wide as the widest fonts draw them."""
STEPS = 12
"""Boxes along a stretch of a way."""
CORNER = (178.0, 22.0)
"""The corner of each field that holds its name."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""


@dataclass(frozen=True)
class Position:
    """Execution across and boldness up, each from 1 to 4; the past oldest first."""

    number: int
    label: str
    across: float
    up: float
    past: Sequence[tuple[float, float]] = ()


@dataclass(frozen=True)
class Mark:
    """One aspiration as it is drawn; texts, so that no locale rewrites a number.

    `way` leads through the earlier places to the circle; `lead` to the true place, where the
    circle had to stand beside it.
    """

    number: int
    x: str
    y: str
    label: str
    label_x: str = ""
    label_y: str = ""
    anchor: str = "start"
    way: str = ""
    dots: list[tuple[str, str]] = field(default_factory=list)
    lead: str = ""


def across(value: float) -> float:
    return LEFT + EDGE + share(value) * (RIGHT - LEFT - 2 * EDGE)


def up(value: float) -> float:
    return BOTTOM - CEILING - share(value) * (BOTTOM - TOP - 2 * CEILING)


def share(value: float) -> float:
    return (min(max(value, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST)


def marks(positions: Sequence[Position]) -> list[Mark]:
    """Circles in the order of their numbers, none over another, each label where there is room."""
    centres: list[tuple[float, float]] = []
    for row in positions:
        centres.append(beside(across(row.across), up(row.up), centres))
    taken = [around(x, y, RADIUS) for x, y in centres] + list(corners())
    for row, centre in zip(positions, centres, strict=True):
        taken += trodden([*earlier(row), centre])
    found = []
    for row, centre in zip(positions, centres, strict=True):
        place = label_place(row.label, centre, taken)
        if place:
            taken.append(place[0])
        found.append(mark(row, centre, place))
    return found


def beside(x: float, y: float, centres: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The place itself or the nearest one in its field that no circle or name covers yet."""
    for dx, dy in steps():
        place = x + dx, y + dy
        free = same_field((x, y), place) and not on_a_name(place)
        if free and all(apart(place, other) for other in centres):
            return place
    return x, y


def steps() -> Iterator[tuple[float, float]]:
    """Moves from nothing outward, sideways first."""
    yield 0.0, 0.0
    wide = 2 * RADIUS + GAP
    for ring in range(1, 5):
        far = ring * wide
        yield from ((far, 0.0), (-far, 0.0), (0.0, far), (0.0, -far))
        yield from ((far, far), (-far, far), (far, -far), (-far, -far))


def same_field(start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a circle moved from `start` to `end` stays in the box and in its field."""
    inside = LEFT + RADIUS <= end[0] <= RIGHT - RADIUS and TOP + RADIUS <= end[1] <= BOTTOM - RADIUS
    lines = across(MIDLINE), up(MIDLINE)
    # A point on the midline counts as low: left of it, and beneath it.
    low = start[0] <= lines[0], start[1] >= lines[1]
    return start == end or (inside and low == (end[0] <= lines[0], end[1] >= lines[1]))


def on_a_name(place: tuple[float, float]) -> bool:
    """Whether a circle there would cover the name of a field."""
    return any(overlap(around(*place, RADIUS), corner) for corner in corners())


def apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 >= (2 * RADIUS) ** 2


def around(x: float, y: float, half: float) -> Box:
    return x - half, y - half, x + half, y + half


def corners() -> Iterator[Box]:
    """Where the names of the four fields stand."""
    middle, wide, tall = (across(MIDLINE), *CORNER)
    for left in (LEFT, middle):
        yield left, TOP, left + wide, TOP + tall
        yield left, BOTTOM - tall, left + wide, BOTTOM


def label_place(
    text: str, centre: tuple[float, float], taken: Sequence[Box]
) -> tuple[Box, str, str, str] | None:
    """Box, x, y and anchor of a label beside its circle; None where it would cover something."""
    x, y = centre
    wide, reach = len(text) * LETTER, RADIUS + GAP
    choices: list[tuple[Box, float, float, str]] = [
        ((x + reach, y - LINE / 2, x + reach + wide, y + LINE / 2), x + reach, y + 4, "start"),
        ((x - reach - wide, y - LINE / 2, x - reach, y + LINE / 2), x - reach, y + 4, "end"),
        ((x - wide / 2, y + reach - 3, x + wide / 2, y + reach + LINE - 3), x, y + reach + 9,
         "middle"),
        ((x - wide / 2, y - reach - LINE + 3, x + wide / 2, y - reach + 3), x, y - reach, "middle"),
    ]  # fmt: skip
    for box, left, base, anchor in choices:
        within = box[0] >= LEFT and box[2] <= RIGHT and box[1] >= TOP and box[3] <= BOTTOM
        if text and within and not any(overlap(box, other) for other in taken):
            return box, written(left), written(base), anchor
    return None


def earlier(row: Position) -> list[tuple[float, float]]:
    return [(across(was_across), up(was_up)) for was_across, was_up in row.past]


def trodden(places: Sequence[tuple[float, float]]) -> Iterator[Box]:
    """Small boxes along a way, so that no label lies on it."""
    for (x, y), (to_x, to_y) in pairwise(places):
        for step in range(STEPS + 1):
            share = step / STEPS
            yield around(x + share * (to_x - x), y + share * (to_y - y), 2.0)


def overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def mark(
    row: Position, centre: tuple[float, float], place: tuple[Box, str, str, str] | None
) -> Mark:
    x, y = centre
    true = across(row.across), up(row.up)
    past = earlier(row)
    return Mark(
        number=row.number,
        x=written(x),
        y=written(y),
        label=row.label if place else "",
        label_x=place[1] if place else "",
        label_y=place[2] if place else "",
        anchor=place[3] if place else "start",
        way=line([*past, centre]) if past else "",
        dots=[(written(left), written(high)) for left, high in past],
        lead=line([true, centre]) if true != centre else "",
    )


def line(places: Sequence[tuple[float, float]]) -> str:
    return f"M{'L'.join(f'{written(x)} {written(y)}' for x, y in places)}"


def written(value: float) -> str:
    return f"{value:.1f}"
