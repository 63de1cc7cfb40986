"""Every published case and rule vector, through the command.

The file is public sample data beside the project; HEADWAY_DATA names its folder.
"""

import json
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from aspirations.tests.analysis.test_published_cases import CASES, FILE, TYPES, absent

SIGNALS = (("outside", "outside"), ("in_trend", "trend"), ("in_2of3", "two_of_three"),
           ("in_shift", "shift"))  # fmt: skip
# A quiet opening whose mean is 0: limits ±3.99, near lines ±2.66; its last point lies on the mean.
QUIET = [-1.0, 1.0, 0.0]
FIRST = date(2001, 1, 1)
WAITS = CASES.parent / "nhs_ae" / "tidy.csv"
NHS = ["--frequency", "day", "--compat", "nhs"]


def analysed(folder: Path, values: list[float], *words: object) -> dict[str, Any]:
    """The command's answer for these values, a day each."""
    lines = [f"{day(i)},{value!r}" for i, value in enumerate(values)]
    (folder / "one.csv").write_text("\n".join(["period,value", *lines]))
    out = StringIO()
    call_command("analyse", folder / "one.csv", "--json", *map(str, words), stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def day(place: int) -> str:
    return (FIRST + timedelta(days=place)).isoformat()


def answer_to(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    words: list[object] = [*NHS, "--direction", case["direction"]]
    words += ["--policy", "trend_by=slope"]  # the file reads every trend by its slope
    words += ["--screen-outliers"] if case["screen_outliers"] else []
    if case["fix_after_n_points"]:
        words += ["--lock-after", case["fix_after_n_points"]]
    for limits in case["derived"]["limits"][1:]:
        words += ["--rebase", day(limits["start"])]
    return analysed(folder, [point["value"] for point in case["derived"]["points"]], *words)


@absent
@pytest.mark.parametrize("case", FILE["cases"], ids=lambda case: case["id"])
def test_a_published_case(case: dict[str, Any], tmp_path: Path) -> None:
    said, derived = answer_to(case, tmp_path), case["derived"]
    assert len(said["limits"]) == len(derived["limits"])
    for found, wanted in zip(said["limits"], derived["limits"], strict=True):
        assert found["start"] == day(wanted["start"])
        for name in ("centre", "lower", "upper"):
            assert found[name] == pytest.approx(wanted[name], abs=1e-9)
    printed = case["published"]
    for name in ("centre", "lower", "upper"):
        if name in printed:
            tolerance = printed.get("tolerance", 1e-9) * 1.001
            assert said["limits"][-1][name] == pytest.approx(printed[name], abs=tolerance)
    assert [TYPES[row["reading"] or ""] for row in said["track"]] == [
        point["point_type"] for point in derived["points"]
    ]
    assert [row["signal"] for row in said["track"]] == [
        next((word for name, word in SIGNALS if point[name]), None) for point in derived["points"]
    ]
    assert said["judgment"]["not_judged_reason"] == "no_target"


@absent
@pytest.mark.parametrize("vector", FILE["rule_vectors"], ids=lambda vector: vector["rule"])
def test_a_rule_vector(vector: dict[str, Any], tmp_path: Path) -> None:
    assert APPLIED[vector["rule"]](vector["input"], tmp_path) == vector["expected"]


@pytest.mark.skipif(not WAITS.exists(), reason="not run: sample data absent")
def test_the_worked_example_of_the_documents(tmp_path: Path) -> None:
    """England's A&E, the light of September 2018, from the file of all trusts."""
    out = StringIO()
    words = ["--metric", "ae_pct_within_4h", "--segment", "England", "--direction", "increase"]
    path = ["--baseline", "2018-03", "--target", "2019-03=95", "--as-of", "2018-10-12"]
    call_command("analyse", WAITS, *words, *path, "--json", stdout=out)
    judgment = json.loads(out.getvalue())["judgment"]
    assert (judgment["light"], judgment["pending"]) == ("G", "AG")
    assert judgment["likelihood"] == pytest.approx(0.5688, abs=5e-5)
    assert judgment["gap"] == pytest.approx(-0.8669, abs=5e-5)
    assert judgment["spread"] == pytest.approx(1.3585, abs=5e-5)
    assert judgment["deviation"] == pytest.approx(2.0495, abs=5e-5)
    assert judgment["forecast"] == pytest.approx(94.3, abs=0.05)
    assert [one["light"] for one in judgment["earlier_lights"]][-2:] == ["G", "G"]


def behind_a_quiet_opening(values: list[float], folder: Path) -> list[str | None]:
    """Signals of the values, held against the limits of the opening."""
    words = [*NHS, "--direction", "increase", "--lock-after", len(QUIET)]
    return [row["signal"] for row in analysed(folder, QUIET + values, *words)["track"]][3:]


def shift(given: dict[str, Any], folder: Path) -> list[int]:
    signals = behind_a_quiet_opening([0.5 * side for side in given["side_of_centre"]], folder)
    return [int(signal == "shift") for signal in signals]


def two_of_three(given: dict[str, Any], folder: Path) -> list[int]:
    sides = zip(given["near_limit"], given["side_of_centre"], strict=True)
    signals = behind_a_quiet_opening(
        [side * (3.0 if near else 0.5) for near, side in sides], folder
    )
    return [int(signal == "two_of_three") for signal in signals]


def trend(given: dict[str, Any], folder: Path) -> list[int]:
    """Under limits so wide that nothing lies outside them; read by the slope of the run."""
    words = [*NHS, "--direction", "increase", "--policy", "trend_by=slope"]
    said = analysed(folder, given["values"], *words, "--policy", "limit_width=10")
    slopes = {"improving": 1, "deteriorating": -1}
    return [slopes[row["reading"]] if row["signal"] == "trend" else 0 for row in said["track"]]


def reach(given: dict[str, Any], folder: Path) -> list[str | None]:
    """One stretch for each pair of limits: values that step to and fro about their middle."""
    values: list[float] = []
    starts = []
    for low, high in given["limits"]:
        starts.append(len(values))
        half_step = (high - low) / 4 / 2.66
        values += [(low + high) / 2 + way * half_step for way in (1, -1, 1, -1)]
    direction = given["direction"].replace("neutral", "none")
    words = [*NHS, "--direction", direction, "--target", f"2030-01-01={given['target']}"]
    rebases = [word for start in starts[1:] for word in ("--rebase", day(start))]
    said = analysed(folder, values, *words, *rebases)
    for found, (low, high) in zip(said["limits"], given["limits"], strict=True):
        assert (found["lower"], found["upper"]) == pytest.approx((low, high))
    return [found["assurance"] for found in said["limits"]]


APPLIED = {
    "shift_membership": shift,
    "two_of_three_membership": two_of_three,
    "trend_membership": trend,
    "assurance": reach,
}
