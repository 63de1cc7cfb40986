"""What the drawings of a series share: names of colours and layers, words, what lies ahead."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

VARIATION, FORECAST = "variation", "forecast"
RANGE_LAYER, EVENTS, EARLIER = "range", "events", "earlier"
LAYERS = (RANGE_LAYER, VARIATION, EVENTS, EARLIER, FORECAST)
"""What can be switched off, in the order of the switches."""
INK, SLATE, QUIET, GRID, PAPER = "--ink", "--c-traj", "--ink-3", "--c-grid", "--surface"
RANGE = "--c-band"


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
    """Every text of the chart. `hover` has one line per column, `limits` one per stretch.

    `gap` stands beside the latest figure, and `earlier` has one name for each earlier path.
    """

    actual: str = ""
    path: str = ""
    target: str = ""
    forecast: str = ""
    suffix: str = ""
    hover: Sequence[str] = field(default_factory=tuple)
    limits: Sequence[str] = field(default_factory=tuple)
    gap: str = ""
    earlier: Sequence[str] = field(default_factory=tuple)


def escaped(text: str) -> str:
    """Text that plotly shows as it stands: no markup, no template, no mathematics.

    TRAP: plotly turns its own bold and italic tags into style attributes, which a strict content
    security policy refuses; line breaks are the only markup a label may carry.
    """
    return html.escape(text).replace("%{", "%&#123;").replace("$", "&#36;")
