"""Late and stale: when the next figures were due."""

from datetime import date

import numpy as np
import pytest

from aspirations.analysis.engine import judge
from aspirations.analysis.freshness import next_expected
from aspirations.analysis.periods import Frequency, ordinal
from aspirations.tests.analysis.makers import block, linear


@pytest.mark.parametrize(
    ("as_of", "freshness", "judged"),
    [
        (date(2020, 5, 10), "fresh", True),
        (date(2020, 5, 11), "late", True),
        (date(2020, 6, 10), "late", True),
        (date(2020, 6, 11), "stale", False),
    ],
)
def test_monthly_figures_ten_days_after_the_month(
    as_of: date, freshness: str, judged: bool
) -> None:
    """The latest are of March 2020: April's are due on 10 May, May's on 10 June."""
    found = judge(
        block([0.0, 50.0, 60.0], paths=[linear(0, 0.0, 4, 100.0)], as_of=as_of, lag_days=[10])
    )
    assert found.freshness[0] == freshness
    assert found.due[0] == np.datetime64("2020-05-10")
    assert (found.not_judged[0] == "") == judged
    assert (found.light[0] >= 0) == judged
    assert found.earlier_light[0, -1] >= 0


def test_only_expected_months_can_be_late() -> None:
    """Checks in January, March and June: after March nothing is due before the end of June."""
    found = judge(
        block(
            [0.0, None, 60.0],
            paths=[linear(0, 0.0, 8, 100.0)],
            as_of=date(2020, 6, 30),
            expected_months=[frozenset({1, 3, 6})],
        )
    )
    assert (found.freshness[0], found.due[0]) == ("fresh", np.datetime64("2020-06-30"))


@pytest.mark.parametrize(
    ("frequency", "year_starts", "latest", "months", "following"),
    [
        (Frequency.MONTH, 1, date(2020, 3, 1), {1, 3, 6}, date(2020, 6, 1)),
        (Frequency.MONTH, 1, date(2020, 6, 1), {1, 3, 6}, date(2021, 1, 1)),
        (Frequency.MONTH, 1, date(2020, 3, 1), {3}, date(2021, 3, 1)),
        (Frequency.MONTH, 1, date(2020, 3, 1), set(), date(2020, 4, 1)),
        (Frequency.QUARTER, 4, date(2020, 4, 1), {4, 10}, date(2020, 10, 1)),
        (Frequency.QUARTER, 4, date(2020, 4, 1), {5}, date(2020, 7, 1)),
        (Frequency.YEAR, 9, date(2020, 9, 1), {9}, date(2021, 9, 1)),
        (Frequency.WEEK, 1, date(2020, 3, 2), {5}, date(2020, 5, 4)),
        (Frequency.DAY, 1, date(2020, 3, 2), {3}, date(2020, 3, 3)),
        (Frequency.DAY, 1, date(2020, 3, 31), {3}, date(2021, 3, 1)),
    ],
)
def test_next_expected_period(
    frequency: Frequency, year_starts: int, latest: date, months: set[int], following: date
) -> None:
    k = np.array([ordinal(frequency, latest, year_starts)])
    found = next_expected(frequency, year_starts, k, [frozenset(months)])
    assert found[0] == ordinal(frequency, following, year_starts)


def test_nothing_observed_yet() -> None:
    found = judge(block([None, None], [None, None], paths=[linear(0, 0.0, 4, 100.0), None]))
    assert found.freshness.tolist() == ["none", "none"]
    assert found.due[0] == np.datetime64("2020-02-29")
    assert np.isnat(found.due[1])
