"""Likelihood of delivery against a slow reference, and by hand where it can be."""

import math
from typing import Any

import numpy as np
import pytest

from aspirations.analysis.engine import judge
from aspirations.analysis.forecast import Errors, damping, growth
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import BlockJudgment
from aspirations.tests.analysis.makers import FIRST, Row, block, linear
from aspirations.tests.analysis.slow_reference import (
    Chance,
    chance_of_delivery,
    seasonal_indices,
    straight,
)

NEVER_EARLY: dict[str, Any] = {"early_share": 1.0, "early_noise": 0.0}


def wandering(seed: int, count: int, missing: float = 0.15) -> list[float | None]:
    """A seeded random walk with holes; the value at period 12 is always there."""
    source = np.random.default_rng(seed)
    values = 50 + np.cumsum(source.normal(0.1, 1.0, count)) + source.normal(0, 1.5, count)
    holes = source.random(count) < missing
    holes[12] = False
    return [None if hole else float(value) for value, hole in zip(values, holes, strict=True)]


def judged(*rows: Row, k0: int, k1: int, target: float, **given: Any) -> BlockJudgment:
    policy = Policy(**({"season": "off"} | NEVER_EARLY | given.pop("policy", {})))
    paths = [linear(k0, float(row[k0] or 0.0), k1, target) for row in rows]
    return judge(block(*rows, paths=paths, policy=policy, **given))


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


