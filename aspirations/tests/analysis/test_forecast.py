"""Likelihood of delivery against a slow reference, and by hand where it can be."""

import math

import numpy as np
import pytest

from aspirations.analysis.filtering import Errors
from aspirations.analysis.forecast import damping, growth
from aspirations.analysis.policy import Policy
from aspirations.tests.analysis.forecasts import assert_agrees, foretold
from aspirations.tests.analysis.makers import FIRST, Row, wandering
from aspirations.tests.analysis.slow_reference import (
    Chance,
    chance_of_delivery,
    straight,
)


def expected_chance(row: Row, k0: int, k1: int, target: float, sign: int = 1) -> Chance:
    """The reference for a straight path from the value at k0, without season."""
    baseline = float(row[k0] or 0.0)
    path = straight(k0, baseline, k1, target)
    last = max(k for k, value in enumerate(row) if value is not None)
    after = [
        None if (value := row[k]) is None else sign * (value - path(k))
        for k in range(k0 + 1, last + 1)
    ]
    planned = abs(target - baseline)
    to_come = abs(target - path(last)) / planned
    return chance_of_delivery(row[: k0 + 1], after, k1 - last, planned, to_come)


@pytest.mark.parametrize("sign", [1, -1])
def test_random_series_agree_with_the_reference(sign: int) -> None:
    rows = [wandering(seed, 24) for seed in range(60)]
    found = foretold(*rows, k0=12, k1=36, target=64.0, sign=np.full(60, sign))
    assert not found.hold.any()
    for i, row in enumerate(rows):
        assert_agrees(found, i, expected_chance(row, 12, 36, 64.0, sign))
    assert np.isfinite(found.likelihood).all()


@pytest.mark.parametrize("count", range(2, 12))
def test_every_length_agrees_with_the_reference(count: int) -> None:
    row = wandering(7, 20, missing=0.0)[8 : 8 + count]
    found = foretold(row, k0=0, k1=15, target=70.0)
    assert_agrees(found, 0, expected_chance(row, 0, 15, 70.0))


def test_a_likelihood_needs_six_errors() -> None:
    row = [50.0, 51.0, 50.5, 52.0, 51.0, 53.0, 52.0]
    assert np.isnan(foretold(row[:6], k0=0, k1=15, target=60.0).likelihood[0])
    assert np.isfinite(foretold(row, k0=0, k1=15, target=60.0).likelihood[0])


def test_no_noise_no_likelihood() -> None:
    row: list[float | None] = [50.0 + k for k in range(12)]
    found = foretold(row, k0=0, k1=20, target=70.0)
    assert np.isnan(found.likelihood[0])
    assert (found.errors[0], found.distance_light[0]) == (11, 3)


def test_a_collapse_does_not_excuse_itself() -> None:
    """Five errors of one unit, then one of a hundred: it counts as three."""
    errors = Errors(np.zeros(1), np.zeros(1))
    for error in (1.0, -1.0, 1.0, 1.0, -1.0, -100.0):
        errors.add(np.array([error]), Policy())
    assert (errors.total[0], errors.count[0]) == (5 + 9, 6)


def test_the_first_five_errors_are_taken_as_they_are() -> None:
    errors = Errors(np.zeros(1), np.zeros(1))
    for error in (1.0, 1.0, 1.0, 1.0, 100.0):
        errors.add(np.array([error]), Policy())
    assert errors.total[0] == 4 + 100.0**2


def test_damping_and_growth_by_hand() -> None:
    np.testing.assert_allclose(damping(np.array([0, 1, 2, 3]), 0.9), [0.0, 0.9, 1.71, 2.439])
    np.testing.assert_allclose(damping(np.array([2]), 1.0), [2.0])
    second, third = 0.3 * (1 + 0.1 * 0.9), 0.3 * (1 + 0.1 * 1.71)
    np.testing.assert_allclose(
        growth(np.array([1, 2, 3]), Policy()), [1.0, 1 + second**2, 1 + second**2 + third**2]
    )


