"""A new level that holds: when a rebase is suggested, and from when."""

import math
from typing import Any

import numpy as np
import pytest

from aspirations.analysis import stretches
from aspirations.analysis.engine import judge
from aspirations.analysis.policy import Policy
from aspirations.analysis.shifts import Shifts, shifts
from aspirations.tests.analysis.makers import FIRST, block, linear

NAN = math.nan
# Twelve points around 10, every moving range 2, so that σ = 2/1.128 = 1.77.
OLD = [9.0, 11.0] * 6
NEW = [14.0, 12.0, 13.0, 14.0, 12.0, 13.0, 12.0, 14.0]


def suggested(values: list[float], rebases: tuple[int, ...] = (), **policy: Any) -> Shifts:
    stretch = stretches.numbered([rebases], 0, len(values))
    return shifts(np.array([values]), stretch, 0, Policy(**policy))


@pytest.mark.parametrize(
    ("name", "values", "start"),
    [
        ("a step up", [*OLD, *NEW], 12),
        ("a step down", [*OLD, *[20.0 - value for value in NEW]], 12),
        ("one point too few since", [*OLD, *NEW[:7]], -1),
        ("one point too few before", [*OLD[:11], *NEW], -1),
        ("nothing happened", OLD * 3, -1),
        ("less than one σ", [*OLD, *[value - 1.75 for value in NEW]], -1),
        ("more than one σ", [*OLD, *[value - 1.0 for value in NEW]], 12),
        ("one of the first eight on the other side", [*OLD, *NEW[:5], 9.5, *NEW[:2]], -1),
        ("one of ten on the other side later", [*OLD, *NEW, 13.0, 9.5], 12),
        ("two of eleven on the other side later", [*OLD, *NEW, 9.5, 13.0, 9.5], -1),
        ("back to the old level", [*OLD, *NEW, *OLD], -1),
        ("climbing throughout", [9.0 + step % 2 + step / 2 for step in range(24)], -1),
        ("climbing before", [*(step / 2 for step in range(12)), *NEW], -1),
        ("still climbing", [*OLD, *(12.0 + 2 * step for step in range(8))], -1),
        ("nothing varied before", [10.0] * 12 + NEW, -1),
        ("nothing at all", [NAN] * 24, -1),
        ("holes are skipped", [*OLD[:6], NAN, *OLD[6:], NAN, NAN, *NEW], 15),
        ("fewer periods than are needed", [9.0, 11.0], -1),
    ],
)
def test_where_a_level_begins(name: str, values: list[float], start: int) -> None:
    assert suggested(values).start[0] == start, name


def test_the_two_levels_are_told() -> None:
    found = suggested([*OLD, *NEW])
    assert (found.before[0], found.after[0]) == (10.0, 13.0)
    nothing = suggested(OLD)
    assert np.isnan([nothing.before[0], nothing.after[0]]).all()


def test_the_policy_says_how_many_points() -> None:
    assert suggested([*OLD, *NEW[:5]], rebase_run=5).start[0] == 12
    assert suggested([*OLD, *NEW], rebase_run=9).start[0] == -1
    assert suggested([*OLD[:8], *NEW], rebase_before=8).start[0] == 8
    assert suggested([*OLD, *NEW], rebase_before=4, limits_from=13).start[0] == -1


def test_only_the_stretch_of_the_latest_observation_counts() -> None:
    """After the rebase nobody is asked again, until another level follows."""
    assert suggested([*OLD, *NEW], rebases=(12,)).start[0] == -1
    later = [value + 10 for value in NEW]
    assert suggested([*OLD, *NEW, *NEW, *later], rebases=(12,)).start[0] == 28


def test_nothing_later_is_read_and_rows_stand_alone() -> None:
    source = np.random.default_rng(3)
    values = source.normal(0, 1, (60, 48))
    values[:30, 24:] += 3
    values[source.random(values.shape) < 0.1] = NAN
    stretch, policy = np.zeros(values.shape, dtype=np.int64), Policy()
    whole = shifts(values, stretch, 0, policy)
    assert (whole.start[:30] >= 0).mean() > 0.8
    wide = np.pad(values, ((0, 0), (2, 3)), constant_values=NAN)
    moved = shifts(wide, np.zeros(wide.shape, dtype=np.int64), -2, policy)
    for name in ("start", "before", "after"):
        np.testing.assert_array_equal(getattr(moved, name), getattr(whole, name))
    for i in range(len(values)):
        alone = shifts(values[i : i + 1], stretch[:1], 0, policy)
        for name in ("start", "before", "after"):
            np.testing.assert_array_equal(getattr(alone, name)[0], getattr(whole, name)[i])


def rate(values: Any) -> Any:
    return shifts(values, np.zeros(values.shape, dtype=np.int64), 0, Policy()).start


def test_noise_seldom_suggests_and_a_step_is_found() -> None:
    """The figures that the rule's description gives."""
    source = np.random.default_rng(0)
    for count, most in ((24, 0.02), (36, 0.013), (60, 0.007)):
        assert (rate(source.normal(0, 1, (20_000, count))) >= 0).mean() < most
    for size, least in ((2.0, 0.75), (3.0, 0.93)):
        values = source.normal(0, 1, (20_000, 32))
        values[:, 24:] += size
        found = rate(values)
        assert (found >= 0).mean() > least
        assert (abs(found[found >= 0] - 24) <= 2).mean() > 0.95


def test_what_climbs_is_seldom_taken_for_a_step() -> None:
    source = np.random.default_rng(1)
    for slope, most in ((0.1, 0.25), (0.2, 0.01)):
        values = source.normal(0, 1, (20_000, 36)) + slope * np.arange(36)
        assert (rate(values) >= 0).mean() < most


def test_a_judgment_carries_it() -> None:
    found = judge(block([*OLD, *NEW], [*OLD, *OLD[:8]], paths=[linear(2, 10.0, 30, 15.0), None]))
    assert found.suggested_rebase.tolist() == [FIRST + 12, -1]
    assert (found.suggested_before[0], found.suggested_after[0]) == (10.0, 13.0)


def test_of_a_running_total_it_is_what_each_period_adds() -> None:
    flow = np.array([*OLD, *NEW, *NEW[:4]])
    totals = flow.reshape(2, 12).cumsum(axis=1).ravel().tolist()
    found = judge(block(totals, paths=[linear(2, 31.0, 35, 140.0)], cumulative=np.array([True])))
    assert found.suggested_rebase[0] == FIRST + 12
    assert found.suggested_before[0] == 10.0
