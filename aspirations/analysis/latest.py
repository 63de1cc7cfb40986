"""The latest observed period of every series, and what stands beside its light."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Bool, Float, Int, total
from aspirations.analysis.block import Block
from aspirations.analysis.forecast import Course, Errors, Outlook, State
from aspirations.analysis.lights import NOT_JUDGED, Reading
from aspirations.analysis.periods import PER_YEAR
from aspirations.analysis.result import NO_PERIOD
from aspirations.analysis.season import SEASONAL
from aspirations.analysis.story import Story
from aspirations.analysis.variation import READINGS, SIGNALS, Variation, variation


@dataclass(frozen=True)
class Latest:
    """Each array (n,); `column` and `period` are −1 where nothing was observed."""

    column: Int
    period: Int
    actual: Float
    expected: Float
    gap: Float
    mean_range: Float
    state: State
    outlook: Outlook
    likelihood_light: Int
    distance_light: Int
    light: Int
    pending: Int
    early: Bool
    capped: Bool
    seasonal: Bool
    rule_changed: Bool


def latest_of(panel: Panel, course: Course, reading: Reading, told: Story) -> Latest:
    """Everything known of each row at its own latest observation."""
    column = last_column(panel.actual)
    rows, at = np.arange(len(column)), np.maximum(column, 0)
    cell, across = (rows, at), (at, rows)
    seen = column >= 0
    view = {
        name: np.where(seen, value[across], np.nan) for name, value in vars(reading.outlook).items()
    }
    return Latest(
        column=column,
        period=np.where(seen, panel.first + column, NO_PERIOD),
        actual=panel.actual[cell],
        expected=np.where(seen, panel.expected[cell], np.nan),
        gap=reading.gap[across],
        mean_range=np.where(seen, panel.ranges.mean[cell], np.nan),
        state=_known(course.state(rows, at), seen),
        outlook=Outlook(**view),
        likelihood_light=reading.likelihood_light[across],
        distance_light=reading.distance_light[across],
        light=told.light[cell],
        pending=told.pending[cell],
        early=reading.early[across],
        capped=reading.capped[across],
        seasonal=course.seasonal[cell],
        rule_changed=told.rule_changed[cell],
    )


def _known(state: State, seen: Bool) -> State:
    """Nothing where nothing was observed."""
    level, drift = (np.where(seen, value, np.nan) for value in (state.level, state.drift))
    return State(level, drift, Errors(state.errors.total, np.where(seen, state.errors.count, 0)))


def last_column(actual: Float) -> Int:
    """Column of the latest observation (n,), −1 for none."""
    observed = ~np.isnan(actual)
    from_end = observed[:, ::-1].argmax(axis=1)
    return np.where(observed.any(axis=1), actual.shape[1] - 1 - from_end, -1)


def beside(block: Block, panel: Panel, latest: Latest, light: Int) -> dict[str, Any]:
    """Natural variation, straight line and last year: statements without weight."""
    natural = variation(block.actual, panel.stretch, block.sign, block.policy)
    return {
        **_direction(natural, panel, latest),
        "straight_line": np.where(
            (light != NOT_JUDGED) & (latest.period < panel.aims.k1),
            straight_line(block, panel, latest),
            np.nan,
        ),
        "last_year": _last_year(block, latest),
    }


def _direction(natural: Variation, panel: Panel, latest: Latest) -> dict[str, Any]:
    """The signal of the latest observation; no signal is steady, no limits says nothing."""
    cell = (np.arange(len(latest.column)), np.maximum(latest.column, 0))
    signal, reading = natural.signal[cell], np.array(READINGS)[natural.reading[cell]]
    limited = (latest.column >= 0) & ~np.isnan(natural.centre[cell])
    stretch = panel.stretch[cell]
    points = np.stack([limits.points for limits in natural.stretches])
    trial = np.stack([limits.trial for limits in natural.stretches])
    across = (stretch, cell[0])
    return {
        "direction": np.where(limited, np.where(signal == 0, "steady", reading), ""),
        "signal": np.array(SIGNALS)[signal],
        "points": np.where(latest.column >= 0, points[across], 0),
        "trial": (latest.column >= 0) & trial[across],
        "lower": natural.lower[cell],
        "centre": natural.centre[cell],
        "upper": natural.upper[cell],
    }


def straight_line(block: Block, panel: Panel, latest: Latest) -> Float:
    """Where least squares through the last 12 points of the stretch would end at K (n,).

    With fewer points those there are count, but at least three.
    """
    own = panel.stretch == panel.stretch[np.arange(len(block)), latest.column][:, None]
    observed = own & ~np.isnan(block.actual)
    left = observed[:, ::-1].cumsum(axis=1)[:, ::-1]
    weight = (observed & (left <= block.policy.straight_line_points)).astype(np.float64)
    count = weight.sum(axis=1)
    time = panel.first + np.arange(panel.width) - latest.period[:, None].astype(np.float64)
    value = np.where(weight > 0, block.actual, 0.0)
    usable = count >= 3
    size = np.where(usable, count, 1.0)
    centre, mean = total(weight * time) / size, total(value) / size
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
