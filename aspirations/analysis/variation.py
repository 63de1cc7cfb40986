"""Natural variation: XmR limits of each stretch, and the signals that something changed.

Centre is the mean of the stretch, limits are centre ± 2.66 mean moving ranges (Shewhart's
three sigma for single values, Wheeler 2000). Everything is computed on the observed points,
packed to the left, and laid back on the periods at the end.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from aspirations.analysis.arrays import Bool, Float, Int, Text, total
from aspirations.analysis.policy import Policy


class Signal(StrEnum):
    """Ordered by precedence after NONE; the position is the code."""

    NONE = ""
    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"


SIGNALS = tuple(signal.value for signal in Signal)
READINGS = ("", "improving", "deteriorating", "neutral")
IMPROVING, DETERIORATING, NEUTRAL = 1, 2, 3


@dataclass(frozen=True)
class Limits:
    """One stretch of every row, each array (n,); NaN where there are too few points."""

    start: Int
    """Column of the first observation, −1 for none."""
    points: Int
    """Observations that made the limits."""
    centre: Float
    lower: Float
    upper: Float
    near_lower: Float
    near_upper: Float
    mean_range: Float
    trial: Bool


@dataclass(frozen=True)
class Variation:
    """Signals on the periods (n, m), limits by stretch, lines drawn over each stretch."""

    signal: Int
    reading: Int
    centre: Float
    lower: Float
    upper: Float
    stretches: list[Limits]

    def signals(self) -> Text:
        return np.array(SIGNALS)[self.signal]

    def readings(self) -> Text:
        return np.array(READINGS)[self.reading]


@dataclass(frozen=True)
class _Points:
    """Observed points packed to the left; `stretch` is −1 behind the last."""

    value: Float
    stretch: Int
    position: Int
    column: Int


def variation(actual: Float, stretch: Int, sign: Int, policy: Policy) -> Variation:
    """Limits and signals from all observations given; `stretch` as numbered by its module."""
    points = _pack(actual, stretch)
    count = int(stretch.max(initial=0)) + 1
    by_stretch = [_limits(points, number, policy) for number in range(count)]
    centre = _spread([limits.centre for limits in by_stretch], points.stretch)
    signal, slope = _signals(points, by_stretch, centre, policy)
    reading = _readings(signal, slope, np.sign(points.value - centre), sign, policy)
    return Variation(
        signal=_unpack(signal, points),
        reading=_unpack(reading, points),
        centre=_lines(actual, stretch, [limits.centre for limits in by_stretch]),
        lower=_lines(actual, stretch, [limits.lower for limits in by_stretch]),
        upper=_lines(actual, stretch, [limits.upper for limits in by_stretch]),
        stretches=by_stretch,
    )


def _pack(actual: Float, stretch: Int) -> _Points:
    missing = np.isnan(actual)
    column = np.argsort(missing, axis=1, kind="stable")
    value = np.take_along_axis(actual, column, axis=1)
    number = np.take_along_axis(np.where(missing, -1, stretch), column, axis=1)
    index = np.broadcast_to(np.arange(actual.shape[1]), actual.shape)
    opens = np.ones(actual.shape, dtype=bool)
    opens[:, 1:] = number[:, 1:] != number[:, :-1]
    begun = np.maximum.accumulate(np.where(opens, index, 0), axis=1)
    return _Points(value, number, index - begun, column)


def _unpack(codes: Int, points: _Points) -> Int:
    laid = np.zeros_like(codes)
    np.put_along_axis(laid, points.column, np.where(points.stretch >= 0, codes, 0), axis=1)
    return laid


def _limits(points: _Points, number: int, policy: Policy) -> Limits:
    own = points.stretch == number
    used = own if policy.lock_after is None else own & (points.position < policy.lock_after)
    count = used.sum(axis=1)
    centre = _mean(points.value, used)
    mean_range = _mean_range(points, used, policy)
    enough = (count >= policy.limits_from) & (mean_range > 0)
    if policy.nhs:
        enough = ~np.isnan(mean_range)
    centre, half = np.where(enough, centre, np.nan), policy.limit_width * mean_range
    near = half * policy.near_share
    start = np.where(own.any(axis=1), _first_column(points, own), -1)
    bare = np.where(enough, half, np.nan)
    return Limits(
        start=start,
        points=count,
        centre=centre,
        lower=centre - bare,
        upper=centre + bare,
        near_lower=centre - near,
        near_upper=centre + near,
        mean_range=mean_range,
        trial=enough & (count < policy.trial_below),
    )


def _first_column(points: _Points, own: Bool) -> Int:
    return np.take_along_axis(points.column, own.argmax(axis=1)[:, None], axis=1)[:, 0]


def _mean_range(points: _Points, used: Bool, policy: Policy) -> Float:
    step = np.zeros_like(points.value)
    step[:, 1:] = np.abs(np.diff(points.value, axis=1))
    counted = used & (points.position > 0)
    mean = _mean(step, counted)
    if policy.screen_outliers:
        kept = counted & (step < policy.range_limit * mean[:, None])
        mean = np.where(kept.any(axis=1), _mean(step, kept), mean)
    return mean


def _mean(values: Float, mask: Bool) -> Float:
    count = mask.sum(axis=1)
    whole = total(np.where(mask, values, 0.0))
    return np.where(count > 0, whole / np.maximum(count, 1), np.nan)


def _spread(by_stretch: list[Float], number: Int) -> Float:
    """One value per stretch and row, laid on the cells that carry the stretch's number."""
    table = np.stack(by_stretch, axis=1)
    laid = np.take_along_axis(table, np.maximum(number, 0), axis=1)
    return np.where(number >= 0, laid, np.nan)


