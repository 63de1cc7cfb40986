"""What is told of one set of scores: its median, its middle half, and how far it lies apart.

Each is as coarse as it is so that a rater of the set, who knows the own score, cannot work out
another's: the tests go through every set that could be, up to twelve raters.

- With four raters, a median at an end of the scale makes three of them equal: whoever gave the
  fourth would know all. So the last two half points are told as one, “3.5 or higher”.
- Four scores of two points say too much in any case: there a set has five or more.
- The middle half leaves out at least two raters at each end, and needs six of them.
- The word needs five: “close”, beside the median of four, could make the other three equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

LEAST = 4
LEAST_FOR_WORD = 5
LEAST_FOR_HALF = 6
FAR = 2
"""Points between two scores from which on they are discussed."""


@dataclass(frozen=True)
class Telling:
    """What a set of scores says; a part that it has too few raters for is empty.

    `bound` is "low" or "high" where the median is as told or beyond, towards that end.
    """

    median: float
    bound: str = ""
    half: tuple[int, int] | None = None
    word: str = ""

    @property
    def ends(self) -> tuple[float, float]:
        """Where its middle lies: the middle half, or of a smaller set the median."""
        return self.half or (self.median, self.median)


def least(points: int) -> int:
    """How many raters a set needs on a scale of so many points."""
    return LEAST if points > 2 else LEAST + 1


def tell(scores: Sequence[int], points: int) -> Telling:
    """What is told of these scores, each from 1 to `points`. ValueError where they are too few."""
    if len(scores) < least(points):
        raise ValueError(f"{len(scores)} scores are too few to tell of: {least(points)} are needed")
    median, bound = coarse(median_of(scores), len(scores), points)
    word = word_for(scores) if len(scores) >= LEAST_FOR_WORD else ""
    return Telling(median, bound, middle_half(scores), word)


def median_of(scores: Sequence[int]) -> float:
    """The middle score, or halfway between the two in the middle."""
    row = sorted(scores)
    return (row[(len(row) - 1) // 2] + row[len(row) // 2]) / 2


def coarse(median: float, raters: int, points: int) -> tuple[float, str]:
    """The median and its bound, as it may be told of so many raters."""
    if raters > LEAST:
        return median, ""
    if median >= points - 0.5:
        return points - 0.5, "high"
    return (1.5, "low") if median <= 1.5 else (median, "")


def middle_half(scores: Sequence[int]) -> tuple[int, int] | None:
    """The scores at a quarter from either end, never nearer to it than the third."""
    if len(scores) < LEAST_FOR_HALF:
        return None
    row, rank = sorted(scores), max(3, ceil(len(scores) / 4))
    return row[rank - 1], row[-rank]


def word_for(values: Sequence[float]) -> str:
    """ "discuss" where the farthest two are two points or more apart, else "close"."""
    return "discuss" if max(values) - min(values) >= FAR else "close"
