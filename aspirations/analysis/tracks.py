"""Everything a chart of a series needs, period by period."""

from dataclasses import replace
from typing import Any

import numpy as np

from aspirations.analysis import aims, variance
from aspirations.analysis.arrays import Float
from aspirations.analysis.block import Block
from aspirations.analysis.result import Track
from aspirations.analysis.variation import Variation, variation


def track(block: Block) -> Track:
    """Figures from the first observation to the later of latest observation and target."""
    wide = _fitted(block)
    panel = aims.panel(wide)
    goal = panel.aims
    gap = variance.gap(wide.actual.T, panel.expected.T, goal.sign, goal.band).T
    natural = variation(wide.actual, panel.stretch, wide.sign, wide.policy)
    return Track(
        first=wide.first,
        actual=wide.actual,
        expected=panel.expected,
        gap=gap,
        relative=variance.relative(gap, panel.expected),
        journey=variance.journey(gap, goal.planned[:, None]),
        noise=variance.noise(gap, panel.ranges.mean),
        centre=natural.centre,
        lower=natural.lower,
        upper=natural.upper,
        signal=natural.signals(),
        reading=natural.readings(),
        limits=[_limits(natural, i, wide.first) for i in range(len(block))],
    )


def _fitted(block: Block) -> Block:
    """The block cut to its first observation and lengthened to its latest target."""
    seen = np.flatnonzero((~np.isnan(block.actual)).any(axis=0))
    ends = [path.k1 for path in block.paths if path is not None]
    begins = [path.k0 for path in block.paths if path is not None]
    first = block.first + int(seen[0]) if len(seen) else min(begins, default=block.first)
    last = max([block.first + int(seen[-1]) if len(seen) else first, *ends])
    actual = np.full((len(block), last - first + 1), np.nan)
    if len(seen):
        observed = block.actual[:, int(seen[0]) : int(seen[-1]) + 1]
        actual[:, : observed.shape[1]] = observed
    return replace(block, first=first, actual=actual)


def _limits(natural: Variation, i: int, first: int) -> list[dict[str, Any]]:
    """The stretches of row i that have observations."""
    return [
        {
            "start": first + int(limits.start[i]),
            "n": int(limits.points[i]),
            "centre": _number(limits.centre, i),
            "lower": _number(limits.lower, i),
            "upper": _number(limits.upper, i),
            "trial": bool(limits.trial[i]),
        }
        for limits in natural.stretches
        if limits.start[i] >= 0
    ]


def _number(values: Float, i: int) -> float | None:
    return None if np.isnan(values[i]) else float(values[i])
