"""The small drawing: what is drawn, what is left out, and that all of it stays in its box."""

import re

import pytest

from aspirations.charts.sparkline import HEIGHT, WIDTH, Point, diamond, line, sparkline

RUN: list[Point] = [(0, 50.0), (1, 52.0), (2, 51.0)]
PATH: list[Point] = [(0, 50.0), (4, 60.0)]


def places(data: str) -> list[Point]:
    """The absolute places of path data made of M and L."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", data)]


def test_nothing_is_drawn_without_a_figure() -> None:
    assert sparkline([], PATH, (55, 65)) is None
    assert sparkline([[]]) is None


def test_figures_alone() -> None:
    drawn = sparkline([RUN])
    assert drawn
    assert len(places(drawn.actual)) == 3
    assert (drawn.path, drawn.likely, drawn.whisker, drawn.target) == ("", "", "", "")


def test_larger_values_stand_higher_and_later_ones_further_right() -> None:
    drawn = sparkline([RUN])
    assert drawn
    (x0, y0), (x1, y1), (x2, y2) = places(drawn.actual)
    assert x0 < x1 < x2
    assert y1 < y2 < y0


def test_path_target_and_likely_range_share_the_scale_of_the_figures() -> None:
    drawn = sparkline([RUN], PATH, (56.0, 60.0))
    assert drawn
    assert places(drawn.actual)[0] == places(drawn.path)[0], "both are 50 in period 0"
    end = places(drawn.path)[-1]
    high, low = places(drawn.whisker)
    assert high == end, "the upper end of the range is the target's value"
    assert low[0] == end[0]
    assert low[1] > high[1]
    assert places(drawn.likely)[0] == places(drawn.actual)[-1], "the range opens at the latest"
    assert drawn.target == diamond(end)


def test_a_missing_figure_is_a_gap_and_a_lone_one_a_dot() -> None:
    drawn = sparkline([RUN[:1], RUN[2:]])
    assert drawn
    assert drawn.actual.count("M") == 2
    assert drawn.actual.count("h0") == 2
    assert "L" not in drawn.actual


def test_no_range_once_the_target_period_is_observed() -> None:
    drawn = sparkline([[*RUN, (4, 58.0)]], PATH, (56.0, 60.0))
    assert drawn
    assert (drawn.likely, drawn.whisker) == ("", "")
    assert drawn.target


@pytest.mark.parametrize(
    ("run", "path", "likely"),
    [
        (RUN, PATH, (20.0, 90.0)),
        ([(0, 7.0)], [], None),
        ([(0, 5.0), (1, 5.0)], [], None),
        ([(10, -1e9), (11, 1e9)], [(0, 0.0), (500, 1e-9)], (-2e9, 3e9)),
    ],
)
def test_everything_stays_in_its_box(
    run: list[Point], path: list[Point], likely: tuple[float, float] | None
) -> None:
    drawn = sparkline([run], path, likely)
    assert drawn
    text = " ".join([drawn.actual, drawn.path, drawn.likely, drawn.whisker, drawn.target])
    assert "nan" not in text
    assert "e" not in text
    now = (float(drawn.now[0]), float(drawn.now[1]))
    for x, y in [*places(text), now]:
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT


def test_figures_that_are_all_alike_run_through_the_middle() -> None:
    drawn = sparkline([[(0, 5.0), (1, 5.0)]])
    assert drawn
    assert {y for _, y in places(drawn.actual)} == {HEIGHT / 2}


def test_a_line_through_nothing_is_nothing() -> None:
    assert line([]) == ""
