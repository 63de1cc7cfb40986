"""Every shape of a path worked by hand, its range, and what is refused."""

import math

import numpy as np
import pytest

from aspirations.analysis.trajectories import (
    Effect,
    Path,
    PathError,
    SeasonalForm,
    check,
    ends,
    expected,
    ranges,
    unexplained,
)

NAN = math.nan
TWICE = SeasonalForm("index", (1.1, 0.9))
PLUS = SeasonalForm("offset", (2.0, -2.0))
COACHES = Effect(start=1, lag=1, ramp=2, mid=8.0, low=4.0, high=10.0, attribution=0.5)

SHAPES = {
    # L(x) = 1/(1 + e^(−10(x − 0.5))): L(0) = 0.0066929, L(0.25) = 0.0758582, L(1) = 0.9933071
    "s_curve": (
        Path("s_curve", 0, 0.0, 4, 100.0),
        [0.0, 7.01037165, 50.0, 92.98962835, 100.0, 100.0],
    ),
    "s_curve, gentle": (
        Path("s_curve", 0, 0.0, 4, 100.0, parameters={"c": 4.0}),
        [0.0, 19.66119332, 50.0, 80.33880668, 100.0, 100.0],
    ),
    "compound": (Path("compound", 0, 100.0, 2, 121.0), [100.0, 110.0, 121.0, 121.0]),
    "compound, below 0": (Path("compound", 0, -4.0, 2, -1.0), [-4.0, -2.0, -1.0]),
    "early gain": (
        Path("early_gain", 0, 0.0, 4, 100.0),
        [0.0, 50.0, 70.7106781, 86.6025404, 100.0],
    ),
    "late gain": (Path("late_gain", 0, 0.0, 4, 100.0), [0.0, 6.25, 25.0, 56.25, 100.0, 100.0]),
    "late gain, cubed": (
        Path("late_gain", 0, 100.0, 2, 20.0, parameters={"p": 3.0}),
        [100.0, 90.0, 20.0],
    ),
    "step": (
        Path("step", 0, 5.0, 6, 9.0, points=((2, 7.0), (4, 8.0))),
        [5.0, 5.0, 7.0, 7.0, 8.0, 8.0, 9.0, 9.0],
    ),
    "index, both ends in one season": (
        Path("linear", 0, 110.0, 4, 110.0, season=TWICE),
        [110.0, 90.0, 110.0, 90.0, 110.0, 110.0],
    ),
    "offset, both ends in one season": (
        Path("linear", 0, 100.0, 4, 100.0, season=PLUS),
        [100.0, 96.0, 100.0, 96.0, 100.0],
    ),
    # The line goes from +2 to −2: 2, 2/3, −2/3, −2.
    "offset, ends in two seasons": (
        Path("linear", 0, 0.0, 3, 3.0, season=PLUS),
        [0.0, 1.0 - 2.0 - 2 / 3, 2.0 + 2.0 + 2 / 3, 3.0],
    ),
    # Drift 0.5 a period; 8 points, half of them its own, from the second to the fourth period.
    "interventions": (
        Path("interventions", 0, 50.0, 6, 60.0, parameters={"drift": 0.5}, effects=(COACHES,)),
        [50.0, 50.5, 51.0, 53.5, 56.0, 56.5, 60.0, 60.0],
    ),
    "interventions at once": (
        Path("interventions", 0, 10.0, 3, 6.0, effects=(Effect(start=2, ramp=0, mid=-4.0),)),
        [10.0, 10.0, 6.0, 6.0],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_worked_by_hand(name: str) -> None:
    path, values = SHAPES[name]
    check(path)
    drawn = expected([path], -1, len(values) + 1)[0]
    assert np.isnan(drawn[0])
    np.testing.assert_allclose(drawn[1:], values, atol=1e-7)


def test_a_sum_of_interventions_says_what_it_leaves_unexplained() -> None:
    path = SHAPES["interventions"][0]
    assert ends([path]).tolist() == [57.0]
    assert unexplained([path]).tolist() == [3.0]
    assert unexplained([Path("linear", 0, 1.0, 4, 9.0), None])[0] == 0.0


# --- ranges --------------------------------------------------------------------------------


def test_a_range_given_at_the_end_opens_linearly() -> None:
    path = Path("linear", 0, 50.0, 4, 70.0, low=66.0, high=78.0)
    low, high = ranges([path], -1, 7)
    np.testing.assert_allclose(low[0], [NAN, 50.0, 54.0, 58.0, 62.0, 66.0, 66.0])
    np.testing.assert_allclose(high[0], [NAN, 50.0, 57.0, 64.0, 71.0, 78.0, 78.0])


def test_a_range_comes_from_the_effects_and_holds_the_target() -> None:
    path = SHAPES["interventions"][0]
    low, high = ranges([path], 0, 8)
    np.testing.assert_allclose(low[0], [50.0, 50.5, 51.0, 52.5, 54.0, 54.5, 55.0, 55.0])
    np.testing.assert_allclose(high[0], [50.0, 50.5, 51.0, 54.0, 57.0, 57.5, 60.0, 60.0])


def test_a_range_given_to_a_sum_of_interventions_holds_at_the_target() -> None:
    path = Path(
        "interventions", 0, 50.0, 6, 60.0, parameters={"drift": 0.5}, effects=(COACHES,),
        low=54.0, high=63.0,
    )  # fmt: skip
    check(path)
    low, high = ranges([path], 0, 8)
    np.testing.assert_allclose(low[0], [50.0, 49.5, 49.0, 50.5, 52.0, 51.5, 54.0, 54.0])
    np.testing.assert_allclose(high[0], [50.0, 51.0, 52.0, 55.0, 58.0, 59.0, 63.0, 63.0])


def test_interventions_that_carry_a_path_of_another_shape_may_have_a_drift() -> None:
    """What would change anyway is part of what explains the path; its shape stays."""
    path = Path("linear", 0, 50.0, 6, 60.0, parameters={"drift": 0.5}, effects=(COACHES,))
    check(path)
    bare = Path("linear", 0, 50.0, 6, 60.0)
    np.testing.assert_array_equal(expected([path], 0, 8), expected([bare], 0, 8))


def test_a_range_of_a_fall_has_its_better_side_below() -> None:
    effect = Effect(start=0, ramp=2, mid=-4.0, low=-2.0, high=-5.0)
    path = Path("linear", 0, 10.0, 2, 6.0, effects=(effect,))
    low, high = ranges([path], 0, 3)
    np.testing.assert_allclose(low[0], [10.0, 7.5, 5.0])
    np.testing.assert_allclose(high[0], [10.0, 9.0, 8.0])


def test_a_range_stays_inside_the_bounds() -> None:
    path = Path("linear", 0, 90.0, 2, 98.0, low=80.0, high=106.0)
    _low, high = ranges([path], 0, 3, np.array([[0.0, 100.0]]))
    np.testing.assert_allclose(high[0], [90.0, 98.0, 100.0])


def test_a_path_without_range_has_none() -> None:
    low, high = ranges([Path("linear", 0, 1.0, 2, 3.0), None], 0, 3)
    assert np.isnan(low).all()
    assert np.isnan(high).all()


# --- refusals ------------------------------------------------------------------------------


def summed(*effects: Effect, **given: float) -> Path:
    return Path("interventions", 4, 1.0, 9, 3.0, effects=effects, parameters=given)


def seasonal(kind: str, *values: float) -> Path:
    return Path("linear", 0, 1.0, 9, 3.0, season=SeasonalForm(kind, values))  # type: ignore[arg-type]


REFUSED = {
    "compound from 0": (Path("compound", 0, 0.0, 4, 3.0), "from 0 to 3.*one sign.*another shape"),
    "compound through 0": (Path("compound", 0, -2.0, 4, 3.0), "from -2 to 3"),
    "compound to 0": (Path("compound", 0, 2.0, 4, 0.0), "to 0"),
    "too large": (Path("linear", 0, 1.0, 4, 1e301), "target is 1e\\+301.*between"),
    "a target far away": (Path("linear", 0, 1.0, 200_000, 2.0), "200000 periods.*within"),
    "a parameter of another shape": (
        Path("linear", 0, 1.0, 4, 3.0, parameters={"c": 4.0}),
        "no parameters, not 'c'",
    ),
    "an unknown parameter": (
        Path("s_curve", 0, 1.0, 4, 3.0, parameters={"k": 4.0}),
        "only c, m, not 'k'",
    ),
    "an s-curve that falls": (
        Path("s_curve", 0, 1.0, 4, 3.0, parameters={"c": -4.0}),
        "c of.*-4.0.*above 0",
    ),
    "an s-curve too flat to be told from a line": (
        Path("s_curve", 0, 1.0, 4, 3.0, parameters={"c": 1e-9}),
        "c of.*1e-09.*above 0.01",
    ),
    "a parameter that is no number": (
        Path("s_curve", 0, 1.0, 4, 3.0, parameters={"c": "steep"}),  # type: ignore[dict-item]
        "c of.*steep.*give it above",
    ),
    "a drift that explains nothing": (
        Path("linear", 0, 1.0, 4, 3.0, parameters={"drift": 0.1}),
        "no parameters, not 'drift'",
    ),
    "a drift without end": (
        summed(Effect(start=4, mid=1.0), drift=math.inf),
        "drift of.*inf.*finite number",
    ),
    "an early gain that comes late": (
        Path("early_gain", 0, 1.0, 4, 3.0, parameters={"p": 2.0}),
        "p of.*2.0.*between 0 and 1",
    ),
    "a late gain that comes early": (
        Path("late_gain", 0, 1.0, 4, 3.0, parameters={"p": 0.5}),
        "p of.*0.5.*above 1",
    ),
    "a parameter without value": (
        Path("late_gain", 0, 1.0, 4, 3.0, parameters={"p": NAN}),
        "p of.*nan",
    ),
    "steps missing": (Path("step", 0, 1.0, 4, 3.0), "has no points"),
    "points on an s-curve": (Path("s_curve", 0, 1.0, 4, 3.0, points=((2, 2.0),)), "has no points"),
    "a sum of nothing": (summed(), "has none.*at least one effect"),
    "an effect before the baseline": (
        summed(Effect(start=3, mid=1.0, name="Coaches")),
        "Coaches starts in period 3, before the baseline \\(period 4\\)",
    ),
    "a backward ramp": (summed(Effect(start=4, mid=1.0, ramp=-1)), "number 1.*ramp -1"),
    "an attribution above 1": (
        summed(Effect(start=4, mid=1.0, attribution=1.5)),
        "number 1 is 1.5.*from 0 to 1",
    ),
    "cases out of order": (
        summed(Effect(start=4, mid=1.0, low=2.0, high=3.0)),
        "2, 1, 3.*in order",
    ),
    "an effect without size": (summed(Effect(start=4, mid=math.inf)), "mid effect of number 1 is"),
    "a season of another kind": (seasonal("both", 1.0, 1.0), "kind 'both'.*'index' or 'offset'"),
    "a season of one": (seasonal("index", 1.0), "has 1 values"),
    "an index of 0": (seasonal("index", 2.0, 0.0), "index of the season is 0"),
    "indices too high": (seasonal("index", 1.2, 1.0), "mean 1.1: make it 1"),
    "offsets that do not cancel": (seasonal("offset", 1.0, -2.0), "sum to -1: make it 0"),
    "half a range": (Path("linear", 0, 1.0, 4, 3.0, low=2.0), "Only the low end.*both or neither"),
    "a range upside down": (
        Path("linear", 0, 9.0, 4, 6.0, low=8.0, high=5.0),
        "low end of the range, 8, lies above the high end, 5.*smaller value",
    ),
    "a range beside the target": (
        Path("linear", 0, 1.0, 4, 3.0, low=1.0, high=2.0),
        "from 1 to 2 leaves out the target, 3",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_path_that_says_too_little_or_too_much_is_refused(name: str) -> None:
    path, words = REFUSED[name]
    with pytest.raises(PathError, match=words):
        check(path)


def test_drawing_never_gives_what_is_not_a_number() -> None:
    good, bad = Path("linear", 0, 1.0, 4, 3.0), Path("compound", 0, -2.0, 4, 3.0)
    with pytest.raises(PathError, match="from -2 to 3"):
        expected([good, bad], 0, 5)
