"""What must hold of every judgment, whatever the figures."""

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aspirations.analysis.engine import Block, judge, track
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import BlockJudgment
from aspirations.analysis.trajectories import Path
from aspirations.tests.analysis.makers import FIRST, block

LIGHTS = (
    "light", "pending", "likelihood_light", "distance_light", "state", "not_judged", "cap", "hold",
    "direction", "signal", "earlier_light", "earlier_pending", "first_telling",
)  # fmt: skip


@st.composite
def blocks(draw: st.DrawFn, rows: int = 3, width: int = 40) -> Block:
    """Wandering monthly series with holes, ties, rebases, paths of both shapes, and bands."""
    count = draw(st.integers(3, width))
    source = np.random.default_rng(draw(st.integers(0, 2**32)))
    wave = draw(st.sampled_from([0.0, 3.0])) * np.sin(np.arange(count) * np.pi / 6)
    steps = source.normal(0, draw(st.sampled_from([0.0, 0.2, 1.0])), (rows, count)).cumsum(axis=1)
    noise = source.normal(0, draw(st.sampled_from([0.0, 0.5, 2.0])), (rows, count))
    actual = np.round(4 * (50 + wave + steps + noise)) / 4
    actual[source.random((rows, count)) < draw(st.sampled_from([0.0, 0.1, 0.5]))] = np.nan
    k0 = draw(st.integers(-2, count - 2))
    k1 = draw(st.integers(k0 + 2, count + 12))
    change = draw(st.sampled_from([0.0, 0.5, -4.0, 4.0, 20.0]))
    baseline = np.nan_to_num(actual[:, max(k0, 0)], nan=50.0)
    paths = [_path(k0, float(b), k1, float(b) + change, draw(st.booleans())) for b in baseline]
    banded = draw(st.booleans())
    return block(
        *actual.tolist(),
        paths=[*paths[:-1], draw(st.sampled_from([paths[-1], None]))],
        sign=np.array([0 if banded else 1, -1, 1]),
        band=np.array([[48.0, 50.4] if banded else [np.nan] * 2, *[[np.nan] * 2] * 2]),
        rebases=[draw(st.sampled_from([[], [FIRST + count // 2]])) for _ in range(rows)],
        policy=Policy(
            season=draw(st.sampled_from(["auto", "off"])),
            screen_outliers=draw(st.booleans()),
            lock_after=draw(st.sampled_from([None, 8])),
        ),
        frequency=draw(st.sampled_from([Frequency.MONTH, Frequency.QUARTER])),
    )


def _path(k0: int, baseline: float, k1: int, target: float, bent: bool) -> Path:
    if not bent:
        return Path("linear", FIRST + k0, baseline, FIRST + k1, target)
    point = (FIRST + k0 + 1, baseline + 0.75 * (target - baseline))
    return Path("points", FIRST + k0, baseline, FIRST + k1, target, points=(point,))


def moved(given_block: Block, factor: float, offset: float) -> Block:
    """The same series in another unit: factor·value + offset; a negative factor mirrors."""

    def to(value: Any) -> Any:
        return factor * value + offset

    paths = [
        None if p is None else Path(
            p.shape, p.k0, to(p.baseline), p.k1, to(p.target),
            points=tuple((k, to(value)) for k, value in p.points),
        )
        for p in given_block.paths
    ]  # fmt: skip
    changed = given_block.take(np.arange(len(given_block)))
    changed.actual, changed.paths = to(given_block.actual), paths
    changed.band = np.sort(to(given_block.band), axis=1)
    changed.sign = given_block.sign * (1 if factor > 0 else -1)
    return changed


def assert_same(one: BlockJudgment, other: BlockJudgment, names: tuple[str, ...]) -> None:
    for name in names:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


EVERY = tuple(name for name in BlockJudgment.__dataclass_fields__ if name != "policy")
STEADY = tuple(name for name in LIGHTS if name not in ("direction", "signal"))


@settings(max_examples=15, deadline=None)
@given(blocks(), st.sampled_from([0.001, 0.1, 3.0, 1000.0]))
def test_a_unit_changes_no_light(given_block: Block, factor: float) -> None:
    one, other = judge(given_block), judge(moved(given_block, factor, 0.0))
    assert_same(one, other, STEADY)
    np.testing.assert_allclose(other.likelihood, one.likelihood, atol=1e-6)
    np.testing.assert_allclose(other.gap, factor * one.gap, atol=1e-9 * factor)


@settings(max_examples=15, deadline=None)
@given(blocks())
def test_a_missing_value_is_no_zero(given_block: Block) -> None:
    """Were a hole read as 0 anywhere, moving all values by 1024 would change something."""
    one, other = judge(given_block), judge(moved(given_block, 1.0, 1024.0))
    assert_same(one, other, STEADY)
    np.testing.assert_allclose(other.noise, one.noise, atol=1e-6)
    np.testing.assert_allclose(other.likelihood, one.likelihood, atol=1e-6)


@settings(max_examples=15, deadline=None)
@given(blocks())
def test_turning_values_and_direction_over_mirrors(given_block: Block) -> None:
    one, other = judge(given_block), judge(moved(given_block, -1.0, 0.0))
    assert_same(one, other, LIGHTS)
    np.testing.assert_allclose(other.likelihood, one.likelihood, atol=1e-12)
    np.testing.assert_allclose(other.gap, one.gap)
    np.testing.assert_allclose(other.forecast, -one.forecast, atol=1e-9)
    np.testing.assert_allclose(other.likely_low, -one.likely_high, atol=1e-9)


@settings(max_examples=15, deadline=None)
@given(blocks())
def test_rows_are_judged_alike_together_and_alone(given_block: Block) -> None:
    together = judge(given_block)
    for i in range(len(given_block)):
        alone = judge(given_block.take(np.array([i])))
        for name in EVERY:
            np.testing.assert_array_equal(
                getattr(alone, name)[0], getattr(together, name)[i], err_msg=name
            )


@settings(max_examples=15, deadline=None)
@given(blocks(), st.integers(0, 3), st.integers(0, 3))
def test_empty_columns_change_nothing(given_block: Block, before: int, after: int) -> None:
    wide = given_block.take(np.arange(len(given_block)))
    wide.actual = np.pad(given_block.actual, ((0, 0), (before, after)), constant_values=np.nan)
    wide.first = given_block.first - before
    assert_same(judge(wide), judge(given_block), EVERY)


@settings(max_examples=15, deadline=None)
@given(blocks())
def test_a_later_observation_never_changes_an_earlier_light(given_block: Block) -> None:
    whole = judge(given_block)
    for back in range(2, 6):
        for i in range(len(given_block)):
            k = int(whole.earlier_period[i, -back])
            if k < 0:
                continue
            past = given_block.take(np.array([i]))
            past.actual = past.actual[:, : k + 1 - given_block.first]
            then = judge(past)
            assert then.period[0] == k
            assert then.earlier_light[0, -1] == whole.earlier_light[i, -back]
            assert then.earlier_pending[0, -1] == whole.earlier_pending[i, -back]
            np.testing.assert_array_equal(
                then.earlier_likelihood[0, -1], whole.earlier_likelihood[i, -back]
            )


@settings(max_examples=15, deadline=None)
@given(blocks())
def test_the_track_ends_in_the_judgment(given_block: Block) -> None:
    """Chart and judgment never disagree about the latest observation."""
    found, drawn = judge(given_block), track(given_block)
    for i in np.flatnonzero(found.period >= 0).tolist():
        column = int(found.period[i]) - drawn.first
        for name in ("actual", "expected", "gap", "relative", "journey", "noise", "signal"):
            np.testing.assert_array_equal(
                getattr(drawn, name)[i, column], getattr(found, name)[i], err_msg=name
            )
        assert drawn.upper[i, column] == found.upper[i] or np.isnan(found.upper[i])
