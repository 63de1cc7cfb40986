"""Rules for runs of points; every member of a run is marked, not only the last.

Points stand in one line (p,); `opens` is true where a group starts, and no run crosses it.
"""

import numpy as np

from aspirations.analysis.arrays import Bool, Codes, Float, Int


def side(difference: Float) -> Codes:
    """+1 above, −1 below, 0 for level or missing."""
    return (difference > 0).view(np.int8) - (difference < 0).view(np.int8)


def shift_members(sides: Codes, opens: Bool, run: int) -> Bool:
    """Points of a run of `run` or more consecutive points strictly on one side."""
    start, length = _runs(_changes(sides) | opens)
    long = (length >= run) & (sides[start] != 0)
    return np.repeat(long, length)


def trend_members(values: Float, opens: Bool, run: int) -> Codes:
    """±1 for points of `run` or more with strict moves one way, else 0.

    The point at which a rise turns into a fall belongs to the run that ends in it.
    """
    moves = np.zeros(len(values), dtype=np.int8)
    moves[1:] = side(np.diff(values))
    moves[opens] = 0
    start, length = _runs(_changes(moves))
    way = np.where(length >= run - 1, moves[start], 0).astype(np.int8)
    member = np.repeat(way, length)
    long = np.flatnonzero(way)
    before = start[long] - 1
    member[before] = np.where(member[before] == 0, way[long], member[before])
    return member


def two_of_three_members(near: Bool, sides: Codes, opens: Bool) -> Bool:
    """Near points of three consecutive points on one side of which at least two are near."""
    same = ~(_changes(sides) | opens) & (sides != 0)
    marks = near.view(np.int8)
    ends = np.zeros(len(near), dtype=bool)
    ends[2:] = same[2:] & same[1:-1] & (marks[2:] + marks[1:-1] + marks[:-2] >= 2)
    member = ends.copy()
    member[:-1] |= ends[1:]
    member[:-2] |= ends[2:]
    return member & near


def _changes(codes: Codes) -> Bool:
    """Where a code differs from the one before; true for the first."""
    changes = np.ones(len(codes), dtype=bool)
    changes[1:] = codes[1:] != codes[:-1]
    return changes


def _runs(starts: Bool) -> tuple[Int, Int]:
    """Where runs start, and their lengths."""
    start = np.flatnonzero(starts)
    return start, np.diff(start, append=len(starts))
