"""How people write periods: every form that is understood, with all it can mean."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from aspirations.analysis.frequencies import (
    LENGTHS,
    PER_YEAR,
    Frequency,
    is_first_day,
    ordinal,
    start,
)

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


@dataclass(frozen=True)
class Reading:
    """One thing a label can mean."""

    frequency: Frequency
    day: date


_Reader = Callable[[re.Match[str], int], list[Reading]]


def readings(label: str, year_starts: int) -> list[Reading]:
    """All that a label can mean, without regard to the frequency wanted."""
    text = " ".join(label.replace("–", "-").split())
    found: list[Reading] = []
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


def _read_iso_day(match: re.Match[str], _: int) -> list[Reading]:
    year, month, day = (int(part) for part in match.groups())
    return [Reading(Frequency.DAY, d) for d in _day(year, month, day)]


def _read_slashed_day(match: re.Match[str], _: int) -> list[Reading]:
    """Day and month stand in either order."""
    first, second, year = (int(part) for part in match.groups())
    days = {*_day(year, second, first), *_day(year, first, second)}
    return [Reading(Frequency.DAY, d) for d in sorted(days)]


def _read_named_day(match: re.Match[str], _: int) -> list[Reading]:
    month = _month_number(match["month"])
    if not month:
        return []
    return [Reading(Frequency.DAY, d) for d in _day(int(match["year"]), month, int(match["day"]))]


def _read_week(match: re.Match[str], _: int) -> list[Reading]:
    try:
        monday = date.fromisocalendar(int(match["year"]), int(match["week"]), 1)
    except ValueError:
        return []
    return [Reading(Frequency.WEEK, monday)]


def _read_month(match: re.Match[str], _: int) -> list[Reading]:
    days = _day(int(match["year"]), int(match["month"]), 1)
    return [Reading(Frequency.MONTH, d) for d in days]


def _read_named_month(match: re.Match[str], _: int) -> list[Reading]:
    month = _month_number(match["month"])
    return [Reading(Frequency.MONTH, date(int(match["year"]), month, 1))] if month else []


def _month_number(name: str) -> int:
    """1..12 for a name of three letters or more, 0 for anything else."""
    name = name.lower().rstrip(".")
    matches = [i for i, full in enumerate(_MONTH_NAMES, 1) if full.startswith(name)]
    if name == "sept":
        return 9
    return matches[0] if len(matches) == 1 and (len(name) == 3 or name in _MONTH_NAMES) else 0


def _read_bare_year(match: re.Match[str], year_starts: int) -> list[Reading]:
    """Where years start in January one meaning, else the year it starts or the year it ends."""
    year = int(match["year"])
    years = [year] if year_starts == 1 else [year - 1, year]
    return [Reading(Frequency.YEAR, date(y, year_starts, 1)) for y in years]


def _read_double_year(match: re.Match[str], year_starts: int) -> list[Reading]:
    """2024/25, 2024-25, 2010-2011: only where a year does cross the New Year."""
    if year_starts == 1 or not _is_double(match):
        return []
    return [Reading(Frequency.YEAR, date(int(match["year"]), year_starts, 1))]


def spans_two_years(label: str) -> bool:
    match = _DOUBLE_YEAR.fullmatch(label.strip())
    return match is not None and _is_double(match)


def _is_double(match: re.Match[str]) -> bool:
    following = str(int(match["year"]) + 1)
    return match["next"] in (following, following[-2:])


_PARTS = {"Q": Frequency.QUARTER, "H": Frequency.HALF_YEAR}


def _part(kind: str, number: int, year: int, year_starts: int) -> list[Reading]:
    """The numbered quarter or half of the year that starts in `year`."""
    frequency = _PARTS[kind.upper()]
    if not 1 <= number <= PER_YEAR[frequency]:
        return []
    k = ordinal(frequency, date(year, year_starts, 1), year_starts) + number - 1
    return [Reading(frequency, start(frequency, k, year_starts))]


def _read_bare_part(match: re.Match[str], year_starts: int) -> list[Reading]:
    """Q3 2018: of the calendar, or of the metric's year that starts or ends in 2018."""
    kind, number, year = match["kind"], int(match["number"]), int(match["year"])
    readings = _part(kind, number, year, 1)
    if year_starts != 1:
        readings += _part(kind, number, year - 1, year_starts)
        readings += _part(kind, number, year, year_starts)
    return readings


def _read_double_part(match: re.Match[str], year_starts: int) -> list[Reading]:
    if year_starts == 1 or not _is_double(match):
        return []
    return _part(match["kind"], int(match["number"]), int(match["year"]), year_starts)


def _read_month_range(match: re.Match[str], year_starts: int) -> list[Reading]:
    """Oct-Dec 2018, with or without the short label behind it."""
    first, last = _month_number(match["first"]), _month_number(match["last"])
    year = int(match["year"])
    if not first or not last:
        return []
    opening = date(year if first <= last else year - 1, first, 1)
    length = (last - first) % 12 + 1
    return [
        Reading(frequency, opening)
        for frequency in (Frequency.QUARTER, Frequency.HALF_YEAR)
        if length == LENGTHS[frequency] and is_first_day(opening, frequency, year_starts)
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
