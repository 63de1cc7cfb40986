"""The lights of all observed periods in turn, each from the data up to that period."""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.forecast import Course, Errors, State
from aspirations.analysis.lights import NOT_JUDGED, Chain, Reading, weigh
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import NO_PERIOD

EARLIER = 5
UNCONFIRMED = (Frequency.HALF_YEAR, Frequency.YEAR)


@dataclass(frozen=True)
class Story:
    """Lights as adopted and pending (n, m), the likelihoods behind them, and the end of it."""

    light: Int
    pending: Int
    likelihood: Float
    state: Int
    """(n,) code of the verdict."""
    rule_changed: Bool
    """(n, m) where a likelihood appears after lights without one."""

    def earlier(self, panel: Panel) -> tuple[Int, Int, Float, Float, Int]:
        """Ordinals, lights, likelihoods, actuals and pending lights (n, 5), oldest first."""
        column = _last_columns(~np.isnan(panel.actual))
        there, at = column >= 0, np.maximum(column, 0)

        light, pending = (
            np.where(there, np.take_along_axis(cells, at, axis=1), NOT_JUDGED)
            for cells in (self.light, self.pending)
        )
        likelihood, actual = (
            np.where(there, np.take_along_axis(cells, at, axis=1), np.nan)
            for cells in (self.likelihood, panel.actual)
        )
        return np.where(there, panel.first + at, NO_PERIOD), light, likelihood, actual, pending


def readings(panel: Panel, course: Course, policy: Policy) -> Reading:
    """The evidence of every period, arrays (m, n)."""
    state = State(course.level.T, course.drift.T, Errors(course.total.T, course.count.T))
    k = (panel.first + np.arange(panel.width))[:, None]
    mean_range = panel.ranges.mean.T
    figures = (panel.actual.T, course.shift.T, panel.expected.T, mean_range)
    return weigh(state, k, *figures, panel.aims, policy)


def story(panel: Panel, reading: Reading, frequency: Frequency, policy: Policy) -> Story:
    """Confirm the light of each period against those before it."""
    raw, likelihood = reading.light.T, reading.outlook.likelihood.T
    n, width = panel.actual.shape
    chain = Chain(n, policy.confirm and frequency not in UNCONFIRMED)
    light, pending = (np.full((n, width), NOT_JUDGED) for _ in range(2))
    observed = ~np.isnan(reading.gap.T) & panel.aims.exists[:, None]
    for column in range(width):
        k = panel.first + column
        moved = observed[:, column] & (k > panel.aims.k0)
        chain.advance(raw[:, column], moved, moved & (k >= panel.aims.k1))
        light[:, column] = np.where(moved, chain.light, NOT_JUDGED)
        pending[:, column] = np.where(moved, chain.pending, NOT_JUDGED)
    known = np.where(raw >= 0, likelihood, np.nan)
    return Story(light, pending, known, chain.state, _rule_changed(raw, known, panel))


def _rule_changed(raw: Int, likelihood: Float, panel: Panel) -> Bool:
    """The first likelihood of a row that had been judged by distance alone."""
    k = panel.first + np.arange(panel.width)
    known = ~np.isnan(likelihood)
    distance = (raw >= 0) & ~known & (k < panel.aims.k1[:, None])
    first = known & (known.cumsum(axis=1) == 1)
    return np.asarray(first & (distance.cumsum(axis=1) > 0))


def _last_columns(observed: Bool) -> Int:
    """The last five observed columns (n, 5), oldest first, −1 where there are fewer."""
    left = observed[:, ::-1].cumsum(axis=1)[:, ::-1]
    columns = np.full((observed.shape[0], EARLIER), -1)
    for back in range(1, EARLIER + 1):
        hit = observed & (left == back)
        found = np.where(hit.any(axis=1), hit.argmax(axis=1), -1)
        columns[:, EARLIER - back] = found
    return columns
