"""Paths whose end is known, one a row, and which of the agreed ones have ended."""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis import aims, stretches, variance
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.block import Block
from aspirations.analysis.forecast import EXACT
from aspirations.analysis.variance import RANGE_TO_SIGMA


@dataclass(frozen=True)
class Trials:
    """One path a row; `origin` (n,) is the series it stands on, `delivered` (n,) its end."""

    block: Block
    origin: Int
    delivered: Bool

    def __len__(self) -> int:
        return len(self.origin)

    def take(self, rows: Int) -> "Trials":
        return Trials(self.block.take(rows), self.origin[rows], self.delivered[rows])


def ended(source: Block) -> Trials:
    """The agreed paths whose target period is observed, with what came of them.

    Delivered is 1 − τ of the planned change; where the level is held, within a noise unit.
    """
    goal = aims.panel(source).aims
    column = goal.k1 - source.first
    inside = goal.exists & (goal.k0 < goal.k1) & (column >= 0) & (column < source.width)
    at = (np.arange(len(source)), np.where(inside, column, 0))
    gap = variance.gap(source.actual[at], goal.target, goal.sign, goal.band)
    noise = np.nan_to_num(ranges(source).mean[at]) / RANGE_TO_SIGMA
    allowed = np.where(goal.hold, noise, source.policy.tau * goal.planned)
    rows = np.flatnonzero(inside & ~np.isnan(gap))
    return Trials(source.take(rows), rows, (gap >= -rounded(allowed, goal.target))[rows])


def ranges(source: Block) -> stretches.Ranges:
    """Moving ranges of every period from the data up to it."""
    return stretches.ranges(source.actual, stretch(source), source.policy)


def stretch(source: Block) -> Int:
    """Number (n, m) of the stretch every period belongs to."""
    return stretches.numbered(source.rebases, source.first, source.width)


def rounded(allowed: Float, target: Float) -> Float:
    """Leeway for binary rounding, so that a target met exactly is met."""
    return allowed + EXACT * np.abs(np.nan_to_num(target))
