"""The arithmetic against a plain version in pandas that takes one series after the other."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from aspirations.analysis import engine
from aspirations.analysis.engine import Block
from benchmarks import figures, pandas_version
from benchmarks.pandas_version import Judged, Plan
from benchmarks.rows import Row, Sizes, interleaved

LEAST = 200.0
FIGURES = ("likelihood", "centre", "lower", "upper")


@dataclass(frozen=True)
class Sample:
    """Series that the rules judge today, as a block and one by one."""

    block: Block
    series: list[pd.Series]
    plans: list[Plan]


def rows(sizes: Sizes) -> list[Row]:
    """Time for one observation, once both are seen to say the same.

    The light hangs on those before it, so the plain version judges every moment since the
    baseline; its latest moment alone is measured too, though that is not yet a light.
    """
    given = sample(sizes.sample, sizes.periods)
    many = figures.block(sizes.series, sizes.periods)
    pairs = list(zip(given.series, given.plans, strict=True))
    compare(given.block, [pandas_version.judged(*pair) for pair in pairs])
    whole, last, kernel = interleaved(
        lambda: [pandas_version.judged(*pair) for pair in pairs],
        lambda: [latest_moment(*pair) for pair in pairs],
        lambda: engine.judge(many),
        runs=3,
    )
    fast = kernel / many.actual.size
    return [
        _row("pandas over judge", whole / given.block.actual.size, fast, LEAST),
        _row("pandas, latest moment alone", last / given.block.actual.size, fast, None),
    ]


def _row(name: str, slow: float, fast: float, least: float | None) -> Row:
    said = f"{slow * 1e6:.0f} µs and {fast * 1e6:.2f} µs an observation"
    return Row(name, slow / fast, said, least=least)


def latest_moment(values: pd.Series, plan: Plan) -> pandas_version.Moment:
    """The latest likelihood and limits, without the lights that it has to be confirmed by."""
    pandas_version.signal(values, *pandas_version.limits(values))
    return pandas_version.moment(values.loc[: values.last_valid_index()], plan)


def sample(count: int, width: int) -> Sample:
    """The first series in which something was observed after the baseline, with a light to give
    that does not hang on a planned change smaller than the noise."""
    block = figures.block(4 * count + 20, width, seed=1, rebased=0.0)
    found = engine.judge(block)
    block = block.take(np.flatnonzero((found.not_judged == "") & ~found.hold)[:count])
    k = np.arange(block.first, block.first + width)
    series = [pd.Series(values, index=k) for values in block.actual]
    plans = [
        Plan(path.k0, path.baseline, path.k1, path.target, int(sign))
        for path, sign in zip(block.paths, block.sign, strict=True)
        if path is not None
    ]
    return Sample(block, series, plans)


def compare(block: Block, plain: list[Judged]) -> None:
    """Raise where the two disagree."""
    found = engine.judge(block)
    for name in FIGURES:
        wanted = np.array([getattr(one, name) for one in plain])
        np.testing.assert_allclose(getattr(found, name), wanted, rtol=1e-9, err_msg=name)
    for name in ("light", "signal"):
        wanted = np.array([getattr(one, name) for one in plain])
        np.testing.assert_array_equal(getattr(found, name), wanted, err_msg=name)
    for row, one in enumerate(plain):
        told = found.earlier_light[row, -len(one.earlier) :]
        np.testing.assert_array_equal(told, one.earlier, err_msg=f"earlier lights of row {row}")
