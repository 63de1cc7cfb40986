"""Which coalitions share people, and where one group could serve two aspirations."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

SHARE = 70
"""Common members, in per cent of the smaller group, from which sharing one is worth a thought."""


@dataclass(frozen=True, repr=False)
class Overlap:
    """Two groups with people in common; `common` counts them.

    `share_of_smaller` is in per cent, rounded; the suggestion is settled on whole numbers.
    """

    a: str
    b: str
    common: int
    share_of_smaller: int
    suggest_sharing: bool


def overlap(groups: Mapping[str, frozenset[int]], share: int = SHARE) -> tuple[Overlap, ...]:
    """Every pair of groups with somebody in common, the closest first. Keys of people within."""
    pairs = combinations(sorted(groups), 2)
    found = [compared(a, b, groups[a], groups[b], share) for a, b in pairs]
    shared = [row for row in found if row is not None]
    return tuple(sorted(shared, key=lambda row: (-row.share_of_smaller, row.a, row.b)))


def compared(
    a: str, b: str, first: frozenset[int], second: frozenset[int], share: int
) -> Overlap | None:
    """None where nobody is in both."""
    common, smaller = len(first & second), min(len(first), len(second))
    if not common:
        return None
    rounded = (200 * common + smaller) // (2 * smaller)
    return Overlap(a, b, common, rounded, 100 * common >= share * smaller)
