"""Additive seasonal indices, estimated anew at every moment from the data up to it.

Deviations from the centred yearly mean are averaged per season, shrunk by n/(n + 1) for their
n years and centred to sum 0. A moment is a column; nothing later than it is ever read.
Matrices have periods first, (m, n).
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis.aims import Aims, Panel
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.periods import PER_YEAR, Frequency
from aspirations.analysis.policy import Policy

SEASONAL = (Frequency.MONTH, Frequency.QUARTER)


@dataclass(frozen=True)
class Adjustments:
    """What to add to any column to take the season out, as each of some moments sees it.

    Moments are ascending columns without a hole. The season is taken out and the straight line
    between the indices of k0 and K put back, so that the comparison stays with the path and its
    target as they are observed. All is turned by the direction, so that more is better; only
    for a band it is as in the values.
    """

    first: int
    columns: range
    start: Float
    """k0 (n,)."""
    length: Float
    """K − k0 (n,)."""
    index: Float
    """(seasons, moments, n): ordinal k has season k modulo their number; 0 where not `active`."""
    active: Bool
    """(moments, n)"""
    opening: Float
    span: Float

    @property
    def count(self) -> int:
        return len(self.columns)

    def at(self, column: int, since: int = 0) -> Float:
        """Added to a column at each moment from number `since` on: (moments, n)."""
        k = self.first + column
        share = np.minimum(np.maximum(k - self.start, 0.0) / self.length, 1.0)
        line: Float = self.span[since:] * share
        line += self.opening[since:]
        line -= self.index[k % len(self.index), since:]
        return line


@dataclass(frozen=True)
class Tally:
    """Sums (m, n) of the deviations of a period's season in its stretch, up to that period."""

    first: int
    seasons: int
    total: Float
    years: Float
    points: Int
    """(m, n) observations so far in the stretch."""
    able: Bool
    """(m, n) moments at which a row has an aim, enough years and every season seen."""
    aims: Aims

    def adjustments(self, columns: range, rows: Int) -> Adjustments:
        """Indices of some rows at some moments."""
        aims, half = self.aims.rows(rows), self.seasons // 2
        active = self.able[columns.start : columns.stop].take(rows, axis=1)
        index = np.zeros((self.seasons, *active.shape))
        oldest = max(columns.start - half - self.seasons + 1, 0)
        cells = slice(oldest, columns.stop - half)
        total, years = (sums[cells].take(rows, axis=1) for sums in (self.total, self.years))
        for number, column in enumerate(columns):
            if active[number].any():
                begin = column - half - self.seasons + 1
                window = slice(begin - oldest, begin - oldest + self.seasons)
                own = active[number] * aims.way
                season = (self.first + begin + np.arange(self.seasons)) % self.seasons
                index[season, number] = own * centred(total[window], years[window])
        return adjustments_of(self.first, columns, aims, index, active)


def centred(total: Float, years: Float) -> Float:
    """Indices from the sums and years (seasons, n) of one moment, the oldest season first."""
    shrunk = total / (years + 1.0)
    whole = shrunk[0]
    for season in shrunk[1:]:
        whole = whole + season
    return np.asarray(shrunk - whole / len(shrunk))


def adjustments_of(
    first: int, columns: range, aims: Aims, index: Float, active: Bool
) -> Adjustments:
    """Adjustments from their indices (seasons, moments, n)."""
    rows = np.arange(index.shape[2])
    opening, closing = (
        np.ascontiguousarray(index[k % len(index), :, rows].T) for k in (aims.k0, aims.k1)
    )
    start, length = aims.k0.astype(np.float64), np.maximum(aims.k1 - aims.k0, 1).astype(np.float64)
    return Adjustments(first, columns, start, length, index, active, opening, closing - opening)


def tally(panel: Panel, frequency: Frequency, policy: Policy) -> Tally | None:
    """The sums of all rows, or None where two years are out of reach of even the next period."""
    if policy.season == "off" or frequency not in SEASONAL:
        return None
    seasons = PER_YEAR[frequency]
    if panel.width < 2 * seasons - 1:
        return None
    actual: Float = np.ascontiguousarray(panel.actual.T)
    stretch: Int = np.ascontiguousarray(panel.stretch.T)
    deviation = deviations(actual, stretch, seasons)
    known = ~np.isnan(deviation)
    total, years = np.where(known, deviation, 0.0), known.astype(np.float64)
    for column in range(seasons, len(total)):
        own = stretch[column] == stretch[column - seasons]
        total[column] += total[column - seasons] * own
        years[column] += years[column - seasons] * own
    points = _points(~np.isnan(actual), stretch)
    able = points >= policy.season_years * seasons
    able &= _every(years, stretch, seasons) & panel.aims.adjustable
    able &= panel.first + np.arange(len(able))[:, None] > panel.aims.k0
    return Tally(panel.first, seasons, total, years, points, able, panel.aims)


def deviations(actual: Float, stretch: Int, seasons: int) -> Float:
    """Actual minus the centred yearly mean (m, n); NaN where the year around it has a hole or
    spans two stretches."""
    width, half = len(actual), seasons // 2
    deviation = np.full(actual.shape, np.nan)
    inner = width - 2 * half
    whole = 0.5 * (actual[:inner] + actual[2 * half :])
    for offset in range(1, 2 * half):
        whole += actual[offset : offset + inner]
    within = stretch[:inner] == stretch[2 * half :]
    centred = actual[half : half + inner] - whole / seasons
    deviation[half : half + inner] = np.where(within, centred, np.nan)
    return deviation


def _points(observed: Bool, stretch: Int) -> Int:
    """Observations so far in the stretch of each period."""
    points = observed.astype(np.int64)
    for column in range(1, len(points)):
        points[column] += points[column - 1] * (stretch[column] == stretch[column - 1])
    return points


def _every(years: Float, stretch: Int, seasons: int) -> Bool:
    """Moments at which every season has been seen in the stretch, the last half a year ago."""
    half, reach = seasons // 2, seasons // 2 + seasons - 1
    every = np.zeros(years.shape, dtype=bool)
    run = np.zeros(years.shape[1])
    for column in range(reach - seasons + 1, len(years)):
        run = (run + 1.0) * (years[column - half] >= 1)
        if column >= reach:
            every[column] = (run >= seasons) & (stretch[column] == stretch[column - reach])
    return every
