"""The two clocks by name: what the world could know by a day, and what Headway had been told by
a moment."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from people.models import System

YEARS = range(1900, 2201)


class ClockFault(ValueError):
    """A day or moment that cannot be meant: which clock, which value, and what to do."""

    def __init__(self, clock: str, words: str) -> None:
        super().__init__(words)
        self.clock = clock


@dataclass(frozen=True)
class Clocks:
    """`as_of` chooses figures by their publication; `known_at` everything by its recording.

    Without `known_at` everything is as it stands now.
    """

    as_of: date
    known_at: datetime | None = None


def clocks_of(
    system: System, now: datetime, as_of: date | None, known_at: datetime | date | None
) -> Clocks:
    """Both clocks of a system, one left out taken from the other.

    A day for `known_at` means its end in the system's zone, or now where it is still today. The
    day of `known_at` stands for a missing `as_of`, and in a system with a reporting date not a
    later day than that. Raises ClockFault for what has not come yet.
    """
    zone = ZoneInfo(system.time_zone)
    if isinstance(known_at, datetime):
        moment, day = known_at, known_at.astimezone(zone).date()
    elif known_at:
        moment, day = min(end_of(known_at, zone), now), known_at
    else:
        return Clocks(as_of or system.today())
    if moment > now or day > now.astimezone(zone).date():
        raise ClockFault(
            "known_at",
            _("“%s” has not come yet: what will be known then is not known. Give a moment before.")
            % known_at.isoformat(),
        )
    return Clocks(as_of or min(day, system.today()), moment)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The last microsecond of a day."""
    following = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
    return following - timedelta(microseconds=1)


def day(text: str) -> date:
    """An ISO date from 1900 to 2200 and nothing else; raises ValueError with the remedy."""
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise ValueError(
            _("“%s” is not a date from 1900 to 2200. Write it as 2024-04-01.") % text[:60]
        )
    return found


def day_or_moment(text: str) -> date | datetime:
    """An ISO date, or a date and time with its zone; raises ValueError with the remedy."""
    if "T" not in text and ":" not in text:
        return day(text)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None or found.year not in YEARS:
        raise ValueError(
            _("“%s” is not a moment. Write it as 2024-04-01T09:30:00Z, or give a date.") % text[:60]
        )
    return found
