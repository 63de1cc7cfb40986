"""How a gap moved: one line over time, and a level line where there would be none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.charts import explored
from aspirations.charts.axis import tick_width, value_range
from aspirations.charts.drawing import (
    Drawing,
    Frame,
    Layer,
    Stroke,
    Tick,
    Word,
    dots,
    grid,
    time_axis,
)
from aspirations.charts.multiples import placed
from aspirations.charts.places import Named
from aspirations.charts.places import placed as apart
from aspirations.charts.sparkline import line, written

EVERY = 5.0
"""Distance in pixels of the points that stand for a line."""


@dataclass(frozen=True)
class GapLine:
    """One gap over the periods: `none` is the value at which there is no gap, 0 or 1."""

    days: Sequence[date]
    values: Float
    none: float
    ticks: Sequence[Tick]
    suffix: str = ""
    none_words: str = ""
    first_words: str = ""
    latest_words: str = ""
    hover: Sequence[str] = ()
    """One line for each period, escaped: what the figure says where it is pointed at."""


def gap_drawings(told: GapLine) -> list[Drawing]:
    """The wide drawing and the narrow one; none where no period has a gap."""
    if not np.isfinite(told.values).any():
        return []
    axis = gap_axis(told)
    left = max(36.0, tick_width(axis, told.suffix))
    sizes = (("wide", 440.0, 230.0), ("narrow", 340.0, 230.0))
    frames = [
        Frame(name, wide, high, left, 16, 16, 34, told.days[0], told.days[-1], axis)
        for name, wide, high in sizes
    ]
    return [gap_drawing(told, frame) for frame in frames]


def gap_axis(told: GapLine) -> tuple[float, float, float]:
    seen = [float(value) for value in told.values if np.isfinite(value)]
    return value_range([*seen, told.none])


def gap_figure(told: GapLine) -> dict[str, Any] | None:
    """The same as a plotly figure; None where no period has a gap."""
    if not np.isfinite(told.values).any():
        return None
    data = [explored.line(told.days, explored.Read(told.values, told.hover))]
    shapes = [explored.level(told.none)]
    return explored.figure(told.days, gap_axis(told), told.suffix, data, shapes=shapes)


def gap_drawing(told: GapLine, frame: Frame) -> Drawing:
    seen = placed(frame, told.days, told.values)
    level = frame.up(told.none)
    zero = Stroke("l-ref", line([(frame.left, level), (frame.edge, level)]))
    kinds = (("l-act", line(seen)), ("p-rim", dots(seen)), ("p-act", dots(seen)))
    strokes = [Stroke(kind, path) for kind, path in kinds]
    return Drawing(frame.name, f"{frame.width:.0f}", f"{frame.height:.0f}", [
        grid(frame, told.suffix), time_axis(frame, told.ticks),
        Layer("none", [zero], words_at(frame, level, told.none_words)),
        Layer("gap", strokes), *ends(told, frame, seen),
    ])  # fmt: skip


def words_at(frame: Frame, level: float, words: str) -> list[Word]:
    """Above the line at the right, or beneath it at the top of the box."""
    y = level - 5 if level > frame.top + 20 else level + 14
    x, at = written((frame.edge - 2, y))
    return [Word(x, at, words, "lab-m halo", "end")] if words else []


def ends(told: GapLine, frame: Frame, seen: Sequence[tuple[float, float]]) -> list[Layer]:
    """The first and the latest gap in words beside their points."""
    found = []
    if len(seen) > 1 and told.first_words:
        found.append(Named("first", [told.first_words], seen[0][0], seen[0][1] - 10, "start"))
    if told.latest_words:
        x, y = seen[-1]
        found.append(Named("actual", [told.latest_words], x, y - 10, "end"))
    return [Layer("words", words=words) for _name, words in apart(found, along(seen), frame)]


def along(seen: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Points close together on the whole line, so that no words lie across it."""
    found = list(seen)
    for (x, y), (to_x, to_y) in pairwise(seen):
        steps = max(int(abs(to_x - x) // EVERY), int(abs(to_y - y) // EVERY))
        for step in range(1, steps + 1):
            share = step / (steps + 1)
            found.append((x + share * (to_x - x), y + share * (to_y - y)))
    return found
