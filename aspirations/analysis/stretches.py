"""Stretches of a series, and the moving range that measures its natural variation.

A rebase starts a new stretch. Missing periods are skipped: the moving range is the step from
one observation to the next of the same stretch.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aspirations.analysis.arrays import Bool, Float, Int, total
from aspirations.analysis.policy import Policy


def numbered(rebases: Sequence[Sequence[int]], first: int, width: int) -> Int:
    """Number (n, width) of the stretch every period belongs to, from 0.

    A rebase at or before `first` only says that the first stretch starts there.
    """
    opens = np.zeros((len(rebases), width), dtype=np.int64)
    for row, periods in enumerate(rebases):
        inside = [k - first for k in set(periods) if 0 < k - first < width]
        opens[row, inside] = 1
    return opens.cumsum(axis=1)


@dataclass(frozen=True)
class Ranges:
    """Moving ranges as they arise, period by period.

    `step` (n, m) is the moving range that ends in a period (NaN for none), `position` (n, m)
    the number of earlier observations in the stretch, `mean` (n, m) the mean moving range from
    what was known at each period (NaN before the first).
    """

    stretch: Int
    step: Float
    position: Int
    mean: Float
    last: Float
    """(n,) latest observation of the last stretch, NaN for none."""


def ranges(actual: Float, stretch: Int, policy: Policy) -> Ranges:
    """Moving ranges of every period from the data up to that period."""
    step, position, last = _steps(actual, stretch)
    counted = _counted(step, position, policy)
    mean = _running_mean(np.where(counted, step, np.nan), stretch)
    if policy.screen_outliers:
        mean = _screened_mean(np.where(counted, step, np.nan), stretch, mean, policy)
    return Ranges(stretch, step, position, mean, last)


def _steps(actual: Float, stretch: Int) -> tuple[Float, Int, Float]:
    n, width = actual.shape
    step, position = np.full((n, width), np.nan), np.zeros((n, width), dtype=np.int64)
    last, seen = np.full(n, np.nan), np.zeros(n, dtype=np.int64)
    for k in range(width):
        if k:
            fresh = stretch[:, k] != stretch[:, k - 1]
            last, seen = np.where(fresh, np.nan, last), np.where(fresh, 0, seen)
        value = actual[:, k]
        step[:, k], position[:, k] = np.abs(value - last), seen
        observed = ~np.isnan(value)
        last, seen = np.where(observed, value, last), seen + observed
    return step, position, last


def _counted(step: Float, position: Int, policy: Policy) -> Bool:
    """Moving ranges that may enter the mean: all, or those between the first n points."""
    counted = ~np.isnan(step)
    return counted if policy.lock_after is None else counted & (position < policy.lock_after)


def _running_mean(step: Float, stretch: Int) -> Float:
    n, width = step.shape
    mean, whole, count = np.full((n, width), np.nan), np.zeros(n), np.zeros(n)
    for k in range(width):
        if k:
            fresh = stretch[:, k] != stretch[:, k - 1]
            whole, count = np.where(fresh, 0.0, whole), np.where(fresh, 0.0, count)
        known = ~np.isnan(step[:, k])
        whole, count = whole + np.where(known, step[:, k], 0.0), count + known
        mean[:, k] = np.where(count > 0, whole / np.maximum(count, 1), np.nan)
    return mean


def _screened_mean(step: Float, stretch: Int, mean: Float, policy: Policy) -> Float:
    """The mean of each period without the ranges that are too large for that mean."""
    screened = np.full_like(mean, np.nan)
    for k in range(mean.shape[1]):
        own = stretch[:, : k + 1] == stretch[:, k : k + 1]
        screened[:, k] = screen(np.where(own, step[:, : k + 1], np.nan), mean[:, k], policy)
    return screened


def screen(step: Float, mean: Float, policy: Policy) -> Float:
    """Mean (n,) of the ranges (n, m) below `range_limit` times `mean`; a mean of 0 stays."""
    kept = step < policy.range_limit * mean[:, None]
    whole = total(np.where(kept, step, 0.0))
    count = kept.sum(axis=1)
    return np.where(count > 0, whole / np.maximum(count, 1), mean)


def extended_mean(known: Ranges, value: Float, opens: Bool, policy: Policy) -> Float:
    """Mean moving range (n,) once `value` is observed next; `opens` where it starts a stretch."""
    own = known.stretch == known.stretch[:, -1:]
    counted = _counted(known.step, known.position, policy) & own
    step = np.abs(value - known.last)
    seen = np.where(own & ~np.isnan(known.step), known.position, 0).max(axis=1) + 1
    late = np.zeros(len(value), dtype=bool)
    if policy.lock_after is not None:
        late = seen >= policy.lock_after
    enters = ~np.isnan(step) & ~late
    whole = total(np.where(counted, known.step, 0.0)) + np.where(enters, step, 0.0)
    count = counted.sum(axis=1) + enters
    mean = np.where(count > 0, whole / np.maximum(count, 1), np.nan)
    if policy.screen_outliers:
        every = np.where(counted, known.step, np.nan)
        mean = screen(np.c_[every, np.where(enters, step, np.nan)], mean, policy)
    return np.where(opens, np.nan, mean)
