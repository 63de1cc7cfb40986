"""Odd figures, odd paths, odd stretches: always an answer, never a warning, nothing infinite."""

import json
import warnings
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aspirations.analysis.engine import (
    Block,
    BlockJudgment,
    evidence,
    judge,
    moments,
    row,
    track,
)
from aspirations.analysis.magnitude import at_ease
from aspirations.analysis.periods import Frequency, ordinal, start
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import Effect, Path, PathError, SeasonalForm, check

NAN = np.nan
WIDTHS = (1, 2, 3, 5, 12, 25, 40)
LENGTHS = (1, 2, 3, 5, 12, 40, 400)
SIZES = (1.0, 0.0, 1e-300, 1e-12, 1e12, 1e150, 1e300)
"""Largest and smallest figures of a series, as shares of 1."""
CURVES = ("linear", "compound", "s_curve", "early_gain", "late_gain", "step", "points",
          "interventions")  # fmt: skip
RULES: dict[str, tuple[Any, ...]] = {
    "season": ("auto", "on", "off"), "screen_outliers": (False, True), "compat": ("", "nhs"),
    "lock_after": (None, 2, 8), "alpha": (0.3, 0.01, 1.0), "beta": (0.1, 0.0, 1.0),
    "phi": (0.9, 0.0, 1.0), "kappa": (0.2, 0.0, 2.0), "delta": (0.0, -1.0, 1.0),
    "tau": (0.1, 0.0, 0.9), "confirm": (True, False), "errors_needed": (6, 2),
    "clip_after": (5, 1), "limits_from": (5, 2), "early_noise": (2.0, 0.0, 10.0),
    "hold_noise": (0.5, 0.0, 10.0),
}  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """One to three series of one frequency under one policy, each with a size of its own."""
    frequency, year_starts = draw(st.sampled_from(Frequency)), draw(st.integers(1, 12))
    first, width = ordinal(frequency, date(2010, 1, 1), year_starts), draw(st.sampled_from(WIDTHS))
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    n = draw(st.integers(1, 3))
    sizes = [draw(st.sampled_from(SIZES)) for _ in range(n)]
    sign = np.array([draw(st.sampled_from((1, -1, 0))) for _ in range(n)])
    last = start(frequency, first + width, year_starts)
    return Block(
        frequency=frequency, first=first, year_starts=year_starts, sign=sign,
        actual=np.array([figures(source, width, size) for size in sizes]),
        paths=[path(draw, source, first, width, size) for size in sizes],
        band=np.array([edges(source, size, s == 0) for size, s in zip(sizes, sign, strict=True)]),
        bounds=np.array([edges(source, size, source.random() < 0.3) for size in sizes]),
        rebases=[draw(st.sampled_from(stretches(first, width))) for _ in range(n)],
        as_of=last + timedelta(draw(st.sampled_from((-1, 0, 30, -400, 4000)))),
        lag_days=source.integers(0, 400, n), grade_d=source.random(n) < 0.1,
        cumulative=source.random(n) < 0.3,
        expected_months=[frozenset(source.integers(1, 13, k).tolist()) for k in [0, 1, 2][:n]],
        policy=Policy(**{name: draw(st.sampled_from(values)) for name, values in RULES.items()}),
    )  # fmt: skip


def figures(source: np.random.Generator, width: int, size: float) -> Any:
    """Constant, wandering, jumping or wild figures, with anything from no hole to nothing else."""
    noise = source.normal(size=width)
    wild = np.array([1.0, -1.0, 0.0, 1e-9, -1e-200])
    chosen = [np.ones(width), noise, noise.cumsum(), np.where(noise < 0, 3.0, 4.0),
              wild[source.integers(0, len(wild), width)]][source.integers(5)]  # fmt: skip
    holes = source.random(width) < source.choice([0.0, 0.0, 0.1, 0.5, 1.0])
    return np.where(holes, NAN, size * chosen)


def edges(source: np.random.Generator, size: float, given: bool) -> list[float]:
    """A lower and an upper edge that may coincide, or none."""
    low = float(source.normal())
    high = low + float(source.choice([0.0, 1.0]))
    return [size * low, size * high] if given else [NAN, NAN]


def stretches(first: int, width: int) -> list[list[int]]:
    """No rebase, one everywhere, the same one twice, and some outside the figures."""
    middle = first + width // 2
    return [[], [*range(first - 2, first + width + 2)], [middle, middle], [first - 9, first + 99]]


