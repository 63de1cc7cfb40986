"""Running totals taken apart into what each period added."""

import math
from datetime import date, timedelta

import numpy as np
import pytest

from aspirations.analysis import periods
from aspirations.analysis.flows import increments, opens, years
from aspirations.analysis.periods import Frequency

NAN = math.nan


def added(
    values: list[float], start: date, frequency: Frequency = Frequency.MONTH, year_starts: int = 1
) -> list[float]:
    first = periods.ordinal(frequency, start, year_starts)
    return increments(np.array([values]), first, frequency, year_starts)[0].tolist()


@pytest.mark.parametrize(
    ("start", "year_starts", "totals", "flows"),
    [
        # a calendar year, then the next one from its first month
        (date(2023, 11, 1), 1, [90.0, 100.0, 8.0, 15.0], [NAN, 10.0, 8.0, 7.0]),
        # a UK financial year starts in April
        (date(2023, 2, 1), 4, [90.0, 100.0, 8.0, 15.0], [NAN, 10.0, 8.0, 7.0]),
        (date(2023, 4, 1), 4, [8.0, 15.0, 15.0, 21.0], [8.0, 7.0, 0.0, 6.0]),
        # a school year from September; January is a month like any other in it
        (date(2023, 12, 1), 9, [40.0, 50.0], [NAN, 10.0]),
        # a revision may take away
        (date(2023, 1, 1), 1, [8.0, 7.0, 9.0], [8.0, -1.0, 2.0]),
        # what came in over a hole is not known by period
        (date(2023, 1, 1), 1, [8.0, NAN, 20.0, 23.0], [8.0, NAN, NAN, 3.0]),
        # a hole at the end of a year leaves the first period of the next one whole
        (date(2023, 11, 1), 1, [90.0, NAN, 8.0], [NAN, NAN, 8.0]),
        # a missing first period leaves the second without its start
        (date(2023, 1, 1), 1, [NAN, 9.0, 12.0], [NAN, NAN, 3.0]),
        (date(2023, 1, 1), 1, [0.0, 0.0], [0.0, 0.0]),
    ],
)
def test_months(start: date, year_starts: int, totals: list[float], flows: list[float]) -> None:
    np.testing.assert_array_equal(added(totals, start, year_starts=year_starts), flows)


@pytest.mark.parametrize(
    ("frequency", "start", "year_starts", "totals", "flows"),
    [
        (Frequency.QUARTER, date(2023, 10, 1), 1, [9.0, 2.0, 5.0], [NAN, 2.0, 3.0]),
        (Frequency.QUARTER, date(2023, 1, 1), 4, [9.0, 2.0, 5.0], [NAN, 2.0, 3.0]),
        (Frequency.HALF_YEAR, date(2023, 10, 1), 4, [9.0, 2.0, 5.0], [NAN, 2.0, 3.0]),
        (Frequency.YEAR, date(2023, 4, 1), 4, [9.0, 2.0, 5.0], [9.0, 2.0, 5.0]),
        (Frequency.DAY, date(2023, 3, 30), 4, [8.0, 9.0, 1.0, 4.0], [NAN, 1.0, 1.0, 3.0]),
        (Frequency.DAY, date(2023, 12, 31), 1, [9.0, 1.0, 4.0], [NAN, 1.0, 3.0]),
        # 2024-W52 and 2025-W01, which starts on 30 December 2024
        (Frequency.WEEK, date(2024, 12, 23), 1, [9.0, 2.0, 5.0], [NAN, 2.0, 3.0]),
        # the week of Monday 28 March 2022 holds four days of March, that of 29 March 2021 three
        (Frequency.WEEK, date(2022, 3, 28), 4, [9.0, 2.0, 5.0], [NAN, 2.0, 3.0]),
        (Frequency.WEEK, date(2021, 3, 22), 4, [9.0, 2.0, 5.0], [NAN, 2.0, 3.0]),
    ],
)
def test_every_frequency_starts_its_year_in_the_same_month(
    frequency: Frequency, start: date, year_starts: int, totals: list[float], flows: list[float]
) -> None:
    np.testing.assert_array_equal(added(totals, start, frequency, year_starts), flows)


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("year_starts", [1, 4, 9])
def test_every_year_opens_once_in_its_month(frequency: Frequency, year_starts: int) -> None:
    first, last = (
        periods.ordinal(frequency, date(year, year_starts, 1), year_starts) for year in (2000, 2028)
    )
    k = np.arange(first, last)
    opening = k[opens(int(k[0]), len(k), frequency, year_starts)]
    found = years(opening, frequency, year_starts).tolist()
    days = periods.starts(frequency, opening, year_starts).astype(date)
    assert len(found) == len(set(found)) >= 27
    for year, day in zip(found, days, strict=True):
        off = timedelta(days=3 if frequency is Frequency.WEEK else 0)
        assert abs(day - date(year, year_starts, 1)) <= off


def test_increments_add_up_to_the_total_of_the_year() -> None:
    source = np.random.default_rng(5)
    flow = source.normal(10, 3, (4, 48))
    totals = flow.reshape(4, 4, 12).cumsum(axis=2).reshape(4, 48)
    first = periods.ordinal(Frequency.MONTH, date(2020, 4, 1), 4)
    np.testing.assert_allclose(increments(totals, first, Frequency.MONTH, 4), flow)


def test_columns_before_the_first_observation_change_nothing() -> None:
    values = [5.0, 9.0, 2.0]
    wide = added([NAN, NAN, *values], date(2023, 9, 1))
    np.testing.assert_array_equal(wide[2:], added(values, date(2023, 11, 1)))
