"""Paths: drawn exactly at their ends and points, refused where they cannot be drawn."""

import math

import numpy as np
import pytest

from aspirations.analysis.trajectories import Path, PathError, at, check, expected

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
