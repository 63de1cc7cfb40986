"""From evidence to a light: thresholds, too early, confirmation, and the verdict at the end."""

import math

import numpy as np
import pytest

from aspirations.analysis.lights import Chain, graded, letter, words
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import Path
from aspirations.tests.analysis.makers import FIRST, judged, linear

R, AR, AG, G, N = 0, 1, 2, 3, -1


@pytest.mark.parametrize(
    ("likelihood", "light", "said"),
    [
        (1.0, G, "very_likely"),
        (0.65, G, "likely"),
        (0.6499, AG, "about_even"),
        (0.40, AG, "about_even"),
        (0.3999, AR, "unlikely"),
        (0.10, AR, "unlikely"),
        (0.0999, R, "very_unlikely"),
        (0.0, R, "very_unlikely"),
        (math.nan, N, ""),
    ],
)
def test_likelihood_to_light(likelihood: float, light: int, said: str) -> None:
    assert graded(np.array([likelihood]), Policy().thresholds("likelihood"))[0] == light
    assert words(likelihood) == said


@pytest.mark.parametrize(
    ("journey", "light"),
    [(0.2, G), (-0.05, G), (-0.0501, AG), (-0.15, AG), (-0.151, AR), (-0.30, AR), (-0.301, R)],
)
def test_distance_to_light(journey: float, light: int) -> None:
    assert graded(np.array([journey]), Policy().thresholds("distance"))[0] == light


def test_a_gap_of_exactly_a_threshold_survives_binary_rounding() -> None:
    """(0.1 + 0.2 − 0.35)/1 is −0.04999… or −0.05000…1; both are −5 %."""
    assert graded(np.array([0.1 + 0.2 - 0.35, 0.15 - 0.2]), (-0.05, -0.15, -0.30)).tolist() == [
        G,
        G,
    ]


def test_letters() -> None:
    assert [letter(code) for code in (N, R, AR, AG, G)] == ["N", "R", "AR", "AG", "G"]


# --- from the block to the light ----------------------------------------------------------------


def test_without_a_likelihood_the_distance_rules_capped_while_much_is_to_come() -> None:
    """Three points on the path of ten: Green by distance, held at Amber-Green."""
    early = judged([0.0, 10.0, 20.0, 30.0], linear(0, 0.0, 10, 100.0))
    assert np.isnan(early.likelihood[0])
    assert (early.distance_light[0], early.light[0], early.cap[0]) == (G, AG, True)
    assert early.to_come[0] == pytest.approx(0.7)
    later = judged([0.0, *[None] * 5, 60.0], linear(0, 0.0, 10, 100.0))
    assert (later.to_come[0], later.light[0], later.cap[0]) == (0.4, G, False)


def test_the_cap_does_not_lift_a_worse_light() -> None:
    found = judged([0.0, 10.0, 0.0], linear(0, 0.0, 10, 100.0), policy={"confirm": False})
    assert (found.light[0], found.cap[0]) == (AR, False)


def test_it_says_once_that_the_rule_changed() -> None:
    source = np.random.default_rng(1)
    row = [0.0, *[10.0 * k + source.normal(0, 2) for k in range(1, 9)]]
    path = linear(0, 0.0, 10, 100.0)
    changed = [bool(judged(row[:count], path).rule_changed[0]) for count in range(2, 10)]
    assert changed == [False] * 5 + [True] + [False] * 2


def test_no_rule_changed_where_a_likelihood_was_there_from_the_start() -> None:
    source = np.random.default_rng(1)
    row = list(source.normal(0, 1, 14))
    found = judged(row, linear(12, row[12], 20, 40.0))
    assert np.isfinite(found.likelihood[0])
    assert not found.rule_changed[0]


QUIET = [10.0, 11.0, 9.0, 10.5, 9.5, 10.0, 11.0, 9.0, 10.5, 9.5, 10.0]


def test_too_early_while_nothing_could_tell_delivery_from_stillness() -> None:
    """Noise of about one unit, ten units to win in forty periods: telling after two units."""
    found = judged([*QUIET, 10.2], linear(10, 10.0, 50, 20.0))
    assert (found.light[0], found.not_judged[0]) == (N, "too_early")
    assert np.isnan(found.likelihood[0])
    noise = found.spread[0]
    periods_needed = math.floor(2 * noise / 0.25) + 1
    assert found.first_telling[0] == FIRST + 10 + periods_needed


def test_not_too_early_once_the_underlying_gap_stands_out() -> None:
    path = linear(10, 10.0, 50, 20.0)
    fallen = [*QUIET, -4.0, -4.0, -4.0]
    assert judged([*QUIET, 10.2, 10.0, 10.3], path).not_judged[0] == "too_early"
    assert judged(fallen, path).light[0] == R


def test_not_too_early_once_the_plan_stands_out() -> None:
    assert judged([*QUIET, 10.2], linear(10, 10.0, 14, 30.0)).light[0] != N


def test_a_plan_smaller_than_the_noise_tells_when_a_quarter_is_due() -> None:
    """2σ is more than the whole change of one unit: nothing ever stands out before u < 0.75."""
    found = judged([*QUIET, 10.2], linear(10, 10.0, 50, 11.0))
    assert found.not_judged[0] == "too_early"
    assert found.first_telling[0] == FIRST + 21


