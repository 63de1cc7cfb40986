"""The evidence chart of a series as a plotly figure: actual, path, target, limits, forecast.

Pure: sentences come in as words already escaped by `escaped`, colours go out as the names of CSS
custom properties ("--ink") that the page resolves, so that one figure serves light and dark.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from aspirations.analysis.engine import Track
from aspirations.charts.axis import spread, step_decimals, value_range

VARIATION, FORECAST = "variation", "forecast"
INK, SLATE, QUIET, GRID, PAPER = "--ink", "--c-traj", "--ink-3", "--c-grid", "--surface"
READINGS = {
    "improving": ("triangle-up", "--c-better"),
    "deteriorating": ("triangle-down", "--c-worse"),
    "neutral": ("diamond", "--ink-2"),
}


@dataclass(frozen=True)
class Ahead:
    """What lies at the target period: the target, and the forecast with its likely range."""

    day: date
    target: float
    forecast: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Words:
    """Every text of the chart. `hover` has one line per column, `limits` one per stretch."""

    actual: str = ""
    path: str = ""
    target: str = ""
    forecast: str = ""
    suffix: str = ""
    hover: Sequence[str] = field(default_factory=tuple)
    limits: Sequence[str] = field(default_factory=tuple)


def escaped(text: str) -> str:
    """Text that plotly shows as it stands: no markup, no template, no mathematics."""
    return html.escape(text).replace("%{", "%&#123;").replace("$", "&#36;")


def evidence_figure(
    track: Track, days: Sequence[date], ahead: Ahead | None, words: Words, row: int = 0
) -> dict[str, Any]:
    """`data`, a `layout` for wide pages and one for `narrow` ones; plotly reads them as they are.

    `days` holds the first day of each column of the track.
    """
    x = [day.isoformat() for day in days]
    data = [
        *_limits(track, x, row),
        _line(x, track.expected[row], SLATE, "dash", 2.0),
        *_forecast(track, x, ahead, row),
        _actual(track, x, words, row),
        *_signals(track, x, row),
        *_target(ahead),
    ]
    axis = value_range(_heights(track, ahead, row))
    labels = _labels(track, x, ahead, words, row, axis)
    return {
        "data": data,
        "layout": _layout(x, axis, words, labels, narrow=False),
        "narrow": _layout(x, axis, words, labels, narrow=True),
    }


def axis_start(track: Track, ahead: Ahead | None, row: int = 0) -> float:
    """Where the value axis starts, so that the page can say so when it is not at zero."""
    return value_range(_heights(track, ahead, row))[0]


def _plain(values: Any) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def _heights(track: Track, ahead: Ahead | None, row: int) -> list[float]:
    """Every finite value that is drawn, in the metric's unit."""
    drawn = np.concatenate(
        [m[row] for m in (track.actual, track.expected, track.lower, track.upper)]
    )
    beyond = [] if ahead is None else [ahead.target, ahead.forecast, ahead.low, ahead.high]
    return [float(v) for v in drawn if np.isfinite(v)] + [v for v in beyond if v is not None]


def _line(
    x: Sequence[str], values: Any, colour: str, dash: str, width: float, **more: Any
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": _plain(values),
        "line": {"color": colour, "dash": dash, "width": width},
        "hoverinfo": "skip",
        **more,
    }


def _limits(track: Track, x: Sequence[str], row: int) -> list[dict[str, Any]]:
    """Centre and limits; a column without limits breaks the line between two stretches."""
    layer = {"meta": {"layer": VARIATION}, "connectgaps": False}
    shapes = ((track.centre, "solid"), (track.lower, "dot"), (track.upper, "dot"))
    observed = np.flatnonzero(np.isfinite(track.actual[row]))
    if not observed.size:
        return []
    last = int(observed[-1]) + 1
    starts = {int(limits["start"]) - track.first for limits in track.limits[row]}
    lines = []
    for matrix, dash in shapes:
        steps, heights = _broken(x[:last], _plain(matrix[row][:last]), starts)
        lines.append(_line(steps, [np.nan if h is None else h for h in heights],
                           QUIET, dash, 1.25, **layer))  # fmt: skip
    return lines


def _broken(
    x: Sequence[str], heights: Sequence[float | None], starts: set[int]
) -> tuple[list[str], list[float | None]]:
    """The line with a gap before each new stretch, so that no slope joins two levels."""
    xs: list[str] = []
    ys: list[float | None] = []
    for column, (step, height) in enumerate(zip(x, heights, strict=True)):
        if column in starts and column:
            xs.append(step)
            ys.append(None)
        xs.append(step)
        ys.append(height)
    return xs, ys


def _actual(track: Track, x: Sequence[str], words: Words, row: int) -> dict[str, Any]:
    """Points joined across missing periods; a missing one has no point."""
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(x),
        "y": _plain(track.actual[row]),
        "connectgaps": True,
        "line": {"color": INK, "width": 2.25},
        "marker": {"color": INK, "size": 6, "line": {"color": PAPER, "width": 1}},
        "hovertext": list(words.hover),
        "hoverinfo": "text",
    }


def _signals(track: Track, x: Sequence[str], row: int) -> list[dict[str, Any]]:
    """Real changes: shape tells better from worse, colour only repeats it."""
    traces = []
    for reading, (symbol, colour) in READINGS.items():
        columns = [c for c in range(len(x)) if track.reading[row][c] == reading]
        columns = [c for c in columns if np.isfinite(track.actual[row][c])]
        if columns:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": [x[c] for c in columns],
                    "y": [float(track.actual[row][c]) for c in columns],
                    "marker": {"symbol": symbol, "size": 11, "color": colour,
                               "line": {"color": PAPER, "width": 1}},
                    "hoverinfo": "skip",
                    "meta": {"layer": VARIATION, "reading": reading},
                }
            )  # fmt: skip
    return traces


