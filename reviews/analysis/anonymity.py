"""Which figures of one element are published, so that nobody's own score can be worked out.

One rule carries all others: **no score tells in two figures.** Whoever subtracts one published
figure from another then subtracts strangers from strangers. In particular:

- A group has a figure of its own where four or more of it gave a value (see `medians`); else it is
  "confidential". "Cannot judge" is no value. Only a group without a single rater in the whole
  round is "none": that one to three were silent on one element is nobody's business.
- Groups too small for a figure are pooled where together they are enough; else they stay silent.
- The row of everyone ("all") says nothing of its own. It sums up what the figures say: from the
  lowest to the highest of their middles, and the word. A total over all raters would be the classic
  leak: total less shown groups gives the hidden rest. Here the rest is a pool of four or more, or
  is in no figure at all.
- The word is "discuss" where the scores within one set, or any two figures, lie two points or more
  apart.
- Signed scores speak for a body, not for a person: they are shown as they are, to the joint team
  alone. So no other figure stands on them; who reads them sees them in the word too
  (`word_beside_signed`), and nobody else does.
- After a reopening a figure is published anew only where the very same raters, four or more, each
  gave another value, and only once; otherwise the earlier one stands. Four changes alone do not do:
  five raters low, then four more and a median at the top, give all four newcomers away. Nor do new
  values beside newcomers: that the figure is told anew then says who can have given what. A value
  that is saved again with another reason is the score it was. Raters who joined may still be told
  of, as a pool of their own, in the row of everyone.

Since sets have no rater in common, what one tells is independent of the others, and `medians` has
been proven for each alone, as the one set told twice has been for both: every rater keeps two
possible scores or more, even for another rater of the set.

What remains: several raters who put their own scores together narrow down the rest; who knows that
a person scored like everyone else learns it from everyone's figure; and what a rater writes as a
reason may give them away, which no arithmetic prevents.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from reviews.analysis.medians import LEAST_FOR_HALF, Telling, least, tell, word_for

EVERYONE = "all"


@dataclass(frozen=True)
class Given:
    """One value that a rater gave; `score` is its key."""

    rater: int
    group: str
    score: int
    value: int


@dataclass(frozen=True)
class Cell:
    """All that one element was given. `groups` have raters in the round.

    `signed` has the bodies that signed; None of a body that cannot judge.
    """

    points: int
    given: frozenset[Given]
    groups: frozenset[str]
    signed: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A set of scores that is told of: a group's, or under the name of everyone a pool."""

    name: str
    given: frozenset[Given]


@dataclass(frozen=True)
class Frozen:
    """One figure as it is published; `scores` are the keys it stands on."""

    state: str
    median: float | None = None
    bound: str = ""
    low: float | None = None
    high: float | None = None
    spread: str = ""
    scores: frozenset[int] = frozenset()


def freeze(cell: Cell, ever: Sequence[Part], names: Iterable[str]) -> dict[str, Frozen]:
    """The figures of one element by group, of `names`, of the signed ones and of everyone.

    `ever` are the parts that were told at earlier closings, the oldest first.
    """
    parts = parts_of(cell, ever, names)
    told = {part: tell([one.value for one in part.given], cell.points) for part in parts}
    figures = {part.name: figure_of(part, told[part]) for part in parts}
    hidden = {name: Frozen("confidential" if name in cell.groups else "none") for name in names}
    signed = {name: signed_figure(value) for name, value in cell.signed.items()}
    return hidden | signed | figures | {EVERYONE: of_everyone(cell.groups, told)}


def parts_of(cell: Cell, ever: Sequence[Part], names: Iterable[str]) -> list[Part]:
    """What is told of now: of each group what is new, else what stands; then the pools."""
    standing = {part.name: part for part in ever if part.name != EVERYONE}
    shown = []
    for name in names:
        part = Part(name, frozenset(one for one in cell.given if one.group == name))
        if is_publishable(part, ever, cell.points):
            shown.append(part)
        elif name in standing:
            shown.append(standing[name])
    return shown + pools(cell, ever, shown)


def pools(cell: Cell, ever: Sequence[Part], shown: Sequence[Part]) -> list[Part]:
    """Earlier pools, and one of those never told of. No rater of a pool is in a later figure."""
    found = [part for part in ever if part.name == EVERYONE]
    known = raters_in(shown) | raters_in(ever)
    rest = Part(EVERYONE, frozenset(one for one in cell.given if one.rater not in known))
    return [*found, rest] if is_publishable(rest, ever, cell.points) else found


def is_publishable(part: Part, ever: Sequence[Part], points: int) -> bool:
    """Whether the part is large enough, and apart enough from all that was ever told.

    TRAP: that it is told again says that the values are others. Where the raters are others too,
    or it comes a third time, that alone can give a value away; so neither may be.
    """
    if len(part.given) < least(points):
        return False
    raters = raters_in([part])
    before = [other for other in ever if raters & raters_in([other])]
    return not before or (len(before) == 1 and all_others(part, before[0]))


def all_others(part: Part, earlier: Part) -> bool:
    """Whether the very same raters gave other values, each of them."""
    same = raters_in([part]) == raters_in([earlier])
    return same and said_by(part).isdisjoint(said_by(earlier))


def said_by(part: Part) -> set[tuple[int, int]]:
    """Who gave which value. Saved again with another reason, a value is no new one."""
    return {(one.rater, one.value) for one in part.given}


def raters_in(parts: Collection[Part]) -> set[int]:
    return {one.rater for part in parts for one in part.given}


def figure_of(part: Part, told: Telling) -> Frozen:
    low, high = told.half or (None, None)
    scores = frozenset(one.score for one in part.given)
    return Frozen("shown", told.median, told.bound, low, high, told.word, scores)


def signed_figure(value: int | None) -> Frozen:
    return Frozen("shown", None if value is None else float(value))


def of_everyone(groups: Collection[str], told: Mapping[Part, Telling]) -> Frozen:
    """What the groups’ figures say together. Nothing in it stands on scores beyond theirs."""
    ends = [end for telling in told.values() for end in telling.ends]
    scores = frozenset(one.score for part in told for one in part.given)
    spread = word_of_all(told.values())
    wide = len(scores) >= LEAST_FOR_HALF
    if not spread:
        return Frozen("confidential" if groups else "none")
    low, high = (min(ends), max(ends)) if wide else (None, None)
    return Frozen("shown", None, "", low, high, spread, scores)


def word_of_all(told: Collection[Telling]) -> str:
    """ "discuss" or "close"; "" where there are not two things to compare."""
    words = {telling.word for telling in told} - {""}
    if "discuss" in words:
        return "discuss"
    if len(told) < 2:
        return "close" if words else ""
    return word_for([end for telling in told for end in (telling.median, *telling.ends)])


def word_beside_signed(word: str, ends: Sequence[float], signed: Sequence[float]) -> str:
    """The word of everyone for who reads signed scores too; the same without any.

    Worked out anew from what is published, `ends` of the figures shown, and from nothing else.
    """
    if word == "discuss" or not signed or len(ends) + len(signed) < 2:
        return word
    return word_for([*ends, *signed])
