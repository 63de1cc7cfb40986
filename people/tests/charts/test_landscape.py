"""Where actors and their relations are drawn: order, room, and lines that keep clear of names."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.charts.landscape import EDGE, GUTTER, SIDE, Landscape, landscape
from people.charts.lettering import broken, cut, width
from people.charts.standing import Point, Tie, by_sphere, depths
from people.charts.ties import CLEAR, End, drawn, placed


def above(*pairs: tuple[int, int]) -> list[Tie]:
    return [Tie(source, target, "authority", "A", ranks=True) for source, target in pairs]


def beside(*pairs: tuple[int, int]) -> list[Tie]:
    return [Tie(source, target, "informal", "~") for source, target in pairs]


DEPTHS = [
    ([], {}),
    ([(1, 2), (2, 3)], {1: 0, 2: 1, 3: 2}),
    ([(1, 2), (2, 3), (1, 3)], {1: 0, 2: 1, 3: 1}),
    ([(1, 2), (2, 1)], {1: 0, 2: 0}),
    ([(1, 2), (2, 1), (9, 3)], {1: 0, 2: 0, 9: 0, 3: 1}),
    ([(9, 1), (1, 2), (2, 1)], {9: 0, 1: 1, 2: 2}),
]


@pytest.mark.parametrize(("pairs", "expected"), DEPTHS)
def test_how_deep_each_stands(pairs: list[tuple[int, int]], expected: dict[int, int]) -> None:
    assert depths(above(*pairs)) == expected


def test_only_authority_puts_one_above_another() -> None:
    assert depths(beside((1, 2))) == {}


def test_spheres_begin_with_who_stands_highest() -> None:
    points = [Point(1, "Zed", "Schools"), Point(2, "Able", "Schools"), Point(3, "Lord", "Board"),
              Point(4, "Aunt", "Families")]  # fmt: skip
    found = by_sphere(points, above((3, 1)))
    assert [(sphere, [one.name for one in rows]) for sphere, rows in found] == [
        ("Board", ["Lord"]), ("Schools", ["Zed", "Able"]), ("Families", ["Aunt"]),
    ]  # fmt: skip


BROKEN = [
    ("Governor", 200.0, 2, ["Governor"]),
    ("One two three", width("One two"), 2, ["One two", "three"]),
    ("One two three four", width("One two"), 2, ["One two", "three…"]),
    ("Wwwwwwww", width("Www"), 2, ["Www", "ww…"]),
]


@pytest.mark.parametrize(("text", "room", "most", "lines"), BROKEN)
def test_names_are_broken_into_lines(text: str, room: float, most: int, lines: list[str]) -> None:
    assert broken(text, room, most) == lines


@given(st.text(min_size=1, max_size=120), st.floats(60, 300), st.integers(1, 3))
def test_no_line_is_wider_than_its_room(text: str, room: float, most: int) -> None:
    lines = broken(text, room, most)
    assert 1 <= len(lines) <= most
    assert all(width(line) <= room for line in lines)


@given(st.text(max_size=80))
def test_what_fits_is_left_as_it_is(text: str) -> None:
    assert cut(text, width(text)) == text


def test_ends_at_one_actor_lie_apart_in_the_order_of_the_others() -> None:
    ends = {1: End(0, 100, 20, True), 2: End(300, 50, 8, False), 3: End(300, 150, 8, False)}
    low, high = drawn(beside((1, 3), (1, 2)), ends, 300)
    assert float(start(low.path)[1]) > float(start(high.path)[1])


def start(path: str) -> tuple[str, str]:
    x, y = path[1:].split("C")[0].split()
    return x, y


def test_letters_keep_clear_of_each_other() -> None:
    level = [(0.0, 0.0), (100.0, 0.0), (200.0, 0.0), (300.0, 0.0)]
    spots = placed([level, level, level])
    gaps = [abs(one[0] - other[0]) for n, one in enumerate(spots) for other in spots[:n]]
    assert min(gaps) >= CLEAR


def test_an_end_that_is_not_there_is_not_drawn() -> None:
    assert drawn(beside((1, 9)), {1: End(0, 0, 8, True)}, 300) == []


def test_who_has_no_part_in_what_is_chosen_is_quiet() -> None:
    points = [Point(key, f"Office {key}", "Board") for key in (1, 2, 3)]
    ties = [*above((1, 2)), *beside((2, 3))]
    whole, chosen = landscape(points, ties), landscape(points, ties, ties[:1])
    assert quiet(whole) == []
    assert quiet(chosen) == [3]
    assert quiet(landscape(points, ties, ties[:1], about=3)) == []
    assert [box.y for box in whole.clusters] == [box.y for box in chosen.clusters]


def quiet(drawing: Landscape) -> list[int]:
    return [node.key for box in drawing.clusters for node in box.nodes if node.is_quiet]


def test_one_sphere_needs_one_column() -> None:
    drawing = landscape([Point(1, "Alone", "Board")], [])
    assert float(drawing.width) == SIDE + GUTTER + 2 * EDGE
    assert len(drawing.clusters) == 1


@st.composite
def maps(draw: st.DrawFn) -> tuple[list[Point], list[Tie]]:
    count = draw(st.integers(1, 60))
    spheres = draw(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=12))
    points = [
        Point(key, draw(st.text(min_size=1, max_size=120)), draw(st.sampled_from(spheres)))
        for key in range(count)
    ]
    keys = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(keys, keys), max_size=40))
    return points, above(*((one, other) for one, other in pairs if one != other))


@settings(max_examples=40, deadline=None)
@given(maps())
def test_everything_is_drawn_once_and_inside(given_map: tuple[list[Point], list[Tie]]) -> None:
    points, ties = given_map
    drawing = landscape(points, ties)
    wide, high = float(drawing.width), float(drawing.height)
    nodes = [node for box in drawing.clusters for node in box.nodes]
    assert sorted(node.key for node in nodes) == [point.key for point in points]
    assert len(drawing.lines) == len(ties)
    for box in drawing.clusters:
        assert float(box.x) + float(box.wide) <= wide
        assert float(box.y) + float(box.high) <= high
    for line in drawing.lines:
        assert SIDE <= float(line.x) <= SIDE + GUTTER + 2 * EDGE
        assert 0 <= float(line.y) <= high


@settings(max_examples=40, deadline=None)
@given(maps())
def test_boxes_in_a_column_do_not_overlap(given_map: tuple[list[Point], list[Tie]]) -> None:
    columns: dict[str, list[tuple[float, float]]] = {}
    for box in landscape(*given_map).clusters:
        columns.setdefault(box.x, []).append((float(box.y), float(box.high)))
    for boxes in columns.values():
        for (top, high), (below, _high) in pairwise(boxes):
            assert top + high < below
