"""Limits and classes that other tools published, reproduced with the matching options.

The file is public sample data beside the project; HEADWAY_DATA names its folder.
"""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aspirations.analysis import stretches
from aspirations.analysis.policy import Policy
from aspirations.analysis.runs import shift_members, trend_members, two_of_three_members
from aspirations.analysis.variation import READINGS, Variation, assurance, variation

ROOT = Path(__file__).resolve().parents[3]
CASES = Path(os.environ.get("HEADWAY_DATA", ROOT / ".." / "shared" / "data")) / "spc_cases"
SIGNS = {"increase": 1, "decrease": -1, "neutral": 0}
TYPES = {
    "": "common_cause",
    "improving": "special_cause_improvement",
    "deteriorating": "special_cause_concern",
    "neutral": "special_cause_neutral",
}


def published() -> dict[str, Any]:
    if not (CASES / "cases.json").exists():
        return {"cases": [], "rule_vectors": []}
    loaded: dict[str, Any] = json.loads((CASES / "cases.json").read_text())
    return loaded


FILE = published()
absent = pytest.mark.skipif(not FILE["cases"], reason="not run: sample data absent")


def limits_of(case: dict[str, Any]) -> Variation:
    points = [point["value"] for point in case["derived"]["points"]]
    starts = [limits["start"] for limits in case["derived"]["limits"]]
    policy = Policy(
        compat="nhs",
        trend_by="slope",  # the file reads every trend by its slope
        screen_outliers=case["screen_outliers"],
        lock_after=case["fix_after_n_points"],
    )
    actual = np.array([points], dtype=float)
    stretch = stretches.numbered([starts], 0, len(points))
    return variation(actual, stretch, np.array([SIGNS[case["direction"]]]), policy)


@absent
def test_the_file_holds_what_we_promise_to_reproduce() -> None:
    assert (len(FILE["cases"]), len(FILE["rule_vectors"])) == (21, 22)


@absent
@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_limits_of_each_stretch(case: dict[str, Any]) -> None:
    for found, wanted in zip(limits_of(case).stretches, case["derived"]["limits"], strict=True):
        assert found.start[0] == wanted["start"]
        assert found.centre[0] == pytest.approx(wanted["centre"], abs=1e-9)
        assert found.lower[0] == pytest.approx(wanted["lower"], abs=1e-9)
        assert found.upper[0] == pytest.approx(wanted["upper"], abs=1e-9)
        assert found.mean_range[0] == pytest.approx(wanted["avg_mr_used"], abs=1e-9)


@absent
@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_limits_as_printed(case: dict[str, Any]) -> None:
    printed, found = case["published"], limits_of(case).stretches[-1]
    for name in ("centre", "lower", "upper", "near_lower", "near_upper"):
        if name in printed:
            tolerance = printed.get("tolerance", 1e-9) * 1.001
            assert getattr(found, name)[0] == pytest.approx(printed[name], abs=tolerance)


@absent
@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_class_of_every_point(case: dict[str, Any]) -> None:
    found = limits_of(case)
    types = [TYPES[READINGS[code]] for code in found.reading[0]]
    assert types == [point["point_type"] for point in case["derived"]["points"]]
    outside = [bool(code == 1) for code in found.signal[0]]
    assert outside == [point["outside"] for point in case["derived"]["points"]]
    assert types[-1] == case["derived"]["variation"]


@absent
@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_signal_by_precedence(case: dict[str, Any]) -> None:
    wanted = [
        next(
            (
                code
                for code, name in enumerate(("outside", "in_trend", "in_2of3", "in_shift"), 1)
                if point[name]
            ),
            0,
        )
        for point in case["derived"]["points"]
    ]
    assert list(limits_of(case).signal[0]) == wanted


@absent
@pytest.mark.parametrize("vector", FILE["rule_vectors"], ids=lambda vector: vector["rule"])
def test_rule_vectors(vector: dict[str, Any]) -> None:
    assert _applied(vector["rule"], vector["input"]) == vector["expected"]


def _applied(rule: str, given: dict[str, Any]) -> list[Any]:
    if rule == "assurance":
        low, high = np.array(given["limits"], dtype=float).T
        sign = SIGNS[given["direction"]]
        return [str(name) or None for name in assurance(given["target"], low, high, sign)]
    if rule == "trend_membership":
        values = np.array(given["values"], dtype=float)
        return trend_members(values, _one_group(values), 7).tolist()
    side = np.array(given["side_of_centre"], dtype=np.int8)
    if rule == "shift_membership":
        return shift_members(side, _one_group(side), 7).astype(int).tolist()
    near = np.array(given["near_limit"], dtype=bool)
    return two_of_three_members(near, side, _one_group(side)).astype(int).tolist()


def _one_group(points: Any) -> Any:
    return np.arange(len(points)) == 0
