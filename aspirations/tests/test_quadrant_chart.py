"""The map's drawing: circles keep apart and in their field, labels where there is room."""

from itertools import combinations

import pytest

from aspirations.charts.quadrants import Position, across, marks, on_a_name, up


def drawn(*places: tuple[float, float], label: str = "Reading") -> list[tuple[float, float]]:
    found = marks([Position(n, label, *place) for n, place in enumerate(places, 1)])
    return [(float(mark.x), float(mark.y)) for mark in found]


def test_the_midline_is_the_middle_and_ends_stay_inside() -> None:
    assert (across(2.5), up(2.5)) == (211.0, 136.0)
    assert drawn((1, 1), (4, 4)) == [(46.0, 226.0), (376.0, 46.0)]


def test_values_beyond_the_scale_are_held_at_its_ends() -> None:
    assert (across(9.0), up(0.0)) == (across(4.0), up(1.0))


@pytest.mark.parametrize("count", [2, 5, 8])
def test_circles_in_one_place_stand_apart_and_in_their_field(count: int) -> None:
    found = drawn(*[(3.0, 3.0)] * count)
    for (x, y), (a, b) in combinations(found, 2):
        assert (x - a) ** 2 + (y - b) ** 2 >= 22**2 - 0.5
    assert all(x > across(2.5) and y < up(2.5) for x, y in found)


def test_one_that_had_to_move_leads_to_its_true_place() -> None:
    first, second = marks([Position(1, "", 3.0, 3.0), Position(2, "", 3.0, 3.0)])
    assert first.lead == ""
    assert second.lead.startswith(f"M{across(3.0):.1f} {up(3.0):.1f}L")


def test_the_way_leads_through_earlier_places_oldest_first() -> None:
    (mark,) = marks([Position(1, "", 3.0, 3.0, [(1.0, 3.0), (2.0, 3.0)])])
    assert mark.dots == [(f"{across(1):.1f}", f"{up(3):.1f}"), (f"{across(2):.1f}", f"{up(3):.1f}")]
    assert mark.way.count("L") == 2
    assert marks([Position(1, "", 3.0, 3.0)])[0].way == ""


@pytest.mark.parametrize("place", [(1.0, 4.0), (2.5, 4.0), (4.0, 4.0), (1.0, 1.0), (4.0, 1.0)])
def test_no_circle_covers_the_name_of_a_field(place: tuple[float, float]) -> None:
    found = drawn(*[place] * 6)
    assert not [centre for centre in found if on_a_name(centre)]


def test_a_label_stands_right_of_its_circle_or_left_at_the_edge() -> None:
    middle, edge = marks([Position(1, "Reading", 3.0, 2.0), Position(2, "Reading", 4.0, 3.0)])
    assert (middle.anchor, edge.anchor) == ("start", "end")


def test_a_label_without_room_is_left_to_the_key() -> None:
    (mark,) = marks([Position(1, "R" * 90, 3.0, 3.0)])
    assert mark.label == ""


def test_labels_of_neighbours_do_not_cover_each_other() -> None:
    found = marks([Position(n, "Attendance", 2.9 + n / 10, 3.0) for n in (1, 2, 3)])
    boxes = [(float(m.label_x), float(m.label_y), m.anchor) for m in found if m.label]
    assert len(boxes) == len(set(boxes)) >= 2


def test_a_label_keeps_off_the_way() -> None:
    (mark,) = marks([Position(1, "Teachers", 2.8, 3.0, [(3.9, 3.0)])])
    assert mark.anchor != "start"
