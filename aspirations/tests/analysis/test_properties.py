"""What must hold of every judgment, whatever the figures."""

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aspirations.analysis.engine import Block, judge, moments, track
from aspirations.analysis.result import BlockJudgment, Moments
from aspirations.tests.analysis.series import blocks, movable, moved, only, prefix

LIGHTS = (
    "light", "pending", "likelihood_light", "distance_light", "state", "not_judged", "cap", "hold",
    "direction", "signal", "earlier_light", "earlier_pending", "first_telling",
)  # fmt: skip
EVERY = tuple(name for name in BlockJudgment.__dataclass_fields__ if name != "policy")
STEADY = tuple(name for name in LIGHTS if name not in ("direction", "signal"))
CELLS = tuple(name for name in Moments.__dataclass_fields__ if name not in ("k0", "k1", "planned"))


def assert_same(one: object, other: object, names: tuple[str, ...]) -> None:
    for name in names:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


@settings(max_examples=40)
@given(blocks(), st.sampled_from([0.001, 0.1, 3.0, 1000.0]))
def test_a_unit_changes_no_light(given_block: Block, factor: float) -> None:
    one, other = judge(given_block), judge(moved(given_block, factor, 0.0))
    assert_same(one, other, STEADY)
    np.testing.assert_allclose(other.likelihood, one.likelihood, atol=1e-6)
    np.testing.assert_allclose(other.gap, factor * one.gap, atol=1e-9 * factor)


@settings(max_examples=40)
@given(blocks().filter(movable))
def test_a_missing_value_is_no_zero(given_block: Block) -> None:
    """Were a hole read as 0 anywhere, moving all values by 1024 would change something."""
    one, other = judge(given_block), judge(moved(given_block, 1.0, 1024.0))
    assert_same(one, other, STEADY)
    np.testing.assert_allclose(other.noise, one.noise, atol=1e-6)
    np.testing.assert_allclose(other.likelihood, one.likelihood, atol=1e-6)


@settings(max_examples=40)
@given(blocks())
def test_turning_values_and_direction_over_mirrors(given_block: Block) -> None:
    one, other = judge(given_block), judge(moved(given_block, -1.0, 0.0))
    assert_same(one, other, LIGHTS)
    np.testing.assert_allclose(other.likelihood, one.likelihood, atol=1e-12)
    np.testing.assert_allclose(other.gap, one.gap)
    np.testing.assert_allclose(other.forecast, -one.forecast, atol=1e-9)
    np.testing.assert_allclose(other.likely_low, -one.likely_high, atol=1e-9)
    np.testing.assert_allclose(other.unexplained, -one.unexplained, atol=1e-9)


@settings(max_examples=25)
@given(blocks())
def test_rows_are_judged_alike_together_and_alone(given_block: Block) -> None:
    together, every = judge(given_block), moments(given_block)
    for i in range(len(given_block)):
        alone = only(given_block, [i])
        for one, all_rows, names in (
            (judge(alone), together, EVERY),
            (moments(alone), every, tuple(Moments.__dataclass_fields__)),
        ):
            for name in names:
                np.testing.assert_array_equal(
                    getattr(one, name)[0], getattr(all_rows, name)[i], err_msg=name
                )


@settings(max_examples=25)
@given(blocks(), st.integers(0, 3), st.integers(0, 3))
def test_empty_columns_change_nothing(given_block: Block, before: int, after: int) -> None:
    wide = only(given_block, range(len(given_block)))
    wide.actual = np.pad(given_block.actual, ((0, 0), (before, after)), constant_values=np.nan)
    wide.first = given_block.first - before
    assert_same(judge(wide), judge(given_block), EVERY)
    inner, found = moments(given_block), moments(wide)
    for name in (name for name in CELLS if name != "expected"):
        cells = getattr(found, name)[:, before : before + given_block.width]
        np.testing.assert_array_equal(cells, getattr(inner, name), err_msg=name)


@settings(max_examples=25)
@given(blocks(), st.data())
def test_a_later_observation_never_changes_an_earlier_light(
    given_block: Block, data: st.DataObject
) -> None:
    width = data.draw(st.integers(1, given_block.width))
    whole, then = moments(given_block), moments(prefix(given_block, width))
    for name in CELLS:
        cells = getattr(whole, name)[:, :width]
        np.testing.assert_array_equal(getattr(then, name), cells, err_msg=name)


@settings(max_examples=25)
@given(blocks())
def test_a_judgment_says_what_its_moments_say(given_block: Block) -> None:
    found, every = judge(given_block), moments(given_block)
    row = np.arange(len(given_block))
    for back in range(found.earlier_period.shape[1]):
        there = found.earlier_period[:, back] >= 0
        column = np.maximum(found.earlier_period[:, back] - given_block.first, 0)
        for name in ("light", "pending", "likelihood"):
            told = getattr(found, f"earlier_{name}")[:, back][there]
            np.testing.assert_array_equal(told, getattr(every, name)[row, column][there])
    judged = found.light >= 0
    column = np.maximum(found.period - given_block.first, 0)
    for name in ("light", "pending", "likelihood", "likelihood_light", "distance_light", "ahead"):
        cells = getattr(every, name)[row, column]
        np.testing.assert_array_equal(getattr(found, name)[judged], cells[judged], err_msg=name)
    np.testing.assert_array_equal(every.early[row, column][judged], False)


@settings(max_examples=25)
@given(blocks())
def test_the_value_that_would_move_it_does(given_block: Block) -> None:
    """Without confirmation, the value asked for earns the light it promises."""
    found = judge(given_block)
    assume(np.isfinite(found.would_move).any())
    for i in np.flatnonzero(np.isfinite(found.would_move)).tolist():
        column = int(found.would_move_period[i]) - given_block.first
        part = only(given_block, [i])
        actual = np.full((1, max(column + 1, part.width)), np.nan)
        actual[:, : part.width] = part.actual
        actual[0, column] = found.would_move[i]
        part.actual = actual
        assert moments(part).raw[0, column] == found.would_move_to[i] > found.light[i]


@settings(max_examples=25)
@given(blocks())
def test_inside_its_band_a_series_is_never_behind(given_block: Block) -> None:
    low, high = given_block.band[0]
    assume(np.isfinite(low))
    every, actual = moments(given_block), given_block.actual[0]
    known = (actual >= low) & (actual <= high) & ~np.isnan(every.ahead[0])
    assert (every.ahead[0, known] >= 0).all()


@settings(max_examples=25)
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
