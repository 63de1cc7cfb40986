"""What each series is to reach, and the panel of figures that every rule reads.

Rows are series; `k` are ordinals. A row without path, or with neither direction nor band, has
no aim: its figures are NaN and it takes part in nothing.
"""

from dataclasses import dataclass, replace

import numpy as np

from aspirations.analysis import flows, points, stretches, trajectories, variance
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.block import Block
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import Paths
from aspirations.analysis.variance import RANGE_TO_SIGMA


@dataclass(frozen=True)
class Aims:
    """Baseline and target of every row, each array (n,)."""

    exists: Bool
    sign: Int
    band: Float
    """(n, 2)"""
    k0: Int
    baseline: Float
    k1: Int
    target: Float
    """G; for a band its edge nearest to the baseline."""
    end: Float
    """T(K), where the path itself ends."""
    planned: Float
    """J = |G − B|; for a band the baseline's distance to it."""
    hold: Bool
    """The planned change is less than half the noise at agreement: hold the level."""
    adjustable: Bool
    """A season may be taken out: the path has none of its own, and values do not cumulate."""

    @property
    def banded(self) -> Bool:
        return variance.is_band(self.band)

    @property
    def way(self) -> Float:
        """−1 where lower is better, else 1."""
        return np.where(self.sign < 0, -1.0, 1.0)

    def seen_from(self, actual: Float) -> tuple[Float, Float]:
        """Target and the way to it (n,), 1 up and −1 down; for a band its edge nearest to
        `actual` and the way into the band."""
        edge = variance.nearest_edge(actual, self.band)
        inward = np.where(edge == self.band[:, 0], 1, -1)
        banded = self.banded
        return np.where(banded, edge, self.target), np.where(banded, inward, self.sign)

    def rows(self, keep: Int) -> "Aims":
        """The aims of some rows only."""
        return Aims(**{name: value[keep] for name, value in vars(self).items()})


@dataclass(frozen=True)
class Panel:
    """Figures of all rows over the periods first..first + m − 1, each matrix (n, m)."""

    first: int
    paths: Paths
    actual: Float
    varying: Float
    """Values whose natural variation counts: the increments of running totals, else `actual`."""
    expected: Float
    """T; for a band that is reached, its edge nearest to the actual."""
    plan: Float
    """T without a season of its own: what the plan has changed by a period."""
    stretch: Int
    ranges: stretches.Ranges
    aims: Aims

    @property
    def width(self) -> int:
        return int(self.actual.shape[1])

    def rows(self, keep: Int) -> "Panel":
        """The panel of some rows only."""
        cells = ("actual", "varying", "expected", "plan", "stretch")
        return replace(
            self,
            **{name: getattr(self, name)[keep] for name in cells},
            paths=self.paths.take(keep),
            ranges=self.ranges.rows(keep),
            aims=self.aims.rows(keep),
        )


def gap(actual: Float, expected: Float, aims: Aims) -> Float:
    """How far `actual` (…, n) is ahead of `expected`: s·(A − T).

    A series to be brought into a band is judged by its distance to it, which is to fall from J
    to 0 along the path: the gap is the distance that T still allows less that of A. So a series
    on its path has no gap, one inside the band never a negative one, and once the path has
    arrived the gap is −max(0, lo − A, A − hi).
    """
    ahead = variance.gap(actual, expected, aims.sign, aims.band)
    if not aims.banded.any():
        return ahead
    allowed = variance.gap(expected, expected, aims.sign, aims.band)
    return np.where(aims.banded, ahead - allowed, ahead)


def told(actual: Float, expected: Float, aims: Aims) -> tuple[Float, Float]:
    """T and g as they are shown (…, n): of a band, its edge nearest to the value, and how far
    outside it lies, −max(0, lo − A, A − hi), wherever the path into it may be."""
    if not aims.banded.any():
        return expected, gap(actual, expected, aims)
    edge = variance.nearest_edge(actual, aims.band)
    edge = np.where(np.isnan(edge), aims.target, edge)
    shown = np.where(aims.banded & ~np.isnan(expected), edge, expected)
    distance = variance.gap(actual, shown, aims.sign, aims.band)
    return shown, np.where(np.isnan(shown), np.nan, distance)


