"""Made-up series whose truth is known: plans delivered in part or in full, and pure noise."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.analysis.backtest.trials import Trials
from aspirations.analysis.block import Block
from aspirations.analysis.periods import PER_YEAR
from aspirations.analysis.trajectories import Path

SHARES = (1.0, 0.75, 0.5, 0.0)
"""How much of the planned change is delivered."""
NOISE = 0.05
"""Standard deviation of the noise, as a share of the planned change."""
SERIES = 400
"""Series of a made-up plan; the shares of their lights are sure to two or three points."""
HISTORY = 12
"""Periods of a level before a made-up plan starts."""
NOISE_SERIES = 300


def plan(like: Block, horizon: int, share: float, seed: int) -> Trials:
    """Series that hold a level for a while, then deliver a share of a straight plan of 100."""
    random = np.random.default_rng(seed)
    k = np.arange(HISTORY + horizon) - (HISTORY - 1)
    done = np.clip(k / horizon, 0.0, 1.0) * 100.0 * share
    actual = done + random.normal(0.0, 100.0 * NOISE, (SERIES, len(k)))
    k0 = like.first + HISTORY - 1
    path = Path("linear", k0, 0.0, k0 + horizon, 100.0)
    made = _made(like, actual)
    made = replace(made, paths=[path] * SERIES, has_target=np.ones(SERIES, dtype=bool))
    return Trials(made, np.arange(SERIES), actual[:, -1] >= 100.0 * (1 - like.policy.tau))


def noise(like: Block, longest: int, seed: int) -> Block:
    """Independent normal values: nothing about them can be foretold but their level."""
    random = np.random.default_rng(seed)
    width = longest + 2 * max(PER_YEAR.get(like.frequency, 12), HISTORY)
    return _made(like, random.normal(100.0, 5.0, (NOISE_SERIES, width)))


def most(blocks: Sequence[Block]) -> Block:
    """The block with most series, whose frequency and policy the made-up ones take over."""
    return max(blocks, key=len)


def _made(like: Block, actual: Float) -> Block:
    """A block of made-up figures, by the frequency, policy and first period of another."""
    n = len(actual)
    return Block(
        frequency=like.frequency, first=like.first, actual=actual,
        sign=np.ones(n, dtype=np.int64), paths=[None] * n, as_of=like.as_of,
        year_starts=like.year_starts, policy=like.policy,
    )  # fmt: skip
