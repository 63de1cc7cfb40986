"""The layout of the evidence chart in plotly: sizes, axes, labels, and the lines of events."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from aspirations.charts.axis import step_decimals, tick_width
from aspirations.charts.flags import Marked, within
from aspirations.charts.parts import EVENTS, GRID, INK, PAPER, QUIET


def event_lines(events: Sequence[Marked], days: Sequence[date]) -> list[dict[str, Any]]:
    """A thin line down the chart for each event on it."""
    line = {"color": QUIET, "width": 1, "dash": "dot"}
    return [
        {"type": "line", "name": EVENTS, "xref": "x", "yref": "paper", "y0": 0, "y1": 1,
         "x0": event.day.isoformat(), "x1": event.day.isoformat(), "line": line}
        for event in within(events, days[0], days[-1])
    ]  # fmt: skip


def event_numbers(events: Sequence[Marked], days: Sequence[date]) -> list[dict[str, Any]]:
    """The number of each event on top of its line; the list beneath the chart says what it is."""
    return [
        {"name": EVENTS, "xref": "x", "yref": "paper", "x": event.day.isoformat(), "y": 1,
         "yanchor": "bottom", "text": str(event.number), "showarrow": False,
         "font": {"size": 11, "color": INK}}
        for event in within(events, days[0], days[-1])
    ]  # fmt: skip


def layout(
    days: Sequence[date],
    axis: tuple[float, float, float],
    suffix: str,
    labels: list[dict[str, Any]],
    *,
    right: float,
    narrow: bool,
) -> dict[str, Any]:
    """Sizes, axes and labels; what lies at the target is named in the right margin if wide."""
    left = tick_width(axis, suffix)
    margin = (
        {"l": max(40, left), "r": right, "t": 44, "b": 30}
        if narrow
        else {"l": max(46, left), "r": right, "t": 18, "b": 34}
    )
    return {
        "height": 340 if narrow else 420,
        "margin": margin,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 11 if narrow else 12, "color": QUIET},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "x",
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": QUIET, "font": {"color": INK}},
        "xaxis": time_axis(days, 4 if narrow else 9 if margin["l"] + margin["r"] < 240 else 5),
        "yaxis": value_axis(axis, suffix),
        "annotations": labels,
    }


def without(figure: Mapping[str, Any], layer: str) -> dict[str, Any]:
    """The figure where one layer is never shown."""
    sizes = {
        size: figure[size]
        | {
            kind: [part for part in figure[size][kind] if part.get("name") != layer]
            for kind in ("annotations", "shapes")
        }
        for size in ("layout", "narrow")
    }
    data = [trace for trace in figure["data"] if trace.get("meta", {}).get("layer") != layer]
    return {"data": data, **sizes}


def time_axis(days: Sequence[date], ticks: int) -> dict[str, Any]:
    return {
        "type": "date",
        "range": breadth(days),
        "nticks": ticks,
        "tickangle": 0,
        "showgrid": False,
        "zeroline": False,
        "linecolor": "--rule-2",
        "fixedrange": True,
    }


def value_axis(axis: tuple[float, float, float], suffix: str) -> dict[str, Any]:
    """From the lowest to the highest grid line, a step apart; the unit stands at the last."""
    low, high, step = axis
    return {
        # TRAP: plotly draws no grid line exactly on the edge.
        "range": [low, high + 0.005 * (high - low)],
        "tick0": low,
        "dtick": step,
        "tickformat": f",.{step_decimals(step)}f",
        "ticksuffix": suffix,
        "showticksuffix": "last",
        "gridcolor": GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def breadth(days: Sequence[date]) -> list[str]:
    """First to last day with a fortieth of the time on either side, a day at least."""
    room = timedelta(days=max((days[-1] - days[0]).days // 40, 1))
    return [(days[0] - room).isoformat(), (days[-1] + room).isoformat()]
