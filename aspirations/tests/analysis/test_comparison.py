"""Places side by side: what chance explains, and what it does not."""

import math

import pytest

from aspirations.analysis.comparison import Basis, Spot, compare, funnel, is_share, natural, side_of


def counted(above: float, below: float, period: int = 7, improving: bool = False) -> Spot:
    return Spot(period, 100 * above / below, above, below, improving=improving)


@pytest.mark.parametrize(
    ("share", "size", "low", "high"),
    [
        # 3·√(0.5·0.5/100) = 0.15
        (0.5, 100, 0.35, 0.65),
        # 3·√(0.2·0.8/400) = 0.06
        (0.2, 400, 0.14, 0.26),
        # held within 0 and 1
        (0.1, 9, 0.0, 0.4),
        (0.9, 9, 0.6, 1.0),
        (0.0, 50, 0.0, 0.0),
    ],
)
def test_control_limits_of_a_proportion(share: float, size: float, low: float, high: float) -> None:
    found = funnel(share, size)
    assert found == pytest.approx((low, high))


def test_the_same_gap_is_chance_in_a_small_place_and_real_in_a_large_one() -> None:
    told = compare([counted(6, 20), counted(600, 2000), counted(5000, 10000)], sign=1)
    assert told.basis == Basis.FUNNEL
    assert told.common == pytest.approx(100 * 5606 / 12020)
    assert [place.side for place in told.places] == [0, -1, 1]
    assert [place.better for place in told.places] == [0, -1, 1]
    assert [place.learn for place in told.places] == [False, False, True]
    half = 300 * math.sqrt(0.5 * 0.5 / 20)
    low, high = told.places[0].low, told.places[0].high
    assert low is not None
    assert high is not None
    assert high - low == pytest.approx(2 * half, rel=0.01)


def test_where_less_is_better_the_low_place_is_worth_a_visit() -> None:
    told = compare([counted(600, 2000), counted(5000, 10000)], sign=-1)
    assert [place.better for place in told.places] == [1, -1]
    assert told.best == pytest.approx(30.0)


def test_without_a_direction_nobody_is_named() -> None:
    told = compare([counted(600, 2000, improving=True), counted(5000, 10000)], sign=0)
    assert [place.learn for place in told.places] == [False, False]
    assert told.best is None


def test_one_that_improves_by_a_signal_is_worth_a_visit_whatever_its_level() -> None:
    told = compare([counted(600, 2000, improving=True), counted(5000, 10000)], sign=1)
    assert told.places[0].better == -1
    assert told.places[0].learn


def test_improving_with_all_the_rest_sets_nobody_apart() -> None:
    spots = [counted(600, 2000, improving=True), counted(5000, 10000, improving=True)]
    told = compare(spots, sign=1, shared=True)
    assert [place.learn for place in told.places] == [False, True]


def test_older_figures_are_not_compared() -> None:
    told = compare([counted(600, 2000), counted(5000, 10000), counted(1, 10, period=6)], sign=1)
    assert told.period == 7
    assert not told.places[2].is_compared
    assert told.places[2].side is None
    assert told.common == pytest.approx(100 * 5600 / 12000)


def apart(value: float, *distances: float) -> Spot:
    return Spot(7, value, distances=distances)


def test_natural_limits_of_distances() -> None:
    # centre 2, moves 1, 1, 1, 1: 2 ± 2.66
    assert natural([1.5, 2.5, 1.5, 2.5, 2.0][:4]) is None
    assert natural([1.0, 2.0, 3.0, 2.0, 2.0]) == pytest.approx((2 - 2.66 * 0.75, 2 + 2.66 * 0.75))
    assert natural([4.0] * 5) == (4.0, 4.0)


@pytest.mark.parametrize(
    ("distances", "side"),
    [
        # nothing at all lies within the limits of the distances
        ((1.0, -1.0, 1.0, -1.0, 1.0), 0),
        ((3.0, -3.0, 8.0, 2.0, 4.0), 0),
        # always beside the whole, whatever the whole does
        ((5.0, 6.0, 5.0, 6.0, 5.0), 1),
        ((-5.0, -6.0, -5.0, -6.0, -5.0), -1),
        ((4.0, 4.0, 4.0, 4.0, 4.0), 1),
        ((0.0, 0.0, 0.0, 0.0, 0.0), 0),
        # what was so for long and is not so now is not said
        ((9.0, 9.5, 9.0, 9.5, 9.0, 9.5, 9.0, 9.5, 9.0, -0.5), 0),
        # too few
        ((5.0, 6.0, 5.0, 6.0), None),
    ],
)
def test_without_counts_the_distance_to_the_whole_says_it(
    distances: tuple[float, ...], side: int | None
) -> None:
    told = compare([apart(50 + distances[-1], *distances), apart(48.0, *[-2.0] * 5)], 1, whole=50.0)
    assert told.basis == Basis.NATURAL
    assert told.common == 50.0
    assert told.places[0].side == side


def test_the_range_stands_where_the_distances_would_put_the_place_today() -> None:
    told = compare([apart(56.0, 5.0, 6.0, 5.0, 6.0, 5.0), apart(48.0)], 1, whole=50.0)
    assert told.places[0].low == pytest.approx(50 + 5.4 - 2.66)
    assert told.places[0].high == pytest.approx(50 + 5.4 + 2.66)


def test_without_the_whole_the_middle_place_is_the_measure() -> None:
    told = compare([apart(40.0), apart(50.0), apart(70.0)], sign=1)
    assert (told.common, told.middle) == (50.0, 50.0)


@pytest.mark.parametrize("spots", [[], [counted(3, 10)], [Spot(), Spot()]])
def test_one_place_alone_is_not_compared(spots: list[Spot]) -> None:
    assert [place.side for place in compare(spots, sign=1).places] == [None] * len(spots)


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (3.0, 10.0, True),
        (0.0, 10.0, True),
        (12.0, 10.0, False),
        (-1.0, 10.0, False),
        (None, None, False),
    ],
)
def test_only_a_part_of_a_whole_is_a_proportion(
    above: float | None, below: float | None, expected: bool
) -> None:
    assert is_share(Spot(7, 1.0, above, below)) == expected


def test_one_place_without_counts_turns_all_to_natural_limits() -> None:
    told = compare([counted(6, 20), apart(48.0)], sign=1, whole=45.0)
    assert told.basis == Basis.NATURAL


def test_unknown_edges_say_nothing() -> None:
    assert side_of(None, 1.0, 2.0) is None
    assert side_of(1.0, None, 2.0) is None
