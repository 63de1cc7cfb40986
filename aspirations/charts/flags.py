"""Numbered events on top of a chart, staggered where two of them would touch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aspirations.charts.drawing import Flag, Frame

SIDE, ROWS = 20.0, 4
"""Room that a number takes, and the most rows of them."""


@dataclass(frozen=True)
class Marked:
    """An event as the chart shows it: its number, shape (circle, square, diamond) and day."""

    number: int
    shape: str
    day: date


def rows(places: Sequence[float]) -> list[int]:
    """The row of each number, from left to right: the first in which it stands clear."""
    ends = [float("-inf")] * ROWS
    found = []
    for x in places:
        row = next((n for n, end in enumerate(ends) if x - end >= SIDE), ROWS - 1)
        ends[row] = x
        found.append(row)
    return found


def within(events: Sequence[Marked], first: date, last: date) -> list[Marked]:
    """The events that fall on the time axis, in order of time."""
    shown = [event for event in events if first <= event.day <= last]
    return sorted(shown, key=lambda event: (event.day, event.number))


def room(events: Sequence[Marked], frame: Frame) -> float:
    """Height that the numbers need above the plot."""
    shown = within(events, frame.first, frame.last)
    used = rows([frame.across(event.day) for event in shown])
    return SIDE * (max(used) + 1) + 2 if used else 0.0


def flags(events: Sequence[Marked], frame: Frame) -> list[Flag]:
    shown = within(events, frame.first, frame.last)
    places = [frame.across(event.day) for event in shown]
    return [
        Flag(str(event.number), event.shape, f"{x:.1f}", f"{2 + SIDE * (row + 0.5):.1f}",
             f"{frame.bottom:.1f}")
        for event, x, row in zip(shown, places, rows(places), strict=True)
    ]  # fmt: skip
