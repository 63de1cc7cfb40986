"""Names of periods: writing them, and reading the many ways in which people write them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from aspirations.analysis.frequencies import (
    LENGTHS,
    PER_YEAR,
    AmbiguousPeriod,
    Frequency,
    PeriodError,
    check_year_starts,
    end,
    ordinal,
    start,
)

FIRST_YEAR, LAST_YEAR = 1900, 2200
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
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


@dataclass(frozen=True)
class _Reading:
    """One thing a label can mean."""

    frequency: Frequency
    day: date


_Reader = Callable[[re.Match[str], int], list[_Reading]]


def parse(label: str, frequency: Frequency, year_starts: int = 1) -> date:
    """First day of the period a label names.

    Every meaning the label can have is listed; exactly one of them must be a period of this
    frequency. Raises `AmbiguousPeriod` for two, `PeriodError` for none.
    """
    check_year_starts(year_starts)
    _check_years(label)
    readings = _readings(label, year_starts)
    fitting = {r.day for r in readings if r.frequency is frequency}
    fitting |= {
        r.day
        for r in readings
        if r.frequency is Frequency.DAY and _is_first_day(r.day, frequency, year_starts)
    }
    dated = {r.day for r in readings if r.frequency is Frequency.DAY}
    if len(fitting) > 1 or len(dated) > 1:
        raise _ambiguous(label, sorted(fitting | dated), frequency, year_starts)
    if not fitting:
        raise _misfit(label, readings, frequency)
    return fitting.pop()


def _is_first_day(day: date, frequency: Frequency, year_starts: int) -> bool:
    return start(frequency, ordinal(frequency, day, year_starts), year_starts) == day


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
    if not _is_first_day(day, frequency, year_starts):
        return day.isoformat()
    long = long_label(frequency, day, year_starts)
    return long if frequency is not Frequency.YEAR else f"{long} (from {day.isoformat()})"


def _misfit(label: str, readings: Sequence[_Reading], frequency: Frequency) -> PeriodError:
    wanted = _NAMES[frequency]
    if not readings and _spans_two_years(label):
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


def _readings(label: str, year_starts: int) -> list[_Reading]:
    text = " ".join(label.replace("–", "-").split())
    found: list[_Reading] = []
    for pattern, reader in _GRAMMAR:
        match = pattern.fullmatch(text)
        if match:
            found += reader(match, year_starts)
    return found


def _day(year: int, month: int, day: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _read_iso_day(match: re.Match[str], _: int) -> list[_Reading]:
    year, month, day = (int(part) for part in match.groups())
    return [_Reading(Frequency.DAY, d) for d in _day(year, month, day)]


def _read_slashed_day(match: re.Match[str], _: int) -> list[_Reading]:
    """Day and month stand in either order."""
    first, second, year = (int(part) for part in match.groups())
    days = {*_day(year, second, first), *_day(year, first, second)}
    return [_Reading(Frequency.DAY, d) for d in sorted(days)]


def _read_named_day(match: re.Match[str], _: int) -> list[_Reading]:
    month = _month_number(match["month"])
    if not month:
        return []
    return [_Reading(Frequency.DAY, d) for d in _day(int(match["year"]), month, int(match["day"]))]


def _read_week(match: re.Match[str], _: int) -> list[_Reading]:
    try:
        monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    except ValueError:
        return []
    return [_Reading(Frequency.WEEK, monday)]


def _read_month(match: re.Match[str], _: int) -> list[_Reading]:
    days = _day(int(match["year"]), int(match["month"]), 1)
    return [_Reading(Frequency.MONTH, d) for d in days]


def _read_named_month(match: re.Match[str], _: int) -> list[_Reading]:
    month = _month_number(match["month"])
    return [_Reading(Frequency.MONTH, date(int(match["year"]), month, 1))] if month else []


def _month_number(name: str) -> int:
    """1..12 for a name of three letters or more, 0 for anything else."""
    name = name.lower().rstrip(".")
    matches = [i for i, full in enumerate(_MONTH_NAMES, 1) if full.startswith(name)]
    if name == "sept":
        return 9
    return matches[0] if len(matches) == 1 and (len(name) == 3 or name in _MONTH_NAMES) else 0


def _read_bare_year(match: re.Match[str], year_starts: int) -> list[_Reading]:
    """Where years start in January one meaning, else the year it starts or the year it ends."""
    year = int(match["year"])
    years = [year] if year_starts == 1 else [year - 1, year]
    return [_Reading(Frequency.YEAR, date(y, year_starts, 1)) for y in years]


def _read_double_year(match: re.Match[str], year_starts: int) -> list[_Reading]:
    """2024/25, 2024-25, 2010-2011: only where a year does cross the New Year."""
    if year_starts == 1 or not _is_double(match):
        return []
    return [_Reading(Frequency.YEAR, date(int(match["year"]), year_starts, 1))]


def _spans_two_years(label: str) -> bool:
    match = _DOUBLE_YEAR.fullmatch(label.strip())
    return match is not None and _is_double(match)


def _is_double(match: re.Match[str]) -> bool:
    following = str(int(match["year"]) + 1)
    return match["next"] in (following, following[-2:])


_PARTS = {"Q": Frequency.QUARTER, "H": Frequency.HALF_YEAR}


def _part(kind: str, number: int, year: int, year_starts: int) -> list[_Reading]:
    """The numbered quarter or half of the year that starts in `year`."""
    frequency = _PARTS[kind.upper()]
    if not 1 <= number <= PER_YEAR[frequency]:
        return []
    k = ordinal(frequency, date(year, year_starts, 1), year_starts) + number - 1
    return [_Reading(frequency, start(frequency, k, year_starts))]


def _read_bare_part(match: re.Match[str], year_starts: int) -> list[_Reading]:
    """Q3 2018: of the calendar, or of the metric's year that starts or ends in 2018."""
    kind, number, year = match["kind"], int(match["number"]), int(match["year"])
    readings = _part(kind, number, year, 1)
    if year_starts != 1:
        readings += _part(kind, number, year - 1, year_starts)
        readings += _part(kind, number, year, year_starts)
    return readings


