"""Periods: their ordinals, their names, and the names that are refused."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspirations.analysis.periods import (
    AmbiguousPeriod,
    Frequency,
    PeriodError,
    end,
    ends,
    label,
    long_label,
    ordinal,
    ordinals,
    parse,
    start,
    starts,
)

DAY, WEEK, MONTH = Frequency.DAY, Frequency.WEEK, Frequency.MONTH
QUARTER, HALF, YEAR = Frequency.QUARTER, Frequency.HALF_YEAR, Frequency.YEAR


@pytest.mark.parametrize(
    ("text", "frequency", "year_starts", "first_day"),
    [
        ("2024-04-01", DAY, 1, date(2024, 4, 1)),
        ("1 Apr 2024", DAY, 1, date(2024, 4, 1)),
        ("13/04/2024", DAY, 1, date(2024, 4, 13)),
        ("04/04/2024", DAY, 1, date(2024, 4, 4)),
        ("2024-W05", WEEK, 1, date(2024, 1, 29)),
        ("2020-W53", WEEK, 1, date(2020, 12, 28)),
        ("2024-01-29", WEEK, 1, date(2024, 1, 29)),
        ("2024-04", MONTH, 1, date(2024, 4, 1)),
        ("2010-11", MONTH, 9, date(2010, 11, 1)),
        ("Apr 2024", MONTH, 4, date(2024, 4, 1)),
        ("Sept 2024", MONTH, 4, date(2024, 9, 1)),
        ("  April 2024 ", MONTH, 4, date(2024, 4, 1)),
        ("2024-04-01", MONTH, 4, date(2024, 4, 1)),
        ("2024-04-01 00:00:00", MONTH, 4, date(2024, 4, 1)),
        ("2018-Q3", QUARTER, 1, date(2018, 7, 1)),
        ("Q3 2018", QUARTER, 1, date(2018, 7, 1)),
        ("2018 Q3", QUARTER, 1, date(2018, 7, 1)),
        ("Q3 2018/19", QUARTER, 4, date(2018, 10, 1)),
        ("2018/19 Q3", QUARTER, 4, date(2018, 10, 1)),
        ("Q3 2018-2019", QUARTER, 4, date(2018, 10, 1)),
        ("Oct–Dec 2018 (Q3 2018/19)", QUARTER, 4, date(2018, 10, 1)),
        ("Dec 2018–Feb 2019", QUARTER, 9, date(2018, 12, 1)),
        ("2018-10-01", QUARTER, 4, date(2018, 10, 1)),
        ("H1 2024/25", HALF, 4, date(2024, 4, 1)),
        ("H2 2024", HALF, 1, date(2024, 7, 1)),
        ("2024", YEAR, 1, date(2024, 1, 1)),
        ("2024/25", YEAR, 4, date(2024, 4, 1)),
        ("2024-25", YEAR, 4, date(2024, 4, 1)),
        ("2010-11", YEAR, 9, date(2010, 9, 1)),
        ("2010-2011", YEAR, 9, date(2010, 9, 1)),
        ("2010/2011", YEAR, 9, date(2010, 9, 1)),
        ("1999/00", YEAR, 4, date(1999, 4, 1)),
    ],
)
def test_a_label_names_a_period(
    text: str, frequency: Frequency, year_starts: int, first_day: date
) -> None:
    assert parse(text, frequency, year_starts) == first_day


@pytest.mark.parametrize(
    ("text", "frequency", "year_starts", "readings"),
    [
        ("03/04/2024", DAY, 1, [date(2024, 3, 4), date(2024, 4, 3)]),
        ("01/04/2024", MONTH, 1, [date(2024, 1, 4), date(2024, 4, 1)]),
        ("2024", YEAR, 4, [date(2023, 4, 1), date(2024, 4, 1)]),
        ("Q3 2018", QUARTER, 4, [date(2017, 10, 1), date(2018, 7, 1), date(2018, 10, 1)]),
        ("2018-Q3", QUARTER, 9, [date(2018, 3, 1), date(2018, 7, 1), date(2019, 3, 1)]),
        ("H1 2024", HALF, 4, [date(2023, 4, 1), date(2024, 1, 1), date(2024, 4, 1)]),
    ],
)
def test_a_label_with_two_meanings_is_asked_about(
    text: str, frequency: Frequency, year_starts: int, readings: list[date]
) -> None:
    with pytest.raises(AmbiguousPeriod) as raised:
        parse(text, frequency, year_starts)
    assert list(raised.value.readings) == readings
    assert raised.value.value == text


@pytest.mark.parametrize(
    ("text", "frequency", "year_starts", "words"),
    [
        ("2024-04-02", MONTH, 1, "does not fit"),
        ("2024-01-30", WEEK, 1, "does not fit"),
        ("2024-09-01", YEAR, 4, "does not fit"),
        ("2024-04", YEAR, 4, "names a month"),
        ("2024/25", MONTH, 4, "names a year"),
        ("Q3 2018/19", YEAR, 4, "names a quarter"),
        ("H1 2024/25", QUARTER, 4, "names a half-year"),
        ("2024-W05", DAY, 1, "names a week"),
        ("2024/25", YEAR, 1, "start in January"),
        ("2024/26", YEAR, 4, "Not a period"),
        ("2024-13", MONTH, 1, "Not a period"),
        ("2023-02-29", DAY, 1, "Not a period"),
        ("2021-W53", WEEK, 1, "Not a period"),
        ("Q5 2018", QUARTER, 1, "Not a period"),
        ("Ma 2024", MONTH, 1, "Not a period"),
        ("Total", MONTH, 1, "Not a period"),
        ("", MONTH, 1, "Not a period"),
        ("1899", YEAR, 1, "out of range"),
        ("2201-01", MONTH, 1, "out of range"),
        ("0000-01-01", DAY, 1, "out of range"),
    ],
)
def test_a_label_that_fits_nothing_is_refused_with_its_reason(
    text: str, frequency: Frequency, year_starts: int, words: str
) -> None:
    with pytest.raises(PeriodError, match=words) as raised:
        parse(text, frequency, year_starts)
    assert raised.value.value == text
    assert raised.value.remedy in str(raised.value)


@pytest.mark.parametrize(
    ("frequency", "year_starts", "day", "short", "long"),
    [
        (DAY, 1, date(2024, 4, 1), "2024-04-01", "2024-04-01"),
        (WEEK, 1, date(2024, 2, 1), "2024-W05", "2024-W05"),
        (MONTH, 4, date(2024, 9, 30), "2024-09", "Sep 2024"),
        (QUARTER, 4, date(2018, 11, 5), "Q3 2018/19", "Oct–Dec 2018 (Q3 2018/19)"),
        (QUARTER, 1, date(2018, 11, 5), "Q4 2018", "Oct–Dec 2018 (Q4 2018)"),
        (QUARTER, 9, date(2019, 1, 5), "Q2 2018/19", "Dec 2018–Feb 2019 (Q2 2018/19)"),
        (HALF, 4, date(2024, 12, 1), "H2 2024/25", "Oct 2024–Mar 2025 (H2 2024/25)"),
        (YEAR, 4, date(2025, 3, 31), "2024/25", "2024/25"),
        (YEAR, 1, date(2025, 3, 31), "2025", "2025"),
    ],
)
def test_labels(frequency: Frequency, year_starts: int, day: date, short: str, long: str) -> None:
    assert label(frequency, day, year_starts) == short
    assert long_label(frequency, day, year_starts) == long


@given(
    st.sampled_from(Frequency), st.integers(1, 12), st.dates(date(1901, 1, 1), date(2199, 12, 31))
)
def test_every_label_reads_back(frequency: Frequency, year_starts: int, day: date) -> None:
    k = ordinal(frequency, day, year_starts)
    first = start(frequency, k, year_starts)
    assert first <= day <= end(frequency, k, year_starts)
    assert parse(label(frequency, day, year_starts), frequency, year_starts) == first


@given(
    st.sampled_from(Frequency), st.integers(1, 12), st.dates(date(1900, 1, 1), date(2200, 12, 31))
)
def test_arrays_count_as_single_days_do(frequency: Frequency, year_starts: int, day: date) -> None:
    k = ordinal(frequency, day, year_starts)
    found = ordinals(frequency, np.array([day], dtype="datetime64[D]"), year_starts)
    assert found.tolist() == [k]
    assert starts(frequency, found, year_starts).tolist() == [start(frequency, k, year_starts)]
    assert ends(frequency, found, year_starts).tolist() == [end(frequency, k, year_starts)]
    assert ordinal(frequency, end(frequency, k, year_starts), year_starts) == k
    assert ordinal(frequency, start(frequency, k + 1, year_starts), year_starts) == k + 1


def test_a_month_that_does_not_exist_is_refused() -> None:
    with pytest.raises(PeriodError, match="year_starts"):
        ordinal(MONTH, date(2024, 1, 1), 13)
