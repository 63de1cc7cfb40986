"""The rules that most reports use, to stand beside these: how far off the path, or on it or not."""

import numpy as np

from aspirations.analysis import variance
from aspirations.analysis.arrays import Int
from aspirations.analysis.backtest.records import Record

SHARES = (-0.10, -0.05)
"""Amber and green of the usual rule, as shares of the expected value."""


def share_of_path(record: Record) -> Int:
    """Red, amber, green (0, 1, 2): beyond 10 %, beyond 5 %, or within 5 % of the path."""
    relative = variance.relative(record.gap, record.expected)
    near = np.where(np.isnan(relative), np.sign(record.gap), relative)
    return np.sum([near >= lowest for lowest in SHARES], axis=0).astype(np.int64)


def on_path(record: Record) -> Int:
    """Off or on the path (0, 1)."""
    return (record.gap >= 0).astype(np.int64)
