"""The strategic triangle: a box at each corner, its elements in it by level, the strongest on top.

An element that serves several corners stands in each. Everything is text ready for SVG.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, BOX, EDGE = 760.0, 300.0, 12.0
HEAD, LINE, CHIP, STEP, LABEL = 30.0, 26.0, 44.0, 48.0, 30.0
PER_LINE = 5
GAP = 70.0
SHADES = 6


@dataclass(frozen=True)
class Mark:
    """One element: a chip with its code, and the shade of its level; `v0` where none is agreed."""

    code: str
    shade: str
    x: str
    y: str
    middle: str
    base: str


@dataclass(frozen=True)
class Level:
    """The name of a row in a box: a number of the scale, or “–” for what is not judged."""

    words: str
    x: str
    y: str


@dataclass(frozen=True)
class Corner:
    name: str
    x: str
    y: str
    high: str
    words_x: str
    words_y: str
    levels: tuple[Level, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Triangle:
    width: str
    height: str
    outline: str
    corners: tuple[Corner, ...]
    wide: str = f"{BOX:.0f}"
    chip: str = f"{CHIP:.0f}"


Placed = Sequence[tuple[str, int]]
"""Codes with their levels."""


def triangle(corners: Sequence[tuple[str, Placed]], points: int) -> Triangle | None:
    """Three corners, each with its elements; None where there are not three."""
    if len(corners) != 3:
        return None
    first, second, third = (box_lines(marks, points) for _name, marks in corners)
    highs = [box_height(lines) for lines in (first, second, third)]
    low = EDGE + highs[0] + GAP
    at = [
        ((WIDTH - BOX) / 2, EDGE),
        (EDGE, low),
        (WIDTH - BOX - EDGE, low),
    ]
    boxes = [
        corner(name, x, y, high, lines, points)
        for (name, _marks), (x, y), high, lines in zip(
            corners, at, highs, (first, second, third), strict=True
        )
    ]
    middles = [(x + BOX / 2, y + high / 2) for (x, y), high in zip(at, highs, strict=True)]
    height = low + max(highs[1:]) + EDGE
    return Triangle(f"{WIDTH:.0f}", f"{height:.0f}", closed(middles), tuple(boxes))


def shade(level: int, points: int) -> str:
    """A class of the style sheet: the stronger, the deeper."""
    return f"s{1 + round((level - 1) / (points - 1) * (SHADES - 1))}" if level else "v0"


def box_lines(marks: Placed, points: int) -> list[tuple[int, list[str]]]:
    """Levels from the strongest down, 0 last, each in lines of a few codes."""
    lines: list[tuple[int, list[str]]] = []
    for level in (*range(points, 0, -1), 0):
        codes = [code for code, value in marks if value == level]
        if level == 0 and not codes:
            continue
        lines += [(level, codes[start : start + PER_LINE]) for start in starts(codes)]
    return lines


def starts(codes: Sequence[str]) -> range:
    """Where each line of codes begins; a level without any keeps one empty line."""
    return range(0, max(len(codes), 1), PER_LINE)


def box_height(lines: Sequence[object]) -> float:
    return HEAD + len(lines) * LINE + 8


def corner(
    name: str, x: float, y: float, high: float, lines: Sequence[tuple[int, list[str]]],
    points: int,
) -> Corner:  # fmt: skip
    levels, marks, said = [], [], -1
    for number, (level, codes) in enumerate(lines):
        top = y + HEAD + number * LINE
        if level != said:
            levels.append(Level(str(level) if level else "–", f"{x + 14:.0f}", f"{top + 15:.0f}"))
            said = level
        marks += [chip(code, shade(level, points), x + LABEL + place * STEP, top)
                  for place, code in enumerate(codes)]  # fmt: skip
    return Corner(
        name, f"{x:.0f}", f"{y:.0f}", f"{high:.0f}", f"{x + 12:.0f}", f"{y + 20:.0f}",
        tuple(levels), tuple(marks),
    )  # fmt: skip


def chip(code: str, shade: str, x: float, y: float) -> Mark:
    return Mark(code, shade, f"{x:.0f}", f"{y:.0f}", f"{x + CHIP / 2:.0f}", f"{y + 15:.0f}")


def closed(points: Sequence[tuple[float, float]]) -> str:
    """The outline through the middles of the boxes, as path data."""
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in points) + "Z"
