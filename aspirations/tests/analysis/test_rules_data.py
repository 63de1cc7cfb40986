"""How old the figures are, by the day: fresh until they are due, then late, then stale.

Due is the end of the next expected period plus the expected lag; late after that day, stale after
the same day of the period after it. Stale figures have no light.
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from aspirations.analysis.engine import judge
from aspirations.analysis.periods import Frequency, ordinal
from aspirations.analysis.trajectories import Path
from aspirations.tests.analysis.makers import block

DAY, WEEK, MONTH = Frequency.DAY, Frequency.WEEK, Frequency.MONTH
QUARTER, HALF, YEAR = Frequency.QUARTER, Frequency.HALF_YEAR, Frequency.YEAR

# frequency, month the year starts, first day of the latest period, lag in days, expected months:
# the last day on which the figures are fresh, and the last on which they are late
CALENDAR = [
    (DAY, 1, "2024-02-28", 0, "", "2024-02-29", "2024-03-01"),
    (DAY, 1, "2023-12-31", 2, "", "2024-01-03", "2024-01-04"),
    (WEEK, 1, "2024-01-29", 0, "", "2024-02-11", "2024-02-18"),
    (WEEK, 1, "2024-12-23", 5, "", "2025-01-10", "2025-01-17"),
    (MONTH, 1, "2024-01-01", 0, "", "2024-02-29", "2024-03-31"),
    (MONTH, 1, "2023-01-01", 0, "", "2023-02-28", "2023-03-31"),
    (MONTH, 1, "2024-03-01", 10, "", "2024-05-10", "2024-06-10"),
    (MONTH, 9, "2024-11-01", 31, "", "2025-01-31", "2025-03-03"),
    (QUARTER, 1, "2024-01-01", 0, "", "2024-06-30", "2024-09-30"),
    (QUARTER, 4, "2024-01-01", 45, "", "2024-08-14", "2024-11-14"),
    (QUARTER, 2, "2024-02-01", 0, "", "2024-07-31", "2024-10-31"),
    (HALF, 4, "2024-04-01", 30, "", "2025-04-30", "2025-10-30"),
    (YEAR, 1, "2023-01-01", 0, "", "2024-12-31", "2025-12-31"),
    (YEAR, 4, "2023-04-01", 90, "", "2025-06-29", "2026-06-29"),
    (YEAR, 9, "2022-09-01", 0, "", "2024-08-31", "2025-08-31"),
    # only the months listed can be late: the next one is due, and the month after it is the limit
    (MONTH, 9, "2024-03-01", 0, "1 3 6", "2024-06-30", "2024-07-31"),
    (MONTH, 9, "2024-06-01", 14, "1 3 6", "2025-02-14", "2025-03-14"),
    (MONTH, 9, "2024-01-01", 0, "1 3 6", "2024-03-31", "2024-04-30"),
    (MONTH, 1, "2024-05-01", 0, "5", "2025-05-31", "2025-06-30"),
    (QUARTER, 1, "2024-01-01", 0, "1 7", "2024-09-30", "2024-12-31"),
    # a figure of a month that was not asked for counts as well
    (MONTH, 9, "2024-04-01", 0, "1 3 6", "2024-06-30", "2024-07-31"),
]


@pytest.mark.parametrize(
    ("frequency", "year_starts", "latest", "lag", "months", "fresh", "late"), CALENDAR
)
def test_fresh_late_and_stale_by_the_day(
    frequency: Frequency, year_starts: int, latest: str, lag: int, months: str, fresh: str,
    late: str,
) -> None:  # fmt: skip
    k = ordinal(frequency, date.fromisoformat(latest), year_starts)
    day = timedelta(1)
    last_fresh, last_late = date.fromisoformat(fresh), date.fromisoformat(late)
    states = []
    for as_of in (last_fresh, last_fresh + day, last_late, last_late + day):
        found = judge(
            block(
                [0.0, 50.0], paths=[Path("linear", k - 1, 0.0, k + 1, 100.0)], as_of=as_of,
                frequency=frequency, year_starts=year_starts, first=k - 1, lag_days=[lag],
                expected_months=[frozenset(map(int, months.split()))],
            )
        )  # fmt: skip
        assert str(found.due[0]) == fresh
        assert found.earlier_light[0, -1] >= 0
        states.append((found.freshness[0], found.not_judged[0], found.light[0] >= 0))
    assert states == [
        ("fresh", "", True), ("late", "", True), ("late", "", True), ("stale", "stale", False),
    ]  # fmt: skip


# Several reasons at once: the first of these that holds is given.
ORDER = ["no_target", "no_trajectory", "nothing_observed", "quality_d", "stale"]


@pytest.mark.parametrize("count", range(1, 6))
def test_the_first_reason_is_the_one_that_is_given(count: int) -> None:
    """All reasons from number `count` on hold together."""
    reasons = set(ORDER[count - 1 :])
    values = [0.0, None] if "nothing_observed" in reasons else [0.0, 50.0]
    path = None if "no_trajectory" in reasons else Path("linear", 100, 0.0, 102, 9.0)
    found = judge(
        block(
            values, paths=[path], first=100, as_of=date(2030, 1, 1),
            grade_d=["quality_d" in reasons], has_target=["no_target" not in reasons],
        )
    )  # fmt: skip
    assert found.not_judged[0] == ORDER[count - 1]
    assert found.light[0] == -1
    assert np.isnan([found.likelihood[0], found.forecast[0], found.would_move[0]]).all()
    assert found.would_move_to[0] == found.pending[0] == -1


def test_late_figures_keep_their_light() -> None:
    """The same light on the day they are due and on the day before they are stale."""
    given: dict[str, Any] = {"paths": [Path("linear", 24000, 0.0, 24010, 100.0)], "first": 24000}
    lights = {
        int(judge(block([0.0, 9.0, 21.0, 28.0], as_of=as_of, **given)).light[0])
        for as_of in (date(2000, 5, 31), date(2000, 6, 30))
    }
    assert lights == {2}
