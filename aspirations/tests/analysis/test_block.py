"""What a block takes, and what it makes of it."""

from collections.abc import Sequence

import numpy as np
import pytest

from aspirations.analysis.block import Block
from aspirations.analysis.trajectories import Path, Paths
from aspirations.tests.analysis.makers import FIRST, block, linear

STEPPED = Path("step", FIRST, 0.0, FIRST + 4, 2.0, points=((FIRST + 2, 1.0),))
PATHS: Sequence[Path | None] = [linear(0, 0.0, 4, 2.0), None, STEPPED]


def small() -> Block:
    rows = ([1.0, 2.0], [3.0, None], [5.0, np.inf])
    return block(
        *rows,
        paths=PATHS,
        rebases=[(), (FIRST + 1,), ()],
        cumulative=np.array([False, True, False]),
    )


def test_paths_are_kept_as_columns() -> None:
    given = small()
    assert isinstance(given.paths, Paths)
    assert list(given.paths) == PATHS
    assert given.has_target.tolist() == [True, False, True]
    given.paths = [None, None, None]
    assert not given.paths.exists.any()


def test_what_is_not_finite_is_missing() -> None:
    np.testing.assert_array_equal(small().actual[2], [5.0, np.nan])


def test_some_rows_are_taken_whole() -> None:
    taken = small().take(np.array([2, 1]))
    assert list(taken.paths) == [STEPPED, None]
    assert taken.cumulative.tolist() == [False, True]
    assert list(taken.rebases) == [(), (FIRST + 1,)]
    np.testing.assert_array_equal(taken.actual, [[5.0, np.nan], [3.0, np.nan]])


def test_one_entry_for_each_series() -> None:
    with pytest.raises(ValueError, match="cumulative: give one entry for each of the 1 series"):
        block([1.0], paths=[None], cumulative=np.array([True, False]))
    with pytest.raises(ValueError, match="paths, has_target: give one entry"):
        block([1.0], paths=[None, None])


def test_nothing_is_a_running_total_unless_it_is_said() -> None:
    assert block([1.0], [2.0], paths=[None, None]).cumulative.tolist() == [False, False]
