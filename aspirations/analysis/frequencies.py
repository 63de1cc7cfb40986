"""How time is stepped: whole periods of one frequency, each known by its first day.

An ordinal counts whole periods, so every month is one step whatever its number of days.
Ordinals are positive (days and weeks count from Monday 1 January of year 1, months from
January of year 0, longer periods from the first one of year 0 that begins on the metric's
own year start), which leaves −1 free to mean 'no period'. An ordinal of a yearly metric is
the year in which the period starts.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from aspirations.analysis.arrays import Days, Int

_EPOCH_DAY = date(1970, 1, 1).toordinal() - 1
_EPOCH_MONTH = 1970 * 12


class Frequency(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


LENGTHS = {
    Frequency.MONTH: 1,
    Frequency.QUARTER: 3,
    Frequency.HALF_YEAR: 6,
    Frequency.YEAR: 12,
}
PER_YEAR = {Frequency.MONTH: 12, Frequency.QUARTER: 4, Frequency.HALF_YEAR: 2, Frequency.YEAR: 1}


class PeriodError(ValueError):
    """A label that names no period of the metric; says what, which value and what to do."""

    def __init__(self, problem: str, value: object, remedy: str) -> None:
        super().__init__(f"{problem}: {value!r}. {remedy}")
        self.value = value
        self.remedy = remedy


class AmbiguousPeriod(PeriodError):
    """A label that can mean more than one period; `readings` are their first days."""

    def __init__(self, problem: str, value: object, remedy: str, readings: Sequence[date]) -> None:
        super().__init__(problem, value, remedy)
        self.readings = tuple(readings)


def check_year_starts(year_starts: int) -> None:
    if not 1 <= year_starts <= 12:
        raise PeriodError("Not a month", year_starts, "Give year_starts as 1 (January) to 12.")


def ordinals(frequency: Frequency, days: Days, year_starts: int = 1) -> Int:
    """Ordinals of the periods that contain the given days."""
    check_year_starts(year_starts)
    days = np.asarray(days, dtype="datetime64[D]")
    if frequency in (Frequency.DAY, Frequency.WEEK):
        count = days.astype(np.int64) + _EPOCH_DAY
        return count if frequency is Frequency.DAY else count // 7
    months = days.astype("datetime64[M]").astype(np.int64) + _EPOCH_MONTH
    return np.asarray((months - _shift(frequency, year_starts)) // LENGTHS[frequency])


def ordinal(frequency: Frequency, day: date, year_starts: int = 1) -> int:
    """Ordinal of the period that contains one day."""
    check_year_starts(year_starts)
    if frequency is Frequency.DAY:
        return day.toordinal() - 1
    if frequency is Frequency.WEEK:
        return (day.toordinal() - 1) // 7
    months = day.year * 12 + day.month - 1 - _shift(frequency, year_starts)
    return months // LENGTHS[frequency]


def starts(frequency: Frequency, k: Int, year_starts: int = 1) -> Days:
    """First days of the given ordinals."""
    check_year_starts(year_starts)
    k = np.asarray(k, dtype=np.int64)
    if frequency in (Frequency.DAY, Frequency.WEEK):
        step = 1 if frequency is Frequency.DAY else 7
        return np.asarray((k * step - _EPOCH_DAY).astype("datetime64[D]"))
    months = k * LENGTHS[frequency] + _shift(frequency, year_starts) - _EPOCH_MONTH
    return np.asarray(months.astype("datetime64[M]").astype("datetime64[D]"))


def start(frequency: Frequency, k: int, year_starts: int = 1) -> date:
    """First day of one ordinal."""
    check_year_starts(year_starts)
    if frequency in (Frequency.DAY, Frequency.WEEK):
        return date.fromordinal(k * (1 if frequency is Frequency.DAY else 7) + 1)
    months = k * LENGTHS[frequency] + _shift(frequency, year_starts)
    return date(months // 12, months % 12 + 1, 1)


def ends(frequency: Frequency, k: Int, year_starts: int = 1) -> Days:
    """Last days, inclusive, of the given ordinals."""
    following = starts(frequency, np.asarray(k, dtype=np.int64) + 1, year_starts)
    return np.asarray(following - np.timedelta64(1, "D"))


def end(frequency: Frequency, k: int, year_starts: int = 1) -> date:
    """Last day, inclusive, of one ordinal."""
    return start(frequency, k + 1, year_starts) - timedelta(days=1)


def is_first_day(day: date, frequency: Frequency, year_starts: int) -> bool:
    """Whether a period of this frequency starts on the day."""
    return start(frequency, ordinal(frequency, day, year_starts), year_starts) == day


def _shift(frequency: Frequency, year_starts: int) -> int:
    """Months between January and the start of the metric's year; months have none."""
    return 0 if frequency is Frequency.MONTH else year_starts - 1
