"""Points that share a signal are told together."""

from datetime import date

import pytest

from aspirations.models import Metric
from aspirations.pages.runs import runs

DAYS = [date(2025, month, 1) for month in range(1, 7)]
UP, DOWN = "▲ in a rising run", "▼ below the lower limit"


@pytest.mark.parametrize(
    ("what", "told", "expected"),
    [
        ("none", [(0, ""), (1, "")], []),
        ("one point", [(0, ""), (1, UP)], [f"{UP}: Feb 2025"]),
        ("a run", [(0, UP), (1, UP), (2, "")], [f"{UP}: Jan 2025 to Feb 2025"]),
        ("over a missing period", [(0, UP), (3, UP)], [f"{UP}: Jan 2025 to Apr 2025"]),
        ("cut by a quiet one", [(0, UP), (1, ""), (2, UP)], [f"{UP}: Mar 2025", f"{UP}: Jan 2025"]),
        ("two kinds, latest first", [(0, DOWN), (1, UP)], [f"{UP}: Feb 2025", f"{DOWN}: Jan 2025"]),
    ],
)
def test_runs(what: str, told: list[tuple[int, str]], expected: list[str]) -> None:
    assert runs(Metric(frequency="month"), DAYS, told) == expected, what
