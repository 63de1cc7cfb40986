"""Blocks and records for the tests of the backtest."""

from typing import Any

import numpy as np

from aspirations.analysis.arrays import Float
from aspirations.analysis.backtest.records import Record, empty
from aspirations.analysis.block import Block
from aspirations.tests.analysis.makers import block

NOISE = 1.0


def noisy(rows: int, width: int, seed: int = 5) -> Float:
    return np.random.default_rng(seed).normal(50.0, NOISE, (rows, width))


def source(actual: Float, **given: Any) -> Block:
    """Monthly series without paths."""
    return block(*actual.tolist(), paths=[None] * len(actual), **given)


def record(**columns: Any) -> Record:
    """A record of which only some columns matter."""
    n = len(next(iter(columns.values())))
    given = {name: np.asarray(values) for name, values in columns.items()}
    zeros = {name: np.zeros(n, dtype=cells.dtype) for name, cells in vars(empty()).items()}
    return Record(**{**zeros, **given})