def _lines(actual: Float, stretch: Int, by_stretch: list[Float]) -> Float:
    """A line over each stretch, from the first observation of all to the last."""
    observed = ~np.isnan(actual)
    begun = np.logical_or.accumulate(observed, axis=1)
    ended = ~np.logical_or.accumulate(observed[:, ::-1], axis=1)[:, ::-1]
    return _spread(by_stretch, np.where(begun & ~ended, stretch, -1))


def _signals(
    points: _Points, by_stretch: list[Limits], centre: Float, policy: Policy
) -> tuple[Int, Int]:
    """Codes of the points and the slope of the trends among them."""
    laid = {
        name: _spread([getattr(limits, name) for limits in by_stretch], points.stretch)
        for name in ("lower", "upper", "near_lower", "near_upper")
    }
    value, side = points.value, _side(points.value - centre)
    outside = (value > laid["upper"]) | (value < laid["lower"])
    near = (value > laid["near_upper"]) | (value < laid["near_lower"])
    near &= ~outside if policy.nhs else (value < laid["upper"]) & (value > laid["lower"])
    limited = ~np.isnan(centre)
    slope = np.where(limited, trend_members(value, policy.trend_run, points.position), 0)
    signal = np.zeros(value.shape, dtype=np.int64)
    signal[shift_members(side, policy.shift_run, points.position)] = 4
    signal[two_of_three_members(near, side, points.position)] = 3
    signal[slope != 0] = 2
    signal[outside] = 1
    return signal, slope


def _side(difference: Float) -> Int:
    return np.where(np.isnan(difference), 0, np.sign(difference)).astype(np.int64)


def _readings(signal: Int, slope: Int, side: Float, sign: Int, policy: Policy) -> Int:
    """A trend reads by its slope unless the policy says side, everything else by its side."""
    way = side if policy.trend_by_side else np.where(signal == 2, slope, side)
    good = way * sign[:, None] > 0
    reading = np.where(good, IMPROVING, DETERIORATING)
    reading = np.where(sign[:, None] == 0, NEUTRAL, reading)
    return np.where(signal == 0, 0, reading)


# --- runs: every member of a run is marked -----------------------------------------------------


def shift_members(side: Int, run: int, position: Int | None = None) -> Bool:
    """Points of a run of `run` or more consecutive points strictly on one side (side ±1)."""
    ends = _run_ends(side, run, _positions(side, position), run)
    return np.not_equal(_members(ends, run), 0)


def trend_members(values: Float, run: int, position: Int | None = None) -> Int:
    """±1 for points of `run` or more with strict moves one way, else 0."""
    moves = np.zeros(values.shape, dtype=np.int64)
    moves[:, 1:] = _side(np.diff(values, axis=1))
    ends = _run_ends(moves, run - 1, _positions(moves, position), run)
    return _members(ends, run)


def two_of_three_members(near: Bool, side: Int, position: Int | None = None) -> Bool:
    """Near points of three consecutive points on one side of which at least two are near."""
    ends = _run_ends(side, 3, _positions(side, position), 3)
    marks = near.astype(np.int64)
    pair = marks + _moved(marks, 1) + _moved(marks, 2)
    return near & np.not_equal(_members(np.where(pair >= 2, ends, 0), 3), 0)


def _positions(cells: Int, position: Int | None) -> Int:
    return np.broadcast_to(np.arange(cells.shape[1]), cells.shape) if position is None else position


def _run_ends(signs: Int, length: int, position: Int, needed: int) -> Int:
    """Sign of the cells that end `length` equal non-zero signs inside one stretch."""
    equal = signs.copy()
    for back in range(1, length):
        equal = np.where(_moved(signs, back) == signs, equal, 0)
    return np.where(position >= needed - 1, equal, 0)


def _moved(cells: Int, by: int) -> Int:
    """Cells moved `by` columns to the right, 0 coming in from the left."""
    moved = np.zeros_like(cells)
    if by < cells.shape[1]:
        moved[:, by:] = cells[:, : cells.shape[1] - by]
    return moved


def _members(ends: Int, length: int) -> Int:
    """Sign of the run that a cell belongs to; of two runs, the one that ends first."""
    member = np.zeros_like(ends)
    for ahead in range(length - 1, -1, -1):
        later = _moved(ends[:, ::-1], ahead)[:, ::-1]
        member = np.where(later != 0, later, member)
    return member


def assurance(target: float, lower: Float, upper: Float, sign: int) -> Text:
    """Whether limits keep a target in or out of reach: 'consistent_pass', 'consistent_fail',
    'inconsistent', or '' without a direction."""
    if sign == 0:
        return np.full(lower.shape, "", dtype="<U15")
    above, below = lower > target, upper < target
    passes, fails = (above, below) if sign > 0 else (below, above)
    names = np.array(["inconsistent", "consistent_pass", "consistent_fail"])
    return names[np.where(passes, 1, np.where(fails, 2, 0))]
