"""Trials: targets set from past baselines, as few agreed paths have ended.

A trial takes a series at a past period, the value observed there as baseline, and a target
0.5 to 3 noise units away, up or down, 6, 12 or 18 months later. Nobody planned anything for it,
so it is the hardest case: what comes is the series' own doing. Trials are drawn with a fixed
seed, so the same figures give the same trials.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.backtest.trials import Trials, ranges, rounded, stretch
from aspirations.analysis.block import Block
from aspirations.analysis.periods import Frequency
from aspirations.analysis.trajectories import Path, clamp
from aspirations.analysis.variance import RANGE_TO_SIGMA

HORIZONS: dict[Frequency, tuple[int, ...]] = {
    Frequency.DAY: (30, 60, 90),
    Frequency.WEEK: (13, 26, 52),
    Frequency.MONTH: (6, 12, 18),
    Frequency.QUARTER: (4, 8),
    Frequency.HALF_YEAR: (4, 6),
    Frequency.YEAR: (3, 5),
}
DISTANCE = (0.5, 3.0)
"""Nearest and farthest target of a trial, in noise units from its baseline."""
HISTORY = 8
"""Observations a trial needs up to its baseline; of long periods `LONG_HISTORY` must do."""
LONG_HISTORY = 5
LONG = (Frequency.HALF_YEAR, Frequency.YEAR)
LIMIT = 40_000
"""Trials of a report: enough for the second decimal place, and seconds to judge."""
SEED = 1


@dataclass(frozen=True)
class Settings:
    """What trials are drawn from: horizons in periods, how many at most, and by which seed."""

    horizons: tuple[int, ...] = ()
    limit: int = LIMIT
    seed: int = SEED
    distance: tuple[float, float] = DISTANCE
    shares: tuple[float, ...] = (0.0,)
    """Shares of the planned change that are put into the figures, turn and turn about."""

    def horizons_of(self, frequency: Frequency) -> tuple[int, ...]:
        return self.horizons or HORIZONS[frequency]


def history(frequency: Frequency) -> int:
    """Observations a trial needs up to its baseline."""
    return LONG_HISTORY if frequency in LONG else HISTORY


def candidates(source: Block, horizons: Sequence[int]) -> Int:
    """All possible trials (c, 4): row, column of the baseline, horizon, direction +1 or −1.

    Baseline and end are observed in one stretch, with some history and some variation up to the
    baseline. Running totals are left out: a straight path means nothing for them.
    """
    known, part, seen = ranges(source), stretch(source), ~np.isnan(source.actual)
    usable = seen & (known.seen >= history(source.frequency)) & (known.mean > 0)
    usable &= ~(source.cumulative | source.grade_d)[:, None]
    found = [_starts(part, seen, usable, horizon) for horizon in horizons]
    both = [np.c_[rows, np.full(len(rows), way)] for rows in found for way in (1, -1)]
    return np.concatenate([np.empty((0, 4), dtype=np.int64), *both])


def _starts(part: Int, seen: Bool, usable: Bool, horizon: int) -> Int:
    """Row, column and horizon (c, 3) of the baselines whose end is known."""
    if horizon < 2 or horizon >= seen.shape[1]:
        return np.empty((0, 3), dtype=np.int64)
    one_stretch = part[:, horizon:] == part[:, :-horizon]
    row, column = np.nonzero(usable[:, :-horizon] & seen[:, horizon:] & one_stretch)
    return np.c_[row, column, np.full(len(row), horizon)]


def drawn(source: Block, chosen: Int, settings: Settings, random: np.random.Generator) -> Trials:
    """The trials of some candidates; targets beyond the metric's bounds are left out."""
    row, column, horizon, way = chosen.T
    noise = ranges(source).mean[row, column] / RANGE_TO_SIGMA
    change = random.uniform(*settings.distance, len(row)) * noise
    share = np.resize(np.array(settings.shares), len(row))
    baseline = source.actual[row, column]
    target = baseline + way * change
    kept = np.flatnonzero(clamp(target[:, None], source.bounds[row])[:, 0] == target)
    lines = _Lines(*(a[kept] for a in (row, column, horizon, way, baseline, target, share)))
    return _trials(source, lines)


@dataclass(frozen=True)
class _Lines:
    """Straight paths as columns, each array (n,)."""

    row: Int
    column: Int
    horizon: Int
    way: Int
    baseline: Float
    target: Float
    share: Float

    def paths(self, first: int) -> list[Path]:
        ends = (first + self.column, first + self.column + self.horizon)
        columns = (ends[0], self.baseline, ends[1], self.target)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return [Path("linear", k0, baseline, k1, target) for k0, baseline, k1, target in rows]


def _trials(source: Block, lines: _Lines) -> Trials:
    block = source.take(lines.row)
    actual = clamp(_carried(block.actual, lines), block.bounds)
    end = actual[np.arange(len(lines.row)), lines.column + lines.horizon]
    short = lines.way * (lines.target - end)
    planned = np.abs(lines.target - lines.baseline)
    n = len(lines.row)
    block = replace(
        block, actual=actual, sign=lines.way, paths=lines.paths(source.first),
        band=np.full((n, 2), np.nan), has_target=np.ones(n, dtype=bool),
    )  # fmt: skip
    return Trials(block, lines.row, short <= rounded(source.policy.tau * planned, lines.target))


def _carried(actual: Float, lines: _Lines) -> Float:
    """Figures up to the end of each path, with a share of the plan put in after its baseline."""
    way = np.arange(actual.shape[1]) - lines.column[:, None]
    done = np.clip(way / lines.horizon[:, None], 0.0, 1.0)
    change = (lines.share * (lines.target - lines.baseline))[:, None] * done
    return np.where(way <= lines.horizon[:, None], actual + change, np.nan)


def trials(sources: Sequence[Block], settings: Settings) -> list[Trials]:
    """Trials on every block, at most `limit` in all, each block with its part of them."""
    random = np.random.default_rng(settings.seed)
    possible = [candidates(block, settings.horizons_of(block.frequency)) for block in sources]
    total = sum(len(rows) for rows in possible)
    share = min(1.0, settings.limit / total) if total else 0.0
    return [
        drawn(block, _some(rows, share, random), settings, random)
        for block, rows in zip(sources, possible, strict=True)
    ]


def _some(rows: Int, share: float, random: np.random.Generator) -> Int:
    if share == 1.0:
        return rows
    chosen = random.choice(len(rows), round(share * len(rows)), replace=False)
    return rows[np.sort(chosen)]
