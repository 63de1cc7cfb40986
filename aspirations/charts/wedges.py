"""Where a path's points come from: what each intervention adds, stacked from the baseline up.

Pure SVG path data; words come in as they are shown, colours stay with the style sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.analysis.honesty import Wedges
from aspirations.charts.axis import spread, step_decimals, value_range
from aspirations.charts.sparkline import Point, diamond, line, written

TOP, FOOT, LETTERS = 22.0, 34.0, 18.0
SHADES = 5
BAR = 9.0
"""Width of the bar at the target that stands for what a sum of interventions leaves open."""
CAP = 5.0


@dataclass(frozen=True)
class Size:
    """A box with room on the left for the axis and on the right for labels."""

    width: float
    height: float
    left: float
    right: float


WIDE, NARROW = Size(900, 380, 46, 250), Size(360, 300, 44, 16)


@dataclass(frozen=True)
class Text:
    """Words at a place; coordinates are text, so that no locale rewrites them."""

    x: str
    y: str
    words: str
    kind: str = ""


@dataclass(frozen=True)
class Stack:
    """Everything of the drawing, in a box of width × height."""

    width: str
    height: str
    right: str
    areas: list[tuple[str, str]]
    """Style and outline of each layer, from the lowest up."""
    grid: list[Text]
    ticks: list[Text]
    labels: list[Text]
    still: str
    path: str
    target: str
    range: str
    """Whisker of the range at the target; empty where the path has none."""


@dataclass(frozen=True)
class Names:
    """The words: one label for each gain, for the rest, the target, and for doing nothing."""

    gains: Sequence[str]
    left: str
    target: str
    still: str
    ticks: Sequence[tuple[int, str]]
    suffix: str = ""


def stack(
    parts: Wedges, baseline: float, target: float, expected: Float, names: Names, size: Size = WIDE,
    *, opens_at_end: bool = False, ends: tuple[float, float] | None = None,
) -> Stack:  # fmt: skip
    """Layers of `parts` (width periods) over the baseline, and the path T (width,) across them.

    `opens_at_end`: the path is the sum of the layers and only its end jumps to the target, so
    what is left stands there as a bar. `ends`: low and high end of the range at the target.
    """
    levels = np.vstack([baseline + parts.drift, *(parts.gains)]).cumsum(axis=0)
    heights = [*levels.ravel(), *expected, target, baseline, *(ends or ())]
    axis = value_range([float(height) for height in heights])
    put = Put(len(expected), axis, size)
    outlines = [edge(put, level) for level in levels]
    areas = [
        (f"w{place % SHADES}", between(below, above))
        for place, (below, above) in enumerate(pairwise(outlines))
    ]
    shown = [*expected[:-1], levels[-1, -1]] if opens_at_end else list(expected)
    end = put((len(expected) - 1, float(levels[-1, -1])))
    goal = put((len(expected) - 1, target))
    rest = bar(end, goal) if opens_at_end else between(outlines[-1], edge(put, expected))
    if abs(parts.left[-1]) > 0:
        areas.append(("left", rest))
    return Stack(
        width=f"{size.width:.0f}", height=f"{size.height:.0f}",
        right=f"{size.width - size.right:.1f}", areas=areas,
        grid=grid(put, axis, size, names.suffix), ticks=ticks(put, names.ticks, size, axis),
        labels=labels(put, levels, target, names, size) if size.right > LETTERS else [],
        still=line(outlines[0]), path=line(edge(put, np.array(shown))), target=diamond(goal),
        range=whisker(put, ends) if ends else "",
    )  # fmt: skip


@dataclass(frozen=True)
class Put:
    """From (period, value) to a place in the box."""

    count: int
    axis: tuple[float, float, float]
    size: Size

    def __call__(self, point: Point) -> Point:
        low, high, _step = self.axis
        wide = self.size.width - self.size.left - self.size.right
        tall = self.size.height - TOP - FOOT
        x = self.size.left + point[0] / max(self.count - 1, 1) * wide
        return x, TOP + (high - point[1]) / (high - low) * tall


def edge(put: Put, level: Float) -> list[Point]:
    return [put((step, float(height))) for step, height in enumerate(level)]


def between(below: Sequence[Point], above: Sequence[Point]) -> str:
    """The outline of a layer: along its top and back along its bottom."""
    return f"{line([*above, *reversed(below)])}Z"


def bar(end: Point, goal: Point) -> str:
    left, right = end[0] - BAR, end[0]
    return f"{line([(left, end[1]), (right, end[1]), (right, goal[1]), (left, goal[1])])}Z"


def whisker(put: Put, ends: tuple[float, float]) -> str:
    """An upright line from end to end of the range at the target, with a cap on each."""
    low, high = (put((put.count - 1, value)) for value in ends)
    caps = [line([(x - CAP, y), (x + CAP, y)]) for x, y in (low, high)]
    return "".join([line([low, high]), *caps])


def grid(put: Put, axis: tuple[float, float, float], size: Size, suffix: str) -> list[Text]:
    low, high, step = axis
    decimals = step_decimals(step)
    values = [low + step * n for n in range(round((high - low) / step) + 1)]
    return [
        Text(*written((size.left, put((0, value))[1])),
             f"{value:,.{decimals}f}{suffix if value == values[-1] else ''}")
        for value in values
    ]  # fmt: skip


def ticks(
    put: Put, named: Sequence[tuple[int, str]], size: Size, axis: tuple[float, float, float]
) -> list[Text]:
    if size.right < LETTERS and len(named) > 3:
        named = [named[0], named[len(named) // 2], named[-1]]
    places = [(put((step, axis[0]))[0], words) for step, words in named]
    last = len(places) - 1
    kinds = {0: "start", last: "end"}
    return [
        Text(*written((x, size.height - FOOT + LETTERS)), words, kinds.get(place, "middle"))
        for place, (x, words) in enumerate(places)
    ]


def labels(put: Put, levels: Float, target: float, names: Names, size: Size) -> list[Text]:
    """One label for each layer at its middle on the right, moved apart where they would touch."""
    last = levels.shape[1] - 1
    ends = [float(level) for level in levels[:, last]]
    middles = [(a + b) / 2 for a, b in pairwise(ends)]
    found = [(ends[0], names.still, "still")]
    found += [(m, words, "") for m, words in zip(middles, names.gains, strict=True)]
    if names.left:
        found.append(((ends[-1] + target) / 2, names.left, ""))
    found.append((target, names.target, "target"))
    heights = spread([put((last, value))[1] for value, _words, _kind in found], LETTERS)
    x = size.width - size.right + 14
    return [
        Text(*written((x, height + 4)), words, kind)
        for height, (_value, words, kind) in zip(heights, found, strict=True)
    ]
