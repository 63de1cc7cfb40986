"""The lights of the observed periods in turn, each from the data up to that period.

A judgment needs the last five, and of the periods before them only what their confirmation
rests on: two equal readings running settle the light, whatever went before. So the moments are
weighed from the latest backwards, and rows are left behind as soon as they are settled.
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis import filtering
from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.filtering import Course, Feed
from aspirations.analysis.lights import NOT_JUDGED, Cells, Chain, Reading, weigh
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import NO_PERIOD
from aspirations.analysis.season import Tally

EARLIER = 5
UNCONFIRMED = (Frequency.HALF_YEAR, Frequency.YEAR)
RECENT = 12
"""Columns within which most rows are settled; the others are told apart from them."""
FIRST_STEP, LONGER_STEP = 7, 16
"""Moments weighed together: at first little more than the last five, then for few rows many."""


@dataclass(frozen=True)
class Ground:
    """Everything the moments of a block are weighed from; the course is filled in on the way."""

    panel: Panel
    feed: Feed
    course: Course
    tally: Tally | None
    frequency: Frequency
    policy: Policy

    @property
    def confirms(self) -> bool:
        return self.policy.confirm and self.frequency not in UNCONFIRMED

    def weigh(self, columns: range, rows: Int) -> Reading:
        """The readings (moments, rows) of some columns, season taken out where there is one."""
        self.refilter(columns, rows)
        return weigh(self.cells(columns, rows), self.policy)

    def refilter(self, columns: range, rows: Int) -> None:
        """Filter the rows again that have a season at any of these moments."""
        if self.tally is None:
            return
        able = self.tally.able[columns.start : columns.stop, rows]
        moments = np.flatnonzero(able.any(axis=1)) + columns.start
        if not len(moments):
            return
        own = rows[able.any(axis=0)]
        adjustments = self.tally.adjustments(range(int(moments[0]), int(moments[-1]) + 1), own)
        filtering.recourse(self.course, self.feed.rows(own), adjustments, own, self.policy)

    def cells(self, columns: range, rows: Int) -> Cells:
        """What the rows know at some moments, arrays (moments, rows)."""
        at = slice(columns.start, columns.stop)
        every = len(rows) == len(self.panel.actual)
        by_period = (at, slice(None)) if every else (at, rows)
        by_row = (slice(None), at) if every else (rows, at)
        return Cells(
            state=self.course.state(by_period),
            k=(self.panel.first + np.arange(columns.start, columns.stop))[:, None],
            seen=self.feed.seen[by_period] > 0,
            gap=self.feed.gap[by_period],
            adjusted=self.course.gap[by_period],
            plan=self.panel.plan[by_row].T,
            mean_range=self.panel.ranges.mean[by_row].T,
            aims=self.panel.aims if every else self.panel.aims.rows(rows),
        )


@dataclass(frozen=True)
class Story:
    """Lights as adopted and pending, raw lights and likelihoods (m, n), and the end of it."""

    raw: Int
    light: Int
    pending: Int
    likelihood: Float
    state: Int
    """(n,) code of the verdict."""
    rule_changed: Bool
    """(n,) the latest likelihood is the first, after lights without one."""

    def earlier(self, panel: Panel) -> tuple[Int, Int, Float, Float, Int]:
        """Ordinals, lights, likelihoods, actuals and pending lights (n, 5), oldest first."""
        column = _last_columns(~np.isnan(panel.actual))
        there, at = column >= 0, np.maximum(column, 0)
        rows = np.arange(len(column))[:, None]
        return (
            np.where(there, panel.first + at, NO_PERIOD),
            np.where(there, self.light[at, rows], NOT_JUDGED),
            np.where(there, self.likelihood[at, rows], np.nan),
            np.where(there, panel.actual[rows, at], np.nan),
            np.where(there, self.pending[at, rows], NOT_JUDGED),
        )


class Walk:
    """From the latest moment of every row back to one whose light is settled."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.seen = ground.feed.seen > 0
        width, n = self.seen.shape
        self.upto = np.where(self.seen, np.arange(width)[:, None], -1)
        for column in range(1, width):
            np.maximum(self.upto[column], self.upto[column - 1], out=self.upto[column])
        self.raw = np.full((width, n), NOT_JUDGED)
        self.likelihood = np.full((width, n), np.nan)
        self.start = np.full(n, -1)
        """Column from which on the chain of lights is known."""
        self.count = np.zeros(n, dtype=np.int64)
        """Moments visited."""
        self.later, self.latest = np.full(n, -1), self.upto[-1]
        self.known_now, self.known_before = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)

    def run(self) -> None:
        todo, step = np.flatnonzero(self.latest >= 0), FIRST_STEP
        following = self.latest.copy()
        while len(todo):
            stop = int(following[todo].max()) + 1
            columns = range(max(stop - step, 0), stop)
            rows = todo[following[todo] >= columns.start]
            self._visit(columns, rows)
            following[rows] = self.upto[columns.start - 1, rows] if columns.start else -1
            ended = rows[(following[rows] < 0) & (self.start[rows] < 0)]
            self.start[ended] = self.later[ended]
            waits = (self.start < 0) | (self.known_now & ~self.known_before)
            todo, step = todo[waits[todo] & (following[todo] >= 0)], LONGER_STEP

    def _visit(self, columns: range, rows: Int) -> None:
        reading = self.ground.weigh(columns, rows)
        likelihood = np.where(reading.light >= 0, reading.outlook.likelihood, np.nan)
        for number in reversed(range(len(columns))):
            column = columns[number]
            seen = self.seen[column, rows]
            own = rows if seen.all() else rows[seen]
            raw, chance = reading.light[number], likelihood[number]
            if len(own) < len(rows):
                raw, chance = raw[seen], chance[seen]
            self.raw[column, own], self.likelihood[column, own] = raw, chance
            self._settle(column, own, raw)
            self._note(column, own, ~np.isnan(chance))

    def _settle(self, column: int, rows: Int, raw: Int) -> None:
        """Whether the moment after this one had a light that rests on these two alone.

        From the target period on, the verdicts are told from the first.
        """
        later, k1 = self.later[rows], self.ground.panel.aims.k1[rows] - self.ground.panel.first
        after = self.raw[later, rows]
        agreed = (after == raw) | (after == NOT_JUDGED) | (not self.ground.confirms)
        settled = np.where(later >= k1, column < k1, agreed)
        enough = (self.count[rows] >= EARLIER) & (self.start[rows] < 0) & settled
        self.start[rows[enough]] = later[enough]

    def _note(self, column: int, rows: Int, known: Bool) -> None:
        now = self.latest[rows] == column
        self.known_now[rows] |= known & now
        self.known_before[rows] |= known & ~now
        self.count[rows] += 1
        self.later[rows] = column


