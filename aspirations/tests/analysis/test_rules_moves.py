"""What would move it: the value of the next period that earns the next better light."""

import math
from typing import Any

import numpy as np
import pytest

from aspirations.analysis.engine import judge
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import BlockJudgment
from aspirations.analysis.trajectories import Path, SeasonalForm
from aspirations.tests.analysis.makers import FIRST, Row, block, linear

BY_DISTANCE: dict[str, Any] = {
    "season": "off", "errors_needed": 100, "cap_share": 1.0, "early_share": 1.0,
    "early_noise": 0.0, "confirm": False,
}  # fmt: skip
R, AR, AG, G, NONE = 0, 1, 2, 3, -1


def moves(row: Row, k1: int, target: float, **given: Any) -> BlockJudgment:
    policy = Policy(**(BY_DISTANCE | given.pop("policy", {})))
    path = linear(0, float(row[0] or 0), k1, target)
    return judge(block(row, paths=[path], policy=policy, **given))


# By the distance alone, plan 0 to 100 in ten periods, latest after six: the value at seven.
BY_HAND = [
    (54, AG, 65, G),  # 70 are due at seven, −5 is Green
    (45, AG, 65, G),
    (44, AR, 55, AG),
    (30, AR, 55, AG),
    (29, R, 40, AR),
    (60, G, math.nan, NONE),
]


@pytest.mark.parametrize(("latest", "light", "value", "to"), BY_HAND)
@pytest.mark.parametrize("way", [1, -1])
def test_the_next_better_light_by_distance(
    latest: float, light: int, value: float, to: int, way: int
) -> None:
    row = [0.0, *[None] * 5, way * latest]
    found = moves(row, 10, way * 100.0, sign=[way])
    assert (found.light[0], found.would_move_to[0]) == (light, to)
    assert found.would_move[0] == pytest.approx(way * value, abs=1e-4, nan_ok=True)
    assert found.would_move_period[0] == (FIRST + 7 if to >= 0 else -1)


# One period before the target 66.7 of 100 are due. At the target nine tenths deliver, and short of
# that no light is better than Amber-Red, so that Amber-Red and Amber-Green ask for Green.
AT_THE_END = [(60, AG, 90, G), (40, AR, 90, G), (30, R, 70, AR), (64, G, math.nan, NONE)]


@pytest.mark.parametrize(("latest", "light", "value", "to"), AT_THE_END)
def test_at_the_target_the_next_light_is_a_verdict(
    latest: float, light: int, value: float, to: int
) -> None:
    found = moves([0.0, None, latest], 3, 100.0)
    assert (found.light[0], found.would_move_to[0]) == (light, to)
    assert found.would_move[0] == pytest.approx(value, abs=1e-4, nan_ok=True)


@pytest.mark.parametrize(
    ("most", "value", "to"), [(math.nan, 55, AG), (80, 55, AG), (66, 51, AG), (50, 45, G)]
)
def test_a_plan_held_inside_the_bounds_asks_for_less(most: float, value: float, to: int) -> None:
    """44 at six is 16 behind; at seven 70 are due, or as much as there can be. Where 50 is the
    most, 44 is 6 behind, and the next light is Green."""
    found = moves([0.0, *[None] * 5, 44.0], 10, 100.0, bounds=[[math.nan, most]])
    assert (found.would_move_to[0], bool(found.would_move_none[0])) == (to, False)
    assert found.would_move[0] == pytest.approx(value, abs=1e-4)


def chance(errors: list[float], gap: float, ahead: float, drift: float, left: int) -> float:
    """Likelihood after one more gap, for a plan of 100 with `left` periods of ten to go; the
    filter stands at `ahead` and `drift` before it."""
    error = gap - ahead
    level, drift = ahead + 0.3 * error, drift + 0.03 * error
    limit = 3 * math.sqrt(sum(e * e for e in errors) / len(errors))
    every = [*errors, max(-limit, min(limit, error))]
    noise = sum(e * e for e in every) / len(every)
    damped = [sum(0.9**i for i in range(1, j + 1)) for j in range(left + 1)]
    growth = 1 + sum((0.3 * (1 + 0.1 * damped[j])) ** 2 for j in range(1, left))
    z = (level + drift * damped[left] + 10) / math.sqrt(noise * growth + (2.0 * left) ** 2)
    return 0.5 * math.erfc(-z / math.sqrt(2))


