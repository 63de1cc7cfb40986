"""Made-up series as a public system has them: seasons, drifts, holes, and plans under way."""

from datetime import date

import numpy as np

from aspirations.analysis import periods
from aspirations.analysis.arrays import Float
from aspirations.analysis.engine import Block
from aspirations.analysis.periods import Frequency
from aspirations.analysis.trajectories import Paths

FIRST = periods.ordinal(Frequency.MONTH, date(2020, 1, 1))
MISSING, REBASED = 0.02, 0.05


def block(series: int, width: int, seed: int = 0, rebased: float = REBASED) -> Block:
    """Monthly series from January 2020, each with a straight path that it follows by a share of
    its own, from nothing to more than was promised; one plan in four has ended."""
    source = np.random.default_rng(seed)
    sign = source.choice([-1, 1], series)
    begin = source.integers(width // 5, width // 2, series)
    end = np.maximum(begin + 12, width + source.integers(-8, 24, series))
    change = sign * source.uniform(5, 15, series)
    way = np.clip((np.arange(width) - begin[:, None]) / (end - begin)[:, None], 0, 1)
    actual = values(series, width, source)
    baseline = np.nan_to_num(actual[np.arange(series), begin], nan=50.0)
    return Block(
        frequency=Frequency.MONTH,
        first=FIRST,
        actual=actual + way * (change * source.uniform(0, 1.3, series))[:, None],
        sign=sign,
        paths=Paths(
            shape=np.zeros(series, dtype=np.int64),
            k0=FIRST + begin,
            baseline=baseline,
            k1=FIRST + end,
            target=baseline + change,
        ),
        as_of=periods.end(Frequency.MONTH, FIRST + width - 1),
        rebases=[(FIRST + width // 3,) if some else () for some in source.random(series) < rebased],
    )


def values(series: int, width: int, source: np.random.Generator) -> Float:
    """(series, width) figures around 50 with noise, a slow walk and a yearly wave."""
    wave = np.sin(2 * np.pi * (np.arange(width) + source.integers(0, 12, (series, 1))) / 12)
    figures = 50 + source.uniform(0, 2, (series, 1)) * wave
    figures += source.normal(0, 1.5, (series, width))
    figures += source.normal(0, 0.3, (series, width)).cumsum(axis=1)
    figures[source.random((series, width)) < MISSING] = np.nan
    return figures