def test_likelihood_by_hand_one_step_ahead() -> None:
    """Six gaps of ±1: every figure of the evidence leads to the likelihood shown."""
    row: list[float | None] = [50.0]
    row += [50.0 + k + (1.0 if k % 2 else -1.0) for k in range(1, 10)]
    found = foretold(row, k0=0, k1=10, target=60.0)
    level, drift, spread = found.level[0], found.drift[0], found.spread[0]
    assert found.to_come[0] == pytest.approx(0.1)
    centre = level + 0.9 * drift
    deviation = math.sqrt(spread**2 + (0.20 * 0.1 * 10) ** 2)
    z = (centre + 0.10 * 10) / deviation
    assert found.likelihood[0] == pytest.approx(0.5 * math.erfc(-z / math.sqrt(2)))
    assert found.forecast[0] == pytest.approx(60 + centre)
    assert found.likely_low[0] == pytest.approx(60 + centre - 1.2816 * deviation)
    assert found.delivered_at[0] == pytest.approx(59.0)


def test_an_expected_shortfall_lowers_the_likelihood() -> None:
    row = wandering(3, 24)
    plain = foretold(row, k0=12, k1=36, target=60.0)
    wary = foretold(row, k0=12, k1=36, target=60.0, policy={"delta": 0.1})
    lost = 0.1 * plain.to_come[0] * plain.planned[0]
    assert plain.centre_gap[0] - wary.centre_gap[0] == pytest.approx(lost)
    assert wary.likelihood[0] < plain.likelihood[0]


def test_a_rebase_after_the_baseline_leaves_the_filter_alone() -> None:
    row = wandering(5, 24)
    plain = foretold(row, k0=12, k1=36, target=60.0)
    rebased = foretold(row, k0=12, k1=36, target=60.0, rebases=[[FIRST + 18]])
    assert rebased.likelihood[0] == plain.likelihood[0]
    assert rebased.centre[0] != plain.centre[0]


def test_a_rebase_before_the_baseline_shortens_the_noise() -> None:
    row = wandering(5, 24, missing=0.0)
    rebased = foretold(row, k0=12, k1=36, target=60.0, rebases=[[FIRST + 8]])
    cut: list[float | None] = [*[None] * 8, *row[8:]]
    assert_agrees(rebased, 0, expected_chance(cut, 12, 36, 60.0))


# --- hold ---------------------------------------------------------------------------------------


def test_a_small_change_means_to_hold_the_level() -> None:
    row: list[float | None] = [50.0, 52.0] * 8
    found = foretold(row, k0=8, k1=20, target=50.5)
    assert found.hold[0]
    after = [float(row[k] or 0) - straight(8, 50.0, 20, 50.5)(k) for k in range(9, 16)]
    wanted = chance_of_delivery(row[:9], after, 5, 0.5, 0.0, hold=True)
    assert_agrees(found, 0, wanted)
    assert not foretold(row, k0=8, k1=20, target=53.0).hold[0]


@pytest.mark.parametrize(("last", "light"), [(50.0, 3), (50.1, 3), (49.9, 0)])
def test_holding_a_level_that_never_varied(last: float, light: int) -> None:
    """Nothing varies in the new stretch either: at or above the level is Green, else Red."""
    row = [50.0] * 10 + [last]
    found = foretold(row, k0=9, k1=20, target=50.0, rebases=[[FIRST + 10]])
    assert np.isnan(found.likelihood[0])
    assert found.light[0] == light


@pytest.mark.parametrize(
    ("steps", "light"), [(-0.99, 3), (-1.5, 2), (-2.0, 2), (-2.5, 1), (-3.5, 0)]
)
def test_holding_with_few_points_is_judged_in_noise_units(steps: float, light: int) -> None:
    """Before the last point the moving ranges are 2; the last one adds to their mean."""
    low, high = 0.0, 52.0
    for _ in range(80):
        middle = (low + high) / 2
        mean_range = (2 * 3 + abs(middle - 52.0)) / 4
        below = (middle - 50.0) / (mean_range / 1.128) < steps
        low, high = (middle, high) if below else (low, middle)
    row = [50.0, 52.0, 50.0, 52.0, high + 1e-9]
    found = foretold(row, k0=2, k1=12, target=50.0, policy={"confirm": False})
    assert found.noise[0] == pytest.approx(steps, abs=1e-6)
    assert found.light[0] == light


def test_a_straight_line_through_the_last_twelve_points_is_a_caption() -> None:
    row = [10.0, 90.0, 10.0] + [50.0 + 2 * k for k in range(12)]
    found = foretold(row, k0=3, k1=20, target=60.0)
    assert found.straight_line[0] == pytest.approx(50 + 2 * 17)
    longer = foretold(row, k0=3, k1=20, target=60.0, policy={"straight_line_points": 13})
    assert longer.straight_line[0] != pytest.approx(50 + 2 * 17)