@pytest.mark.parametrize(
    "gaps", [[-4, -6, -5, -7, -9, -8, -11], [-9, -14, -17, -22, -24, -30, -31]]
)
def test_by_the_likelihood_the_value_just_reaches_its_threshold(gaps: list[float]) -> None:
    level = drift = 0.0
    errors = []
    for gap in gaps:
        level, drift = level + 0.9 * drift, 0.9 * drift
        errors.append(gap - level)
        level, drift = level + 0.3 * errors[-1], drift + 0.03 * errors[-1]
    row = [0.0, *[10 * k + gap for k, gap in enumerate(gaps, start=1)]]
    found = moves(row, 10, 100.0, policy={"errors_needed": 6})
    assert found.light[0] < G
    threshold = {AR: 0.10, AG: 0.40, G: 0.65}[int(found.would_move_to[0])]
    needed = found.would_move[0] - 80
    after = chance(errors, needed, level + 0.9 * drift, 0.9 * drift, 2)
    assert after == pytest.approx(threshold, abs=1e-6)
    assert np.isfinite(found.likelihood[0])
    assert after > found.likelihood[0] or found.light[0] < found.would_move_to[0]


def test_a_moderate_value_is_named_where_a_large_one_would_tell_nothing() -> None:
    """Of 30 in twelve periods 7.5 are planned by the third; its season makes that −12. Down there,
    14 from the value before it, the noise of the moving ranges swallows the plan, and far above it
    too: it would be too early to tell. A step of 10.69 is the largest whose noise does not:
    2·(1 + 1 + 10.69)/3/1.128 = 7.5."""
    season = SeasonalForm("offset", (0, 0, 20, -19.5, 0, 0, 0, -0.5, 0, 0, 0, 0))
    path = Path("linear", FIRST, 0.0, FIRST + 12, 30.0, season=season)
    policy = Policy(**(BY_DISTANCE | {"early_share": 0.75, "early_noise": 2.0}))
    row = [0.0, 1.0, 2.0]
    found, *after = (
        judge(block([*row, *more], paths=[path], policy=policy))
        for more in ([], [-8.68], [-8.7], [-12.0], [50.0])
    )
    assert (found.light[0], found.would_move_to[0]) == (R, G)
    assert found.would_move[0] == pytest.approx(-8.69, abs=1e-3)
    assert [one.light[0] for one in after] == [G, NONE, NONE, NONE]
    assert [one.not_judged[0] for one in after] == ["", *["too_early"] * 3]


def test_where_any_value_would_do_none_is_named() -> None:
    """A held level in a new stretch: one step back makes the noise as large as the step, so the
    next figure is within two units of it, whatever it is."""
    path, policy = linear(1, 50.0, 4, 51.0), Policy(season="off", confirm=False)
    row = [40.0, 60.0, 55.0, 53.0, 56.0, 50.5]
    found = judge(block(row, paths=[path], policy=policy, rebases=[(FIRST + 5,)]))
    assert (bool(found.hold[0]), found.light[0]) == (True, R)
    assert np.isnan(found.would_move[0])
    assert not found.would_move_none[0]


@pytest.mark.parametrize("given", [{}, {"lock_after": 15}, {"screen_outliers": True}])
def test_a_stretch_announced_for_later_moves_nothing_yet(given: dict[str, Any]) -> None:
    row: list[float | None] = [*[50.0, 51.0, 49.0] * 4, 50.0, 43.0]
    path, policy = linear(10, 50.0, 20, 50.0), Policy(**(BY_DISTANCE | given))
    plain = block(row, paths=[path], policy=policy)
    later = block(
        [*row, None, None, None], paths=[path], policy=policy, as_of=plain.as_of,
        rebases=[(FIRST + 16,)],
    )  # fmt: skip
    now, announced = judge(plain), judge(later)
    assert (now.light[0], now.would_move_to[0]) == (R, AR)
    assert announced.would_move_to[0] == AR
    assert announced.would_move[0] == now.would_move[0]
