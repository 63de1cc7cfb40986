"""Drawings of points on a scale: where each mark stands."""

import pytest

from reviews.charts.movement import move
from reviews.charts.spread import spread
from reviews.charts.triangle import triangle


@pytest.mark.parametrize(
    ("low", "high", "points", "left", "wide"),
    [
        (3, 3, 4, "83", "10"),
        (2, 3, 4, "45", "48"),
        (1, 4, 4, "7", "124"),
        (1.5, 2.5, 4, "26", "48"),
        (1, 6, 6, "7", "124"),
    ],
)
def test_the_middle_half_as_a_bar(
    low: float, high: float, points: int, left: str, wide: str
) -> None:
    drawn = spread(low, high, points)
    assert (drawn.left, drawn.wide) == (left, wide)
    assert len(drawn.ticks) == points


@pytest.mark.parametrize(
    ("earlier", "now", "places", "arrow"),
    [
        (1, 3, ("12", "88"), "M16.5 13H80.5M75.5 9L80.5 13L75.5 17"),
        (3, 2, ("88", "50"), "M83.5 13H57.5M62.5 9L57.5 13L62.5 17"),
        (2, 2, ("50", "50"), ""),
    ],
)
def test_a_movement(earlier: int, now: int, places: tuple[str, str], arrow: str) -> None:
    drawn = move(earlier, now, 4)
    assert (drawn.earlier, drawn.now) == places
    assert drawn.arrow == arrow


def test_the_stronger_stands_higher_in_its_corner() -> None:
    drawn = triangle([("Value", [("A", 1), ("B", 4), ("C", 0)]), ("Support", []), ("Able", [])], 4)
    assert drawn is not None
    first = drawn.corners[0]
    high = {mark.code: float(mark.y) for mark in first.marks}
    assert high["B"] < high["A"] < high["C"]
    assert {mark.code: mark.shade for mark in first.marks} == {"A": "s1", "B": "s6", "C": "v0"}
    assert [level.words for level in first.levels] == ["4", "3", "2", "1", "–"]


def test_many_on_one_level_break_into_lines_and_stay_in_their_box() -> None:
    codes = [(f"V{number}", 2) for number in range(13)]
    drawn = triangle([("Value", codes), ("Support", []), ("Able", [])], 4)
    assert drawn is not None
    box = drawn.corners[0]
    assert len({mark.y for mark in box.marks}) == 3
    for mark in box.marks:
        assert float(box.x) < float(mark.x) < float(mark.x) + 44 <= float(box.x) + 300
        assert float(box.y) < float(mark.y) < float(box.y) + float(box.high) - 20
    assert all(float(one.y) + float(one.high) < float(drawn.height) for one in drawn.corners)


@pytest.mark.parametrize("count", [0, 1, 2, 4])
def test_with_other_than_three_corners_there_is_no_triangle(count: int) -> None:
    assert triangle([(str(number), []) for number in range(count)], 4) is None