def _read_double_part(match: re.Match[str], year_starts: int) -> list[_Reading]:
    if year_starts == 1 or not _is_double(match):
        return []
    return _part(match["kind"], int(match["number"]), int(match["year"]), year_starts)


def _read_month_range(match: re.Match[str], year_starts: int) -> list[_Reading]:
    """Oct-Dec 2018, with or without the short label behind it."""
    first, last = _month_number(match["first"]), _month_number(match["last"])
    year = int(match["year"])
    if not first or not last:
        return []
    opening = date(year if first <= last else year - 1, first, 1)
    length = (last - first) % 12 + 1
    return [
        _Reading(frequency, opening)
        for frequency in (Frequency.QUARTER, Frequency.HALF_YEAR)
        if length == LENGTHS[frequency] and _is_first_day(opening, frequency, year_starts)
    ]


_YEAR = r"(?P<year>\d{4})"
_NEXT = r"(?P<next>\d{4}|\d{2})"
_DOUBLE_YEAR = re.compile(rf"{_YEAR}[/-]{_NEXT}")
_KIND = r"(?P<kind>[QqHh])(?P<number>\d)"
_GRAMMAR: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?"), _read_iso_day),
    (re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})"), _read_slashed_day),
    (re.compile(rf"(?P<day>\d{{1,2}}) (?P<month>[A-Za-z]+\.?),? {_YEAR}"), _read_named_day),
    (re.compile(rf"{_YEAR}-?[Ww](?P<week>\d{{2}})"), _read_week),
    (re.compile(rf"{_YEAR}-(?P<month>\d{{2}})"), _read_month),
    (re.compile(rf"(?P<month>[A-Za-z]+\.?)[ -]{_YEAR}"), _read_named_month),
    (re.compile(_YEAR), _read_bare_year),
    (_DOUBLE_YEAR, _read_double_year),
    (re.compile(rf"{_KIND}[ -]{_YEAR}"), _read_bare_part),
    (re.compile(rf"{_YEAR}[ -]?{_KIND}"), _read_bare_part),
    (re.compile(rf"{_KIND}[ -]{_YEAR}[/-]{_NEXT}"), _read_double_part),
    (re.compile(rf"{_YEAR}[/-]{_NEXT}[ -]?{_KIND}"), _read_double_part),
    (
        re.compile(
            rf"(?P<first>[A-Za-z]+)(?: \d{{4}})?-(?P<last>[A-Za-z]+) {_YEAR}(?: \([^)]*\))?"
        ),
        _read_month_range,
    ),
]
