"""What is told of one set of scores, and that it gives none of them away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations_with_replacement

import pytest

from reviews.analysis.medians import LEAST, Telling, least, tell

Scores = tuple[int, ...]


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        # four: half points, the ends of the scale as one
        ((1, 2, 3, 4), Telling(2.5)),
        ((2, 3, 3, 4), Telling(3)),
        ((1, 3, 4, 4), Telling(3.5, "high")),
        ((4, 4, 4, 4), Telling(3.5, "high")),
        ((1, 1, 2, 4), Telling(1.5, "low")),
        ((1, 1, 1, 1), Telling(1.5, "low")),
        # five: the median itself, and the word
        ((4, 4, 4, 4, 4), Telling(4, word="close")),
        ((1, 4, 4, 4, 4), Telling(4, word="discuss")),
        ((2, 2, 2, 3, 3), Telling(2, word="close")),
        # six and more: the middle half, two or more left out at each end
        ((1, 1, 2, 3, 4, 4), Telling(2.5, "", (2, 3), "discuss")),
        ((1, 2, 2, 2, 3, 3, 4), Telling(2, "", (2, 3), "discuss")),
        ((3,) * 12, Telling(3, "", (3, 3), "close")),
        ((1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4), Telling(2.5, "", (1, 4), "discuss")),
        ((1,) * 4 + (2,) * 9 + (4,) * 4, Telling(2, "", (2, 2), "discuss")),
    ],
)
def test_what_is_told(scores: Scores, told: Telling) -> None:
    assert tell(scores, 4) == told
    assert tell(scores[::-1], 4) == told


@pytest.mark.parametrize(("points", "few"), [(2, 4), (4, 3), (6, 3), (4, 0)])
def test_too_few_tell_nothing(points: int, few: int) -> None:
    with pytest.raises(ValueError, match=f"{few} scores are too few"):
        tell((1,) * few, points)


def test_the_ends_move_with_the_scale() -> None:
    assert tell((1, 5, 6, 6), 6) == Telling(5.5, "high")
    assert tell((1, 3, 4, 4), 6) == Telling(3.5)


@pytest.mark.parametrize("points", [2, 4, 6])
@pytest.mark.parametrize("raters", range(LEAST, 13))
def test_no_rater_is_given_away_by_any_set_there_is(points: int, raters: int) -> None:
    """Every rater keeps two possible scores, also for another of the set who knows the own one."""
    if raters < least(points):
        return
    for own, others in seen_by_everybody(points, raters):
        assert len(others) >= 2, (own, others)


def test_the_proof_sees_what_four_raters_would_give_away() -> None:
    """The same walk over plain medians finds the rater who knows that all others gave a 4."""
    worlds = [world for world in sets_of(4, 4) if sum(sorted(world)[1:3]) / 2 == 4]
    assert possible(worlds, own=1) == {4}


def seen_by_everybody(points: int, raters: int) -> Iterator[tuple[int | None, set[int]]]:
    """Of everything that may be told: who reads it (with which score), what others may have."""
    alike: defaultdict[Telling, list[Scores]] = defaultdict(list)
    for world in sets_of(points, raters):
        alike[tell(world, points)].append(world)
    for worlds in alike.values():
        for own in (None, *range(1, points + 1)):
            if others := possible(worlds, own):
                yield own, others


def sets_of(points: int, raters: int) -> Iterable[Scores]:
    return combinations_with_replacement(range(1, points + 1), raters)


def possible(worlds: Iterable[Scores], own: int | None) -> set[int]:
    """What others may have given; the raters of a set are alike, so it is the same for each."""
    found: set[int] = set()
    for world in worlds:
        rest = list(world)
        if own in rest:
            rest.remove(own)
        elif own is not None:
            continue
        found |= set(rest)
    return found
