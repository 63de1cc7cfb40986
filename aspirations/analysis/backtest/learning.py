"""What a system's own ended paths say of its promises: how far they fall short, how surely.

κ is the uncertainty of what is still to come and δ its expected shortfall, both as a share of it.
They are chosen on one half of the ended paths and tried on the other, so the gain that is shown
was not made by the choosing. Trials are no help here: nothing was planned for them, so all they
can say is that nothing planned does not happen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from aspirations.analysis import aims, periods
from aspirations.analysis.arrays import Bool, Days, Float
from aspirations.analysis.backtest.records import Record, records
from aspirations.analysis.backtest.trials import Trials

KAPPAS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0)
DELTAS = (-0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
ENOUGH = 30
"""Ended paths with a likelihood on the way that learning needs."""
ENOUGH_EACH = 5
"""Delivered ones, and missed ones, that each half needs."""
AT_MOST = 2_000
"""Paths that are judged under every pair of the grid; more say hardly more."""
RUNS = 8
"""Runs of neighbouring paths that are dealt out in turn where time does not halve them."""
SURE = 2.0
"""Standard errors by which the gain on the other half must differ from nothing."""


@dataclass(frozen=True)
class Lesson:
    """What was learned; `problem` is '' or why nothing can be: too_few, one_sided."""

    problem: str
    paths: int
    delivered: int
    split: str = ""
    """How the halves were made: time, series."""
    fitted: int = 0
    tested: int = 0
    kappa: float = np.nan
    delta: float = np.nan
    before: float = np.nan
    """Brier score of the other half by the policy in force, a mean over paths."""
    after: float = np.nan
    error: float = np.nan
    """Standard error of the gain, over paths."""
    supported: bool = False

    @property
    def gain(self) -> float:
        return self.before - self.after


def learn(blocks: Sequence[Trials]) -> Lesson:
    """The κ and δ that half of the ended paths choose, and what they gain on the other half."""
    blocks = _thinned(blocks)
    telling = _telling(blocks)
    paths, first = np.unique(telling.trial, return_index=True)
    came = telling.delivered[first]
    known: dict[str, Any] = {"paths": len(paths), "delivered": int(came.sum())}
    if len(paths) < ENOUGH:
        return Lesson("too_few", **known)
    early, split = _halved(blocks)
    fit = early[paths]
    if min(_fewest(came[fit]), _fewest(came[~fit])) < ENOUGH_EACH:
        return Lesson("one_sided", **known)
    return _lesson(blocks, early, split, known)


def _lesson(blocks: Sequence[Trials], early: Bool, split: str, known: dict[str, Any]) -> Lesson:
    table = {pair: _errors(blocks, pair) for pair in _pairs(blocks)}
    before = _errors(blocks, None)
    kappa, delta = _chosen({pair: row[early] for pair, row in table.items()}, blocks)
    after = table[kappa, delta]
    scored = ~early & ~np.isnan(before)
    gain = (before - after)[scored]
    error = float(gain.std(ddof=1) / np.sqrt(len(gain)))
    return Lesson(
        "", **known, split=split, fitted=int((early & ~np.isnan(before)).sum()),
        tested=len(gain), kappa=kappa, delta=delta, before=float(before[scored].mean()),
        after=float(after[scored].mean()), error=error,
        supported=bool(gain.mean() > SURE * error),
    )  # fmt: skip


def _thinned(blocks: Sequence[Trials]) -> list[Trials]:
    """Every n-th path where there are more than are needed."""
    step = max(1, -(-sum(len(block) for block in blocks) // AT_MOST))
    return [block.take(np.arange(0, len(block), step)) for block in blocks if len(block)]


def _fewest(came: Bool) -> int:
    return int(min(came.sum(), (~came).sum()))


def _halved(blocks: Sequence[Trials]) -> tuple[Bool, str]:
    """Which paths are fitted on (n,): those that ended earlier, where time halves them fairly,
    else every other one of eight runs, as near relations tend to stand side by side."""
    days = np.concatenate([_ends(block) for block in blocks])
    shares = {day: float((days <= day).mean()) for day in np.unique(days)}
    day = min(shares, key=lambda known: abs(shares[known] - 0.5))
    if 1 / 3 <= shares[day] <= 2 / 3:
        return days <= day, "time"
    run = max(1, -(-len(days) // RUNS))
    return np.arange(len(days)) // run % 2 == 0, "series"


def _ends(trials: Trials) -> Days:
    block = trials.block
    k1 = aims.panel(block).aims.k1
    return periods.ends(block.frequency, k1, block.year_starts)


def _pairs(blocks: Sequence[Trials]) -> list[tuple[float, float]]:
    """The grid, with what is in force."""
    now = {_now(block) for block in blocks}
    return sorted(now | {(kappa, delta) for kappa in KAPPAS for delta in DELTAS})


def _now(trials: Trials) -> tuple[float, float]:
    return trials.block.policy.kappa, trials.block.policy.delta


def _errors(blocks: Sequence[Trials], pair: tuple[float, float] | None) -> Float:
    """Mean squared error of the likelihoods of each path (n,), NaN where there is none."""
    known = _telling([_under(block, pair) for block in blocks])
    return _by_path(known, sum(len(block) for block in blocks))


def _telling(blocks: Sequence[Trials]) -> Record:
    """The moments that have a light and a likelihood."""
    heard = records(blocks)
    return heard.where(heard.judged & ~np.isnan(heard.likelihood))


def _by_path(known: Record, paths: int) -> Float:
    error = (known.likelihood - known.delivered) ** 2
    count = np.bincount(known.trial, minlength=paths)
    total = np.bincount(known.trial, weights=error, minlength=paths)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _under(trials: Trials, pair: tuple[float, float] | None) -> Trials:
    if pair is None:
        return trials
    policy = replace(trials.block.policy, kappa=pair[0], delta=pair[1])
    return replace(trials, block=replace(trials.block, policy=policy))


def _chosen(
    table: dict[tuple[float, float], Float], blocks: Sequence[Trials]
) -> tuple[float, float]:
    """Nearest to what is in force among those that are not clearly worse than the best: a
    difference within one standard error is no reason to move (Breiman et al. 1984)."""
    best = min(table, key=lambda pair: float(np.nanmean(table[pair])))
    now = _now(blocks[0])

    def near(pair: tuple[float, float]) -> tuple[float, tuple[float, float]]:
        return abs(pair[0] - now[0]) + abs(pair[1] - now[1]), pair

    return min((pair for pair in table if _as_good(table[pair], table[best])), key=near)


def _as_good(row: Float, best: Float) -> bool:
    worse = (row - best)[~np.isnan(row)]
    return bool(worse.mean() <= worse.std(ddof=1) / np.sqrt(len(worse)))
