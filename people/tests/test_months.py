from datetime import UTC, date, datetime

import pytest

from people.analysis.months import months_after


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-03-10", 12, "2026-03-10"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-12-01", 1, "2026-01-01"),
        ("2025-11-30", 1, "2025-12-30"),
        ("2025-01-15", 120, "2035-01-15"),
        ("2026-03-27", 18, "2027-09-27"),
        ("2026-08-31", 18, "2028-02-29"),
        ("2026-12-31", 24, "2028-12-31"),
        ("9998-06-30", 24, "9999-12-31"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2028-02-29", -24, "2026-02-28"),
        ("2026-01-15", -24, "2024-01-15"),
    ],
)
def test_a_month_too_short_ends_on_its_last_day(start: str, months: int, end: str) -> None:
    assert months_after(date.fromisoformat(start), months) == date.fromisoformat(end)


def test_a_moment_keeps_its_hour() -> None:
    start = datetime(2025, 1, 31, 9, 30, tzinfo=UTC)
    assert months_after(start, 1) == datetime(2025, 2, 28, 9, 30, tzinfo=UTC)
