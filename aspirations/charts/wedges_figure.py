"""The stacked gains of a path as a plotly figure, from the arrays that the drawing is made of."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.analysis.honesty import Wedges
from aspirations.charts import explored
from aspirations.charts.axis import value_range
from aspirations.charts.parts import INK, PAPER, QUIET, RANGE, SLATE

SHADES = (SLATE, "--c-band-2", RANGE)
"""Fills of the layers, from the lowest up; neighbours differ."""


def wedges_figure(
    days: Sequence[date], parts: Wedges, baseline: float, target: float, expected: Float,
    hover: Sequence[Sequence[str]], suffix: str = "", *, ends: tuple[float, float] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """`hover` says each layer's part of each period, then the path's; escaped."""
    levels = np.vstack([baseline + parts.drift, *parts.gains]).cumsum(axis=0)
    data = [explored.line(days, explored.Read(levels[0]), QUIET, line=drawn(QUIET, 1.75))]
    for place, (_below, above) in enumerate(pairwise(levels)):
        data.append(explored.line(
            days, explored.Read(above, hover[place]), SLATE, mode="lines", fill="tonexty",
            fillcolor=SHADES[place % len(SHADES)], line=drawn(PAPER, 1),
        ))  # fmt: skip
    data.append(explored.line(
        days, explored.Read(expected, hover[-1]), mode="lines", fill="tonexty", fillcolor=PAPER,
        fillpattern={"shape": "/", "fgcolor": QUIET, "bgcolor": PAPER, "size": 7, "solidity": 0.2},
        line=drawn(INK, 2) | {"dash": "dash"},
    ))  # fmt: skip
    data.append(goal(days[-1], target, ends))
    heights = [*levels.ravel(), *expected, target, baseline, *(ends or ())]
    axis = value_range([float(height) for height in heights])
    return explored.figure(days, axis, suffix, data, height=400)


def drawn(colour: str, width: float) -> dict[str, Any]:
    return {"color": colour, "width": width}


def goal(day: date, target: float, ends: tuple[float, float] | None) -> dict[str, Any]:
    """The target, and the range that the path may end in."""
    found = {
        "type": "scatter", "mode": "markers", "cliponaxis": False, "hoverinfo": "skip",
        "x": [day.isoformat()], "y": [target],
        "marker": {"symbol": "diamond", "size": 12, "color": PAPER, "line": drawn(INK, 2)},
    }  # fmt: skip
    if ends is not None:
        low, high = ends
        found["error_y"] = {
            "type": "data", "symmetric": False, "array": [high - target],
            "arrayminus": [target - low], "color": QUIET, "thickness": 1.5, "width": 5,
        }  # fmt: skip
    return found
