"""When the next figures are due, and how old the latest are.

Due is the end of the next expected period plus the expected lag. Data are late once `as_of`
has passed that day, and stale once it has passed the same day of the period after.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aspirations.analysis import periods
from aspirations.analysis.arrays import Bool, Days, Int, Text
from aspirations.analysis.block import Block
from aspirations.analysis.periods import Frequency

FRESH, LATE, STALE, NONE = "fresh", "late", "stale", "none"
_LONGEST_GAP = {Frequency.DAY: 366, Frequency.WEEK: 54}


@dataclass(frozen=True)
class Freshness:
    """Each array (n,). `next_period` is the ordinal expected next, `due` its day, `stale_after`
    the last day before the latest figures are stale."""

    state: Text
    next_period: Int
    due: Days
    stale_after: Days


def freshness(block: Block, latest: Int) -> Freshness:
    """State of the data on `as_of`; `latest` (n,) is the latest observed ordinal, −1 for none.

    Without any observation the first expected period after the baseline is the one due.
    """
    begun = np.where(block.paths.exists, block.paths.k0, -1)
    known = np.where(latest >= 0, latest, begun)
    following = next_expected(
        block.frequency, block.year_starts, np.maximum(known, 0), block.expected_months
    )
    due, stale_after = (_due(block, following + later) for later in (0, 1))
    unknown = known < 0
    due[unknown], stale_after[unknown] = np.datetime64("NaT"), np.datetime64("NaT")
    today = np.datetime64(block.as_of, "D")
    state = np.where(today > stale_after, STALE, np.where(today > due, LATE, FRESH))
    return Freshness(
        state=np.where(latest < 0, NONE, state),
        next_period=np.where(unknown, -1, following),
        due=due,
        stale_after=stale_after,
    )


def next_expected(
    frequency: Frequency, year_starts: int, latest: Int, months: Sequence[frozenset[int]]
) -> Int:
    """First ordinal after `latest` that starts in an expected month (an empty set: any).

    Where no period ever starts in the months listed, the next period is meant.
    """
    allowed = _allowed(months)
    found = latest + 1
    waiting = ~allowed.all(axis=1)
    longest = _LONGEST_GAP.get(frequency) or periods.PER_YEAR[frequency]
    for step in range(1, longest + 1) if waiting.any() else ():
        month = _month(frequency, latest + step, year_starts)
        hit = waiting & np.take_along_axis(allowed, month[:, None], axis=1)[:, 0]
        found = np.where(hit, latest + step, found)
        waiting &= ~hit
    return found


def _allowed(months: Sequence[frozenset[int]]) -> Bool:
    """Which months (n, 12) count, January first."""
    table = np.ones((len(months), 12), dtype=bool)
    for row, listed in enumerate(months):
        if listed:
            table[row] = [month in listed for month in range(1, 13)]
    return table


def _month(frequency: Frequency, k: Int, year_starts: int) -> Int:
    """Month 0..11 in which each period starts."""
    days = periods.starts(frequency, k, year_starts)
    return np.asarray(days.astype("datetime64[M]").astype(np.int64) % 12)


def _due(block: Block, k: Int) -> Days:
    lag = block.lag_days.astype("timedelta64[D]")
    return np.asarray(periods.ends(block.frequency, k, block.year_starts) + lag)
