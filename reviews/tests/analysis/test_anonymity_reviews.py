"""Random reviews, closed and opened again; and small ones with every score there could be."""

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, combinations_with_replacement, product

import pytest

from reviews.analysis.anonymity import EVERYONE, Cell, Frozen, Given, Part
from reviews.analysis.medians import LEAST
from reviews.models import GROUPS
from reviews.tests.analysis.closings import changed, close

# ------------------------------------------------------------------ 10,000 random reviews


def test_no_published_pair_differs_by_under_four_raters() -> None:
    pairs = 0
    for seed in range(10_000):
        ever: list[Part] = []
        published: set[frozenset[Given]] = set()
        for now in closings(random.Random(seed)):
            figures = close(now, ever)
            published |= sets_told(figures, ever)
            rest = rest_of(figures, ever)
            assert len(rest) == 0 or len(rest) >= LEAST, seed
        for one, other in combinations(published, 2):
            assert changed(Part("", one), Part("", other)) >= LEAST, seed
            pairs += 1
    assert pairs > 20_000


def test_the_walk_sees_a_pair_that_gives_a_rater_away() -> None:
    four = frozenset(Given(n, "self", n, 2) for n in range(4))
    assert changed(Part("", four), Part("", four | {Given(9, "self", 9, 1)})) == 1


def closings(chance: random.Random) -> Iterator[Cell]:
    """One to three closings of one element; between them raters join, leave and think again."""
    sizes = {name: chance.choice((0, 1, 2, 3, 4, 5, 7)) for name in GROUPS}
    raters = [(name, chance.random()) for name, size in sizes.items() for _n in range(size)]
    keys = iter(range(10_000))
    scores = {who: given_by(chance, who, raters, keys) for who in range(len(raters))}
    restless = chance.choice((0.1, 0.5, 1.0))
    for _closing in range(chance.randint(1, 3)):
        given = frozenset(one for one in scores.values() if one)
        yield Cell(4, given, frozenset(name for name, _ in raters), {"unit": chance.randint(1, 4)})
        raters += [(chance.choice(GROUPS), 0.0) for _n in range(chance.choice((0, 0, 1, 4, 6)))]
        for who in range(len(raters)):
            if who not in scores or chance.random() < restless:
                scores[who] = given_by(chance, who, raters, keys)


def given_by(
    chance: random.Random, who: int, raters: list[tuple[str, float]], keys: Iterator[int]
) -> Given | None:
    """A score, or none where the rater cannot judge or took it back."""
    value = chance.choice((1, 2, 3, 4, 1, 4, 3, 2, None))
    return Given(who, raters[who][0], next(keys), value) if value else None


def sets_told(figures: Mapping[str, Frozen], ever: list[Part]) -> set[frozenset[Given]]:
    """What each figure stands on, the row of everyone included."""
    return {of(one.scores, ever) for name, one in figures.items() if one.scores}


def rest_of(figures: Mapping[str, Frozen], ever: list[Part]) -> frozenset[Given]:
    """The raters of the row of everyone that are in no group's figure."""
    shown = {key for name in GROUPS for key in figures[name].scores}
    return of(figures[EVERYONE].scores - shown, ever)


def of(keys: Iterable[int], ever: list[Part]) -> frozenset[Given]:
    wanted = set(keys)
    return frozenset(one for part in ever for one in part.given if one.score in wanted)


# ------------------------------------------------------------------ every score there could be


@dataclass(frozen=True)
class Alike:
    """Raters nobody can tell apart: of one group, with scores that count at the same closings.

    `counts` names for each closing which of a rater's scores counts, None for none.
    """

    group: str
    raters: int
    counts: tuple[int | None, ...]

    @property
    def scores(self) -> int:
        return 1 + max(which for which in self.counts if which is not None)


World = tuple[tuple[tuple[int, ...], ...], ...]
"""For each class of raters, for each rater in it, the scores given one after another."""

