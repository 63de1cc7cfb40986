"""Paths: drawn exactly at their ends and points, refused where they cannot be drawn."""

import math

import numpy as np
import pytest

from aspirations.analysis import trajectories
from aspirations.analysis.trajectories import Path, PathError, at, check, ends, expected

NAN = math.nan


def test_a_straight_path_starts_at_the_baseline_and_stays_at_the_target() -> None:
    drawn = expected([Path("linear", 2, 90.0, 5, 99.0)], 0, 8)
    np.testing.assert_array_equal(drawn, [[NAN, NAN, 90.0, 93.0, 96.0, 99.0, 99.0, 99.0]])


def test_points_are_exact_and_straight_between() -> None:
    path = Path("points", 0, 10.0, 6, 40.0, points=((2, 10.0), (4, 30.0)))
    np.testing.assert_array_equal(
        expected([path], 0, 8), [[10.0, 10.0, 10.0, 20.0, 30.0, 35.0, 40.0, 40.0]]
    )


def test_rows_of_several_shapes_and_lengths_are_drawn_together() -> None:
    paths = [
        Path("points", 0, 0.0, 4, 8.0, points=((1, 4.0),)),
        None,
        Path("linear", 1, 5.0, 3, 1.0),
        Path("points", 0, 0.0, 4, 4.0, points=((1, 3.0), (2, 3.0), (3, 3.5))),
    ]
    together = expected(paths, 0, 5)
    np.testing.assert_array_equal(together, np.vstack([expected([p], 0, 5) for p in paths]))
    assert np.isnan(together[1]).all()
    assert together[3].tolist() == [0.0, 3.0, 3.0, 3.5, 4.0]


def test_a_path_is_held_inside_its_bounds() -> None:
    path = Path("linear", 0, 90.0, 2, 110.0)
    drawn = expected([path, path], 0, 3, np.array([[0.0, 100.0], [NAN, NAN]]))
    np.testing.assert_array_equal(drawn, [[90.0, 100.0, 100.0], [90.0, 100.0, 110.0]])


def test_any_ordinals_may_be_asked_for() -> None:
    drawn = at([Path("linear", 0, 0.0, 4, 4.0)], np.array([[7, 3, -1]]))
    np.testing.assert_array_equal(drawn, [[4.0, 3.0, NAN]])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (Path("zigzag", 0, 1.0, 2, 3.0), "'zigzag'.*linear"),
        (Path("linear", 2, 1.0, 2, 3.0), "does not come after"),
        (Path("linear", 0, NAN, 2, 3.0), "baseline is nan"),
        (Path("linear", 0, 1.0, 2, math.inf), "target is inf"),
        (Path("linear", 0, 1.0, 2, 3.0, points=((1, 2.0),)), "has no points"),
        (Path("points", 0, 1.0, 2, 3.0), "has no points"),
        (Path("points", 0, 1.0, 4, 3.0, points=((5, 2.0),)), "period 5 lies outside"),
        (Path("points", 0, 1.0, 4, 3.0, points=((2, 2.0), (1, 2.0))), "forward in time"),
        (Path("points", 0, 1.0, 4, 3.0, points=((2, 2.0), (2, 2.5))), "forward in time"),
        (Path("points", 0, 1.0, 4, 3.0, points=((2, NAN),)), "period 2 is nan"),
        (Path("points", 0, 1.0, 4, 3.0, points=((4, 2.0),)), "target"),
        (Path("points", 0, 1.0, 4, 3.0, points=((0, 2.0),)), "baseline"),
    ],
)
def test_a_path_that_cannot_be_drawn_is_refused(path: Path, words: str) -> None:
    with pytest.raises(PathError, match=words):
        check(path)


def test_rows_are_the_same_however_many_are_drawn_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shapes = ("linear", "compound", "s_curve", "early_gain", "late_gain")
    paths = [Path(shapes[i % 5], i % 3, 5.0 + i, 9 + i % 4, 40.0 - i) for i in range(23)]
    bounds = np.tile([6.0, 30.0], (23, 1))
    whole = expected(paths, 0, 15, bounds)
    monkeypatch.setattr(trajectories, "CELLS", 61)
    np.testing.assert_array_equal(expected(paths, 0, 15, bounds), whole)


@pytest.mark.parametrize(
    ("path", "first", "words"),
    [
        (Path("linear", 3, 1.0, 3, 2.0), 0, "^Row 2.*from 1 in period 3 to 2 in period 3.*later"),
        (Path("compound", 0, -2.0, 4, 3.0), 0, "^Row 2, a path of the shape 'compound'.*one sign"),
        (Path("linear", 0, 1.0, 4, math.inf), 9, "^Row 2.*The target is inf"),
        (Path("linear", 5, NAN, 9, 2.0), 0, "^Row 2.*The baseline is nan"),
        (Path("points", 0, 1.0, 4, 3.0, points=((2, NAN),)), 0, "^Row 2.*period 2 is nan"),
    ],
)
def test_drawing_names_the_row_that_cannot_be_drawn(path: Path, first: int, words: str) -> None:
    """Not even for periods in which the path is flat or has not begun."""
    with pytest.raises(PathError, match=words):
        expected([Path("linear", 0, 1.0, 4, 3.0), None, path, path], first, 3)


def test_the_row_is_named_as_given_however_many_are_drawn_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trajectories, "CELLS", 8)
    rows = [Path("linear", 0, 1.0, 4, 3.0)] * 11
    with pytest.raises(PathError, match=r"^Row 7,"):
        expected([*rows[:7], Path("compound", 0, 0.0, 4, 3.0), *rows[7:]], 0, 4)


def test_nothing_promised_is_nothing_drawn() -> None:
    assert np.isnan(expected([None, None], 0, 3)).all()
    assert np.isnan(ends([None])).all()
    assert expected([], 0, 3).shape == (0, 3)
    assert expected([Path("linear", 0, 1.0, 4, 3.0)], 0, 0).shape == (1, 0)
