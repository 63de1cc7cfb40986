"""Running totals of a year, and the flow of each period that they are made of.

A cumulative metric counts from the start of its year: what varies by nature is what each period
adds, not the total. A year starts in the month `year_starts`, whatever the frequency.
"""

import numpy as np

from aspirations.analysis import periods
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.periods import Frequency

TO_MIDDLE = {Frequency.WEEK: 3}
"""Days from the first of a period to the day that says its year: a week belongs to the year that
holds most of its days (ISO 8601), every other period to the year in which it starts."""


def increments(actual: Float, first: int, frequency: Frequency, year_starts: int) -> Float:
    """What each period added to the running total (n, m) of its year; `first` is the ordinal of
    column 0.

    In the first period of a year it is the total itself. Elsewhere it is the total less that of
    the period before, which may be negative after a revision, and missing where either is: what
    came in over a hole is never spread over it.
    """
    added = np.full(actual.shape, np.nan)
    added[:, 1:] = actual[:, 1:] - actual[:, :-1]
    opening = opens(first, actual.shape[1], frequency, year_starts)
    added[:, opening] = actual[:, opening]
    return added


def varying(
    actual: Float, cumulative: Bool, first: int, frequency: Frequency, year_starts: int
) -> Float:
    """The values (n, m) whose natural variation is measured: what is observed, or, for the rows
    (n,) that are running totals, what each period added."""
    if not cumulative.any():
        return actual
    added = increments(actual, first, frequency, year_starts)
    return np.where(cumulative[:, None], added, actual)


def opens(first: int, width: int, frequency: Frequency, year_starts: int) -> Bool:
    """Which of `width` periods from ordinal `first` are the first of their year (width,)."""
    year = years(np.arange(first - 1, first + width), frequency, year_starts)
    return np.asarray(year[1:] != year[:-1])


def years(k: Int, frequency: Frequency, year_starts: int) -> Int:
    """The year each ordinal belongs to, by the calendar year in which that year starts."""
    day = periods.starts(frequency, k, year_starts) + TO_MIDDLE.get(frequency, 0)
    months = day.astype("datetime64[M]").astype(np.int64)
    return np.asarray((months - (year_starts - 1)) // 12 + 1970)