ONCE, AGAIN, JOINED, BOTH = (0,), (0, 1), (None, 0), (0, 0)
REVIEWS: dict[str, tuple[int, list[Alike], dict[str, int | None]]] = {
    "two groups": (4, [Alike("self", 4, ONCE), Alike("survey", 5, ONCE)], {}),
    "beside signed scores": (4, [Alike("self", 5, ONCE)], {"unit": 4, "independent": 3}),
    "six": (4, [Alike("self", 6, ONCE)], {"unit": 3}),
    "a pool": (4, [Alike("self", 3, ONCE), Alike("survey", 2, ONCE)], {"unit": 1}),
    "a pool beside a group": (
        4, [Alike("self", 4, ONCE), Alike("survey", 2, ONCE), Alike("focus_group", 2, ONCE)], {},
    ),
    "three silent": (4, [Alike("self", 6, ONCE), Alike("survey", 3, ONCE)], {}),
    "six points": (6, [Alike("self", 5, ONCE)], {"unit": 6}),
    "two points": (2, [Alike("self", 5, ONCE), Alike("survey", 4, ONCE)], {"unit": 2}),
    "four think again": (4, [Alike("self", 4, AGAIN)], {}),
    "three of four think again": (4, [Alike("self", 3, AGAIN), Alike("self", 1, BOTH)], {}),
    "four join five": (4, [Alike("self", 5, BOTH), Alike("self", 4, JOINED)], {}),
    "two join a silent two": (
        4, [Alike("self", 2, BOTH), Alike("self", 2, JOINED), Alike("survey", 2, BOTH)], {},
    ),
    "one leaves six": (4, [Alike("self", 5, BOTH), Alike("self", 1, (0, None))], {}),
    "a pool thinks again": (
        4, [Alike("self", 2, AGAIN), Alike("survey", 1, BOTH), Alike("survey", 2, BOTH)], {},
    ),
    "four think again and one joins": (4, [Alike("self", 4, AGAIN), Alike("self", 1, JOINED)], {}),
    "four think again and one leaves": (
        4, [Alike("self", 4, AGAIN), Alike("self", 1, (0, None))], {},
    ),
    "on two points five think again and two join": (
        2, [Alike("self", 5, AGAIN), Alike("self", 2, JOINED)], {},
    ),
    "on two points six think again": (2, [Alike("self", 6, AGAIN)], {}),
    "on two points five think thrice": (2, [Alike("self", 5, (0, 1, 2))], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", REVIEWS)
def test_every_score_keeps_two_possible_values_for_every_reader(name: str) -> None:
    """Also for a rater, who knows all the own scores, and who knows how many gave a value."""
    points, classes, signed = REVIEWS[name]
    alike: defaultdict[object, list[World]] = defaultdict(list)
    for world in worlds(points, classes):
        alike[published(world, points, classes, signed)].append(world)
    assert len(alike) > 1
    for consistent in alike.values():
        for reader, known in readers(consistent):
            for values in possible(consistent, reader, known):
                assert len(values) >= 2, (reader, known, consistent[0])


def test_four_changes_alone_would_give_newcomers_away() -> None:
    """Five whose median is 1, then nine whose median is 4: the reader who gave a 2 knows the rest.

    So a figure is not published anew where it would tell of a score once more.
    """
    found = [
        (five, four)
        for five in sets_of(4, 5)
        for four in sets_of(4, 4)
        if five[2] == 1 and 2 in five and sorted(five + four)[4] == 4
    ]
    assert {four for _five, four in found} == {(4, 4, 4, 4)}


def worlds(points: int, classes: list[Alike]) -> Iterator[World]:
    every = [
        combinations_with_replacement(
            list(product(range(1, points + 1), repeat=one.scores)), one.raters
        )
        for one in classes
    ]
    return product(*every)


def sets_of(points: int, raters: int) -> list[tuple[int, ...]]:
    return list(combinations_with_replacement(range(1, points + 1), raters))


def published(
    world: World, points: int, classes: list[Alike], signed: dict[str, int | None]
) -> object:
    """All that anybody can read after the last closing: the figures of each."""
    ever: list[Part] = []
    groups = frozenset(one.group for one in classes)
    told = []
    for closing in range(len(classes[0].counts)):
        cell = Cell(points, frozenset(given_in(world, classes, closing)), groups, signed)
        figures = close(cell, ever)
        told.append(tuple(replace(one, scores=frozenset()) for one in figures.values()))
    return tuple(told)


def given_in(world: World, classes: list[Alike], closing: int) -> Iterator[Given]:
    for n, (alike, raters) in enumerate(zip(classes, world, strict=True)):
        which = alike.counts[closing]
        if which is not None:
            for rater, scores in enumerate(raters):
                key = 100 * n + 10 * rater
                yield Given(key, alike.group, key + which, scores[which])


def readers(consistent: list[World]) -> Iterator[tuple[int | None, tuple[int, ...]]]:
    """Somebody outside, and every rater there may be, with the scores they gave."""
    yield None, ()
    yield from {(n, own) for world in consistent for n, row in enumerate(world) for own in row}


def possible(
    consistent: list[World], reader: int | None, known: tuple[int, ...]
) -> Iterator[set[int]]:
    """For each class of raters and each of their scores, what others may have given."""
    found: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for world in consistent:
        if reader is not None and known not in world[reader]:
            continue
        for n, row in enumerate(world):
            rest = list(row)
            if n == reader:
                rest.remove(known)
            for scores in rest:
                for which, value in enumerate(scores):
                    found[n, which].add(value)
    yield from found.values()
