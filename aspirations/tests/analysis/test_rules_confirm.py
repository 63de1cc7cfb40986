"""How lights follow one another: confirmation, and what becomes of them at the target and after."""

from typing import Any

import numpy as np
import pytest

from aspirations.analysis.periods import Frequency
from aspirations.analysis.trajectories import Path
from aspirations.tests.analysis.makers import Row, judged, linear, name

BY_DISTANCE: dict[str, Any] = {
    "errors_needed": 100, "cap_share": 1.0, "early_share": 1.0, "early_noise": 0.0,
}  # fmt: skip
"""A policy under which nothing but the distance speaks."""


# --- confirm before you recolour -----------------------------------------------------------------

JOURNEY = {"G": 0.0, "AG": -10.0, "AR": -20.0, "R": -50.0}


def lived(lights: str, ends: int = 100, **given: Any) -> str:
    """Lights as adopted, with what is pending, of a plan that passes through these lights.

    A dot is a period without a figure. The plan of 100 ends after `ends` periods.
    """
    step, told = 100 / ends, []
    words = lights.split()
    row: list[float | None] = [0.0]
    for k, light in enumerate(words, start=1):
        row.append(None if light == "." else min(step * k, 100) + JOURNEY[light])
        if light == ".":
            continue
        policy = BY_DISTANCE | given.get("policy", {})
        more = {key: value for key, value in given.items() if key != "policy"}
        found = judged(row, linear(0, 0.0, ends, 100.0), policy=policy, **more)
        pending = f"({name(found.pending[0])})" if found.pending[0] >= 0 else ""
        told.append(name(found.light[0]) + pending)
    return " ".join(told)


LIVED = [
    # the first light is adopted at once
    ("AR", "AR"),
    # one step waits for a second time
    ("G AG", "G G(AG)"),
    ("G AG AG", "G G(AG) AG"),
    ("G AG G", "G G(AG) G"),
    ("G AG G AG", "G G(AG) G G(AG)"),
    ("R AR AR AG AG G G", "R R(AR) AR AR(AG) AG AG(G) G"),
    # two steps do not
    ("G AR", "G AR"),
    ("R AG", "R AG"),
    ("G R G", "G R G"),
    # a step on the way to two: the jump counts from the light that is shown
    ("G AG AR", "G G(AG) AR"),
    ("AG AR G", "AG AG(AR) AG(G)"),
    ("AG G AR", "AG AG(G) AG(AR)"),
    ("AG AR R", "AG AG(AR) R"),
    # what comes up between takes the waiting light's place
    ("AG G AR AR", "AG AG(G) AG(AR) AR"),
    # periods without a figure are passed over
    ("G . AG . . AG", "G G(AG) AG"),
]


@pytest.mark.parametrize(("lights", "told"), LIVED)
def test_a_light_changes_when_it_comes_twice_or_jumps_two_steps(lights: str, told: str) -> None:
    assert lived(lights) == told


@pytest.mark.parametrize(
    ("frequency", "told"),
    [(Frequency.DAY, "G G(AG) G"), (Frequency.WEEK, "G G(AG) G"), (Frequency.MONTH, "G G(AG) G"),
     (Frequency.QUARTER, "G G(AG) G"), (Frequency.HALF_YEAR, "G AG G"),
     (Frequency.YEAR, "G AG G")],
)  # fmt: skip
def test_annual_and_half_yearly_lights_change_at_once(frequency: Frequency, told: str) -> None:
    path = Path("linear", 2000, 0.0, 2100, 100.0)
    row: list[float | None] = [0.0]
    shown = []
    for k, light in enumerate(["G", "AG", "G"], start=1):
        row.append(k + JOURNEY[light])
        found = judged(row, path, frequency=frequency, policy=BY_DISTANCE, first=2000)
        pending = f"({name(found.pending[0])})" if found.pending[0] >= 0 else ""
        shown.append(name(found.light[0]) + pending)
    assert " ".join(shown) == told


def test_a_system_may_do_without_confirmation() -> None:
    assert lived("G AG G AR", policy={"confirm": False}) == "G AG G AR"


# --- at the target period and after --------------------------------------------------------------

# A plan of 100 in two periods: the first value is on the way, the second due, the rest come after.
# What the evidence says of the period is the lights of the distance, Green from −10 on.
ENDED = [
    ([50, 100], "G delivered"),
    ([50, 90], "G delivered"),
    ([50, 89.9], "AR missed"),
    ([50, 85], "AR missed"),
    ([50, 69.9], "R missed"),
    ([50, 100, 90], "G held"),
    # the distance's light is at most Amber-Red, and a change after the target waits for a second
    ([50, 100, 89], "G held"),
    ([50, 100, 89, 89], "AR lost"),
    ([50, 100, 20], "G held"),
    ([50, 100, 20, 20], "R lost"),
    ([50, 100, 20, 100], "G held"),
    ([50, 100, 89, 20], "G held"),
    ([50, 80, 100], "AR missed"),
    ([50, 80, 100, 100], "G delivered"),
    ([50, 80, 100, 100, 100], "G held"),
    ([50, 80, 20, 20], "R missed"),
    ([50, 100, 20, 20, 100], "R lost"),
    ([50, 100, 20, 20, 100, 100], "G delivered"),
    # the verdict is adopted at once, whatever stood before it
    ([None, 100], "G delivered"),
    ([50, None, 100], "G delivered"),
    ([50, None, 85], "AR missed"),
]


@pytest.mark.parametrize(("values", "told"), ENDED)
def test_delivered_held_missed_lost(values: Row, told: str) -> None:
    found = judged([0.0, *values], linear(0, 0.0, 2, 100.0), policy={"errors_needed": 100})
    assert f"{name(found.light[0])} {found.state[0]}" == told
    assert np.isnan(found.likelihood[0])


def test_noise_larger_than_a_tenth_is_allowed_at_the_target() -> None:
    """Errors of 2 make S = 2; J = 10, so τ·J = 1: a gap of −2 still counts, −2.5 does not."""
    level = drift = 0.0
    gaps = []
    for error in (2.0, -2.0) * 4:
        ahead = level + 0.9 * drift
        gaps.append(ahead + error)
        level, drift = ahead + 0.3 * error, 0.9 * drift + 0.03 * error
    row = [0.0, *[k + gap for k, gap in enumerate(gaps, start=1)], None]
    for last, state in [(8.1, "delivered"), (7.0, "missed")]:
        found = judged([*row, last], linear(0, 0.0, 10, 10.0))
        assert found.spread[0] == pytest.approx(2, rel=0.1)
        assert found.tolerance[0] == found.spread[0]
        assert found.state[0] == state
