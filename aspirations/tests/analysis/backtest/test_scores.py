"""Scores worked by hand."""

from typing import Any

import numpy as np
import pytest

from aspirations.analysis.backtest import scores

T, F = True, False


@pytest.mark.parametrize(
    ("said", "came", "area"),
    [
        # pairs (true, false): .35 > .1, .35 < .4, .8 > .1, .8 > .4
        ([0.1, 0.4, 0.35, 0.8], [F, F, T, T], 3 / 4),
        ([0.2, 0.2], [T, F], 1 / 2),
        # lights 3 > 1, 3 = 3, 2 > 1, 2 < 3
        ([3, 2, 1, 3], [T, T, F, F], 2.5 / 4),
        ([1.0, 1.0, 0.0], [T, T, F], 1.0),
        ([0.0, 1.0], [T, F], 0.0),
        ([0.3, 0.6], [T, T], None),
        ([], [], None),
    ],
)
def test_area_under_the_curve(said: list[float], came: list[bool], area: float | None) -> None:
    assert scores.auc(np.array(said), np.array(came, dtype=bool)) == area


def test_perfect_foresight_is_one_and_noise_is_about_a_half() -> None:
    random = np.random.default_rng(3)
    came = random.random(4000) < 0.3
    assert scores.auc(came.astype(float), came) == 1.0
    blind = scores.auc(random.random(4000), came)
    assert blind == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("said", "came", "brier", "skill"),
    [
        # (.2² + .3² + .6²)/3 = .49/3; base rate 1/3: 2/9; 1 − .49/3 · 9/2
        ([0.8, 0.3, 0.6], [T, F, F], 0.49 / 3, 1 - 0.49 * 1.5),
        ([1.0, 0.0], [T, F], 0.0, 1.0),
        ([0.5, 0.5], [T, F], 0.25, 0.0),
        ([0.0, 1.0], [T, F], 1.0, -3.0),
        ([0.9, 0.9], [T, T], 0.01, None),
        ([], [], None, None),
    ],
)
def test_brier_score_and_skill(
    said: list[float], came: list[bool], brier: float | None, skill: float | None
) -> None:
    cells = np.array(said), np.array(came, dtype=bool)
    assert scores.brier(*cells) == pytest.approx(brier)
    assert scores.skill(*cells) == pytest.approx(skill)


def test_calibration_by_tenth() -> None:
    said, came = np.array([0.0, 0.05, 0.1, 0.99, 1.0]), np.array([F, T, F, T, T])
    found = scores.calibration(said, came)
    assert [row["n"] for row in found] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    assert found[0] == {"from": 0.0, "to": 0.1, "n": 2, "said": 0.025, "delivered": 0.5}
    assert found[9]["said"] == pytest.approx(0.995)
    assert (found[5]["said"], found[5]["delivered"]) == (None, None)


def test_what_came_of_each_light() -> None:
    light, came = np.array([3, 3, 0, 1, 3]), np.array([T, F, F, T, T])
    found = scores.came_true(light, came, ("R", "AR", "AG", "G"))
    assert found == {
        "R": {"n": 1, "delivered": 0.0},
        "AR": {"n": 1, "delivered": 1.0},
        "AG": {"n": 0, "delivered": None},
        "G": {"n": 3, "delivered": 2 / 3},
    }


@pytest.mark.parametrize(
    ("light", "trial", "share"),
    [
        ([3, 3, 2, 2], [0, 0, 0, 0], 1 / 3),
        ([3, 2, 1, 1], [0, 0, 1, 1], 1 / 2),  # from one trial to the next is no step
        ([3, -1, 2, 2], [0, 0, 0, 0], 0.0),  # nor is one into or out of 'too early'
        ([3], [0], None),
    ],
)
def test_changes_of_light(light: list[int], trial: list[int], share: Any) -> None:
    assert scores.changes(np.array(light), np.array(trial)) == share
