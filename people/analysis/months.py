"""Counting by calendar months."""

from calendar import monthrange
from datetime import MAXYEAR, date
from typing import TypeVar

Day = TypeVar("Day", bound=date)
"""A day, or a moment of one."""


def months_after(start: Day, months: int) -> Day:
    """The same day and hour so many months later or, below 0, earlier.

    The last of a month that is too short. Days after the year 9999 do not exist: then the last one.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if year > MAXYEAR:
        return start.replace(year=MAXYEAR, month=12, day=31)
    day = min(start.day, monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day)
