"""What each series is to reach, and the panel of figures that every rule reads.

Rows are series; `k` are ordinals. A row without path, or with neither direction nor band, has
no aim: its figures are NaN and it takes part in nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aspirations.analysis import stretches, trajectories, variance
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.block import Block
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import Path
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


@dataclass(frozen=True)
class Panel:
    """Figures of all rows over the periods first..first + m − 1, each matrix (n, m)."""

    first: int
    actual: Float
    expected: Float
    """T; for a band its edge nearest to the actual."""
    stretch: Int
    ranges: stretches.Ranges
    aims: Aims

    @property
    def width(self) -> int:
        return int(self.actual.shape[1])

    def rows(self, keep: Int) -> "Panel":
        """The panel of some rows only."""
        aims = Aims(**{name: value[keep] for name, value in vars(self.aims).items()})
        known = {name: value[keep] for name, value in vars(self.ranges).items()}
        return replace(
            self,
            actual=self.actual[keep],
            expected=self.expected[keep],
            stretch=self.stretch[keep],
            ranges=stretches.Ranges(**known),
            aims=aims,
        )


def panel(block: Block) -> Panel:
    """Paths drawn, stretches numbered, moving ranges taken."""
    stretch = stretches.numbered(block.rebases, block.first, block.width)
    known = stretches.ranges(block.actual, stretch, block.policy)
    aims = _aims(block, known)
    return Panel(
        first=block.first,
        actual=block.actual,
        expected=expected(block, aims, block.first, block.width, block.actual),
        stretch=stretch,
        ranges=known,
        aims=aims,
    )


def expected(block: Block, aims: Aims, first: int, width: int, actual: Float) -> Float:
    """T of `width` periods; for a band the edge nearest to the actual, else to the baseline."""
    paths = [path if there else None for path, there in zip(block.paths, aims.exists, strict=True)]
    drawn = trajectories.expected(paths, first, width, block.bounds)
    edge = variance.nearest_edge(actual.T, block.band).T
    edge = np.where(np.isnan(edge), aims.target[:, None], edge)
    banded = variance.is_band(block.band)[:, None]
    return np.where(banded, np.where(np.isnan(drawn), np.nan, edge), drawn)


def _aims(block: Block, known: stretches.Ranges) -> Aims:
    banded = variance.is_band(block.band)
    exists = np.array([path is not None for path in block.paths], dtype=bool)
    exists &= (block.sign != 0) | banded
    k0, k1 = (_column(block.paths, name).astype(np.int64) for name in ("k0", "k1"))
    baseline, target = (_column(block.paths, name) for name in ("baseline", "target"))
    target = np.where(banded, variance.nearest_edge(baseline, block.band), target)
    end = np.where(banded, target, _ends(block, exists, k1))
    planned = np.abs(variance.gap(baseline, target, np.ones_like(block.sign), block.band))
    planned = np.where(exists, planned, np.nan)
    hold = _holds(planned, _mean_range_at(known, k0 - block.first), block.policy)
    return Aims(
        exists, block.sign, block.band, k0, baseline, k1, target, end, planned, exists & hold
    )


def _column(paths: Sequence[Path | None], name: str) -> Float:
    missing = 0.0 if name in ("k0", "k1") else np.nan
    return np.array([missing if path is None else getattr(path, name) for path in paths])


def _ends(block: Block, exists: Bool, k1: Int) -> Float:
    paths = [path if there else None for path, there in zip(block.paths, exists, strict=True)]
    return trajectories.at(paths, k1[:, None], block.bounds)[:, 0]


def _mean_range_at(known: stretches.Ranges, column: Int) -> Float:
    """Mean moving range from the data up to a column (n,); NaN before the first."""
    inside = np.clip(column, 0, known.mean.shape[1] - 1)
    mean = np.take_along_axis(known.mean, inside[:, None], axis=1)[:, 0]
    return np.where(column >= 0, mean, np.nan)


def _holds(planned: Float, mean_range: Float, policy: Policy) -> Bool:
    noise = np.nan_to_num(mean_range) / RANGE_TO_SIGMA
    return np.asarray((planned == 0) | (planned < policy.hold_noise * noise))