def story(ground: Ground) -> Story:
    """The last five lights of every row, as far as they were observed."""
    walk = Walk(ground)
    walk.run()
    return _told(ground, walk.seen, walk.raw, walk.likelihood, walk.start)


def _told(ground: Ground, seen: Bool, raw: Int, likelihood: Float, start: Int) -> Story:
    """Confirm the light of each period against those before it, from `start` on."""
    width, n = raw.shape
    k1 = ground.panel.aims.k1 - ground.panel.first
    light, pending = np.full((width, n), NOT_JUDGED), np.full((width, n), NOT_JUDGED)
    state = np.zeros(n, dtype=np.int64)
    lately = start >= width - RECENT
    for rows in (np.flatnonzero(lately), np.flatnonzero((start >= 0) & ~lately)):
        chain = Chain(len(rows), ground.confirms)
        for column in range(int(start[rows].min(initial=width)), width):
            moved = seen[column, rows] & (column >= start[rows])
            chain.advance(raw[column, rows], moved, moved & (column >= k1[rows]))
            light[column, rows] = np.where(moved, chain.light, NOT_JUDGED)
            pending[column, rows] = np.where(moved, chain.pending, NOT_JUDGED)
        state[rows] = chain.state
    changed = _rule_changed(raw, likelihood, seen, k1)
    return Story(raw, light, pending, likelihood, state, changed)


def _rule_changed(raw: Int, likelihood: Float, seen: Bool, k1: Int) -> Bool:
    """Rows whose only likelihood is the latest, though they had been judged by distance.

    Where there were others before, at least one of them has been told.
    """
    known = ~np.isnan(likelihood)
    width, n = raw.shape
    latest = width - 1 - seen[::-1].argmax(axis=0)
    only = known[latest, np.arange(n)] & (known.sum(axis=0) == 1)
    rows = np.flatnonzero(only)
    distance = (raw[:, rows] >= 0) & ~known[:, rows] & (np.arange(width)[:, None] < k1[rows])
    changed = np.zeros(n, dtype=bool)
    changed[rows] = distance.any(axis=0)
    return changed


def whole(ground: Ground) -> tuple[Reading, Story]:
    """The readings and lights of every observed period after the baseline, matrices (m, n)."""
    width, n = ground.feed.gap.shape
    reading = ground.weigh(range(width), np.arange(n))
    likelihood = np.where(reading.light >= 0, reading.outlook.likelihood, np.nan)
    seen = ground.feed.seen > 0
    start = np.where(seen.any(axis=0), 0, -1)
    return reading, _told(ground, seen, reading.light, likelihood, start)


def _last_columns(observed: Bool) -> Int:
    """The last five observed columns (n, 5), oldest first, −1 where there are fewer."""
    width = observed.shape[1]
    upto = np.maximum.accumulate(np.where(observed, np.arange(width), -1), axis=1)
    columns = np.full((len(observed), EARLIER + 1), -1)
    columns[:, -1] = width
    rows = np.arange(len(observed))
    for back in range(EARLIER, 0, -1):
        before = columns[:, back] - 1
        columns[:, back - 1] = np.where(before >= 0, upto[rows, np.maximum(before, 0)], -1)
    return columns[:, :EARLIER]
