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
    rebased = [row for row, periods in enumerate(rebases) if periods]
    for row in rebased:
        inside = [k - first for k in set(rebases[row]) if 0 < k - first < width]
        opens[row, inside] = 1
    return opens.cumsum(axis=1) if rebased else opens


@dataclass(frozen=True)
class Ranges:
    """Moving ranges as they arise, period by period."""

    mean: Float
    """(n, m) mean moving range from what was known at each period, NaN before the first."""
    step: Float
    """(n, m) moving ranges of the current stretch that count for its mean, else NaN; (n, 0)
    unless outliers are screened. Current is the stretch of the latest figure."""
    whole: Float
    """(n,) their sum, before any is screened out."""
    count: Float
    """(n,) their number."""
    seen: Float
    """(n, m) observations of the stretch up to each period, its own included."""
    points: Float
    """(n,) observations of the current stretch."""
    last: Float
    """(n,) the latest of them, NaN for none."""

    def rows(self, keep: Int) -> "Ranges":
        """Those of some rows only."""
        return Ranges(**{name: value[keep] for name, value in vars(self).items()})


def ranges(varying: Float, stretch: Int, policy: Policy, column: Int | None = None) -> Ranges:
    """Moving ranges of every period from the data up to that period.

    `column` (n,) is that of the latest figure, the last one unless given: a stretch that starts
    after it has only been announced.
    """
    value, number = np.ascontiguousarray(varying.T), stretch.T  # a period's series lie together
    rows = np.arange(value.shape[1])
    now = (np.full(len(rows), -1) if column is None else column), rows
    fresh = _fresh(number)
    observed = ~np.isnan(value)
    latest = value if observed.all() else _carried(value, observed, fresh)
    seen = _running(observed, fresh)
    step = _steps(value, latest, fresh)
    counted = ~np.isnan(step)
    if policy.lock_after is not None:
        counted &= seen <= policy.lock_after
    whole, count = _running(np.where(counted, step, 0.0), fresh), _running(counted, fresh)
    with np.errstate(invalid="ignore"):  # no range yet: 0/0 is the NaN that is meant
        mean = whole / count
    kept = value[:0]
    if policy.screen_outliers:
        kept = np.where(counted, step, np.nan)
        mean = _screened(kept, number, mean, policy)
        kept = np.where(number == number[now], kept, np.nan)
    return Ranges(mean.T, kept.T, whole[now], count[now], seen.T, seen[now], latest[now])


def _fresh(number: Int) -> Bool | None:
    """Periods (m, n) in which a stretch other than the first starts; None for none at all."""
    if not number[-1].any():
        return None
    fresh = np.zeros(number.shape, dtype=bool)
    fresh[1:] = number[1:] != number[:-1]
    return fresh


def _carried(value: Float, observed: Bool, fresh: Bool | None) -> Float:
    """The latest observation (m, n) of the stretch in every period, its own included."""
    latest = value.copy()
    for k in range(1, len(value)):
        missing = ~observed[k] if fresh is None else ~(observed[k] | fresh[k])
        np.copyto(latest[k], latest[k - 1], where=missing)
    return latest


def _steps(value: Float, latest: Float, fresh: Bool | None) -> Float:
    """The moving range (m, n) that ends in each period; NaN where there is none."""
    step = np.full(value.shape, np.nan)
    np.abs(value[1:] - latest[:-1], out=step[1:])
    if fresh is not None:
        step[fresh] = np.nan
    return step


def _running(cells: Float | Bool, fresh: Bool | None) -> Float:
    """Sums (m, n) of the cells of the stretch up to each period, added one after another."""
    sums = np.empty(cells.shape)
    sums[0] = cells[0]
    for k in range(1, len(cells)):
        before = sums[k - 1] if fresh is None else np.where(fresh[k], 0.0, sums[k - 1])
        np.add(before, cells[k], out=sums[k])
    return sums


def _screened(step: Float, number: Int, mean: Float, policy: Policy) -> Float:
    """The mean (m, n) of each period without the ranges that are too large for that mean."""
    screened = np.empty_like(mean)
    for k in range(len(mean)):
        own = np.where(number[: k + 1] == number[k], step[: k + 1], np.nan)
        screened[k] = screen(own.T, mean[k], policy)
    return screened


def screen(step: Float, mean: Float, policy: Policy) -> Float:
    """Mean (n,) of the ranges (n, m) below `range_limit` times `mean`; a mean of 0 stays."""
    kept = step < policy.range_limit * mean[:, None]
    whole = total(np.where(kept, step, 0.0))
    count = kept.sum(axis=1)
    return np.where(count > 0, whole / np.maximum(count, 1), mean)


def extended_mean(known: Ranges, value: Float, opens: Bool, policy: Policy) -> Float:
    """Mean moving range (n,) once `value` is observed next; `opens` where it starts a stretch."""
    step = np.abs(value - known.last)
    enters = ~np.isnan(step)
    if policy.lock_after is not None:
        enters &= known.points < policy.lock_after
    whole = known.whole + np.where(enters, step, 0.0)
    count = known.count + enters
    mean = np.where(count > 0, whole / np.maximum(count, 1), np.nan)
    if policy.screen_outliers:
        mean = screen(np.c_[known.step, np.where(enters, step, np.nan)], mean, policy)
    return np.where(opens, np.nan, mean)
