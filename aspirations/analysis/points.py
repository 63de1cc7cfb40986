"""The observations of all rows laid end to end, so that what is missing costs nothing.

A group is one stretch of one row; groups follow each other by row and time.
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis.arrays import Bool, Codes, Float, Int


@dataclass(frozen=True)
class Points:
    """p observations in g groups."""

    shape: tuple[int, int]
    value: Float
    """(p,)"""
    cell: Int
    """(p,) place in the matrix read row by row."""
    opens: Bool
    """(p,) whether a point is the first of its group."""
    start: Int
    """(g,) number of the first point of each group."""
    count: Int
    """(g,) points of each group."""
    row: Int
    """(g,)"""
    stretch: Int
    """(g,)"""

    def spread(self, of_groups: Float) -> Float:
        """The value (p,) of the group that each point belongs to."""
        return np.repeat(of_groups, self.count)

    def group(self, point: Int) -> Int:
        """The groups to which some points belong, by their numbers."""
        return np.asarray(np.searchsorted(self.start, point, side="right") - 1, dtype=np.int64)

    def put_back(self, codes: Codes) -> Codes:
        """Codes (p,) on their periods (n, m), 0 where nothing was observed."""
        laid = np.zeros(self.shape, dtype=codes.dtype)
        laid.ravel()[self.cell] = codes
        return laid

    def position(self) -> Int:
        """How many points of the group stand before each point (p,)."""
        return np.asarray(np.arange(len(self.value)) - np.repeat(self.start, self.count))

    def total(self, values: Float) -> Float:
        """Sum of each group (g,), added one after another."""
        group = np.repeat(np.arange(len(self.count)), self.count)
        return np.bincount(group, weights=values, minlength=len(self.count)).astype(np.float64)


def laid_out(actual: Float, stretch: Int) -> Points:
    """Points of all observations (n, m); `stretch` (n, m) as numbered by its module."""
    observed = ~np.isnan(actual)
    cell = np.flatnonzero(observed)
    number = stretch.ravel()[cell]
    opens = np.zeros(len(cell) + 1, dtype=bool)
    opens[observed.sum(axis=1).cumsum()] = True  # the next row
    opens[1:-1] |= number[1:] != number[:-1]
    opens[:1] = True
    opens = opens[:-1]
    start = np.flatnonzero(opens)
    return Points(
        shape=actual.shape,
        value=actual.ravel()[cell],
        cell=cell,
        opens=opens,
        start=start,
        count=np.diff(start, append=len(cell)),
        row=cell[start] // actual.shape[1],
        stretch=number[start],
    )


def latest(actual: Float, stretch: Int, count: int) -> tuple[Float, Int]:
    """The last points (n, count) of the stretch of the latest observation, and their columns.

    They stand at the right; NaN and −1 where there are fewer.
    """
    n, width = actual.shape
    observed = ~np.isnan(actual)
    cell = np.flatnonzero(observed)
    ends = observed.sum(axis=1).cumsum()
    place = ends[:, None] + np.arange(-count, 0)
    begins = np.concatenate([[0], ends[:-1]])
    there = place >= begins[:, None]
    if not len(cell):
        return np.full((n, count), np.nan), np.full((n, count), -1)
    column = cell[np.maximum(place, 0)] - np.arange(n)[:, None] * width
    column = np.where(there, column, 0)
    number = np.take_along_axis(stretch, column, axis=1)
    there &= number == number[:, -1:]
    value = np.take_along_axis(actual, column, axis=1)
    return np.where(there, value, np.nan), np.where(there, column, -1)


def last_column(actual: Float) -> Int:
    """Column of the latest observation (n,), −1 for none."""
    observed = ~np.isnan(actual)
    from_end = observed[:, ::-1].argmax(axis=1)
    return np.where(observed.any(axis=1), actual.shape[1] - 1 - from_end, -1)
