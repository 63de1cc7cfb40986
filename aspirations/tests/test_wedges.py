"""The drawing of where a path's points come from: layers that touch, and a rest that is seen."""

import re

import numpy as np
import pytest

from aspirations.analysis import honesty, trajectories
from aspirations.analysis.trajectories import Effect, Path
from aspirations.charts.wedges import NARROW, WIDE, Names, Size, Stack, stack

PATH = Path(
    "interventions", 0, 50.0, 4, 70.0, parameters={"drift": 0.5},
    effects=(Effect(0, 8.0, ramp=2, name="Coaches"), Effect(1, 6.0, ramp=2, name="Tutors")),
)  # fmt: skip
NAMES = Names(
    ["+8 Coaches", "+6 Tutors"], "4 left", "Target 70", "Nothing 52", [(0, "a"), (4, "e")]
)


def drawn(path: Path = PATH, size: Size = WIDE, names: Names = NAMES) -> Stack:
    expected = trajectories.expected([path], path.k0, 5)[0]
    parts = honesty.wedges(path, path.k0, 5)
    ends = path.shape == "interventions"
    return stack(parts, path.baseline, path.target, expected, names, size, opens_at_end=ends)


def places(outline: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", outline)]


def test_each_layer_lies_on_the_one_below() -> None:
    made = drawn()
    assert [kind for kind, _ in made.areas] == ["w0", "w1", "left"]
    first, second = (places(outline) for _kind, outline in made.areas[:2])
    assert first[:5] == second[:4:-1], "the top of one is the bottom of the next"
    assert first[:4:-1] == places(made.still)


def test_what_a_sum_leaves_open_stands_between_its_end_and_the_target() -> None:
    made = drawn()
    rest = places(made.areas[-1][1])
    heights = {y for _x, y in rest}
    end, target = places(made.path)[-1], places(made.target)[0]
    assert heights == {end[1], target[1] + 5}
    assert max(x for x, _y in rest) == end[0]


def test_another_shape_shows_what_is_left_all_the_way() -> None:
    path = Path("linear", 0, 50.0, 4, 70.0, effects=PATH.effects)
    made = drawn(path)
    assert len(places(made.areas[-1][1])) == 10
    assert places(made.path)[-1][1] == places(made.target)[0][1] + 5


def test_a_plan_that_explains_everything_has_no_rest() -> None:
    path = Path("interventions", 0, 50.0, 4, 58.0, effects=PATH.effects[:1])
    names = Names(["+8 Coaches"], "", "Target 58", "Nothing 50", [(0, "a")])
    assert [kind for kind, _ in drawn(path, names=names).areas] == ["w0"]


def test_everything_stays_inside_the_box() -> None:
    for size in (WIDE, NARROW):
        made = drawn(size=size)
        outlines = [made.still, made.path, *(outline for _kind, outline in made.areas)]
        for x, y in (place for outline in outlines for place in places(outline)):
            assert size.left <= x <= size.width - size.right
            assert 0 <= y <= size.height


def test_labels_stand_apart_and_only_where_there_is_room() -> None:
    heights = sorted(float(label.y) for label in drawn().labels)
    assert len(heights) == 5
    assert min(np.diff(heights)) >= 17.9
    assert drawn(size=NARROW).labels == []


def test_a_narrow_page_names_first_middle_and_last() -> None:
    names = Names(["", ""], "", "", "", [(step, str(step)) for step in range(5)])
    assert [tick.words for tick in drawn(size=NARROW, names=names).ticks] == ["0", "2", "4"]
    assert [tick.kind for tick in drawn(names=names).ticks][::4] == ["start", "end"]


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_falling_metrics_stack_downwards(sign: float) -> None:
    effects = (Effect(0, sign * 8.0, name="Coaches"),)
    path = Path("interventions", 0, 50.0, 4, 50.0 + sign * 10, effects=effects)
    made = drawn(path, names=Names(["8"], "2 left", "", "", [(0, "a")]))
    below, above = places(made.still)[-1][1], places(made.path)[-1][1]
    assert (above < below) is (sign > 0)


def test_the_range_stands_upright_at_the_target() -> None:
    path = Path("linear", 0, 50.0, 4, 70.0)
    expected = trajectories.expected([path], 0, 5)[0]
    parts = honesty.wedges(path, 0, 5)
    names = Names([], "20 left", "Target 70", "Nothing 50", [(0, "a"), (4, "e")])
    made = stack(parts, 50.0, 70.0, expected, names, ends=(65.0, 75.0))
    low, high = places(made.range)[:2]
    end = places(made.path)[-1]
    assert low[0] == high[0] == end[0]
    assert low[1] > end[1] > high[1], "the low end stands below the target"
    assert [kind for kind, _ in made.areas] == ["left"], "without work all of it is open"
    assert drawn().range == ""
