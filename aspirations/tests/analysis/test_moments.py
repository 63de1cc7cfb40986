"""Every moment of a series: against a slow reference, and as a judgment tells it."""

import numpy as np
import pytest

from aspirations.analysis.engine import Block, judge, moments
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import SHAPE_NAMES, Effect, Path, SeasonalForm
from aspirations.tests.analysis.makers import FIRST, block, linear, wandering
from aspirations.tests.analysis.series import path
from aspirations.tests.analysis.slow_lights import Series, same

OFF = Policy(season="off")
WAVE = tuple(float(value) for value in 3 * np.sin(np.arange(12) * np.pi / 6))
FORMS = [
    None,
    SeasonalForm("offset", WAVE),
    SeasonalForm("index", tuple(1 + value / 40 for value in WAVE)),
]


def assert_as_the_reference(given: Block, i: int) -> int:
    """Compare all moments of row i; how many were judged."""
    row = given.paths[i]
    assert row is not None
    values = [None if np.isnan(value) else float(value) for value in given.actual[i]]
    wanted = Series(values, row, int(given.sign[i]), given.first).moments()
    found = moments(given)
    for k in range(given.width):
        now = wanted.get(k)
        told = (found.raw[i, k], found.light[i, k], found.pending[i, k])
        assert told == ((now.raw, now.light, now.pending) if now else (-1, -1, -1)), k
        assert same(now.likelihood if now else None, found.likelihood[i, k]), k
    return sum(now.raw >= 0 for now in wanted.values())


@pytest.mark.parametrize("form", FORMS, ids=["plain", "offset", "index"])
@pytest.mark.parametrize("shape", SHAPE_NAMES)
def test_every_shape_is_judged_as_by_the_reference(shape: str, form: SeasonalForm | None) -> None:
    rows = [wandering(seed, 30) for seed in range(6)]
    changes = [6.0, -6.0, 15.0, 0.2, 40.0, -3.0]
    paths = [
        path(shape, 12, float(row[12] or 0), 26, float(row[12] or 0) + change, form)
        for row, change in zip(rows, changes, strict=True)
    ]
    given = block(*rows, paths=paths, policy=OFF, sign=np.sign(changes).astype(np.int64))
    assert sum(assert_as_the_reference(given, i) for i in range(len(rows))) > 50


@pytest.mark.parametrize("k0", [-1, 0, 3, 8])
def test_short_histories_are_judged_as_by_the_reference(k0: int) -> None:
    rows = [wandering(seed, 24, missing=0.3) for seed in range(8)]
    paths = [linear(k0, 50.0, k0 + 14, 50.0 + change) for change in range(1, 9)]
    given = block(*rows, paths=paths, policy=OFF)
    assert sum(assert_as_the_reference(given, i) for i in range(len(rows))) > 40


def test_a_plan_that_stands_still_for_now_is_too_early_to_tell() -> None:
    """Nothing varies and nothing is planned yet: 0 is not beyond twice a noise of 0."""
    still = Path("step", FIRST, 50.0, FIRST + 20, 60.0, points=((FIRST + 9, 55.0),))
    given = block([50.0] * 4, paths=[still], policy=OFF)
    assert_as_the_reference(given, 0)
    found = judge(given)
    assert (found.not_judged[0], found.first_telling[0]) == ("too_early", FIRST + 9)


def test_moments_lie_on_the_periods_of_the_block() -> None:
    row = [None, *wandering(3, 23)]
    given = block(row, paths=[linear(13, 50.0, 30, 55.0)], policy=OFF)
    found = moments(given)
    assert found.light.shape == found.expected.shape == (1, 24)
    assert (found.light[0, :14] == -1).all()
    assert np.isnan(found.ahead[0, :14]).all()
    assert (found.k0[0], found.k1[0], found.planned[0]) == (FIRST + 13, FIRST + 30, 5.0)
    seen = np.array([value is not None for value in row])
    assert (np.isfinite(found.ahead[0]) == (seen & (np.arange(24) > 13))).all()


@pytest.mark.parametrize("barred", [{"grade_d": [True]}, {"has_target": [False]}])
def test_what_bars_a_light_today_bars_it_at_every_moment(barred: dict[str, list[bool]]) -> None:
    given = block(wandering(3, 24), paths=[linear(12, 50.0, 30, 55.0)], **barred)
    assert (moments(given).light == -1).all()
    assert np.isnan(moments(given).likelihood).all()


# --- what interventions leave open, seasons of a path's own, running totals -----------------------


def test_what_interventions_leave_unexplained_is_taken_from_the_forecast() -> None:
    row = wandering(4, 24)
    baseline = float(row[12] or 0)
    short = Path(
        "interventions", FIRST + 12, baseline, FIRST + 36, baseline + 10.0,
        effects=(Effect(FIRST + 12, 8.0, ramp=24),),
    )  # fmt: skip
    whole = Path("linear", FIRST + 12, baseline, FIRST + 36, baseline + 8.0)
    found = judge(block(row, row, paths=[short, whole], policy=OFF))
    assert found.unexplained[0] == pytest.approx(2.0)
    assert found.unexplained[1] == 0.0
    assert found.level[0] == pytest.approx(found.level[1])
    assert found.centre_gap[0] == pytest.approx(found.centre_gap[1] - 2.0)
    assert found.forecast[0] == pytest.approx(found.forecast[1])
    assert found.likelihood[0] < found.likelihood[1]


@pytest.mark.parametrize(
    ("form", "cumulative", "adjusted"),
    [(None, False, True), (FORMS[1], False, False), (None, True, False)],
)
def test_a_season_is_taken_out_once(
    form: SeasonalForm | None, cumulative: bool, adjusted: bool
) -> None:
    """Not where the path has one of its own, and not of a running total."""
    wave = [50 + WAVE[k % 12] + (0.3 if k % 5 else -0.7) for k in range(40)]
    row = path("linear", 24, wave[24], 48, wave[24] + 12.0, form)
    found = judge(block(wave, paths=[row], cumulative=[cumulative]))
    assert found.season[0] == adjusted


def test_the_season_of_a_path_is_no_change_still_to_come() -> None:
    """Two thirds of the time are left and so is the plan, wherever the season stands."""
    wave = [50 + WAVE[k % 12] + (0.3 if k % 5 else -0.7) for k in range(20)]
    row = path("linear", 11, 50.0, 35, 56.0, SeasonalForm("offset", WAVE))
    assert judge(block(wave, paths=[row])).to_come[0] == pytest.approx(2 / 3)


def test_the_noise_of_a_running_total_is_that_of_what_each_period_adds() -> None:
    """Totals of 10, 20, 30 … restart every January; adding 10 a month varies only by its noise."""
    added = [10.0 + (0.5 if k % 2 else -0.5) for k in range(30)]
    totals = [sum(added[k - k % 12 : k + 1]) for k in range(30)]
    row = path("linear", 23, totals[23], 35, totals[23] + 30.0)
    found = judge(block(totals, totals, paths=[row, row], cumulative=[True, False]))
    assert found.noise[0] / found.noise[1] > 10
    assert found.spread[0] < found.spread[1]
