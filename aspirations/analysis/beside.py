"""What stands beside a light without weight: natural variation, a straight line, last year."""

from typing import Any

import numpy as np

from aspirations.analysis import points
from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Float, Int, total
from aspirations.analysis.block import Block
from aspirations.analysis.direction import direction
from aspirations.analysis.latest import Latest
from aspirations.analysis.lights import NOT_JUDGED
from aspirations.analysis.periods import PER_YEAR
from aspirations.analysis.season import SEASONAL
from aspirations.analysis.shifts import shifts
from aspirations.analysis.variation import READINGS, SIGNALS


def beside(block: Block, panel: Panel, latest: Latest, light: Int) -> dict[str, Any]:
    """Figures (n,) that colour no light, by name.

    Of a running total the signals are those of what each period added, so there are no lines to
    hold the total itself against, nor a straight line through it.
    """
    judged = (light != NOT_JUDGED) & (latest.period < panel.aims.k1) & ~block.cumulative
    return {
        **_direction(block, panel, latest),
        **_suggestion(block, panel),
        "straight_line": np.where(judged, straight_line(block, panel, latest), np.nan),
        "last_year": _last_year(block, latest),
    }


def _direction(block: Block, panel: Panel, latest: Latest) -> dict[str, Any]:
    """The signal of the latest observation; no signal is steady, no limits says nothing."""
    found = direction(
        panel.varying, panel.stretch, latest.mean_range, latest.column, block.sign, block.policy
    )
    reading, limits = np.array(READINGS)[found.reading], found.limits
    limited = ~np.isnan(limits.centre)
    return {
        "direction": np.where(limited, np.where(found.signal == 0, "steady", reading), ""),
        "signal": np.array(SIGNALS)[found.signal],
        "points": limits.points,
        "trial": limits.trial,
        **{
            name: np.where(block.cumulative, np.nan, getattr(limits, name))
            for name in ("lower", "centre", "upper")
        },
    }


def _suggestion(block: Block, panel: Panel) -> dict[str, Any]:
    found = shifts(panel.varying, panel.stretch, panel.first, block.policy)
    return {
        "suggested_rebase": found.start,
        "suggested_before": found.before,
        "suggested_after": found.after,
    }


def straight_line(block: Block, panel: Panel, latest: Latest) -> Float:
    """Where least squares through the last 12 points of the stretch would end at K (n,).

    With fewer points those there are count, but at least three.
    """
    value, column = points.latest(block.actual, panel.stretch, block.policy.straight_line_points)
    weight = (column >= 0).astype(np.float64)
    count = weight.sum(axis=1)
    time = weight * (panel.first + column - latest.period[:, None])
    value = np.where(column >= 0, value, 0.0)
    usable = count >= 3
    size = np.where(usable, count, 1.0)
    centre, mean = total(time) / size, total(value) / size
    apart = weight * (time - centre[:, None])
    square = total(apart**2)
    slope = total(apart * value) / np.where(square > 0, square, 1.0)
    end = mean + slope * (panel.aims.k1 - latest.period - centre)
    return np.where(usable, end, np.nan)


def _last_year(block: Block, latest: Latest) -> Float:
    """The value a year ago, for a metric declared seasonal whose history is too short."""
    empty = np.full(len(block), np.nan)
    if block.policy.season != "on" or block.frequency not in SEASONAL:
        return empty
    column = latest.column - PER_YEAR[block.frequency]
    value = block.actual[np.arange(len(block)), np.maximum(column, 0)]
    return np.where((column >= 0) & ~latest.seasonal, value, np.nan)
