"""The report as a whole, made-up plans, and refusal."""

import json

import numpy as np
import pytest

from aspirations.analysis.backtest import plans
from aspirations.analysis.backtest.draws import Settings
from aspirations.analysis.backtest.records import record
from aspirations.analysis.backtest.report import NothingToTest, report
from aspirations.analysis.backtest.sections import quarters
from aspirations.tests.analysis.backtest.makers import noisy, source
from aspirations.tests.analysis.makers import block, linear

FEW = Settings(horizons=(6,), limit=150)


def test_every_part_is_there_and_json_can_keep_it() -> None:
    actual = noisy(12, 36)
    paths = [linear(12, 50.0, 24, 52.0)] * 12
    found = report([block(*actual.tolist(), paths=paths)], FEW)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert (found["agreed"]["trials"], found["trials"]["trials"]) == (12, 150)
    assert found["settings"]["horizons"] == {"month": [6]}
    assert found["at_work"]["delivered"] > found["trials"]["delivered"]
    assert [row["share"] for row in found["plans"]] == [1.0, 0.75, 0.5, 0.0]
    assert set(found["agreed"]["way"]) == {"delivered", "missed"}


def test_the_same_again() -> None:
    blocks = [source(noisy(12, 36))]
    assert report(blocks, FEW) == report(blocks, FEW)


def test_without_ended_paths_there_are_trials() -> None:
    found = report([source(noisy(12, 36))], FEW)
    assert found["agreed"] is None
    assert found["trials"]["moments"] == 150 * 5


@pytest.mark.parametrize("width", [3, 13])
def test_nothing_to_test_is_refused(width: int) -> None:
    with pytest.raises(NothingToTest, match="8 figures before and 6 periods after"):
        report([source(noisy(3, width))], FEW)
    with pytest.raises(NothingToTest, match="Import more past figures"):
        report([], FEW)


def lights(share: float) -> list[dict[str, float]]:
    """Shares of the lights by quarter of a twelve-month plan."""
    return quarters(record(plans.plan(source(noisy(1, 2)), 12, share, seed=1)))


def test_a_plan_delivered_in_full_is_green_nearly_throughout() -> None:
    first, *rest = lights(1.0)
    assert first["G"] + first["N"] > 0.9
    assert min(part["G"] for part in rest) >= 0.85
    assert all(part["R"] + part["AR"] < 0.01 for part in [first, *rest])


def test_three_quarters_of_a_plan_fall_from_amber_green_to_amber_red() -> None:
    _, second, third, fourth = lights(0.75)
    assert second["AG"] > 0.5
    assert third["G"] < 0.05
    assert fourth["AR"] + fourth["R"] > 0.9


def test_half_a_plan_is_red_in_the_last_quarter() -> None:
    *_, fourth = lights(0.5)
    assert fourth["R"] > 0.95


def test_pure_noise_is_not_called_sure() -> None:
    made = plans.noise(source(noisy(1, 2)), 12, seed=1)
    steps = np.diff(made.actual, axis=1)
    together = np.corrcoef(steps[:, :-1].ravel(), steps[:, 1:].ravel())[0, 1]
    assert together == pytest.approx(-0.5, abs=0.05)  # that of independent values