def panel(block: Block) -> Panel:
    """Paths drawn, stretches numbered, moving ranges taken."""
    paths = Paths.of(block.paths)
    stretch = stretches.numbered(block.rebases, block.first, block.width)
    varying = flows.varying(
        block.actual, block.cumulative, block.first, block.frequency, block.year_starts
    )
    known = stretches.ranges(varying, stretch, block.policy, points.last_column(block.actual))
    aims = _aims(block, paths, known)
    drawn = _expected(block, aims, paths)
    seasonal = paths.seasonal.any()
    return Panel(
        first=block.first,
        paths=paths,
        actual=block.actual,
        varying=varying,
        expected=drawn,
        plan=_expected(block, aims, unseasonal(paths)) if seasonal else drawn,
        stretch=stretch,
        ranges=known,
        aims=aims,
    )


def _expected(block: Block, aims: Aims, paths: Paths) -> Float:
    drawn = trajectories.expected(paths, block.first, block.width, block.bounds)
    drawn = np.where(aims.exists[:, None], drawn, np.nan)
    if not aims.banded.any():
        return drawn
    edge = variance.nearest_edge(block.actual.T, block.band)
    edge = np.where(np.isnan(edge), aims.target, edge)
    k = block.first + np.arange(block.width)[:, None]
    return np.asarray(arrived(drawn.T, edge, k, aims).T)


def arrived(drawn: Float, edge: Float, k: Int, aims: Aims) -> Float:
    """T (…, n) of ordinals k: `edge` where the path has come into the band or to its end."""
    inside = variance.gap(drawn, drawn, aims.sign, aims.band) == 0
    there = aims.hold | (k >= aims.k1) | inside
    return np.where(aims.banded & there & ~np.isnan(drawn), edge, drawn)


def unseasonal(paths: Paths) -> Paths:
    """The paths without the seasons of their own."""
    if not paths.seasonal.any():
        return paths
    return Paths.of([path and replace(path, season=None) for path in paths])


def _aims(block: Block, paths: Paths, known: stretches.Ranges) -> Aims:
    banded = variance.is_band(block.band)
    exists = paths.exists & ((block.sign != 0) | banded)
    baseline = paths.baseline
    target = np.where(banded, variance.nearest_edge(baseline, block.band), paths.target)
    away = np.where(banded, -variance.gap(baseline, baseline, block.sign, block.band), 0.0)
    planned = np.where(banded, away, np.abs(target - baseline))
    planned = np.where(exists, planned, np.nan)
    hold = _holds(planned, _mean_range_at(known, paths.k0 - block.first), block.policy)
    return Aims(
        exists=exists,
        sign=block.sign,
        band=block.band,
        k0=paths.k0,
        baseline=baseline,
        k1=paths.k1,
        target=target,
        end=_ends(block, paths, exists, banded & ~(planned > 0), target),
        planned=planned,
        hold=exists & hold,
        adjustable=exists & ~paths.seasonal & ~block.cumulative,
    )


def _ends(block: Block, paths: Paths, exists: Bool, held: Bool, target: Float) -> Float:
    """T(K); where a band is to be held, and where the path ends inside it, its edge."""
    end = np.where(exists, trajectories.ends(paths, block.bounds), np.nan)
    arrived = variance.gap(end, end, block.sign, block.band) == 0
    return np.where(variance.is_band(block.band) & (held | arrived), target, end)


def _mean_range_at(known: stretches.Ranges, column: Int) -> Float:
    """Mean moving range from the data up to a column (n,); NaN before the first."""
    inside = np.clip(column, 0, known.mean.shape[1] - 1)
    mean = np.take_along_axis(known.mean, inside[:, None], axis=1)[:, 0]
    return np.where(column >= 0, mean, np.nan)


def _holds(planned: Float, mean_range: Float, policy: Policy) -> Bool:
    noise = np.nan_to_num(mean_range) / RANGE_TO_SIGMA
    return np.asarray((planned == 0) | (planned < policy.hold_noise * noise))
