"""Small blocks for tests: monthly series that start in January 2020 unless said otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from aspirations.analysis.engine import Block, judge
from aspirations.analysis.lights import LIGHTS
from aspirations.analysis.periods import Frequency, end, ordinal
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import BlockJudgment
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


def judged(row: Row, path: Path | None, **given: Any) -> BlockJudgment:
    """One series, without season unless the policy given says otherwise."""
    policy = Policy(**({"season": "off"} | given.pop("policy", {})))
    return judge(block(row, paths=[path], policy=policy, **given))


def name(code: int) -> str:
    """A light in letters, a dash for none."""
    return LIGHTS[code] if code >= 0 else "-"


def wandering(seed: int, count: int, missing: float = 0.15) -> list[float | None]:
    """A seeded random walk with holes; the value at period 12 is always there."""
    source = np.random.default_rng(seed)
    values = 50 + np.cumsum(source.normal(0.1, 1.0, count)) + source.normal(0, 1.5, count)
    holes = source.random(count) < missing
    holes[12] = False
    return [None if hole else float(value) for value, hole in zip(values, holes, strict=True)]


def seasonal(seed: int, years: int, seasons: int) -> list[float | None]:
    """A seeded wave of whole years on a slow climb."""
    source = np.random.default_rng(seed)
    k = np.arange(years * seasons)
    wave = 4 * np.sin(2 * np.pi * k / seasons)
    return [float(value) for value in 50 + wave + 0.1 * k + source.normal(0, 0.7, len(k))]
