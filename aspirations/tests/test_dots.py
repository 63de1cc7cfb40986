"""Dots on one scale: the ends of all that is drawn are the ends of the box."""

import pytest

from aspirations.charts.dots import Strip, strips


@pytest.mark.parametrize(
    ("rows", "lines", "expected"),
    [
        # from 10 to 310 in a box of 320
        ([(0.0, None, None), (10.0, None, None)], [5.0], [("10.0", ""), ("310.0", "")]),
        ([(5.0, 0.0, 10.0)], [], [("160.0", "10.0")]),
        # one value alone stands in the middle
        ([(7.0, None, None)], [], [("160.0", "")]),
        # without a value there is a range and no dot
        ([(None, 0.0, 5.0), (10.0, None, None)], [], [("", "10.0"), ("310.0", "")]),
    ],
)
def test_places(
    rows: list[tuple[float | None, float | None, float | None]],
    lines: list[float],
    expected: list[tuple[str, str]],
) -> None:
    found = strips(rows, lines)
    assert found is not None
    assert [(strip.dot, strip.left) for strip in found.rows] == expected


def test_lines_share_the_scale_and_widen_it() -> None:
    found = strips([(10.0, 5.0, 10.0)], [20.0, None])
    assert found is not None
    assert found.lines == ["310.0", ""]
    assert found.rows == [Strip("110.0", "10.0", "100.0")]
    assert (found.low, found.high) == (5.0, 20.0)


def test_a_range_of_no_width_can_still_be_seen() -> None:
    found = strips([(10.0, 5.0, 5.0)], [])
    assert found is not None
    assert found.rows[0].wide == "1.0"


def test_nothing_observed_draws_nothing() -> None:
    assert strips([(None, None, None)], [5.0]) is None
    assert strips([], []) is None
