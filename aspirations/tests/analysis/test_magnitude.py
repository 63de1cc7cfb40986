"""Figures of extreme size are judged as others are, to the last bit."""

import math
import warnings
from typing import Any

import numpy as np
import pytest

from aspirations.analysis.engine import Block, judge, moments, track
from aspirations.analysis.magnitude import FIGURES, at_ease, powers
from aspirations.analysis.trajectories import Effect, Path, SeasonalForm
from aspirations.tests.analysis.makers import FIRST, block

NAN = math.nan


def given(by: float = 1.0, **more: Any) -> Block:
    """Six series of every kind in a unit `by` times as small, so that figures are `by` times as
    large: straight, through points, seasonal, by interventions, a band, and one without a path."""
    source = np.random.default_rng(3)
    rows = 50 + source.normal(0.3, 1, (6, 40)).cumsum(axis=1)
    rows[1, 5:9], rows[2, 30] = NAN, 0.0
    ends: dict[str, Any] = {
        "k0": FIRST + 12,
        "baseline": 50 * by,
        "k1": FIRST + 52,
        "target": 62 * by,
    }
    paths = [
        Path("linear", **ends),
        Path("points", **ends, points=((FIRST + 20, 57.0 * by),), low=60.0 * by, high=63.0 * by),
        Path("s_curve", **ends, season=SeasonalForm("offset", (by, -by, 0.0, 0.0))),
        Path("interventions", **ends, parameters={"drift": 0.125 * by},
             effects=(Effect(FIRST + 14, 4.0 * by, 3.0 * by, 5.0 * by, lag=2, ramp=6),)),
        Path("late_gain", **ends),
        None,
    ]  # fmt: skip
    band = [[NAN, NAN]] * 4 + [[59.0 * by, 66.0 * by], [NAN, NAN]]
    return block(*(rows * by).tolist(), paths=paths, sign=[1, -1, 1, 1, 0, 1],
                 band=np.array(band), **more)  # fmt: skip


@pytest.mark.parametrize("power", [900, 400, -400, -900])
@pytest.mark.parametrize("work", [judge, track, moments])
def test_a_unit_changes_figures_by_itself_and_nothing_else(work: Any, power: int) -> None:
    by = 2.0**power
    usual = work(given())
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = at_ease(work, given(by))
    for name, value in vars(usual).items():
        if name in ("policy", "limits", "first"):
            continue
        wanted = value * by if name in FIGURES else value
        np.testing.assert_array_equal(getattr(found, name), wanted, err_msg=name)


def test_limits_are_told_in_the_metrics_unit() -> None:
    usual, found = track(given()), at_ease(track, given(2.0**900))
    for one, other in zip(usual.limits, found.limits, strict=True):
        assert [{**each, "centre": 0, "lower": 0, "upper": 0} for each in one] == [
            {**each, "centre": 0, "lower": 0, "upper": 0} for each in other
        ]
        for name in ("centre", "lower", "upper"):
            assert [each[name] * 2.0**900 for each in one] == [each[name] for each in other]


def test_every_figure_with_a_unit_is_listed() -> None:
    """Judged twice as large, all figures that change are those that are said to."""
    one, other = given(), given(2.0)
    for work in (judge, track, moments):
        small, large = work(one), work(other)
        for name, value in vars(small).items():
            if isinstance(value, np.ndarray) and value.dtype.kind == "f":
                moved = not np.array_equal(value, getattr(large, name), equal_nan=True)
                assert not moved or name in FIGURES, name


def test_usual_sizes_are_left_alone() -> None:
    sizes = [1.0, 1e-80, 1e80, 1e-100, 1e100, 0.0, NAN]
    rows = block(*[[size, -size / 3] for size in sizes], paths=[None] * 7)
    assert (powers(rows) != 0).tolist() == [False, False, False, True, True, False, False]
    usual = rows.take(np.arange(3))
    assert at_ease(lambda same: same, usual) is usual


def test_what_is_beyond_every_float_is_absent() -> None:
    """Values of ±1.7e308 have limits, and a forecast perhaps, that no float can hold."""
    values = [1.7e308, -1.7e308] * 8
    [found] = at_ease(track, block(values, paths=[None])).limits[0]
    assert (found["lower"], found["upper"], found["n"]) == (None, None, 16)
    assert math.isfinite(found["centre"])
