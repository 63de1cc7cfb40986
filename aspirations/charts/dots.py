"""Places as dots on one scale, each in a strip of its own, with the range it is read from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from aspirations.charts.explored import level
from aspirations.charts.parts import GRID, INK, PAPER, QUIET, escaped

BAR = "--c-band-2"
ROW, NARROW_NAME = 30, 16
"""Height of a row of the figure, and the most letters of a name on a phone."""
WIDTH, HEIGHT, EDGE = 320.0, 30.0, 10.0


@dataclass(frozen=True)
class Strip:
    """One place in a box of 320 × 30; texts, so that no locale rewrites a number."""

    dot: str
    left: str
    wide: str


@dataclass(frozen=True)
class Strips:
    """All places on the same scale: lines for what they are compared with, ends of the scale."""

    rows: list[Strip]
    lines: list[str]
    low: float
    high: float


@dataclass(frozen=True)
class Named:
    """A place as it is explored: its name, and what it says where it is pointed at."""

    name: str
    hover: str
    value: float | None
    low: float | None
    high: float | None
    differs: bool = False


def dots_figure(rows: Sequence[Named], common: float | None = None) -> dict[str, Any] | None:
    """The same rows as a plotly figure, the first on top; None where there is no value at all."""
    if not any(row.value is not None for row in rows):
        return None
    data = [span(place, row) for place, row in enumerate(rows) if None not in (row.low, row.high)]
    shapes = [] if common is None else [level(common, "x")]
    data.append({
        "type": "scatter", "mode": "markers", "cliponaxis": False,
        "x": [row.value for row in rows], "y": list(range(len(rows))),
        "hovertext": [escaped(row.hover) for row in rows], "hoverinfo": "text",
        "marker": {"size": 11, "line": {"color": INK, "width": 1.75},
                   "color": [INK if row.differs else PAPER for row in rows]},
    })  # fmt: skip
    sizes = {"layout": 60, "narrow": NARROW_NAME}
    made = {
        name: places_layout([short(row.name, most) for row in rows]) | {"shapes": shapes}
        for name, most in sizes.items()
    }
    return {"data": data, **made}


def span(place: int, row: Named) -> dict[str, Any]:
    """The range that a place is read from, as a bar."""
    return {
        "type": "scatter", "mode": "lines", "x": [row.low, row.high], "y": [place, place],
        "line": {"color": BAR, "width": 11}, "hoverinfo": "skip",
    }  # fmt: skip


def places_layout(names: Sequence[str]) -> dict[str, Any]:
    """One row for each place; the room for their names is plotly's to find."""
    return {
        "height": 70 + ROW * len(names),
        "margin": {"l": 20, "r": 24, "t": 12, "b": 34},
        "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 12, "color": QUIET},
        "showlegend": False, "dragmode": False, "hovermode": "closest",
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": QUIET, "font": {"color": INK}},
        "xaxis": {"gridcolor": GRID, "zeroline": False, "fixedrange": True},
        "yaxis": {"tickvals": list(range(len(names))), "ticktext": list(names),
                  "range": [len(names) - 0.5, -0.5], "automargin": True, "showgrid": False,
                  "zeroline": False, "fixedrange": True},
        "annotations": [],
    }  # fmt: skip


def short(name: str, most: int) -> str:
    """The name, cut where it would leave no room for the drawing; pointing at it tells all."""
    return escaped(name if len(name) <= most else f"{name[: most - 1]}…")


def strips(
    rows: Sequence[tuple[float | None, float | None, float | None]],
    lines: Sequence[float | None] = (),
) -> Strips | None:
    """Rows of value, low and high, in order; None where there is no value at all.

    A row without a value has an empty strip, one without a range no bar.
    """
    known = [number for row in (*rows, lines) for number in row if number is not None]
    if not any(row[0] is not None for row in rows):
        return None
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    if high == low:
        low, high = low - 0.5, high + 0.5

    def put(value: float | None) -> str:
        if value is None:
            return ""
        return f"{EDGE + (value - low) / span * (WIDTH - 2 * EDGE):.1f}"

    def strip(value: float | None, start: float | None, end: float | None) -> Strip:
        if start is None or end is None:
            return Strip(put(value), "", "")
        wide = (end - start) / span * (WIDTH - 2 * EDGE)
        return Strip(put(value), put(start), f"{max(wide, 1.0):.1f}")

    return Strips([strip(*row) for row in rows], [put(value) for value in lines], low, high)
