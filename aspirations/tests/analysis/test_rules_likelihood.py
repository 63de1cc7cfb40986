"""Will we get there? The likelihood of delivery, step by step, from figures a reader can follow.

The scalar below is the published rule in ten lines: filter the gaps, take the root mean square of
all errors, look h periods ahead, and ask how likely nine tenths of the change are.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from aspirations.analysis.engine import judge
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import BlockJudgment
from aspirations.analysis.trajectories import Effect, Path
from aspirations.tests.analysis.makers import FIRST, Row, block, linear

NEVER_EARLY: dict[str, Any] = {"early_share": 1.0, "early_noise": 0.0, "season": "off"}


@dataclass
class Worked:
    noise: float
    centre: float
    deviation: float
    chance: float


def worked(
    gaps: Row, ahead: int, change: float, to_come: float, before: Row = (), rest: float = 0.0
) -> Worked:
    """`gaps` since the baseline, `before` the errors of the time up to it, `rest` what is left
    unexplained at the target; clipping is not needed by its cases."""
    level, drift, errors = 0.0, 0.0, [e for e in before if e is not None]
    for gap in gaps:
        level, drift = level + 0.9 * drift, 0.9 * drift
        if gap is not None:
            errors.append(gap - level)
            level, drift = level + 0.3 * errors[-1], drift + 0.03 * errors[-1]
    noise = math.sqrt(sum(e * e for e in errors) / len(errors))
    damped = [sum(0.9**i for i in range(1, j + 1)) for j in range(ahead + 1)]
    growth = 1 + sum((0.3 * (1 + 0.1 * damped[j])) ** 2 for j in range(1, ahead))
    centre = level + drift * damped[ahead] - rest
    deviation = math.sqrt(noise**2 * growth + (0.2 * to_come * change) ** 2)
    z = (centre + 0.1 * change) / deviation
    return Worked(noise, centre, deviation, 0.5 * math.erfc(-z / math.sqrt(2)))


def on_plan(gaps: Row, step: float = 10.0) -> list[float | None]:
    """Values of a plan that rises by `step` from 0, each off it by its gap."""
    plan = [step * k for k in range(1, len(gaps) + 1)]
    return [0.0, *(None if gap is None else t + gap for t, gap in zip(plan, gaps, strict=True))]


def judged(row: Row, path: Path, **given: Any) -> BlockJudgment:
    policy = Policy(**(NEVER_EARLY | given.pop("policy", {})))
    return judge(block(row, paths=[path], policy=policy, **given))


def assert_worked(found: BlockJudgment, wanted: Worked) -> None:
    told = found.spread[0], found.centre_gap[0], found.deviation[0], found.likelihood[0]
    assert told == pytest.approx((wanted.noise, wanted.centre, wanted.deviation, wanted.chance))


# A plan of 100 in ten periods of 10: gaps to it, and the likelihood in whole per cent.
GAPS = [
    ([2, -2, 2, -2, 2, -2], 87),
    ([-2, 2, -2, 2, -2, 2], 89),
    ([-4, -6, -5, -7, -9, -8], 57),
    ([-4, -8, -12, -16, -20, -24], 20),
    ([4, 8, 12, 16, 20, 24], 99),
    ([3, None, -3, 3, None, 3, -3, 3], 98),
    ([2, -2, 2, -2, 2, -2, 2, -2, None], 98),
]


@pytest.mark.parametrize(("gaps", "per_cent"), GAPS)
def test_the_likelihood_of_a_plan_under_way(gaps: Row, per_cent: int) -> None:
    latest = max(k for k, gap in enumerate(gaps, start=1) if gap is not None)
    wanted = worked(gaps[:latest], 10 - latest, 100.0, 1 - latest / 10)
    found = judged(on_plan(gaps), linear(0, 0.0, 10, 100.0))
    assert_worked(found, wanted)
    assert round(100 * wanted.chance) == per_cent
    assert found.forecast[0] == pytest.approx(100 + wanted.centre)
    reach = 1.2816 * wanted.deviation
    assert found.likely_low[0] == pytest.approx(100 + wanted.centre - reach)
    assert found.likely_high[0] == pytest.approx(100 + wanted.centre + reach)


def test_lower_is_better_is_the_same_upside_down() -> None:
    gaps = [-4, -6, -5, -7, -9, -8]
    row = [None if value is None else -value for value in on_plan(gaps)]
    found = judged(row, linear(0, 0.0, 10, -100.0), sign=[-1])
    assert_worked(found, worked(gaps, 4, 100.0, 0.4))
    assert found.forecast[0] == pytest.approx(-100 - found.centre_gap[0])


def test_a_first_error_by_hand() -> None:
    """One gap of 10 after the baseline: l = 3, d = 0.3, and after an empty period l = 3.27."""
    found = judged(on_plan([10, None]), linear(0, 0.0, 10, 100.0))
    assert (found.level[0], found.drift[0]) == pytest.approx((3.0, 0.3))
    assert found.errors[0] == 1
    later = judged(on_plan([10, None, 3.27]), linear(0, 0.0, 10, 100.0))
    assert (later.level[0], later.drift[0]) == pytest.approx((3.27 + 0.243 - 0.3 * 0.243,
                                                              0.243 - 0.03 * 0.243))  # fmt: skip


# --- too little to say: fewer than six errors, or none but rounding ------------------------------

# Values up to the baseline, gaps after it, how many errors they make, and whether that is enough.
COUNTED = [
    ([0], [2, -2, 2, -2, 2], 5, False),
    ([0], [2, -2, 2, -2, 2, -2], 6, True),
    ([0], [2, None, 2, -2, 2, -2], 5, False),
    # smoothing starts at its first value and drops two errors: eight values make five
    ([0, 1, 0, 1, 0, 1, 0, 0], [], 5, False),
    ([0, 1, 0, 1, 0, 1, 0, 0], [1], 6, True),
    ([0, 1, 0, 1, None, 1, 0, 0], [1], 5, False),
    ([1, 0, 1, 0, 1, 0, 1, 0, 0], [1], 7, True),
    # nothing but the plan itself: S = 0
    ([0], [0, 0, 0, 0, 0, 0, 0, 0], 8, False),
    ([0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0], 8, False),
]


@pytest.mark.parametrize(("before", "gaps", "errors", "enough"), COUNTED)
def test_six_errors_make_a_likelihood(before: Row, gaps: Row, errors: int, enough: bool) -> None:
    k0 = len(before) - 1
    row = [*before, *on_plan(gaps)[1:]]
    found = judged(row, linear(k0, 0.0, k0 + 10, 100.0))
    assert np.isfinite(found.likelihood[0]) == enough
    assert np.isfinite(found.spread[0]) == enough
    if gaps:
        assert found.errors[0] == errors


def test_the_time_before_the_baseline_makes_part_of_the_noise() -> None:
    """Smoothing of 10, 12, 10, 12, 10 with α = 0.3: levels 10, 10.6, 10.42, 10.894, and the
    errors −0.6, 1.58, −0.894 without the first two, 2 and −0.6: 1.58 and −0.894 stay."""
    row = [10.0, 12.0, 10.0, 12.0, 10.0, *[10.0 + k + e for k, e in
           enumerate([1, -1, 2, -2], start=1)]]  # fmt: skip
    found = judged(row, linear(4, 10.0, 14, 20.0))
    assert_worked(found, worked([1, -1, 2, -2], 6, 10.0, 0.6, before=[1.58, -0.894]))


def test_a_stretch_before_the_baseline_keeps_the_older_noise_out() -> None:
    old, row = [90.0, 10.0, 80.0], [10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 14.0, 10.0]
    path = linear(7, 10.0, 17, 20.0)
    found = judged([*old, *row], path, rebases=[[FIRST + 3]])
    alone = judged([None, None, None, *row], path)
    assert found.spread[0] == alone.spread[0] < 5


def test_a_collapse_is_clipped_to_three_times_the_errors_before_it() -> None:
    """Errors of exactly 2, five times, then a fall of 100: it enters the noise as 6."""
    level = drift = 0.0
    gaps = []
    for error in (2.0, 2.0, 2.0, 2.0, 2.0, -100.0):
        ahead = level + 0.9 * drift
        gaps.append(ahead + error)
        level, drift = ahead + 0.3 * error, 0.9 * drift + 0.03 * error
    found = judged(on_plan(gaps), linear(0, 0.0, 10, 100.0))
    assert found.spread[0] == pytest.approx(math.sqrt((5 * 4 + 36) / 6))
    assert found.level[0] == pytest.approx(level)
    assert found.likelihood[0] < 0.01


# --- hold, and what is left unexplained ----------------------------------------------------------


def test_holding_counts_no_change_and_allows_one_unit_of_noise() -> None:
    """A target 0.1 above the level whose moving ranges are 2: J vanishes, τ·J becomes S."""
    row = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 11.0]
    found = judged(row, linear(2, 10.0, 14, 10.1))
    plan = [10 + 0.1 * k / 12 for k in range(1, 9)]
    gaps = [value - t for value, t in zip(row[3:], plan, strict=True)]
    bare = worked(gaps, 4, 0.0, 0.0)
    z = (bare.centre + bare.noise) / bare.deviation
    assert found.hold[0]
    assert (found.to_come[0], found.tolerance[0]) == (0.0, pytest.approx(bare.noise))
    assert found.likelihood[0] == pytest.approx(0.5 * math.erfc(-z / math.sqrt(2)))


# |G − B| against half of σ₁ at agreement: moving ranges of 2 make ½σ₁ = 0.8865.
@pytest.mark.parametrize(("target", "held"), [(10.88, True), (10.89, False), (9.12, True),
                                             (9.11, False), (10.0, True)])  # fmt: skip
def test_less_than_half_the_noise_means_to_hold(target: float, held: bool) -> None:
    row = [10.0, 12.0, 10.0, 12.0, 10.0, 12.0, 10.0, 12.0]
    assert judged(row, linear(2, 10.0, 14, target)).hold[0] == held


# Nothing ever varied: Green at or above what is due, else Red; then S = a = 0.
@pytest.mark.parametrize(("values", "light"), [([5, 5, 5], 3), ([5, 5, None], 3)])
def test_holding_a_level_that_never_varies(values: Row, light: int) -> None:
    found = judged(values, linear(0, 5.0, 14, 5.0))
    assert (found.hold[0], found.light[0]) == (True, light)
    assert np.isnan(found.likelihood[0])


# --- a sum of interventions that ends short of its target -----------------------------------------

# Eight tenths of 100 in ten periods have a cause; 20 have none and count against the likelihood.
CAUSES = Path(
    "interventions", FIRST, 0.0, FIRST + 10, 100.0, effects=(Effect(FIRST, 80.0, ramp=10),)
)


def test_what_no_intervention_explains_counts_against_delivery() -> None:
    gaps = [2, -2, 2, -2, 2, -2]
    found = judged(on_plan(gaps, step=8.0), CAUSES)
    wanted = worked(gaps, 4, 100.0, 0.32, rest=20.0)
    assert_worked(found, wanted)
    assert found.unexplained[0] == pytest.approx(20.0)
    assert found.forecast[0] == pytest.approx(100 + wanted.centre)
    explained = judged(on_plan(gaps), linear(0, 0.0, 10, 100.0))
    assert wanted.chance < 0.2 < 0.8 < explained.likelihood[0]


@pytest.mark.parametrize(("last", "state"), [(90.0, "delivered"), (80.0, "missed")])
def test_delivery_is_measured_at_the_target_not_at_the_sum(last: float, state: str) -> None:
    found = judged([0.0, *[8.0 * k for k in range(1, 10)], last], CAUSES)
    assert (found.state[0], found.delivered_at[0]) == (state, pytest.approx(90.0))


@pytest.mark.parametrize("after", [0, 2])
def test_nothing_is_to_come_from_the_target_on(after: int) -> None:
    """A fifth of the target has no intervention behind it: that is unexplained, and not to come."""
    found = judged([0.0, *[8.0 * k for k in range(1, 11)], *[80.0] * after], CAUSES)
    assert (found.to_come[0], found.unexplained[0]) == (0.0, pytest.approx(20.0))


# --- a band ---------------------------------------------------------------------------------------


def test_a_band_that_is_held_is_missed_by_the_distance_to_it() -> None:
    """Inside 0..20 nothing is missing; three values lie 2, 1 and 2 beyond its upper edge."""
    values = [10.0, 22.0, 8.0, 15.0, 6.0, 21.0, 12.0, 22.0]
    found = judged(values, linear(0, 10.0, 12, 10.0), sign=[0], band=[[0.0, 20.0]])
    bare = worked([-2, 0, 0, 0, -1, 0, -2], 5, 0.0, 0.0)
    z = (bare.centre + bare.noise) / bare.deviation
    assert found.hold[0]
    assert (found.gap[0], found.expected[0]) == (-2.0, 20.0)
    assert found.likelihood[0] == pytest.approx(0.5 * math.erfc(-z / math.sqrt(2)))
    assert found.forecast[0] == pytest.approx(20.0 - bare.centre)


# Coming down to a band of 40..60 from 100 in four periods: at the end, and after it.
@pytest.mark.parametrize(
    ("last", "state"), [(60.0, "delivered"), (50.0, "delivered"), (64.0, "delivered"),
                        (64.1, "missed"), (36.0, "delivered"), (35.9, "missed")],
)  # fmt: skip
def test_a_band_is_delivered_within_a_tenth_of_the_way_to_it(last: float, state: str) -> None:
    values = [100.0, 90.0, 80.0, 70.0, last]
    given = {"sign": [0], "band": [[40.0, 60.0]], "policy": {"errors_needed": 100}}
    found = judged(values, linear(0, 100.0, 4, 60.0), **given)
    assert (found.planned[0], found.state[0]) == (40.0, state)
