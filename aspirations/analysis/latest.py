"""The latest observed period of every series."""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis import points
from aspirations.analysis.aims import gap
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.filtering import Errors, State
from aspirations.analysis.forecast import Outlook
from aspirations.analysis.lights import Cells, weigh
from aspirations.analysis.result import NO_PERIOD
from aspirations.analysis.story import Ground, Story


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


def latest_of(ground: Ground, told: Story) -> Latest:
    """Everything known of each row at its own latest observation."""
    panel = ground.panel
    column = points.last_column(panel.actual)
    rows, at = np.arange(len(column)), np.maximum(column, 0)
    cell, across = (rows, at), (at, rows)
    cells = _cells(ground, at, rows)
    reading, seen = weigh(cells, ground.policy), column >= 0
    view = {name: np.where(seen, value, np.nan) for name, value in vars(reading.outlook).items()}
    return Latest(
        column=column,
        period=np.where(seen, panel.first + column, NO_PERIOD),
        actual=panel.actual[cell],
        expected=np.where(seen, panel.expected[cell], np.nan),
        gap=cells.gap,
        mean_range=np.where(seen, cells.mean_range, np.nan),
        state=_known(cells.state, seen),
        outlook=Outlook(**view),
        likelihood_light=reading.likelihood_light,
        distance_light=reading.distance_light,
        light=told.light[across],
        pending=told.pending[across],
        early=reading.early,
        capped=reading.capped,
        seasonal=ground.course.seasonal[across],
        rule_changed=told.rule_changed,
    )


def _cells(ground: Ground, at: Int, rows: Int) -> Cells:
    """One moment of every row; up to the baseline there are no errors yet."""
    panel, state = ground.panel, ground.course.state((at, rows))
    begun = panel.first + at > panel.aims.k0
    errors = Errors(np.where(begun, state.errors.total, 0), np.where(begun, state.errors.count, 0))
    actual, expected = panel.actual[rows, at], panel.expected[rows, at]
    return Cells(
        state=State(state.level, state.drift, errors),
        k=panel.first + at,
        seen=ground.feed.seen[at, rows] > 0,
        gap=gap(actual, expected, panel.aims),
        adjusted=ground.course.gap[at, rows],
        plan=panel.plan[rows, at],
        mean_range=panel.ranges.mean[rows, at],
        aims=panel.aims,
    )


def _known(state: State, seen: Bool) -> State:
    """Nothing where nothing was observed."""
    level, drift = (np.where(seen, value, np.nan) for value in (state.level, state.drift))
    return State(level, drift, Errors(state.errors.total, np.where(seen, state.errors.count, 0)))