def path(
    draw: st.DrawFn, source: np.random.Generator, first: int, width: int, size: float
) -> Path | None:
    """A path that begins before, among or after the figures and can be drawn; or none."""
    k0 = first + draw(st.integers(-9, width + 3))
    k1 = k0 + draw(st.sampled_from(LENGTHS))
    baseline = size * float(source.choice([0.0, 1.0, -1.0, 3.3]))
    change = size * float(source.choice([0.0, 1e-15, 0.1, -2.0]))
    shape = draw(st.sampled_from(CURVES))
    details: dict[str, Any] = {}
    if shape in ("points", "step") and k1 > k0 + 1:
        details["points"] = ((k0 + 1, baseline - change),)
    if shape == "interventions":
        details["effects"] = (Effect(k0, change, lag=1, ramp=3), Effect(k0 + 2, -size, ramp=0))
    if source.random() < 0.3:
        details["season"] = SeasonalForm("offset", (size, -size, 0.0, 0.0))
    found = Path(shape, k0, baseline, k1, baseline + change, **details)
    try:
        check(found)
    except PathError:
        return None
    return found


def answers(block: Block) -> tuple[BlockJudgment, list[Any]]:
    """What is said of a block; a warning of arithmetic that went wrong is an error here."""
    with np.errstate(over="warn", divide="warn", invalid="warn"), warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        found = at_ease(judge, block)
        return found, [found, at_ease(track, block), at_ease(moments, block)]


def assert_sound(block: Block) -> None:
    found, every = answers(block)
    for answer in every:
        for name, value in vars(answer).items():
            if isinstance(value, np.ndarray) and value.dtype.kind == "f":
                assert not np.isinf(value).any(), name
    judged = found.not_judged == ""
    assert ((found.light >= 0) == judged).all()
    assert (np.isnan(found.likelihood) | (found.likelihood >= 0) & (found.likelihood <= 1)).all()
    assert not (found.likely_low > found.forecast).any()
    assert not (found.likely_high < found.forecast).any()
    assert not (found.lower > found.upper).any()
    for i in range(len(block)):
        json.dumps([row(found, i), evidence(found, i)], allow_nan=False)


@settings(max_examples=40)
@given(blocks())
def test_whatever_comes_is_answered(block: Block) -> None:
    assert_sound(block)


FIRST = ordinal(Frequency.MONTH, date(2010, 1, 1))
LINE = Path("linear", FIRST, 1.0, FIRST + 20, 9.0)
WAVE = [5.0, 7.0, 6.0, 8.0, 7.5, 9.0, 8.0, 9.5, 9.0, 10.0, 9.0, 11.0, 10.0]

# figures, path and whatever else is given
ODD: list[tuple[list[float], Path | None, dict[str, Any]]] = [
    ([NAN], None, {}),
    ([5.0], LINE, {}),
    ([NAN] * 13, LINE, {}),
    (WAVE, Path("linear", FIRST - 500, 1.0, FIRST - 400, 9.0), {}),
    (WAVE, Path("linear", FIRST + 100, 1.0, FIRST + 101, 9.0), {}),
    (WAVE, Path("linear", FIRST + 1, 1.0, FIRST + 10_001, 9.0), {}),
    (WAVE, Path("compound", FIRST, 1e-120, FIRST + 10_000, 1e120), {}),
    (WAVE, LINE, {"rebases": [list(range(FIRST - 5, FIRST + 50)) * 2]}),
    (WAVE, LINE, {"sign": [0], "band": [[7.0, 7.0]]}),
    (WAVE, LINE, {"bounds": [[7.0, 7.0]]}),
    (WAVE, LINE, {"bounds": [[100.0, 100.0]]}),
    (WAVE, LINE, {"bounds": [[9.0, 1.0]]}),
    ([1e300, -1e300] * 8, LINE, {}),
    ([1.7e308, -1.7e308] * 8, Path("linear", FIRST + 9, 1e300, FIRST + 20, -1e300), {}),
    ([5e-324, 0.0] * 8, Path("linear", FIRST + 9, 0.0, FIRST + 20, 5e-324), {}),
    ([1e16, 1e16 + 2] * 8, Path("linear", FIRST + 9, 1e16, FIRST + 20, 1e16 + 2), {}),
    ([7.0] * 16, Path("linear", FIRST + 9, 7.0, FIRST + 20, 7.0), {}),
    ([0.0] * 16, Path("linear", FIRST + 9, 0.0, FIRST + 20, 0.0), {}),
    (WAVE * 3, LINE, {"cumulative": [True], "rebases": [[FIRST + 20]]}),
    (WAVE * 300, Path("late_gain", FIRST + 30, 8.0, FIRST + 3950, 12.0),
     {"frequency": Frequency.DAY}),
]  # fmt: skip


@pytest.mark.parametrize(("values", "path", "more"), ODD)
def test_an_odd_series_is_answered(
    values: list[float], path: Path | None, more: dict[str, Any]
) -> None:
    usual: dict[str, Any] = {
        "frequency": Frequency.MONTH, "first": FIRST, "as_of": date(2011, 3, 1), "sign": [1],
    }  # fmt: skip
    assert_sound(Block(actual=np.array([values]), paths=[path], **(usual | more)))