def _forecast(
    track: Track, x: Sequence[str], ahead: Ahead | None, row: int
) -> list[dict[str, Any]]:
    """Dots from the latest point to the forecast, and a whisker over its likely range."""
    observed = np.flatnonzero(np.isfinite(track.actual[row]))
    if ahead is None or ahead.forecast is None or not observed.size:
        return []
    last = int(observed[-1])
    layer = {"layer": FORECAST}
    dots = _line(
        [x[last], ahead.day.isoformat()],
        [track.actual[row][last], ahead.forecast],
        QUIET,
        "dot",
        1.75,
        meta=layer,
    )
    end = {
        "type": "scatter",
        "mode": "markers",
        "x": [ahead.day.isoformat()],
        "y": [ahead.forecast],
        "marker": {"symbol": "circle", "size": 8, "color": PAPER,
                   "line": {"color": QUIET, "width": 2}},
        "hoverinfo": "skip",
        "meta": layer,
    }  # fmt: skip
    if ahead.low is not None and ahead.high is not None:
        end["error_y"] = {
            "type": "data",
            "symmetric": False,
            "array": [ahead.high - ahead.forecast],
            "arrayminus": [ahead.forecast - ahead.low],
            "color": QUIET,
            "thickness": 1.5,
            "width": 5,
        }
    return [dots, end]


def _target(ahead: Ahead | None) -> list[dict[str, Any]]:
    if ahead is None:
        return []
    return [
        {
            "type": "scatter",
            "mode": "markers",
            "x": [ahead.day.isoformat()],
            "y": [ahead.target],
            "marker": {"symbol": "diamond", "size": 12, "color": PAPER,
                       "line": {"color": INK, "width": 2}},
            "hoverinfo": "skip",
            "meta": {"role": "target"},
        }
    ]  # fmt: skip


def _labels(
    track: Track,
    x: Sequence[str],
    ahead: Ahead | None,
    words: Words,
    row: int,
    axis: tuple[float, float, float],
) -> list[dict[str, Any]]:
    """Labels beside the ends of the lines, kept apart; the ones at the target move together."""
    ends: list[tuple[str, float, str, str]] = []
    if ahead is not None:
        ends.append((ahead.day.isoformat(), ahead.target, words.target, "target"))
        if ahead.forecast is not None:
            ends.append((ahead.day.isoformat(), ahead.forecast, words.forecast, FORECAST))
    observed = np.flatnonzero(np.isfinite(track.actual[row]))
    if observed.size:
        last = int(observed[-1])
        late = (len(x) - last) * 6 <= len(x)
        here = (x[-1] if late else x[last], float(track.actual[row][last]), words.actual, "actual")
        ends.append(here)
    near = [i for i, end in enumerate(ends) if end[0] == x[-1]]
    moved = spread([ends[i][1] for i in near], 0.12 * (axis[1] - axis[0]))
    heights = dict(zip(near, moved, strict=True))
    labels = [
        _label(end[0], heights.get(i, end[1]), end[2], end[3], beside=i in near)
        for i, end in enumerate(ends)
    ]
    return labels + _limit_labels(track, x, words, row)


def _limit_labels(track: Track, x: Sequence[str], words: Words, row: int) -> list[dict[str, Any]]:
    """The name of each stretch's limits, above its upper line at its start."""
    labels = []
    for text, limits in zip(words.limits, track.limits[row], strict=False):
        column = int(limits["start"]) - track.first
        if text and limits["upper"] is not None and 0 <= column < len(x):
            label = _label(x[column], float(limits["upper"]), text, VARIATION, beside=False)
            labels.append({**label, "yanchor": "bottom", "xanchor": "left", "yshift": 2,
                           "xshift": 0})  # fmt: skip
    return labels


def _label(day: str, height: float, text: str, name: str, *, beside: bool) -> dict[str, Any]:
    return {
        "name": name,
        "x": day,
        "y": height,
        "text": text,
        "showarrow": False,
        "align": "left",
        "xanchor": "left",
        "yanchor": "middle" if beside else "top",
        "xshift": 12 if beside else 4,
        "yshift": 0 if beside else -8,
        "font": {"size": 12, "color": QUIET if name == VARIATION else INK},
    }


def _layout(
    x: Sequence[str],
    axis: tuple[float, float, float],
    words: Words,
    labels: list[dict[str, Any]],
    *,
    narrow: bool,
) -> dict[str, Any]:
    low, high, step = axis
    return {
        "height": 320 if narrow else 420,
        "margin": {"l": 46, "r": 96 if narrow else 132, "t": 18, "b": 34},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 11 if narrow else 12, "color": QUIET},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "x",
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": QUIET, "font": {"color": INK}},
        "xaxis": {
            "type": "date",
            "nticks": 4 if narrow else 9,
            "tickangle": 0,
            "showgrid": False,
            "zeroline": False,
            "linecolor": "--rule-2",
            "fixedrange": True,
        },
        "yaxis": {
            "range": [low, high + 0.04 * (high - low)],
            "tick0": low,
            "dtick": step,
            "tickformat": f",.{step_decimals(step)}f",
            "ticksuffix": words.suffix,
            "showticksuffix": "last",
            "gridcolor": GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        "annotations": [label for label in labels if not (narrow and label["name"] == VARIATION)],
    }
