"""Circles of leadership: each ring around the one before, its name where it can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalitions.charts.circles import Ring, circles, told
from coalitions.tests.charts.drawn import read, texts

FOUR = [
    Ring("Senior leaders", 40),
    Ring("Principals", 1215),
    Ring("Teachers", 31_000),
    Ring("Families and public"),
]
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=120)
RINGS = st.lists(st.builds(Ring, NAMES, st.none() | st.integers(1, 10**7)), max_size=9)


def discs(svg: str) -> list[tuple[str, float, float]]:
    """Kind, foot and radius of each disc, in the order in which they are drawn."""
    found = [row.attrib for row in read(svg).iter("circle")]
    return [(row["class"], float(row["cy"]) + float(row["r"]), float(row["r"])) for row in found]


def test_the_mock_up() -> None:
    svg = circles(8, FOUR)
    assert [(kind, radius) for kind, _foot, radius in discs(svg)] == [
        ("ring-a", 156), ("ring-b", 128), ("ring-a", 100), ("ring-b", 72), ("core", 44),
    ]  # fmt: skip
    assert texts(svg, "lab-m") == [
        "Families and public", "Teachers: 31,000", "Principals: 1,215", "Senior leaders", "40",
    ]  # fmt: skip
    assert (texts(svg, "core-n"), texts(svg, "core-t")) == (["8"], ["coalition"])


@pytest.mark.parametrize("count", range(10))
def test_each_ring_lies_around_the_next(count: int) -> None:
    found = discs(circles(7, [Ring(f"Ring {n}") for n in range(count)]))
    assert len(found) == count + 1
    radii = [radius for _kind, _foot, radius in found]
    assert radii == sorted(radii, reverse=True)
    assert len(set(radii)) == count + 1
    assert max(foot for _kind, foot, _r in found) - min(foot for _k, foot, _r in found) < 0.2


def test_more_than_nine_are_refused() -> None:
    with pytest.raises(ValueError, match="10 rings"):
        circles(7, [Ring("x")] * 10)


def test_a_long_name_is_wrapped_or_cut_and_said_in_full() -> None:
    name = "Everybody who teaches or supports children in all of the four hundred schools"
    svg = circles(8, [*FOUR[:3], Ring(name)])
    (title,) = list(read(svg).iter("title"))[:1]
    assert title.text == name
    assert any("…" in text for text in texts(svg, "lab-m"))


@given(st.integers(0, 40), RINGS)
def test_whatever_the_names_it_is_a_drawing(core: int, rings: list[Ring]) -> None:
    svg = circles(core, rings)
    width, height = (float(part) for part in read(svg).attrib["viewBox"].split()[2:])
    for text in read(svg).iter("text"):
        assert 0 < float(text.attrib["y"]) < height
        assert float(text.attrib["x"]) == width / 2
    assert circles(core, rings) == svg


def test_what_comes_in_is_escaped() -> None:
    evil = '"><script>'
    svg = circles(1, [Ring(evil)], label=evil, centre=evil)
    assert "<script" not in svg
    assert read(svg).attrib["aria-label"] == evil
    assert not re.search(r"style=|fill=|stroke=", svg)


def test_the_rings_are_told_in_one_line() -> None:
    assert told(FOUR[:2]) == "Senior leaders: 40; Principals: 1,215"
