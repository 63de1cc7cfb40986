"""What holds for every group, whoever is in it."""

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from coalitions.analysis.balance import KINDS, RIGHT, Seat, advice, balance
from coalitions.tests.analysis.seats import THIRTEEN

SPHERES = ("Board", "Department", "Districts", "Schools", "Teachers")
LEVELS = st.integers(1, 4)
POWERS = st.lists(st.sampled_from(KINDS), min_size=1, max_size=5, unique=True).map(tuple)
KEYS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB"]
PAIRS = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=8)


@st.composite
def groups(draw: st.DrawFn, smallest: int = 0) -> list[Seat]:
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=smallest, max_size=12, unique=True))
    return [
        Seat(key, draw(LEVELS), draw(LEVELS), draw(LEVELS), draw(POWERS),
             draw(st.sampled_from(SPHERES)))
        for key in keys
    ]  # fmt: skip


@given(groups(), PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing(
    group: list[Seat], pairs: list[tuple[str, str]], chance: random.Random
) -> None:
    mixed = chance.sample(group, len(group))
    turned = [(b, a) for a, b in reversed(pairs)]
    assert balance(mixed, pairs=turned, known_spheres=reversed(SPHERES)) == balance(
        group, pairs=pairs, known_spheres=SPHERES
    )


@given(groups(smallest=1), PAIRS)
def test_one_more_person_takes_no_power_or_sphere_away(
    group: list[Seat], pairs: list[tuple[str, str]]
) -> None:
    fewer = balance(group[1:], pairs=pairs, known_spheres=SPHERES)
    more = balance(group, pairs=pairs, known_spheres=SPHERES)
    assert set(fewer.present) <= set(more.present)
    assert set(more.missing_spheres) <= set(fewer.missing_spheres)
    assert set(fewer.conflicts) <= set(more.conflicts)
    assert more.size == fewer.size + 1


@given(groups())
def test_everybody_has_one_main_power_and_one_sphere(group: list[Seat]) -> None:
    found, keys = balance(group), sorted(seat.key for seat in group)
    assert sorted(key for check in found.powers for key in check.main) == keys
    assert sorted(key for check in found.spheres for key in check.keys) == keys
    assert all(not set(check.main) & set(check.also) for check in found.powers)


@given(groups(smallest=1))
def test_shares_sum_to_the_whole_but_for_rounding(group: list[Seat]) -> None:
    shares = [check.share_percent for check in balance(group).spheres]
    assert abs(sum(shares) - 100) <= len(shares) / 2


@given(groups(), PAIRS)
def test_conflicts_stay_among_the_chosen(group: list[Seat], pairs: list[tuple[str, str]]) -> None:
    keys = {seat.key for seat in group}
    told = {frozenset(pair) for pair in pairs}
    for pair in balance(group, pairs=pairs).conflicts:
        assert set(pair) <= keys
        assert frozenset(pair) in told
        assert len(set(pair)) == 2


@given(groups(), st.integers(1, 100), st.integers(1, 100))
def test_a_higher_limit_warns_of_no_more(group: list[Seat], one: int, other: int) -> None:
    low, high = sorted((one, other))
    strict = {check.sphere for check in balance(group, limit=low).over}
    assert {check.sphere for check in balance(group, limit=high).over} <= strict
    assert not balance(group, limit=100).over


@given(groups())
def test_advice_is_of_each_by_itself(group: list[Seat]) -> None:
    found = balance(group)
    assert set(found.to_work_around) == {s.key for s in group if advice(s) == "work_around"}
    assert not set(found.to_win_over) & set(found.to_work_around)
    assert all(s.potential == 1 for s in group if s.key in found.to_work_around)


def test_every_eight_of_the_thirteen_get_an_answer() -> None:
    """1287 groups: at once, for the page asks at every tick."""
    known = [seat.sphere for seat in THIRTEEN]
    sizes = {balance(eight, known_spheres=known).verdict for eight in combinations(THIRTEEN, 8)}
    assert sizes == {RIGHT}
