"""Two rounds, element by element: what is stronger, what is weaker, and what cannot be compared.

Only agreed judgments are compared, and only where both rounds ask the same: the same version of a
rubric, or another version of it in which question, weak, strong and the whole scale are equal.
A judgment on other words, or on other points, would show a movement that nobody made.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Movement(StrEnum):
    STRONGER = "stronger"
    WEAKER = "weaker"
    SAME = "same"
    OPEN = "open"  # asked in the same words twice, and not judged in both rounds
    NEW = "new"
    REMOVED = "removed"
    REWORDED = "reworded"
    RESCALED = "rescaled"
    OTHER = "other"  # the two rounds use two rubrics


COMPARED = (Movement.STRONGER, Movement.WEAKER, Movement.SAME)
ALIKE = (*COMPARED, Movement.OPEN)
"""Movements of elements that both rounds ask in the same words on the same scale."""


@dataclass(frozen=True)
class Asked:
    """What a round asked about one element; `value` is what its panel agreed, None for none."""

    code: str
    title: str
    wording: tuple[str, ...]
    value: int | None = None


@dataclass(frozen=True)
class Sheet:
    """All that a round asked: the key of its rubric, its scale and its elements in order."""

    rubric: str
    scale: tuple[tuple[str, str], ...]
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Pair:
    """One element in the earlier round and now; None where it was not asked."""

    movement: Movement
    earlier: Asked | None
    now: Asked | None

    @property
    def code(self) -> str:
        """By which the element goes now, or went before it was removed."""
        row = self.now or self.earlier
        return row.code if row else ""

    @property
    def steps(self) -> int:
        """Points up, or down where negative; 0 where nothing compares."""
        if self.movement not in COMPARED or self.earlier is None or self.now is None:
            return 0
        return (self.now.value or 0) - (self.earlier.value or 0)


def compare(earlier: Sheet, now: Sheet) -> list[Pair]:
    """Every element of now in its order, then those that only the earlier round asked."""
    if earlier.rubric != now.rubric:
        return [Pair(Movement.OTHER, None, row) for row in now.asked]
    before = matched(earlier.asked, now.asked)
    rescaled = earlier.scale != now.scale
    pairs = [paired(before.get(row.code), row, rescaled) for row in now.asked]
    found = {row.code for row in before.values()}
    gone = [row for row in earlier.asked if row.code not in found]
    return pairs + [Pair(Movement.REMOVED, row, None) for row in gone]


def matched(earlier: Sequence[Asked], now: Sequence[Asked]) -> dict[str, Asked]:
    """Code of now to what the earlier round asked for it.

    First who kept both code and words, then who kept the words under a new code, then the code.
    """
    left = {row.code: row for row in earlier}
    found: dict[str, Asked] = {}
    rules: tuple[Callable[[Asked, Asked], bool], ...] = (
        lambda old, new: old.code == new.code and old.wording == new.wording,
        lambda old, new: old.wording == new.wording,
        lambda old, new: old.code == new.code,
    )
    for same in rules:
        for row in now:
            if row.code in found:
                continue
            hit = next((old for old in left.values() if same(old, row)), None)
            if hit is not None:
                found[row.code] = left.pop(hit.code)
    return found


def paired(earlier: Asked | None, now: Asked, rescaled: bool) -> Pair:
    if earlier is None:
        return Pair(Movement.NEW, None, now)
    if earlier.wording != now.wording:
        return Pair(Movement.REWORDED, earlier, now)
    if rescaled:
        return Pair(Movement.RESCALED, earlier, now)
    return Pair(moved(earlier.value, now.value), earlier, now)


def moved(earlier: int | None, now: int | None) -> Movement:
    if earlier is None or now is None:
        return Movement.OPEN
    if earlier == now:
        return Movement.SAME
    return Movement.STRONGER if now > earlier else Movement.WEAKER


def counts(pairs: Sequence[Pair]) -> Counter[Movement]:
    """How many elements made each movement: counts alone, for points of a scale have no mean."""
    return Counter(pair.movement for pair in pairs)


def alike(pairs: Sequence[Pair]) -> int:
    """How many elements both rounds ask in the same words, whether judged or not."""
    return sum(pair.movement in ALIKE for pair in pairs)
