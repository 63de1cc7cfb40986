"""The signal of the latest observation, from the last points and the limits of its stretch.

What `variation` says of every period, here said of the latest one alone: no run reaches beyond
it, so the points before it decide.
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis import points, runs
from aspirations.analysis.arrays import Bool, Codes, Float, Int, total
from aspirations.analysis.policy import Policy
from aspirations.analysis.variation import (
    OUTSIDE,
    SHIFT,
    TREND,
    TWO_OF_THREE,
    Limits,
    limits_of,
    near_limit,
    readings,
)


@dataclass(frozen=True)
class Direction:
    """Each array (n,): codes of signal and reading, and the limits the latest point was held
    against (NaN for none)."""

    signal: Codes
    reading: Codes
    limits: Limits


def direction(
    varying: Float, stretch: Int, mean_range: Float, column: Int, sign: Int, policy: Policy
) -> Direction:
    """Signal of the observation in `column` (n,), the latest of its row; −1 for none.

    `mean_range` (n,) is the mean moving range up to it. Where `varying` has no value in that
    column there are neither limits nor signals.
    """
    cell = (np.arange(len(column)), np.maximum(column, 0))
    there = (column >= 0) & ~np.isnan(varying[cell])
    own = (stretch == stretch[cell][:, None]) & there[:, None]
    limits = _limits(varying, own, np.where(there, mean_range, np.nan), column, policy)
    value = _last(varying, stretch, there, policy)
    signal, slope = _signal(value, limits, policy)
    sides = runs.side(value[:, -1] - limits.centre)
    return Direction(signal, readings(signal, slope, sides, sign, policy), limits)


def _limits(varying: Float, own: Bool, mean_range: Float, column: Int, policy: Policy) -> Limits:
    used = own & ~np.isnan(varying)
    if policy.lock_after is not None:
        used &= used.cumsum(axis=1) <= policy.lock_after
    count = used.sum(axis=1)
    whole = total(np.where(used, varying, 0.0))
    centre = np.where(count > 0, whole / np.maximum(count, 1), np.nan)
    start = np.where(count > 0, used.argmax(axis=1), -1)
    return limits_of(centre, mean_range, count, start, policy)


def _last(varying: Float, stretch: Int, there: Bool, policy: Policy) -> Float:
    """As many last points (n, p) of the stretch as the longest rule looks at."""
    value, _ = points.latest(varying, stretch, max(policy.shift_run, policy.trend_run, 3))
    return np.where(there[:, None], value, np.nan)


def _signal(value: Float, limits: Limits, policy: Policy) -> tuple[Codes, Codes]:
    """Code of the last of the points (n, p), and the slope of the trend that it ends."""
    last = value[:, -1]
    outside = (last > limits.upper) | (last < limits.lower)
    sides = runs.side(value - limits.centre[:, None])
    close = near_limit(value[:, -3:], _pair(limits, "near_"), _pair(limits, ""), policy)
    moves = runs.side(np.diff(value[:, -policy.trend_run :], axis=1))
    slope = np.where(np.isnan(limits.centre) | ~_alike(moves), 0, moves[:, -1])
    signal = np.zeros(len(value), dtype=np.int8)
    signal[_alike(sides[:, -policy.shift_run :])] = SHIFT
    signal[_alike(sides[:, -3:]) & close[:, -1] & (close.sum(axis=1) >= 2)] = TWO_OF_THREE
    signal[slope != 0] = TREND
    signal[outside] = OUTSIDE
    return signal, slope


def _alike(codes: Codes) -> Bool:
    """Rows whose codes are all the same, and not 0."""
    return (codes[:, -1] != 0) & (codes == codes[:, -1:]).all(axis=1)


def _pair(limits: Limits, prefix: str) -> tuple[Float, Float]:
    """The lower and the upper line as columns (n, 1)."""
    lower, upper = (getattr(limits, f"{prefix}{name}") for name in ("lower", "upper"))
    return lower[:, None], upper[:, None]
