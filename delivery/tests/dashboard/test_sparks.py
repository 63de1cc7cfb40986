"""From figures to the lines of the small drawing: where it starts and where it breaks."""

from datetime import date

import pytest

from aspirations.models import Baseline, Judgment, Metric, Series, Target, Trajectory
from delivery.board.sparks import first_drawn, likely_range, runs


def monthly(*months: int) -> Metric:
    return Metric(frequency="month", direction="increase", expected_months=list(months))


def observed(*months: int) -> list[tuple[date, float]]:
    return [(date(2024, month, 1), float(month)) for month in months]


@pytest.mark.parametrize(
    ("expected_months", "seen", "lengths"),
    [
        ([], [], []),
        ([], [1, 2, 3], [3]),
        ([], [1, 2, 4, 5], [2, 2]),
        ([], [1, 3, 5], [1, 1, 1]),
        # figures come in September, November and January only
        ([1, 9, 11], [1, 9, 11], [3]),
        ([1, 9, 11], [1, 11], [1, 1]),
    ],
)
def test_the_line_breaks_only_where_an_expected_figure_is_missing(
    expected_months: list[int], seen: list[int], lengths: list[int]
) -> None:
    found = runs(monthly(*expected_months), observed(*seen))
    assert [len(run) for run in found] == lengths
    assert [value for run in found for _, value in run] == [float(month) for month in seen]


def test_years_and_quarters_count_their_own_periods() -> None:
    metric = Metric(frequency="quarter", year_starts=4, expected_months=[])
    quarters = [(date(2024, month, 1), 1.0) for month in (1, 4, 7)]
    assert len(runs(metric, quarters)) == 1


def test_without_a_path_the_last_three_years_of_months_are_drawn() -> None:
    assert first_drawn(Series(metric=monthly()), date(2025, 3, 14)) == date(2022, 3, 1)


def test_with_a_path_its_start_is_in_sight() -> None:
    path = Trajectory(
        baseline=Baseline(period=date(2018, 6, 1), value=50.0),
        target=Target(due=date(2026, 6, 1), value=60.0),
        shape="linear",
    )
    series = Series(metric=monthly(), current_judgment=Judgment(trajectory=path))
    assert first_drawn(series, date(2025, 3, 14)) == date(2017, 6, 1)


def test_half_a_range_is_no_range() -> None:
    assert likely_range(Judgment(likely_low=1.0, likely_high=2.0)) == (1.0, 2.0)
    assert likely_range(Judgment(likely_low=1.0)) is None
