"""Small multiples: each group in ink over the whole system's pale line, on one scale."""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.charts import explored
from aspirations.charts.axis import nice_step, tick_width
from aspirations.charts.drawing import Drawing, Frame, Layer, Stroke, Word, dots, grid
from aspirations.charts.parts import INK
from aspirations.charts.sparkline import Point, line, written

WHOLE = "--c-band-2"
STEPS = 5
"""The most spaces between grid lines of a small chart."""


def common_axis(rows: Sequence[Float]) -> tuple[float, float, float]:
    """(low, high, step) that all panels share: as tight as round numbers allow, not from zero."""
    values = [float(value) for row in rows for value in row if np.isfinite(value)]
    low, high = min(values), max(values)
    if low == high:
        low, high = low - (abs(low) * 0.1 or 1.0), high + (abs(high) * 0.1 or 1.0)
    step = nice_step(high - low, 4)
    while ceil(high / step) - floor(low / step) > STEPS:
        step *= 2
    return floor(low / step) * step, ceil(high / step) * step, step


def panel(
    days: Sequence[date], values: Float, whole: Float | None, axis: tuple[float, float, float],
    latest: str, suffix: str = "",
) -> Drawing:  # fmt: skip
    """One group; `latest` is its latest figure in words, written beside its last point."""
    left = tick_width(axis, suffix) + 2
    frame = Frame("panel", 230, 118, left, 12 + 7.4 * len(latest), 8, 12, days[0], days[-1], axis)
    lines_across = grid(frame, suffix, "ax ax-s")
    seen = placed(frame, days, values)
    strokes = [Stroke("l-act w2", line(seen))]
    words = []
    if seen:
        strokes.append(Stroke("p-now", dots(seen[-1:])))
        x, y = written((seen[-1][0] + 8, seen[-1][1] + 4.5))
        words.append(Word(x, y, latest, "lab-b halo"))
    pale = [] if whole is None else [Stroke("l-whole", line(placed(frame, days, whole)))]
    return Drawing("panel", "230", "118", [
        lines_across, Layer("whole", pale), Layer("group", strokes, words)
    ])  # fmt: skip


def groups_figure(
    days: Sequence[date], groups: Sequence[explored.Read], whole: explored.Read | None,
    axis: tuple[float, float, float], suffix: str = "",
) -> dict[str, Any]:  # fmt: skip
    """All groups of the panels on their one scale as a plotly figure, over the whole's pale line.

    Each is told from the others by what it says where it is pointed at.
    """
    pale = {"color": WHOLE, "width": 4}
    data = [] if whole is None else [explored.line(days, whole, WHOLE, line=pale)]
    thin = {"color": INK, "width": 1.25}
    data += [explored.line(days, group, line=thin) for group in groups]
    return explored.figure(days, axis, suffix, data, hovermode="closest", height=420)


def placed(frame: Frame, days: Sequence[date], values: Float) -> list[Point]:
    """Where the figures stand; a missing one has no place, and the line runs on to the next."""
    return [
        frame.put(day, float(value))
        for day, value in zip(days, values, strict=True)
        if np.isfinite(value)
    ]
