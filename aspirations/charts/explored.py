"""What the plotly figures beside the evidence chart share: lines that are read by pointing at them.

As there, words come in escaped by `parts.escaped` and colours go out as names of properties.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.charts.evidence_layout import layout
from aspirations.charts.parts import INK, PAPER, QUIET

RIGHT = 24


@dataclass(frozen=True)
class Read:
    """One line over the periods, with what each point says; nothing where it has no words."""

    values: Float
    hover: Sequence[str] = ()


def figure(
    days: Sequence[date], axis: tuple[float, float, float], suffix: str,
    data: Sequence[dict[str, Any]], **more: Any,
) -> dict[str, Any]:  # fmt: skip
    """`data` on one time axis, for wide pages and for `narrow` ones."""
    sizes = {"layout": False, "narrow": True}
    made = {
        name: layout(days, axis, suffix, [], right=RIGHT, narrow=narrow)
        | {"shapes": [], "height": 340}
        | more
        for name, narrow in sizes.items()
    }
    return {"data": list(data), **made}


def line(days: Sequence[date], read: Read, colour: str = INK, **more: Any) -> dict[str, Any]:
    """Points joined across periods without a figure."""
    return {
        "type": "scatter",
        "mode": "lines+markers" if read.hover else "lines",
        "cliponaxis": False,
        "x": [day.isoformat() for day in days],
        "y": plain(read.values),
        "connectgaps": True,
        "line": {"color": colour, "width": 2.25},
        "marker": {"color": colour, "size": 6, "line": {"color": PAPER, "width": 1}},
        **({"hovertext": list(read.hover), "hoverinfo": "text"} if read.hover else SILENT),
        **more,
    }


SILENT = {"hoverinfo": "skip"}


def level(value: float, axis: str = "y") -> dict[str, Any]:
    """A dashed line from side to side at one value."""
    across = "x" if axis == "y" else "y"
    return {
        "type": "line", f"{across}ref": "paper", f"{across}0": 0, f"{across}1": 1,
        f"{axis}ref": axis, f"{axis}0": value, f"{axis}1": value,
        "line": {"color": QUIET, "width": 1.25, "dash": "dash"},
    }  # fmt: skip


def plain(values: Float) -> list[float | None]:
    return [float(value) if np.isfinite(value) else None for value in values]
