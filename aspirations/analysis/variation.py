"""Natural variation: XmR limits of each stretch, and the signals that something changed.

Centre is the mean of the stretch, limits are centre ± 2.66 mean moving ranges (Shewhart's
three sigma for single values, Wheeler 2000). Everything is computed on the observed points,
laid end to end, and put back on the periods at the end.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from aspirations.analysis import points, runs
from aspirations.analysis.arrays import Bool, Codes, Float, Int, Text
from aspirations.analysis.points import Points
from aspirations.analysis.policy import Policy


class Signal(StrEnum):
    """Ordered by precedence after NONE; the position is the code."""

    NONE = ""
    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"


SIGNALS = tuple(signal.value for signal in Signal)
OUTSIDE, TREND, TWO_OF_THREE, SHIFT = range(1, 5)
READINGS = ("", "improving", "deteriorating", "neutral")
IMPROVING, DETERIORATING, NEUTRAL = 1, 2, 3


@dataclass(frozen=True)
class Limits:
    """Natural limits of some stretches, each array (g,); NaN where there are too few points."""

    points: Int
    """Observations that made the limits."""
    centre: Float
    lower: Float
    upper: Float
    near_lower: Float
    near_upper: Float
    mean_range: Float
    trial: Bool
    start: Int
    """Column of the first observation, −1 for none."""


@dataclass(frozen=True)
class Variation:
    """Signals on the periods (n, m), limits by stretch (n,), lines drawn over each stretch."""

    signal: Codes
    reading: Codes
    centre: Float
    lower: Float
    upper: Float
    stretches: list[Limits]


def variation(actual: Float, stretch: Int, sign: Int, policy: Policy) -> Variation:
    """Limits and signals from all observations given; `stretch` as numbered by its module."""
    found = points.laid_out(actual, stretch)
    limits = _limits(found, policy)
    signal, slope = _signals(found, limits, policy)
    reading = _readings(found, limits, signal, slope, sign, policy)
    by_stretch = _by_stretch(found, limits, int(stretch.max(initial=0)) + 1)
    inside = _drawn(actual)
    return Variation(
        signal=found.put_back(signal),
        reading=found.put_back(reading),
        centre=_lines(inside, stretch, [one.centre for one in by_stretch]),
        lower=_lines(inside, stretch, [one.lower for one in by_stretch]),
        upper=_lines(inside, stretch, [one.upper for one in by_stretch]),
        stretches=by_stretch,
    )


def limits_of(centre: Float, mean_range: Float, count: Int, start: Int, policy: Policy) -> Limits:
    """Limits around centres, from mean moving ranges of so many points (all of one shape)."""
    enough = (count >= policy.limits_from) & (mean_range > 0)
    if policy.nhs:
        enough = ~np.isnan(mean_range)
    centre, half = np.where(enough, centre, np.nan), policy.limit_width * mean_range
    near = half * policy.near_share
    return Limits(
        points=count,
        centre=centre,
        lower=centre - half,
        upper=centre + half,
        near_lower=centre - near,
        near_upper=centre + near,
        mean_range=mean_range,
        trial=enough & (count < policy.trial_below),
        start=start,
    )


def _limits(found: Points, policy: Policy) -> Limits:
    value, count = found.value, found.count
    step = np.zeros(len(value))
    step[1:] = np.abs(np.diff(value))
    step[found.opens] = 0.0
    counted = ~found.opens
    if policy.lock_after is not None:
        used = found.position() < policy.lock_after
        value, counted = np.where(used, value, 0.0), counted & used
        count = np.minimum(count, policy.lock_after)
    centre = _share(found.total(value), count)
    mean_range = _mean_range(found, np.where(counted, step, 0.0), counted, count - 1, policy)
    start = found.cell[found.start] % found.shape[1]
    return limits_of(centre, mean_range, count, start, policy)


def _mean_range(found: Points, step: Float, counted: Bool, count: Int, policy: Policy) -> Float:
    mean = _share(found.total(step), count)
    if policy.screen_outliers:
        kept = counted & (step < policy.range_limit * found.spread(mean))
        left = found.total(kept.astype(np.float64))
        mean = np.where(left > 0, _share(found.total(np.where(kept, step, 0.0)), left), mean)
    return mean


def _share(whole: Float, count: Int | Float) -> Float:
    return np.where(count > 0, whole / np.maximum(count, 1), np.nan)


def _signals(found: Points, limits: Limits, policy: Policy) -> tuple[Codes, Codes]:
    """Codes of the points (p,) and the slope of the trends among them."""
    value, opens = found.value, found.opens
    lower, upper = found.spread(limits.lower), found.spread(limits.upper)
    near = (found.spread(limits.near_lower), found.spread(limits.near_upper))
    sides = runs.side(value - found.spread(limits.centre))
    close = near_limit(value, near, (lower, upper), policy)
    slope = runs.trend_members(value, opens, policy.trend_run)
    slope[found.spread(np.isnan(limits.centre))] = 0
    signal = np.zeros(len(value), dtype=np.int8)
    # The later overrides the earlier: precedence from the last to the first.
    signal[runs.shift_members(sides, opens, policy.shift_run)] = SHIFT
    signal[runs.two_of_three_members(close, sides, opens)] = TWO_OF_THREE
    signal[slope != 0] = TREND
    signal[(value > upper) | (value < lower)] = OUTSIDE
    return signal, slope


def near_limit(
    value: Float, near: tuple[Float, Float], outer: tuple[Float, Float], policy: Policy
) -> Bool:
    """Points between near line and limit (pairs of lower and upper); strictly, but NHS tools
    count a point on the limit too."""
    beyond = (value < near[0]) | (value > near[1])
    if policy.nhs:
        return beyond & (value >= outer[0]) & (value <= outer[1])
    return beyond & (value > outer[0]) & (value < outer[1])


def _readings(
    found: Points, limits: Limits, signal: Codes, slope: Codes, sign: Int, policy: Policy
) -> Codes:
    reading = np.zeros(len(signal), dtype=np.int8)
    marked = np.flatnonzero(signal)
    group = found.group(marked)
    sides = runs.side(found.value[marked] - limits.centre[group])
    row_sign = sign[found.row[group]]
    reading[marked] = readings(signal[marked], slope[marked], sides, row_sign, policy)
    return reading


def readings(signal: Codes, slope: Codes, sides: Codes, sign: Int, policy: Policy) -> Codes:
    """How signals read for the direction `sign`, all of one shape; 0 where there is none.

    A trend reads by its slope unless the policy says side, everything else by its side.
    """
    way = sides if policy.trend_by_side else np.where(signal == TREND, slope, sides)
    reading = np.where(way * sign > 0, IMPROVING, DETERIORATING)
    reading = np.where(sign == 0, NEUTRAL, reading)
    return np.where(signal == 0, 0, reading).astype(np.int8)


# --- from groups back to rows and periods ------------------------------------------------------


def _by_stretch(found: Points, limits: Limits, count: int) -> list[Limits]:
    """The limits of every row (n,), one for each number that a stretch has."""
    numbered = [np.flatnonzero(found.stretch == number) for number in range(count)]
    return [
        Limits(**{name: _by_row(found, own, name, value) for name, value in vars(limits).items()})
        for own in numbered
    ]


NOTHING = {"points": 0, "start": -1, "trial": False}


def _by_row(found: Points, groups: Int, name: str, value: Any) -> Any:
    laid = np.full(found.shape[0], NOTHING.get(name, np.nan), dtype=value.dtype)
    laid[found.row[groups]] = value[groups]
    return laid


def _drawn(actual: Float) -> Bool:
    """Periods (n, m) from the first observation of a row to its last."""
    observed = ~np.isnan(actual)
    column = np.arange(actual.shape[1])
    first = np.where(observed.any(axis=1), observed.argmax(axis=1), actual.shape[1])
    last = actual.shape[1] - 1 - observed[:, ::-1].argmax(axis=1)
    return (column >= first[:, None]) & (column <= last[:, None])


def _lines(inside: Bool, stretch: Int, by_stretch: list[Float]) -> Float:
    """A line over each stretch, where the row is drawn."""
    if len(by_stretch) == 1:
        return np.where(inside, by_stretch[0][:, None], np.nan)
    laid = np.take_along_axis(np.stack(by_stretch, axis=1), stretch, axis=1)
    return np.where(inside, laid, np.nan)


def assurance(target: float, lower: Float, upper: Float, sign: int) -> Text:
    """Whether limits keep a target in or out of reach: 'consistent_pass', 'consistent_fail',
    'inconsistent', or '' without a direction."""
    if sign == 0:
        return np.full(lower.shape, "", dtype="<U15")
    above, below = lower > target, upper < target
    passes, fails = (above, below) if sign > 0 else (below, above)
    names = np.array(["inconsistent", "consistent_pass", "consistent_fail"])
    return names[np.where(passes, 1, np.where(fails, 2, 0))]
