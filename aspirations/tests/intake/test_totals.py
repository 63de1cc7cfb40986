"""Totals of the year to date: a fall is taken and counted, never refused."""

from datetime import date

import pytest

from aspirations.intake.commit import import_content
from aspirations.models import Observation
from aspirations.tests.factories import MetricFactory, SegmentFactory, SystemFactory
from people.models import System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOTE = "{} totals of the year to date lie below the one before."


@pytest.fixture
def system() -> System:
    system = SystemFactory(reporting_date=date(2025, 12, 31))
    MetricFactory(system=system, slug="built", kind="cumulative", year_starts=4)
    MetricFactory(system=system, slug="weekly", kind="cumulative", frequency="week")
    MetricFactory(system=system, slug="waits")
    for code in ("all", "north"):
        SegmentFactory(system=system, code=code)
    return system


def notes(system: System, *rows: str, reason: str = "") -> list[str]:
    text = "metric,segment,period,value\n" + "\n".join(rows) + "\n"
    return import_content(text.encode(), "f.csv", system=system, reason=reason).notes


def months(first: str, *values: float | None, segment: str = "all") -> list[str]:
    """Rows of a financial year from `first` on; None is blank."""
    year, month = map(int, first.split("-"))
    return [
        f"built,{segment},{year + (month + i - 1) // 12}-{(month + i - 1) % 12 + 1:02},"
        f"{'' if value is None else value}"
        for i, value in enumerate(values)
    ]


# Values from April on and how many of them lie below the one before in their year.
FALLS = [
    ([10, 25, 40], 0),
    ([10, 25, 20, 30], 1),
    ([10, 25, None, 20], 1),
    ([10, 10, 10], 0),
    ([30, 20, 10], 2),
    ([10, *range(20, 31), 5, 9], 0),
    ([None, None], 0),
]


@pytest.mark.parametrize(("values", "count"), FALLS)
def test_falls_within_a_year_are_counted(
    system: System, values: list[float | None], count: int
) -> None:
    said = notes(system, *months("2024-04", *values))
    assert said == ([NOTE.format(count)] if count else [])
    assert Observation.objects.count() == len(values)


def test_a_correction_that_makes_the_next_total_a_fall_is_said(system: System) -> None:
    assert notes(system, *months("2024-04", 10, 25, 40)) == []
    said = notes(system, *months("2024-05", 45), reason="May was counted twice.")
    assert said == [NOTE.format(1)]
    assert notes(system, *months("2024-05", 45)) == []
    assert notes(system, *months("2024-07", 60)) == []
    assert notes(system, *months("2024-06", 50), reason="As counted in May.") == []


def test_one_segment_never_follows_another(system: System) -> None:
    assert notes(system, *months("2024-04", 10, 25), *months("2024-06", 5, segment="north")) == []


def test_a_week_belongs_to_the_year_of_most_of_its_days(system: System) -> None:
    """2024-W01 starts on 1 January 2024, 2025-W01 on 30 December 2024."""
    assert notes(system, "weekly,all,2024-W52,90", "weekly,all,2025-W01,2") == []
    assert notes(system, "weekly,all,2025-W02,1") == [NOTE.format(1)]


def test_other_metrics_may_fall_as_they_like(system: System) -> None:
    assert notes(system, "waits,all,2024-04,50", "waits,all,2024-05,40") == []
