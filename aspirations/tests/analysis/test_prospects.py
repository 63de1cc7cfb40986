"""What would move it: the value handed back earns the light it promises, and no less does."""

from typing import Any

import numpy as np
import pytest

from aspirations.analysis import trajectories
from aspirations.analysis.engine import Block, judge
from aspirations.analysis.policy import Policy
from aspirations.tests.analysis.makers import block, linear, seasonal, wandering

PLAIN: dict[str, Any] = {"early_share": 1.0, "early_noise": 0.0, "confirm": False}


def with_next(given: Block, i: int, following: int, value: float) -> int:
    """Light of row i once `value` is observed in period `following`."""
    column = following - given.first
    wide = np.full((1, max(column + 1, given.width)), np.nan)
    wide[0, : given.width] = given.actual[i]
    wide[0, column] = value
    part = given.take(np.array([i]))
    part.actual = wide
    return int(judge(part).light[0])


def assert_moves(given: Block) -> int:
    """Substitute every solved value, and one that is just worse; the number of rows solved."""
    found = judge(given)
    solved = np.flatnonzero(np.isfinite(found.would_move))
    for i in solved.tolist():
        value, following = found.would_move[i], int(found.would_move_period[i])
        worse = value - given.sign[i] * 1e-6 * max(1.0, abs(value))
        assert with_next(given, i, following, value) == found.would_move_to[i] > found.light[i]
        assert with_next(given, i, following, worse) <= found.light[i]
    return len(solved)


@pytest.mark.parametrize("sign", [1, -1])
def test_the_value_earns_the_next_better_light(sign: int) -> None:
    rows = [wandering(seed, 24) for seed in range(20)]
    paths = [linear(12, float(row[12] or 0), 30, float(row[12] or 0) + sign * 8) for row in rows]
    policy = Policy(season="off", **PLAIN)
    given = block(*rows, paths=paths, policy=policy, sign=np.full(20, sign))
    assert assert_moves(given) >= 8


def test_the_value_moves_the_seasonal_indices_too() -> None:
    rows = [seasonal(seed, 4, 12)[:40] for seed in range(12)]
    paths = [linear(30, float(row[30] or 0), 46, float(row[30] or 0) + 9) for row in rows]
    assert assert_moves(block(*rows, paths=paths, policy=Policy(**PLAIN))) >= 6


@pytest.mark.parametrize(("last", "to"), [(60.0, 3), (75.0, 3), (50.0, 1)])
def test_at_the_target_only_the_verdict_counts(last: float, to: int) -> None:
    """From Red a distance of 30 % earns Amber-Red; from there only delivery earns more."""
    policy = Policy(**PLAIN)
    given = block([0.0, 50.0, last], paths=[linear(0, 0.0, 3, 150.0)], policy=policy)
    found = judge(given)
    assert found.would_move_to[0] == to
    assert found.would_move[0] == pytest.approx(135.0 if to == 3 else 105.0)
    assert_moves(given)


def test_no_value_within_the_bounds_suffices() -> None:
    """Two steps before the target only 89.9 would earn Amber-Red, and 89 is the most there is."""
    row = [50.0, 52.0, 49.0, 51.0, 50.0, 48.0, 51.0, 50.0, 51.0, 49.0]
    path, policy = linear(2, 50.0, 11, 89.0), Policy(**PLAIN)
    free = judge(block(row, paths=[path], policy=policy))
    high = float(np.floor(free.would_move[0]))
    found = judge(block(row, paths=[path], policy=policy, bounds=np.array([[0.0, high]])))
    assert high < free.would_move[0]
    assert found.would_move_none[0]
    assert np.isnan(found.would_move[0])
    assert found.would_move_to[0] == -1


def test_green_and_unjudged_ask_for_nothing() -> None:
    given = block(
        [0.0, 50.0, 100.0],
        [0.0, 50.0, 100.0],
        paths=[linear(0, 0.0, 2, 100.0), None],
    )
    found = judge(given)
    assert np.isnan(found.would_move).all()
    assert not found.would_move_none.any()
    assert found.would_move_period.tolist() == [-1, -1]


def test_the_next_expected_period_is_solved_for() -> None:
    row = wandering(3, 24, missing=0.0)
    path = linear(12, float(row[12] or 0), 40, float(row[12] or 0) + 20)
    given = block(
        row, paths=[path], policy=Policy(season="off", **PLAIN), expected_months=[frozenset({3})]
    )
    found = judge(given)
    assert found.would_move_period[0] == given.first + 26
    assert assert_moves(given) == 1


def test_a_band_is_moved_towards_from_either_side() -> None:
    rows = [
        [20.0, 19.0, 19.5, 18.5, 19.0, 18.0, 18.5, 17.5],
        [1.0, 1.2, 1.1, 1.4, 1.2, 1.5, 1.3, 1.6],
    ]
    given = block(
        *rows,
        paths=[linear(0, 20.0, 12, 10.0), linear(0, 1.0, 12, 5.0)],
        band=np.array([[5.0, 10.0], [5.0, 10.0]]),
        sign=np.zeros(2),
        policy=Policy(season="off", **PLAIN),
    )
    found = judge(given)
    for i in (0, 1):
        if np.isfinite(found.would_move[i]):
            following = int(found.would_move_period[i])
            assert with_next(given, i, following, found.would_move[i]) > found.light[i]
            assert (
                rows[i][-1] > found.would_move[i] if i == 0 else rows[i][-1] < found.would_move[i]
            )
        else:
            assert found.would_move_none[i]
            edge = (10.0, 5.0)[i]
            assert with_next(given, i, int(found.would_move_period[i]), edge) <= found.light[i]


def test_nobody_is_asked_for_less_than_a_path_that_does_not_suffice() -> None:
    """Where errors are never clipped, a collapse widens the noise until all seems possible: a
    value far below the path earns a light that the path itself does not."""
    rows = [fading(seed) for seed in range(30)]
    paths = [linear(0, row[0], 11, row[0] + 12) for row in rows]
    given = block(*rows, paths=paths, policy=Policy(season="off", clip_after=100, **PLAIN))
    found, short = judge(given), 0
    for i in np.flatnonzero(np.isfinite(found.would_move)).tolist():
        following, better = int(found.would_move_period[i]), int(found.would_move_to[i])
        due = float(trajectories.at([given.paths[i]], np.array([[following]]))[0, 0])
        if with_next(given, i, following, due) < better:
            short += 1
            assert with_next(given, i, following, due - 1e5) >= better
            assert found.would_move[i] > due
    assert short >= 10


def fading(seed: int) -> list[float]:
    """Nine values that lose one a period."""
    return [float(value or 0) - k for k, value in enumerate(wandering(seed, 24, 0.0)[:9])]
