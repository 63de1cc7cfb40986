"""Small blocks for tests: monthly series that start in January 2020 unless said otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from aspirations.analysis.engine import Block
from aspirations.analysis.periods import Frequency, end, ordinal
from aspirations.analysis.trajectories import Path

FIRST = ordinal(Frequency.MONTH, date(2020, 1, 1))
Row = Sequence[float | None]


def linear(k0: int, baseline: float, k1: int, target: float) -> Path:
    """A straight path; k0 and k1 count columns."""
    return Path("linear", FIRST + k0, baseline, FIRST + k1, target)


def block(*rows: Row, paths: Sequence[Path | None], **given: Any) -> Block:
    """Rows of one length, None for missing; judged on the last day of the last column."""
    actual = np.array([[np.nan if v is None else v for v in row] for row in rows], dtype=float)
    frequency = given.setdefault("frequency", Frequency.MONTH)
    first = given.setdefault("first", FIRST)
    year_starts = given.get("year_starts", 1)
    if "as_of" not in given:
        given["as_of"] = end(frequency, first + actual.shape[1] - 1, year_starts)
    given.setdefault("sign", np.ones(len(rows), dtype=np.int64))
    return Block(actual=actual, paths=list(paths), **given)
