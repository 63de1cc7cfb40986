"""Which paths count as ended, and how trials are set."""

from typing import Any

import numpy as np
import pytest

from aspirations.analysis.backtest.draws import Settings, candidates, trials
from aspirations.analysis.backtest.trials import ended
from aspirations.analysis.block import Block
from aspirations.analysis.periods import Frequency
from aspirations.analysis.variance import RANGE_TO_SIGMA
from aspirations.tests.analysis.backtest.makers import noisy, source
from aspirations.tests.analysis.makers import FIRST, Row, block, linear

SIX = Settings(horizons=(6,))


def ends(*last: float | None, **given: Any) -> list[bool]:
    """What came of a path from 0 to 100 whose last value is given."""
    rows: list[Row] = [[0.0, 40.0, value, None] for value in last]
    return ended(
        block(*rows, paths=[linear(0, 0.0, 2, 100.0)] * len(rows), **given)
    ).delivered.tolist()


def test_delivered_is_nine_tenths_of_the_planned_change() -> None:
    assert ends(90.0, 89.999, 120.0) == [True, False, True]


def test_downwards_too() -> None:
    rows = [[100.0, 60.0, 10.0], [100.0, 60.0, 10.1]]
    found = ended(block(*rows, paths=[linear(0, 100.0, 2, 0.0)] * 2, sign=-np.ones(2)))
    assert found.delivered.tolist() == [True, False]


def test_a_band_is_reached_from_outside() -> None:
    rows = [[0.0, 20.0, 45.0], [0.0, 20.0, 44.0], [0.0, 20.0, 60.0]]
    band = np.array([[50.0, 60.0]] * 3)
    path = [linear(0, 0.0, 2, 55.0)] * 3
    found = ended(block(*rows, paths=path, sign=np.zeros(3), band=band))
    assert found.delivered.tolist() == [True, False, True]


def test_a_level_is_held_within_a_noise_unit() -> None:
    # moving ranges 2, 2, 2 and the last step: mean (6 + x)/4, noise that over 1.128
    rows = [[10.0, 12.0, 10.0, 12.0, 10.5], [10.0, 12.0, 10.0, 12.0, 5.0]]
    found = ended(block(*rows, paths=[linear(3, 12.0, 4, 12.0)] * 2))
    assert found.delivered.tolist() == [True, False]


def test_only_paths_whose_end_is_observed() -> None:
    rows: list[Row] = [[0.0, 50.0, None], [0.0, 50.0, 99.0], [0.0, 50.0, 99.0]]
    paths = [linear(0, 0.0, 2, 100.0), linear(0, 0.0, 3, 100.0), linear(0, 0.0, 2, 100.0)]
    assert ended(block(*rows, paths=paths)).origin.tolist() == [2]
    assert len(ended(block(*rows, paths=[None] * 3))) == 0


def drawn(actual: Any, settings: Settings = SIX, **given: Any) -> Any:
    return trials([source(actual, **given)], settings)[0]


def columns(block: Block) -> dict[str, Any]:
    """Columns of the paths, as arrays."""
    paths = [path for path in block.paths if path is not None]
    return {
        name: np.array([getattr(path, name) for path in paths])
        for name in ("k0", "baseline", "k1", "target")
    }


def test_the_same_figures_give_the_same_trials() -> None:
    actual, few = noisy(20, 40), Settings(horizons=(6, 12), limit=100)
    one, two = drawn(actual, few), drawn(actual, few)
    assert (one.origin == two.origin).all()
    assert list(one.block.paths) == list(two.block.paths)
    other = drawn(actual, Settings(horizons=(6, 12), limit=100, seed=2))
    assert list(one.block.paths) != list(other.block.paths)


def test_a_target_stands_half_a_noise_unit_to_three_from_the_value_observed() -> None:
    actual = noisy(20, 40)
    found = drawn(actual)
    path, row = columns(found.block), found.origin
    at = path["k0"] - FIRST
    assert (path["baseline"] == actual[row, at]).all()
    steps = np.array(
        [np.abs(np.diff(actual[r, : c + 1])).mean() for r, c in zip(row, at, strict=True)]
    )
    distance = (path["target"] - path["baseline"]) / (steps / RANGE_TO_SIGMA)
    assert (np.abs(distance) >= 0.5 - 1e-9).all()
    assert (np.abs(distance) <= 3.0 + 1e-9).all()
    assert (np.sign(distance) == found.block.sign).all()
    assert {-1, 1} == set(found.block.sign.tolist())


def test_nothing_after_the_target_is_in_the_block() -> None:
    found = drawn(noisy(5, 40))
    path = columns(found.block)
    k = FIRST + np.arange(found.block.width)
    after = k > path["k1"][:, None]
    assert np.isnan(found.block.actual[after]).all()
    assert not np.isnan(found.block.actual[~after]).any()


def test_what_came_is_what_was_observed() -> None:
    actual = noisy(10, 30)
    found = drawn(actual)
    path, s = columns(found.block), found.block.sign
    end = actual[found.origin, path["k1"] - FIRST]
    short = s * (path["target"] - end) / np.abs(path["target"] - path["baseline"])
    assert (found.delivered == (short <= 0.1)).all()
    assert 0.05 < found.delivered.mean() < 0.95


def test_a_share_of_the_plan_put_into_the_figures() -> None:
    actual = noisy(10, 30)
    settings = Settings(horizons=(6,), shares=(0.0, 1.0), distance=(50.0, 50.0))
    found = drawn(actual, settings)
    path = columns(found.block)
    middle = path["k0"] - FIRST + 3
    rows = np.arange(len(found))
    put_in = found.block.actual[rows, middle] - actual[found.origin, middle]
    expected = np.where(rows % 2 == 0, 0.0, (path["target"] - path["baseline"]) / 2)
    np.testing.assert_allclose(put_in, expected, atol=1e-9)
    assert found.delivered.tolist() == (rows % 2 == 1).tolist()


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, True),
        ({"cumulative": np.ones(1, dtype=bool)}, False),
        ({"grade_d": np.ones(1, dtype=bool)}, False),
        ({"bounds": np.array([[49.9, 50.1]])}, False),
        ({"rebases": [[FIRST + 9]]}, False),
        ({"rebases": [[FIRST + 1]]}, True),
        ({"frequency": Frequency.YEAR, "first": 2000}, True),
    ],
)
def test_where_a_trial_can_stand(given: dict[str, Any], expected: bool) -> None:
    assert bool(len(drawn(noisy(1, 16), **given))) == expected


def test_a_trial_needs_a_history_an_end_and_some_variation() -> None:
    actual = noisy(3, 16)
    actual[0, 7] = np.nan  # the eighth point comes a period later
    actual[1, 15] = np.nan
    actual[2] = 50.0
    found = candidates(source(actual), (6,))
    up = found[found[:, 3] == 1]
    assert up[:, :3].tolist() == [[0, 8, 6], [0, 9, 6], [1, 7, 6], [1, 8, 6]]


def test_no_horizon_beyond_the_figures() -> None:
    assert not len(candidates(source(noisy(2, 12)), (12, 18)))


def test_at_most_so_many_each_block_with_its_part() -> None:
    blocks = [source(noisy(30, 30)), source(noisy(10, 30))]
    found = trials(blocks, Settings(horizons=(6,), limit=100))
    assert [len(part) for part in found] == [75, 25]