def assert_agrees(found: BlockJudgment, i: int, wanted: Chance) -> None:
    assert found.level[i] == pytest.approx(wanted.level, rel=1e-12, abs=1e-12)
    assert found.drift[i] == pytest.approx(wanted.drift, rel=1e-12, abs=1e-12)
    assert found.errors[i] == wanted.errors
    if wanted.likelihood is None:
        assert np.isnan(found.likelihood[i])
        return
    assert found.spread[i] == pytest.approx(wanted.noise, rel=1e-12)
    assert found.centre_gap[i] == pytest.approx(wanted.centre, rel=1e-12, abs=1e-12)
    assert found.deviation[i] == pytest.approx(wanted.deviation, rel=1e-12)
    assert found.likelihood[i] == pytest.approx(wanted.likelihood, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("sign", [1, -1])
def test_random_series_agree_with_the_reference(sign: int) -> None:
    rows = [wandering(seed, 24) for seed in range(60)]
    found = judged(*rows, k0=12, k1=36, target=64.0, sign=np.full(60, sign))
    assert not found.hold.any()
    for i, row in enumerate(rows):
        assert_agrees(found, i, expected_chance(row, 12, 36, 64.0, sign))
    assert np.isfinite(found.likelihood).all()


@pytest.mark.parametrize("count", range(2, 12))
def test_every_length_agrees_with_the_reference(count: int) -> None:
    row = wandering(7, 20, missing=0.0)[8 : 8 + count]
    found = judged(row, k0=0, k1=15, target=70.0)
    assert_agrees(found, 0, expected_chance(row, 0, 15, 70.0))


def test_a_likelihood_needs_six_errors() -> None:
    row = [50.0, 51.0, 50.5, 52.0, 51.0, 53.0, 52.0]
    assert np.isnan(judged(row[:6], k0=0, k1=15, target=60.0).likelihood[0])
    assert np.isfinite(judged(row, k0=0, k1=15, target=60.0).likelihood[0])


def test_no_noise_no_likelihood() -> None:
    row: list[float | None] = [50.0 + k for k in range(12)]
    found = judged(row, k0=0, k1=20, target=70.0)
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
    found = judged(row, k0=0, k1=10, target=60.0)
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
    plain = judged(row, k0=12, k1=36, target=60.0)
    wary = judged(row, k0=12, k1=36, target=60.0, policy={"delta": 0.1})
    lost = 0.1 * plain.to_come[0] * plain.planned[0]
    assert plain.centre_gap[0] - wary.centre_gap[0] == pytest.approx(lost)
    assert wary.likelihood[0] < plain.likelihood[0]


def test_a_rebase_after_the_baseline_leaves_the_filter_alone() -> None:
    row = wandering(5, 24)
    plain = judged(row, k0=12, k1=36, target=60.0)
    rebased = judged(row, k0=12, k1=36, target=60.0, rebases=[[FIRST + 18]])
    assert rebased.likelihood[0] == plain.likelihood[0]
    assert rebased.centre[0] != plain.centre[0]


def test_a_rebase_before_the_baseline_shortens_the_noise() -> None:
    row = wandering(5, 24, missing=0.0)
    rebased = judged(row, k0=12, k1=36, target=60.0, rebases=[[FIRST + 8]])
    cut: list[float | None] = [*[None] * 8, *row[8:]]
    assert_agrees(rebased, 0, expected_chance(cut, 12, 36, 60.0))


# --- hold ---------------------------------------------------------------------------------------


def test_a_small_change_means_to_hold_the_level() -> None:
    row: list[float | None] = [50.0, 52.0] * 8
    found = judged(row, k0=8, k1=20, target=50.5)
    assert found.hold[0]
    after = [float(row[k] or 0) - straight(8, 50.0, 20, 50.5)(k) for k in range(9, 16)]
    wanted = chance_of_delivery(row[:9], after, 5, 0.5, 0.0, hold=True)
    assert_agrees(found, 0, wanted)
    assert not judged(row, k0=8, k1=20, target=53.0).hold[0]


@pytest.mark.parametrize(("last", "light"), [(50.0, 3), (50.1, 3), (49.9, 0)])
def test_holding_a_level_that_never_varied(last: float, light: int) -> None:
    """Nothing varies in the new stretch either: at or above the level is Green, else Red."""
    row = [50.0] * 10 + [last]
    found = judged(row, k0=9, k1=20, target=50.0, rebases=[[FIRST + 10]])
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
    found = judged(row, k0=2, k1=12, target=50.0, policy={"confirm": False})
    assert found.noise[0] == pytest.approx(steps, abs=1e-6)
    assert found.light[0] == light


# --- band ---------------------------------------------------------------------------------------


BAND = np.array([[5.0, 10.0]])


def distance(value: float) -> float:
    return max(0.0, 5.0 - value, value - 10.0)


@pytest.mark.parametrize("target", [10.0, 7.0, 12.0])
def test_a_band_is_approached_along_the_path(target: float) -> None:
    """The distance to the band is what falls from 10 to 0; a path that ends outside leaves a
    rest that nothing explains."""
    source = np.random.default_rng(2)
    row = [float(value) for value in np.r_[20.0, np.linspace(19, 11, 15)] + source.normal(0, 1, 16)]
    row[0] = 20.0
    found = judged(row, k0=0, k1=24, target=target, sign=np.zeros(1), band=BAND)
    path = straight(0, 20.0, 24, target)
    gaps = [distance(path(k)) - distance(row[k]) for k in range(1, 16)]
    to_come = (distance(path(15)) - distance(target)) / 10.0
    wanted = chance_of_delivery(row[:1], gaps, 24 - 15, 10.0, to_come, left=distance(target))
    assert_agrees(found, 0, wanted)
    assert found.expected[0] == pytest.approx(path(15))
    assert found.forecast[0] == pytest.approx(10.0 - wanted.centre)
    assert found.journey[0] == pytest.approx(gaps[-1] / 10.0)


def test_a_series_on_its_way_into_the_band_is_not_red() -> None:
    row = [20.0, 19.4, 18.6, 18.2, 17.4, 17.1, 16.4, 15.9, 15.5]
    found = judged(row, k0=0, k1=20, target=10.0, sign=np.zeros(1), band=BAND)
    assert (found.light[0], found.distance_light[0]) == (3, 3)
    late = judged([20.0, *[20.2, 19.9] * 8], k0=0, k1=20, target=10.0, sign=np.zeros(1), band=BAND)
    assert (late.light[0], late.distance_light[0]) == (0, 0)


def test_inside_the_band_is_never_behind() -> None:
    """Wherever the path stands, no value from edge to edge has a negative gap."""
    rows = [[20.0, 15.0, inside] for inside in (5.0, 7.5, 10.0)]
    found = judged(*rows, k0=0, k1=20, target=10.0, sign=np.zeros(3), band=np.repeat(BAND, 3, 0))
    assert (found.gap >= 0).all()
    ended = judged(*rows, k0=0, k1=2, target=10.0, sign=np.zeros(3), band=np.repeat(BAND, 3, 0))
    assert ended.gap.tolist() == [0.0, 0.0, 0.0]
    assert ended.state.tolist() == ["delivered"] * 3
    assert ended.expected.tolist() == [5.0, 10.0, 10.0]


def test_from_the_target_on_only_the_distance_to_the_band_counts() -> None:
    rows = [[20.0, 15.0, last] for last in (3.0, 11.0, 13.0)]
    found = judged(*rows, k0=0, k1=2, target=10.0, sign=np.zeros(3), band=np.repeat(BAND, 3, 0))
    assert found.gap.tolist() == [-2.0, -1.0, -3.0]
    assert found.state.tolist() == ["missed", "delivered", "missed"]


def test_a_baseline_inside_the_band_is_to_be_held() -> None:
    row = [7.0, 8.0, 6.0, 9.0, 7.0, 8.0]
    found = judged(row, k0=2, k1=24, target=9.0, sign=np.zeros(1), band=np.array([[5.0, 10.0]]))
    assert found.hold[0]
    assert (found.gap[0], found.light[0]) == (0.0, 3)


# --- season -------------------------------------------------------------------------------------


def seasonal(seed: int, years: int, seasons: int) -> list[float | None]:
    source = np.random.default_rng(seed)
    k = np.arange(years * seasons)
    wave = 4 * np.sin(2 * np.pi * k / seasons)
    return [float(value) for value in 50 + wave + 0.1 * k + source.normal(0, 0.7, len(k))]


@pytest.mark.parametrize(
    ("frequency", "seasons", "extra"),
    [(Frequency.MONTH, 12, 0), (Frequency.MONTH, 12, 5), (Frequency.QUARTER, 4, 1)],
)
def test_season_agrees_with_the_reference(frequency: Frequency, seasons: int, extra: int) -> None:
    row = seasonal(1, 4, seasons)[: 3 * seasons + extra]
    first = FIRST - FIRST % seasons if frequency is Frequency.MONTH else 8080
    k0, k1, target = 2 * seasons + 1, 4 * seasons + 2, 65.0
    found = (
        judged(
            row,
            k0=k0,
            k1=k1,
            target=target,
            policy={"season": "auto"},
            frequency=frequency,
            first=first,
        )
        if frequency is Frequency.MONTH
        else judge(
            block(
                row,
                paths=[_shifted(k0, float(row[k0] or 0), k1, target, first)],
                policy=Policy(**NEVER_EARLY),
                frequency=frequency,
                first=first,
            )
        )
    )
    assert found.season[0]
    assert_agrees(found, 0, seasonal_chance(row, k0, k1, target, seasons))


def _shifted(k0: int, baseline: float, k1: int, target: float, first: int) -> Any:
    path = linear(k0, baseline, k1, target)
    return type(path)("linear", first + k0, baseline, first + k1, target)


def seasonal_chance(row: Row, k0: int, k1: int, target: float, seasons: int) -> Chance:
    """The reference with indices taken out and the line between those of k0 and K put back.

    Needs column 0 to fall on season 0.
    """
    index = seasonal_indices(row, seasons)
    assert index is not None
    baseline = float(row[k0] or 0)
    path = straight(k0, baseline, k1, target)
    line = straight(k0, index[k0 % seasons], k1, index[k1 % seasons])
    last = len(row) - 1
    adjusted = [
        None if value is None else value - index[k % seasons] for k, value in enumerate(row)
    ]
    gaps = [
        None if (value := adjusted[k]) is None else value - (path(k) - line(k))
        for k in range(k0 + 1, last + 1)
    ]
    planned = abs(target - baseline)
    to_come = abs(target - path(last)) / planned
    return chance_of_delivery(adjusted[: k0 + 1], gaps, k1 - last, planned, to_come)


@pytest.mark.parametrize(("count", "active"), [(23, False), (24, True)])
def test_season_needs_two_full_years(count: int, active: bool) -> None:
    row = seasonal(4, 3, 12)[:count]
    found = judged(row, k0=12, k1=36, target=65.0, policy={"season": "auto"})
    assert found.season[0] == active
    assert not judged(row, k0=12, k1=36, target=65.0, policy={"season": "off"}).season[0]


def test_season_starts_anew_with_a_stretch() -> None:
    row = seasonal(4, 3, 12)
    found = judged(
        row, k0=12, k1=48, target=65.0, policy={"season": "auto"}, rebases=[[FIRST + 20]]
    )
    assert not found.season[0]


def test_a_seasonal_metric_without_two_years_is_set_beside_last_year() -> None:
    row = seasonal(4, 2, 12)[:20]
    found = judged(row, k0=10, k1=36, target=65.0, policy={"season": "on"})
    assert found.last_year[0] == row[7]
    assert np.isnan(judged(row, k0=10, k1=36, target=65.0, policy={"season": "auto"}).last_year[0])


def test_a_straight_line_through_the_last_twelve_points_is_a_caption() -> None:
    row = [10.0, 90.0, 10.0] + [50.0 + 2 * k for k in range(12)]
    found = judged(row, k0=3, k1=20, target=60.0)
    assert found.straight_line[0] == pytest.approx(50 + 2 * 17)
    longer = judged(row, k0=3, k1=20, target=60.0, policy={"straight_line_points": 13})
    assert longer.straight_line[0] != pytest.approx(50 + 2 * 17)