def test_a_path_today_and_a_likelihood_may_differ() -> None:
    """Never more than 5 % of the way behind, but always: Green by distance, less by likelihood."""
    row = [0.0, *[3.0 * k - 5.5 + (0.3 if k % 2 else -0.3) for k in range(1, 11)]]
    found = judged(row, linear(0, 0.0, 40, 120.0), policy={"confirm": False})
    assert (found.distance_light[0], found.likelihood_light[0], found.light[0]) == (G, AG, AG)


# --- confirmation ---------------------------------------------------------------------------------


def chained(raws: list[int], ends: int = 99, confirms: bool = True) -> list[tuple[int, int]]:
    """Light and pending after each raw light; from number `ends` on it is a verdict."""
    chain, told = Chain(1, confirms), []
    for i, raw in enumerate(raws):
        chain.advance(np.array([raw]), np.array([True]), np.array([i >= ends]))
        told.append((int(chain.light[0]), int(chain.pending[0])))
    return told


@pytest.mark.parametrize(
    ("raws", "told"),
    [
        ([G], [(G, N)]),
        ([G, AG], [(G, N), (G, AG)]),
        ([G, AG, AG], [(G, N), (G, AG), (AG, N)]),
        ([G, AG, G], [(G, N), (G, AG), (G, N)]),
        ([G, AR], [(G, N), (AR, N)]),
        ([G, AG, AR], [(G, N), (G, AG), (AR, N)]),
        ([AG, G, AR, G], [(AG, N), (AG, G), (AG, AR), (AG, G)]),
        ([AG, G, G], [(AG, N), (AG, G), (G, N)]),
        ([N, AR, AG], [(N, N), (AR, N), (AR, AG)]),
        ([AR, N, AG], [(AR, N), (N, N), (AG, N)]),
    ],
)
def test_a_change_must_come_twice_or_jump_two_steps(
    raws: list[int], told: list[tuple[int, int]]
) -> None:
    assert chained(raws) == told


def test_without_confirmation_every_light_is_adopted() -> None:
    assert chained([G, AG, G, AR], confirms=False) == [(G, N), (AG, N), (G, N), (AR, N)]


def test_after_the_target_every_change_needs_two_periods() -> None:
    """The verdict itself is adopted at once; later not even two steps are."""
    raws = [G, G, AR, G, AR, G, G]
    assert chained(raws, ends=2) == [
        (G, N), (G, N), (AR, N), (AR, G), (AR, N), (AR, G), (G, N),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("frequency", "pending"),
    [(Frequency.QUARTER, AG), (Frequency.HALF_YEAR, N), (Frequency.YEAR, N)],
)
def test_annual_and_half_yearly_metrics_need_no_confirmation(
    frequency: Frequency, pending: int
) -> None:
    row = [0.0, *[None] * 5, 60.0, 60.0]
    path = Path("linear", 4000, 0.0, 4010, 100.0)
    found = judged(row, path, frequency=frequency, first=4000)
    assert found.pending[0] == pending
    assert found.light[0] == (AG if pending == N else G)


# --- at the target and after ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("last", "light", "state"),
    [
        (100.0, G, "delivered"),
        (90.0, G, "delivered"),
        (89.9, AR, "missed"),
        (70.0, AR, "missed"),
        (69.0, R, "missed"),
    ],
)
def test_the_verdict_at_the_target(last: float, light: int, state: str) -> None:
    """One tenth short of a change of 100 still counts; without errors enough, no noise does."""
    found = judged([0.0, 50.0, last], linear(0, 0.0, 2, 100.0))
    assert (found.light[0], found.state[0]) == (light, state)
    assert np.isnan(found.likelihood[0])
    assert found.delivered_at[0] == 90.0


def test_noise_larger_than_a_tenth_is_allowed_at_the_target() -> None:
    source = np.random.default_rng(3)
    row = [*source.normal(0, 6, 20), 20.0, 25.0]
    found = judged(row, linear(19, 0.0, 21, 30.0))
    assert found.tolerance[0] == found.spread[0] > 3.0
    assert (found.gap[0], found.state[0]) == (-5.0, "delivered")


@pytest.mark.parametrize(
    ("after", "states"),
    [
        ([100.0, 95.0, 92.0], ["delivered", "held", "held"]),
        ([100.0, 80.0, 80.0], ["delivered", "held", "lost"]),
        ([100.0, 80.0, 100.0], ["delivered", "held", "held"]),
        ([80.0, 80.0, 80.0], ["missed", "missed", "missed"]),
        ([80.0, 100.0, 100.0, 100.0], ["missed", "missed", "delivered", "held"]),
    ],
)
def test_held_or_lost_after_the_target(after: list[float], states: list[str]) -> None:
    row = [0.0, 50.0, *after]
    path = linear(0, 0.0, 2, 100.0)
    found = [str(judged(row[: 3 + i], path).state[0]) for i in range(len(after))]
    assert found == states


def test_a_verdict_may_come_late() -> None:
    found = judged([0.0, 50.0, None, 100.0], linear(0, 0.0, 2, 100.0))
    assert (found.light[0], found.state[0]) == (G, "delivered")
