"""Where a new level began: the program suggests a rebase, a person decides.

The points x of the current stretch are split in two wherever enough stand before (`rebase_before`,
and as many as limits need) and since (`rebase_run`). The likeliest begin k is the split that
separates best: the largest n₁·n₂/(n₁ + n₂)·(mean since − mean before)², the least squares
estimate of one step. A rebase is suggested there if

- the mean since lies at least one σ from the mean before (σ = mean moving range before / 1.128,
  a third of the way to the limits);
- the first `rebase_run` points since all lie on that side of the mean before, and nine in ten of
  all points since;
- there was one level before, and there is one since: the means of the first and the last half (h
  points each) differ by no more than 2.5 standard errors, σ·√(2/h), on either side of the split;
- the step says more than a straight line through all points, so that what climbs throughout is not
  called a step.

On 20,000 series of pure noise with 36 points 0.9 % are suggested a rebase at any one moment (1.4 %
with 24 points, 0.4 % with 60). A step of 2σ after 24 points is found in 77 % of series once 8
points stand after it, one of 3σ in 94 %; the begin is right within two points in 96 %. A climb of
0.1σ a period over 36 points is taken for a step in 20 %.
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis import points
from aspirations.analysis.arrays import Bool, Float, Int, total
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import NO_PERIOD
from aspirations.analysis.variance import RANGE_TO_SIGMA

ASTRAY = 0.1
"""Share of the points since that may lie on the other side."""
STANDARD_ERRORS = 2.5
"""How far the halves of a level may lie apart."""


@dataclass(frozen=True)
class Shifts:
    """Each array (n,): the ordinal at which the new level began, −1 for none, and the mean of the
    points of the stretch before it and since (NaN for none)."""

    start: Int
    before: Float
    after: Float


@dataclass(frozen=True)
class _Splits:
    """The best split of each row: columns of `value` (n, p) before `at` (n,) and from it on."""

    value: Float
    at: Int
    before: Float
    after: Float
    sigma: Float

    @property
    def step(self) -> Float:
        return self.after - self.before

    def rows(self, keep: Int) -> "_Splits":
        return _Splits(**{name: values[keep] for name, values in vars(self).items()})


def shifts(varying: Float, stretch: Int, first: int, policy: Policy) -> Shifts:
    """What the observations (n, m) suggest after the latest of each row; nothing later is read."""
    n = len(varying)
    found = Shifts(np.full(n, NO_PERIOD), np.full(n, np.nan), np.full(n, np.nan))
    rows, value, column = _long_enough(varying, stretch, policy)
    if not len(rows):
        return found
    origin = value[:, -1]  # sums of differences from it keep their digits
    splits = _best(value - origin[:, None], policy)
    kept = np.flatnonzero((splits.sigma > 0) & (np.abs(splits.step) >= splits.sigma))
    splits = splits.rows(kept)
    holds = _sided(splits, policy.rebase_run) & _levels(splits) & ~_straight(splits)
    kept, splits = kept[holds], splits.rows(np.flatnonzero(holds))
    found.start[rows[kept]] = first + column[kept, splits.at]
    found.before[rows[kept]] = origin[kept] + splits.before
    found.after[rows[kept]] = origin[kept] + splits.after
    return found


def _before(policy: Policy) -> int:
    return max(policy.rebase_before, policy.limits_from)


def _long_enough(varying: Float, stretch: Int, policy: Policy) -> tuple[Int, Float, Int]:
    """Rows whose stretch can be split, its points at the right, and their columns."""
    needed = _before(policy) + policy.rebase_run
    rows = np.flatnonzero((~np.isnan(varying)).sum(axis=1) >= needed)
    value, column = points.latest(varying[rows], stretch[rows], varying.shape[1])
    enough = np.flatnonzero((column >= 0).sum(axis=1) >= needed)
    return rows[enough], value[enough], column[enough]


def _best(value: Float, policy: Policy) -> _Splits:
    """The split of each row (n, p) that separates best; missing points stand at the left."""
    width = value.shape[1]
    first, end = _before(policy), width - policy.rebase_run + 1
    at = np.arange(first, end)
    since = (width - at).astype(np.float64)
    before = (~np.isnan(value)).sum(axis=1)[:, None] - since
    sums = np.where(np.isnan(value), 0.0, value).cumsum(axis=1)
    left = sums[:, first - 1 : end - 1]
    with np.errstate(divide="ignore", invalid="ignore"):  # nothing before: not usable anyway
        step = (sums[:, -1:] - left) / since - left / before
    apart = before * since * (step * step)
    apart[before < first] = -1.0
    best = apart.argmax(axis=1)
    cell = (np.arange(len(value)), best)
    low, count = left[cell] / before[cell], before[cell]
    sigma = _moving(value, at[best], count) / RANGE_TO_SIGMA
    return _Splits(value, at[best], low, low + step[cell], sigma)


def _moving(value: Float, at: Int, count: Float) -> Float:
    """Mean moving range (n,) of the `count` points before column `at`."""
    step = np.abs(np.diff(value, axis=1))
    within = ~np.isnan(step) & (np.arange(1, value.shape[1]) < at[:, None])
    return total(np.where(within, step, 0.0)) / np.maximum(count - 1, 1)


def _sided(splits: _Splits, run: int) -> Bool:
    """Whether the first `run` points since lie on the new side, and nine in ten of all."""
    column, at = np.arange(splits.value.shape[1]), splits.at[:, None]
    toward = (splits.value - splits.before[:, None]) * np.sign(splits.step)[:, None]
    astray = (column >= at) & (toward <= 0)
    early = astray & (column < at + run)
    allowed = ASTRAY * (len(column) - splits.at)
    return np.asarray(~early.any(axis=1) & (astray.sum(axis=1) <= allowed))


def _straight(splits: _Splits) -> Bool:
    """Whether a straight line through all points leaves less unsaid than the step does."""
    seen = ~np.isnan(splits.value)
    count = seen.sum(axis=1).astype(np.float64)
    since = (splits.value.shape[1] - splits.at).astype(np.float64)
    place = np.where(seen, seen.cumsum(axis=1) - (count[:, None] + 1) / 2, 0.0)
    slope = total(np.where(seen, place * splits.value, 0.0))
    by_line = slope**2 / total(place**2)
    by_step = (count - since) * since / count * splits.step**2
    return np.asarray(by_line > by_step)


def _levels(splits: _Splits) -> Bool:
    """Whether there was one level before the split, and is one since."""
    rows, width = splits.value.shape
    begin = np.isnan(splits.value).sum(axis=1)
    since = _level(splits, splits.at, np.full(rows, width))
    return since & _level(splits, begin, splits.at)


def _level(splits: _Splits, start: Int, end: Int) -> Bool:
    """Whether the first and the last half of the points from column `start` to `end` agree."""
    column, start, end = np.arange(splits.value.shape[1]), start[:, None], end[:, None]
    half = (end - start) // 2
    opening = (column >= start) & (column < start + half)
    closing = (column >= end - half) & (column < end)
    first, last = (
        total(np.where(part, splits.value, 0.0)) / half[:, 0] for part in (opening, closing)
    )
    allowed = STANDARD_ERRORS * splits.sigma * np.sqrt(2 / half[:, 0])
    return np.asarray(np.abs(first - last) <= allowed)
