"""What ended paths teach: promises that fall short, promises that are kept, and too few."""

from dataclasses import replace

import numpy as np
import pytest

from aspirations.analysis.arrays import Float
from aspirations.analysis.backtest.learning import Lesson, learn
from aspirations.analysis.backtest.trials import Trials, ended
from aspirations.analysis.block import Block
from aspirations.tests.analysis.makers import block, linear


def promised(shares: Float, noise: float = 2.0, ends: int = 24) -> Block:
    """Plans of 30 over a year, each of which follows its path and stops at its share of it."""
    random = np.random.default_rng(7)
    way = np.clip((np.arange(ends + 1) - (ends - 12)) / 12, 0, None)
    done = np.minimum(way, np.maximum(shares[:, None], 0.0))
    actual = 30 * done + random.normal(0, noise, done.shape)
    paths = [linear(ends - 12, 0.0, ends, 30.0)] * len(shares)
    return block(*actual.tolist(), paths=paths)


def half_kept(n: int) -> Float:
    """Shares of which some are kept and most fall short, as promises often do."""
    return np.resize([0.5, 0.7, 0.6, 1.05, 0.4, 0.8, 0.7, 1.1], n)


def kept(n: int) -> Float:
    return np.resize([1.0, 1.05, 0.95, 1.1, 0.7, 1.0], n)


def lesson(*blocks: Block) -> Lesson:
    return learn([ended(part) for part in blocks])


def test_promises_that_fall_short_teach_a_shortfall() -> None:
    found = lesson(promised(half_kept(80)))
    assert (found.problem, found.paths, found.split) == ("", 80, "series")
    assert (found.fitted, found.tested) == (40, 40)
    assert found.delta > 0.0
    assert found.supported
    assert found.gain > 2 * found.error > 0


def test_promises_that_are_kept_teach_nothing_new() -> None:
    found = lesson(promised(kept(120)))
    assert found.delta <= 0.0
    assert not found.supported or found.gain < 0.02


def test_time_halves_the_record_where_it_can() -> None:
    found = lesson(promised(half_kept(40), ends=24), promised(half_kept(40), ends=36))
    assert (found.split, found.fitted, found.tested) == ("time", 40, 40)


@pytest.mark.parametrize(
    ("shares", "problem"),
    [
        (half_kept(29), "too_few"),
        (np.zeros(60), "one_sided"),
        (np.full(60, 2.0), "one_sided"),
    ],
)
def test_a_record_that_cannot_teach_says_why(shares: Float, problem: str) -> None:
    found = lesson(promised(shares, noise=1.0))
    assert found.problem == problem
    assert found.paths == len(shares)
    assert not found.supported


def test_no_record_at_all() -> None:
    assert learn([]).problem == "too_few"


def test_the_policy_in_force_is_what_it_is_measured_against() -> None:
    made = ended(promised(half_kept(80)))
    learned = learn([made])
    policy = replace(made.block.policy, kappa=learned.kappa, delta=learned.delta)
    again = learn([Trials(replace(made.block, policy=policy), made.origin, made.delivered)])
    assert (again.kappa, again.delta) == (learned.kappa, learned.delta)
    assert again.gain == 0.0
    assert not again.supported
