"""Where a level is going: what a candidate was judged to be, from the first time to the latest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

RISING, FALLING, STEADY, NONE = "rising", "falling", "steady", "none"


@dataclass(frozen=True, repr=False)
class Drift:
    """The last move of a level, and the levels it began and ended with.

    `direction` compares the latest with the one before; `since` is the day from which it has gone
    this way without a break. It is none, and the day is missing, where there are not two judgments
    to compare; a first level is 0 without any.
    """

    direction: str
    since: date | None
    first: int
    latest: int


def drift(history: Sequence[tuple[date, int]]) -> Drift:
    """The drift of dated levels, in any order; those of one day count in the order given."""
    rows = sorted(history, key=lambda row: row[0])
    levels = [level for _day, level in rows]
    if len(rows) < 2:
        only = levels[0] if levels else 0
        return Drift(NONE, None, only, only)
    steps = [way(before, after) for before, after in pairwise(levels)]
    start = len(steps) - 1
    while start and steps[start - 1] == steps[-1]:
        start -= 1
    return Drift(steps[-1], rows[start][0], levels[0], levels[-1])


def way(before: int, after: int) -> str:
    if after == before:
        return STEADY
    return RISING if after > before else FALLING
