"""The evidence chart of a series as a plotly figure: actual, path, target, limits, forecast.

Pure: sentences come in as words already escaped by `parts.escaped`, colours go out as the names
of CSS custom properties ("--ink") that the page resolves: one figure serves light and dark.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.analysis.engine import Track
from aspirations.charts.axis import value_range
from aspirations.charts.evidence_layout import event_lines, event_numbers, layout
from aspirations.charts.flags import Marked
from aspirations.charts.labels import end_labels, line_labels, margin_width, narrow_labels
from aspirations.charts.parts import (
    EARLIER,
    FORECAST,
    INK,
    PAPER,
    QUIET,
    RANGE,
    RANGE_LAYER,
    SLATE,
    VARIATION,
    Ahead,
    Words,
)

Band = tuple[float, float] | None
READINGS = {
    "improving": ("triangle-up", "--c-better"),
    "deteriorating": ("triangle-down", "--c-worse"),
    "neutral": ("diamond", "--ink-2"),
}


def evidence_figure(
    track: Track,
    days: Sequence[date],
    ahead: Ahead | None,
    words: Words,
    row: int = 0,
    band: Band = None,
    ghosts: Sequence[Float] = (),
    events: Sequence[Marked] = (),
) -> dict[str, Any]:
    """`data`, a `layout` for wide pages and one for `narrow` ones; plotly reads them as they are.

    `days` holds the first day of each column of the track. A `band` (low, high) is drawn by its
    two edges in place of the path, which for it jumps from edge to edge. `ghosts` are paths that
    were in force before, one value for each column.
    """
    x = [day.isoformat() for day in days]
    data = [
        *_range(track, x, row, band),
        *_ghosts(x, ghosts),
        *_limits(track, x, row),
        *(_line(x, path, SLATE, "dash", 2.0) for path in paths(track, row, band)),
        *_forecast(track, x, ahead, row),
        _actual(track, x, words, row),
        *_signals(track, x, row),
        *_target(ahead),
    ]
    axis = value_range([*heights(track, ahead, row, band), *finite(ghosts)])
    span = axis[1] - axis[0]
    wide = [*end_labels(track, x, ahead, words, row, span), *line_labels(track, x, words, row)]
    right = margin_width([label for label in wide if label["x"] == x[-1]])
    narrow = narrow_labels(track, x, ahead, words, row, span)
    numbers, down = event_numbers(events, days), {"shapes": event_lines(events, days)}
    told = (days, axis, words.suffix)
    return {
        "data": data,
        "layout": layout(*told, [*wide, *numbers], right=right, narrow=False) | down,
        "narrow": layout(*told, [*narrow, *numbers], right=14, narrow=True) | down,
    }


def axis_ends(
    track: Track,
    ahead: Ahead | None,
    band: Band = None,
    row: int = 0,
    ghosts: Sequence[Float] = (),
) -> tuple[float, float]:
    """Where the value axis starts and ends, so that the page can say so when zero is not on it."""
    return value_range([*heights(track, ahead, row, band), *finite(ghosts)])[:2]


def finite(lines: Sequence[Float]) -> list[float]:
    return [float(value) for line in lines for value in line if np.isfinite(value)]


def paths(track: Track, row: int, band: Band) -> list[Any]:
    """The path, or the edges of the band from the first period of the path on."""
    path = track.expected[row]
    return [path] if band is None else [np.where(np.isfinite(path), edge, np.nan) for edge in band]


def _range(track: Track, x: Sequence[str], row: int, band: Band) -> list[dict[str, Any]]:
    """The range the path was planned with: two edges without a line, filled between."""
    low, high = track.low[row], track.high[row]
    if band is not None or not np.isfinite(low).any():
        return []
    edges = [
        _line(x, edge, RANGE, "solid", 0.0, meta={"role": "range", "layer": RANGE_LAYER})
        for edge in (low, high)
    ]
    edges[1] |= {"fill": "tonexty", "fillcolor": RANGE}
    return edges


def _ghosts(x: Sequence[str], ghosts: Sequence[Float]) -> list[dict[str, Any]]:
    told = {"role": "ghost", "layer": EARLIER}
    return [_line(x, path, QUIET, "dash", 1.0, meta=told) for path in ghosts]


def _plain(values: Any) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]


def heights(track: Track, ahead: Ahead | None, row: int, band: Band) -> list[float]:
    """Every finite value that is drawn, in the metric's unit."""
    lines = ("actual", "expected", "lower", "upper", "low", "high")
    drawn = np.concatenate([getattr(track, name)[row] for name in lines])
    beyond = [] if ahead is None else [ahead.target, ahead.forecast, ahead.low, ahead.high]
    beyond += band or ()
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
        "cliponaxis": False,
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
        "cliponaxis": False,
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
            "cliponaxis": False,
            "x": [ahead.day.isoformat()],
            "y": [ahead.target],
            "marker": {"symbol": "diamond", "size": 12, "color": PAPER,
                       "line": {"color": INK, "width": 2}},
            "hoverinfo": "skip",
            "meta": {"role": "target"},
        }
    ]  # fmt: skip
