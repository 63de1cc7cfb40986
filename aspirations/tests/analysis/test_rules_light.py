"""What the evidence of one moment says: thresholds, the cap, and too early to tell.

Most cases use a plan of 100 in as many periods as needed, straight, so that the journey variance
of a value is its distance from the plan in per cent.
"""

import numpy as np
import pytest

from aspirations.tests.analysis.makers import FIRST, judged, linear, name

# --- thresholds of the distance, at their exact edges --------------------------------------------

EDGES = [(1.0, "G"), (0.0, "G"), (-0.05, "G"), (-0.0501, "AG"), (-0.15, "AG"), (-0.1501, "AR"),
         (-0.30, "AR"), (-0.3001, "R"), (-2.0, "R")]  # fmt: skip


@pytest.mark.parametrize(("journey", "light"), EDGES)
@pytest.mark.parametrize("change", [100.0, 0.07, -3e6])
def test_the_distance_from_the_path_has_four_lights(
    journey: float, light: str, change: float
) -> None:
    """Seven tenths of the way are due after seven of ten periods."""
    row = [1.0, *[None] * 6, 1.0 + 0.7 * change + journey * abs(change) * np.sign(change)]
    sign = [1 if change > 0 else -1]
    found = judged(row, linear(0, 1.0, 10, 1.0 + change), sign=sign)
    assert (name(found.distance_light[0]), name(found.light[0])) == (light, light)


# z at −1, −2, −3 where the level is held: ranges of 1.128 make σ = 1.
@pytest.mark.parametrize(
    ("fallen", "light"), [(0, "G"), (-1, "G"), (-1.01, "AG"), (-2, "AG"), (-2.01, "AR"),
                          (-3, "AR"), (-3.01, "R")],
)  # fmt: skip
def test_a_held_level_is_judged_in_noise_units(fallen: float, light: str) -> None:
    """Limits are locked, so that the latest value does not widen its own unit."""
    row = [0.0, 1.128, 0.0, 1.128, 0.0, fallen]
    policy = {"lock_after": 5, "errors_needed": 100}
    found = judged(row, linear(4, 0.0, 10, 0.0), policy=policy)
    assert found.hold[0]
    assert name(found.light[0]) == light


# --- without a likelihood: at most Amber-Green while more than 0.4 is to come --------------------

CAPPED = [
    # period of ten, value, light, capped
    (3, 30, "AG", True),
    (5, 50, "AG", True),
    (5, 45, "AG", True),
    (5, 44.9, "AG", False),
    (5, 35, "AG", False),
    (5, 34.9, "AR", False),
    (6, 60, "G", False),
    (6, 55, "G", False),
    (6, 54.9, "AG", False),
]


@pytest.mark.parametrize(("k", "value", "light", "capped"), CAPPED)
def test_too_few_points_earn_no_green_early_on(
    k: int, value: float, light: str, capped: bool
) -> None:
    found = judged([0.0, *[None] * (k - 1), value], linear(0, 0.0, 10, 100.0))
    assert np.isnan(found.likelihood[0])
    assert (name(found.light[0]), bool(found.cap[0])) == (light, capped)


# --- too early to tell ---------------------------------------------------------------------------

# Values 0 and 1.128 up to the baseline at 1.128: one moving range of 1.128, σ = 1, 2σ = 2. The
# value due is observed exactly, so the moving range grows by what is due: with steps of 1.128 it
# stays 1.128. Periods in all, periods passed, and whether it is too early: u ≥ 0.75, |T − B| ≤ 2.
EARLY = [
    (4, 1, True),  # u is 0.75 exactly, 1.128 is due
    (3, 1, False),  # u = 0.667
    (8, 1, True),
    (8, 2, False),  # 2.256 is due, more than 2σ
]


@pytest.mark.parametrize(("periods", "passed", "early"), EARLY)
def test_too_early_while_the_plan_is_within_the_noise(
    periods: int, passed: int, early: bool
) -> None:
    values = [1.128 * k for k in range(2 + passed)]
    found = judged(values, linear(1, 1.128, 1 + periods, 1.128 * (1 + periods)))
    assert (found.not_judged[0] == "too_early") == early
    assert found.first_telling[0] == (FIRST + 3 if early else -1)


def test_the_edge_of_the_noise_is_still_too_early() -> None:
    """2σ is 2 and exactly 2 are due; a hair more, and it tells."""
    row = [0.0, 1.128, 1.128 + 1.128]
    for due, early in [(2.0, True), (2.0001, False)]:
        path = linear(1, 1.128, 6, 1.128 + 5 * due)
        assert (judged(row, path).not_judged[0] == "too_early") == early


@pytest.mark.parametrize(("level", "early"), [(1.99, True), (-1.99, True), (2.01, False),
                                              (-2.01, False)])  # fmt: skip
def test_an_underlying_gap_beyond_the_noise_tells_at_once(level: float, early: bool) -> None:
    """The underlying gap after one observation is 0.3 of it. Locked limits keep σ at 1."""
    row = [0.0, 1.128, 0.0, 0.01 + level / 0.3]
    found = judged(row, linear(2, 0.0, 102, 1.0), policy={"lock_after": 3, "hold_noise": 0})
    assert found.level[0] == pytest.approx(level)
    assert (found.not_judged[0] == "too_early") == early


# Baseline 0, noise σ = 1, plans of some size in twenty periods: when a light comes at the latest.
@pytest.mark.parametrize(
    ("change", "telling"),
    [(20, 3), (40.0001, 1), (10, 5), (8, 6), (5, 6), (2.1, 6), (2, 6), (1, 6)],
)
def test_the_first_telling_date(change: float, telling: int) -> None:
    """A plan of 20 exceeds 2 after three periods, one of 10 after five (2.5). Whatever the plan,
    less than three quarters are to come after six."""
    row = [0.0, 1.128, 0.0, 0.0]
    policy = {"lock_after": 3, "hold_noise": 0}
    found = judged(row, linear(2, 0.0, 22, change), policy=policy)
    if telling == 1:
        assert found.not_judged[0] == ""
    else:
        assert (found.not_judged[0], found.first_telling[0]) == ("too_early", FIRST + 2 + telling)
