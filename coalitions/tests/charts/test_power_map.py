"""The power map: everyone in the right cell, nobody upon another, arrows either way."""

import re
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.charts.power_map import HIGH, LEFT, TOP, WIDE, Pin, Words, power_map
from coalitions.tests.analysis.seats import SHORT_LIST, THIRTEEN
from coalitions.tests.charts.drawn import Mark, marks, read, texts

LEVELS = st.integers(1, 4)
KEYS = [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD", "AE", "AF"]
MOCK_UP = [
    Pin(one.key, one.alignment, one.potential, one.power, one in SHORT_LIST) for one in THIRTEEN
]


@st.composite
def pins(draw: st.DrawFn, most: int = 32) -> list[Pin]:
    keys = draw(st.lists(st.sampled_from(KEYS), max_size=most, unique=True))
    return [Pin(key, draw(LEVELS), draw(LEVELS), draw(LEVELS), draw(st.booleans())) for key in keys]


def crowd(count: int, alignment: int = 2, potential: int = 2, power: int = 3) -> list[Pin]:
    """So many in one cell."""
    return [Pin(KEYS[n], alignment, potential, power, chosen=n % 2 == 0) for n in range(count)]


def inside(mark: Mark, pin: Pin) -> bool:
    left, top = LEFT + (pin.alignment - 1) * WIDE, TOP + (4 - pin.power) * HIGH
    across = left <= mark.x - mark.radius and mark.x + mark.radius <= left + WIDE
    return across and top <= mark.y - mark.radius and mark.y + mark.radius <= top + HIGH


def arrows(svg: str) -> list[tuple[float, float, float]]:
    """Start, end and height of each arrow, from its line."""
    found = [row.attrib["d"] for row in read(svg).iter("path") if row.attrib["class"] == "move"]
    parts = [re.fullmatch(r"M([\d.]+) ([\d.]+)H([\d.]+)", line) for line in found]
    return [(float(p[1]), float(p[3]), float(p[2])) for p in parts if p]


def test_the_thirteen_stand_where_the_mock_up_has_them() -> None:
    found = marks(power_map(MOCK_UP))
    assert {key for key, mark in found.items() if mark.filled} == set("ACDEFGHI")
    places = {key: (found[key].x, round(found[key].y)) for key in "ABEFGJIKHN"}
    assert places == {
        "A": (298, 33), "B": (150, 58), "E": (446, 145), "F": (594, 170), "G": (446, 194),
        "J": (298, 219), "H": (594, 257), "I": (446, 282), "K": (446, 306), "N": (298, 331),
    }  # fmt: skip


def test_the_adviser_is_above_and_left_of_the_researcher() -> None:
    found = marks(power_map(MOCK_UP))
    assert found["A"].y < found["H"].y
    assert found["A"].x < found["H"].x


@pytest.mark.parametrize(
    ("alignment", "potential", "drawn"),
    [(2, 2, 0), (2, 4, 1), (3, 1, 1), (4, 1, 1), (1, 1, 0)],
)
def test_an_arrow_leads_where_it_could_go(alignment: int, potential: int, drawn: int) -> None:
    svg = power_map([Pin("A", alignment, potential, 2, chosen=False)])
    found = arrows(svg)
    assert len(found) == drawn
    for start, end, height in found:
        assert (end > start) == (potential > alignment)
        assert height == marks(svg)["A"].y
        assert LEFT + (potential - 1) * WIDE < end < LEFT + potential * WIDE


@pytest.mark.parametrize("count", [*range(1, 9), 12, 16, 17, 24, 32])
def test_a_crowd_in_one_cell_stands_clear(count: int) -> None:
    svg = power_map(crowd(count))
    found = list(marks(svg).values())
    assert len(found) == count
    assert all(inside(mark, pin) for mark, pin in zip(found, crowd(count), strict=True))
    for one, other in combinations(found, 2):
        assert hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius


@pytest.mark.parametrize(("count", "radius"), [(1, 11.5), (4, 11.5), (8, 11)])
def test_up_to_eight_keep_a_size_that_can_be_read(count: int, radius: float) -> None:
    assert min(mark.radius for mark in marks(power_map(crowd(count))).values()) >= radius


def test_up_to_eight_in_a_row_no_arrow_crosses_a_pin() -> None:
    row = [Pin(KEYS[n], 1 + n % 3, 4, 3, chosen=False) for n in range(8)]
    svg = power_map(row)
    for start, end, height in arrows(svg):
        for mark in marks(svg).values():
            crossed = start < mark.x < end and abs(mark.y - height) < mark.radius
            assert not crossed, mark.letters


@given(pins())
def test_everyone_is_drawn_once_in_the_right_cell_and_clear_of_all(found: list[Pin]) -> None:
    drawn = marks(power_map(found))
    assert sorted(drawn) == sorted(pin.key for pin in found)
    assert all(inside(drawn[pin.key], pin) for pin in found)
    assert all(drawn[pin.key].filled == pin.chosen for pin in found)
    for one, other in combinations(drawn.values(), 2):
        assert hypot(one.x - other.x, one.y - other.y) > one.radius + other.radius


@given(pins(most=10))
def test_the_order_of_pins_changes_nothing(found: list[Pin]) -> None:
    assert power_map(found) == power_map(list(reversed(found)))


def test_what_comes_in_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    svg = power_map([Pin("A", 1, 2, 3, True, evil)], Words([evil] * 4, evil, evil, evil))
    assert "<script" not in svg
    assert read(svg).attrib["aria-label"] == evil
    assert texts(svg, "lab-m").count(evil) == 10


def test_two_letters_and_small_pins_have_smaller_letters() -> None:
    assert "lab-n lab-s" in power_map([Pin("AA", 1, 1, 1, chosen=False)])
    assert "lab-s" not in power_map([Pin("A", 1, 1, 1, chosen=False)])


@pytest.mark.parametrize("levels", [(0, 1, 1), (1, 5, 1), (1, 1, 0)])
def test_a_level_that_is_none_is_refused(levels: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="from 1 to 4"):
        power_map([Pin("A", *levels, chosen=False)])


def test_nobody_leaves_an_empty_grid() -> None:
    svg = power_map([])
    assert marks(svg) == {}
    assert len([row for row in read(svg).iter("rect") if row.attrib["class"] == "gc"]) == 16


def test_no_style_stands_in_the_drawing() -> None:
    svg = power_map(MOCK_UP)
    assert not re.search(r"style=|fill=|stroke=|<style|on\w+=", svg)
