"""Evidence of a whole block: as it is of one row, with periods named as the reader likes."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from aspirations.analysis.engine import evidence, judge, row
from aspirations.analysis.evidence import chosen, findings, rows
from aspirations.analysis.result import BlockJudgment
from aspirations.tests.analysis.makers import FIRST, Row, block, linear

ROWS: list[Row] = [
    [0.0, 12.0, 24.0, 31.0, 38.0, 52.0, 60.0, 66.0],
    [0.0, None, None, None, None, None, None, None],
    [0.0, 12.0, 24.0, 31.0, 38.0, None, 20.0, 20.0],
    [5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0],
]
PATHS = [linear(0, 0.0, 10, 100.0), linear(0, 0.0, 10, 100.0), linear(0, 0.0, 6, 100.0), None]


@pytest.fixture
def judged() -> BlockJudgment:
    return judge(block(*ROWS, paths=PATHS))


def entry(judged: BlockJudgment, i: int, rule: str) -> dict[str, Any] | None:
    found = [item for item in evidence(judged, i) if item["rule"] == rule]
    return found[0]["figures"] if found else None


def test_all_rows_together_are_as_each_alone(judged: BlockJudgment) -> None:
    together = list(rows(judged))
    assert together == [row(judged, i) for i in range(4)]
    assert [findings(figures) for figures in together] == [evidence(judged, i) for i in range(4)]
    some = chosen(judged, np.array([2, 0]))
    assert list(rows(some)) == [together[2], together[0]]


def test_periods_have_the_name_they_are_given(judged: BlockJudgment) -> None:
    figures = next(rows(judged, lambda k: f"month {k - FIRST}"))
    assert figures["period"] == "month 7"
    assert figures["target_period"] == "month 10"
    assert [before["period"] for before in figures["earlier"]][-1] == "month 7"
    data = next(item for item in findings(figures) if item["rule"] == "data")
    assert data["figures"]["period"] == "month 7"
    without = list(rows(judged, lambda k: f"month {k - FIRST}"))[3]
    assert without["target_period"] is None


@pytest.mark.parametrize(
    ("unexplained", "planned", "share"),
    [(2.5, 17.8, 2.5 / 17.8), (-2.5, 10.0, 0.25), (2.5, 0.0, None)],
)
def test_what_no_intervention_explains_is_said(
    judged: BlockJudgment, unexplained: float, planned: float, share: float | None
) -> None:
    left = replace(judged, unexplained=np.full(4, unexplained), planned=np.full(4, planned))
    found = {"unexplained": unexplained, "planned": planned, "share": share}
    assert [entry(left, i, "plan") for i in range(4)] == [found] * 4


@pytest.mark.parametrize("unexplained", [0.0, 1e-12, np.nan])
def test_a_plan_that_adds_up_says_nothing(judged: BlockJudgment, unexplained: float) -> None:
    assert entry(replace(judged, unexplained=np.full(4, unexplained)), 0, "plan") is None


def test_a_level_that_holds_is_said_with_its_begin(judged: BlockJudgment) -> None:
    shifted = replace(
        judged, suggested_rebase=np.array([FIRST + 3, -1, -1, -1]),
        suggested_before=np.array([10.0, np.nan, np.nan, np.nan]),
        suggested_after=np.array([20.0, np.nan, np.nan, np.nan]),
    )  # fmt: skip
    found = {"period": FIRST + 3, "before": 10.0, "after": 20.0}
    assert [entry(shifted, i, "rebase_suggested") for i in range(2)] == [found, None]
