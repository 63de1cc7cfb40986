"""Counting by calendar months."""

from calendar import monthrange
from datetime import date
from typing import TypeVar

Day = TypeVar("Day", bound=date)
"""A day, or a moment of one."""


def months_after(start: Day, months: int) -> Day:
    """The same day and hour so many months later; the last of a month that is too short."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = min(start.day, monthrange(year, month + 1)[1])
    return start.replace(year=year, month=month + 1, day=day)
