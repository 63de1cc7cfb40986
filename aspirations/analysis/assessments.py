"""What several human lights say together, and how they stand to the rules' light and to time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from aspirations.analysis.standing import ORDER

LAPSES_AFTER = 2
"""Newer figures after which an assessment no longer speaks of what is known."""
DISCUSS_FROM = 2
"""Steps of the scale between two sheets from which they are discussed before anything else."""
WARN_FROM = 2
"""Steps between people's light and the rules' from which the difference is a warning."""


@dataclass(frozen=True)
class Spread:
    """The lowest and the highest of several lights, and how many steps lie between them."""

    lowest: str
    highest: str
    apart: int

    @property
    def to_discuss(self) -> bool:
        """Whether they are so far apart that they are talked about first."""
        return self.apart >= DISCUSS_FROM


def spread(lights: Iterable[str]) -> Spread | None:
    """How far apart lights are; None where there is none. What is not judged has no place."""
    places = sorted(ORDER.index(light) for light in lights if light in ORDER)
    if not places:
        return None
    return Spread(ORDER[places[0]], ORDER[places[-1]], places[-1] - places[0])


class Comparison(StrEnum):
    """How people's light stands to the rules'."""

    NOTHING = "nothing"  # one of the two is missing
    SAME = "same"
    DIFFERENT = "different"
    APART = "apart"  # two steps or more
    WATERMELON = "watermelon"  # people say Green, the rules Red
    REVERSE = "reverse"  # people say Red, the rules Green


def steps(human: str, computed: str) -> int | None:
    """Steps that people's light lies above (positive) or below the rules'; None without both."""
    if human not in ORDER or computed not in ORDER:
        return None
    return ORDER.index(human) - ORDER.index(computed)


def comparison(human: str, computed: str) -> Comparison:
    """One step is a difference, two or more a warning, the whole scale a watermelon or its reverse.

    A watermelon is green outside and red inside.
    """
    apart = steps(human, computed)
    if apart is None:
        return Comparison.NOTHING
    if apart == 0:
        return Comparison.SAME
    whole = len(ORDER) - 1
    if abs(apart) == whole:
        return Comparison.WATERMELON if apart > 0 else Comparison.REVERSE
    return Comparison.APART if abs(apart) >= WARN_FROM else Comparison.DIFFERENT


def is_opposite(human: str, computed: str) -> bool:
    """Whether people say Green where the rules say Red (a watermelon), or the reverse."""
    return comparison(human, computed) in {Comparison.WATERMELON, Comparison.REVERSE}


def is_warning(human: str, computed: str) -> bool:
    """Whether the two are two steps or more apart."""
    found = comparison(human, computed)
    return found in {Comparison.APART, Comparison.WATERMELON, Comparison.REVERSE}


class Standing(StrEnum):
    """Whether an assessment still speaks of what is known."""

    CURRENT = "current"
    ONE_NEWER = "one newer"
    LAPSED = "lapsed"


def standing(today: date, expires_on: date, newer_figures: int) -> Standing:
    """An assessment lapses on its last day, or once two newer figures have come in.

    `newer_figures` counts observed periods after the one that the assessment spoke of.
    """
    if today >= expires_on or newer_figures >= LAPSES_AFTER:
        return Standing.LAPSED
    return Standing.ONE_NEWER if newer_figures else Standing.CURRENT


def rank_faults(ranks: Iterable[int | None]) -> tuple[int, list[int]]:
    """How many have no place in an order, and which places are taken more than once."""
    given = list(ranks)
    placed = [rank for rank in given if rank is not None]
    twice = sorted({rank for rank in placed if placed.count(rank) > 1})
    return len(given) - len(placed), twice
