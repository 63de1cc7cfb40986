"""Names of periods: writing them, and reading the many ways in which people write them."""

import re
from collections.abc import Sequence
from datetime import date

from aspirations.analysis.frequencies import (
    PER_YEAR,
    AmbiguousPeriod,
    Frequency,
    PeriodError,
    check_year_starts,
    end,
    is_first_day,
    ordinal,
    start,
)
from aspirations.analysis.label_grammar import Reading, readings, spans_two_years

FIRST_YEAR, LAST_YEAR = 1900, 2200
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMES = {frequency: frequency.value.replace("_", "-") for frequency in Frequency}


def label(frequency: Frequency, day: date, year_starts: int = 1) -> str:
    """The short label of the period that contains `day`; `parse` reads it back."""
    first = start(frequency, ordinal(frequency, day, year_starts), year_starts)
    if frequency is Frequency.DAY:
        return first.isoformat()
    if frequency is Frequency.WEEK:
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02d}"
    if frequency is Frequency.MONTH:
        return f"{first.year}-{first.month:02d}"
    return _year_part_label(frequency, first, year_starts)


def _year_part_label(frequency: Frequency, first: date, year_starts: int) -> str:
    k = ordinal(Frequency.YEAR, first, year_starts)
    year = str(k) if year_starts == 1 else f"{k}/{(k + 1) % 100:02d}"
    if frequency is Frequency.YEAR:
        return year
    parts = PER_YEAR[frequency]
    part = ordinal(frequency, first, year_starts) % parts + 1
    return f"{'Q' if frequency is Frequency.QUARTER else 'H'}{part} {year}"


def long_label(frequency: Frequency, day: date, year_starts: int = 1) -> str:
    """A label for prose: `Sep 2024`, `Oct–Dec 2018 (Q3 2018/19)`; others as `label`."""
    short = label(frequency, day, year_starts)
    k = ordinal(frequency, day, year_starts)
    if frequency is Frequency.MONTH:
        return f"{_MONTHS[day.month - 1]} {day.year}"
    if frequency in (Frequency.QUARTER, Frequency.HALF_YEAR):
        first, last = start(frequency, k, year_starts), end(frequency, k, year_starts)
        return f"{_month_range(first, last)} ({short})"
    return short


def _month_range(first: date, last: date) -> str:
    opening = _MONTHS[first.month - 1]
    if first.year != last.year:
        opening += f" {first.year}"
    return f"{opening}–{_MONTHS[last.month - 1]} {last.year}"


def parse(label: str, frequency: Frequency, year_starts: int = 1) -> date:
    """First day of the period a label names.

    Every meaning the label can have is listed; exactly one of them must be a period of this
    frequency. Raises `AmbiguousPeriod` for two, `PeriodError` for none.
    """
    check_year_starts(year_starts)
    _check_years(label)
    found = readings(label, year_starts)
    fitting = {r.day for r in found if r.frequency is frequency}
    fitting |= {
        r.day
        for r in found
        if r.frequency is Frequency.DAY and is_first_day(r.day, frequency, year_starts)
    }
    dated = {r.day for r in found if r.frequency is Frequency.DAY}
    if len(fitting) > 1 or len(dated) > 1:
        raise _ambiguous(label, sorted(fitting | dated), frequency, year_starts)
    if not fitting:
        raise _misfit(label, found, frequency)
    return fitting.pop()


def _check_years(label: str) -> None:
    for year in re.findall(r"\d{4}", label):
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise PeriodError(
                "The year is out of range", label, f"Use years from {FIRST_YEAR} to {LAST_YEAR}."
            )


def _ambiguous(
    label: str, days: Sequence[date], frequency: Frequency, year_starts: int
) -> AmbiguousPeriod:
    names = " or ".join(_described(day, frequency, year_starts) for day in days)
    return AmbiguousPeriod(
        "The period can be read in two ways", label, f"Say which is meant: {names}.", days
    )


def _described(day: date, frequency: Frequency, year_starts: int) -> str:
    if not is_first_day(day, frequency, year_starts):
        return day.isoformat()
    long = long_label(frequency, day, year_starts)
    return long if frequency is not Frequency.YEAR else f"{long} (from {day.isoformat()})"


def _misfit(label: str, readings: Sequence[Reading], frequency: Frequency) -> PeriodError:
    wanted = _NAMES[frequency]
    if not readings and spans_two_years(label):
        return PeriodError(
            "The label spans two years, but this metric's years start in January",
            label,
            f"Write a {wanted} like {_EXAMPLES[frequency]}, or change where its year starts.",
        )
    if not readings:
        return PeriodError("Not a period", label, f"Write a {wanted} like {_EXAMPLES[frequency]}.")
    found = readings[0].frequency
    if found is Frequency.DAY:
        return PeriodError(
            f"The date does not fit: it is not the first day of a {wanted}",
            label,
            f"Give the first day of the {wanted}, or write {_EXAMPLES[frequency]}.",
        )
    return PeriodError(
        f"The label names a {_NAMES[found]}, but this metric is kept by {wanted}",
        label,
        f"Write a {wanted} like {_EXAMPLES[frequency]}, or load it to a metric of that frequency.",
    )


_EXAMPLES = {
    Frequency.DAY: "2024-04-01",
    Frequency.WEEK: "2024-W05",
    Frequency.MONTH: "2024-04",
    Frequency.QUARTER: "Q3 2018/19 (or Q3 2018 where years start in January)",
    Frequency.HALF_YEAR: "H1 2024/25 (or H1 2024 where years start in January)",
    Frequency.YEAR: "2024/25 (or 2024 where years start in January)",
}
