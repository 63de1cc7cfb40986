"""What cannot be judged or drawn, and the reason that is given instead of a guess."""

import math
from typing import Any

import numpy as np
import pytest

from aspirations.analysis.engine import Block, evidence, judge, track
from aspirations.analysis.policy import Policy, PolicyError
from aspirations.analysis.trajectories import Effect, Path, PathError, check
from aspirations.tests.analysis.makers import FIRST, Row, block, linear

NAN, INF = math.nan, math.inf
PLAN = linear(0, 0.0, 10, 100.0)


def drawn(shape: str = "linear", k0: int = 0, b: float = 1.0, k1: int = 4, g: float = 3.0,
          **more: Any) -> Path:  # fmt: skip
    return Path(shape, k0, b, k1, g, **more)


# a path, and words of its refusal: what is wrong, which value, what to do
PATHS = [
    (drawn(k1=0), r"target \(period 0\) does not come after the baseline \(period 0\).*later"),
    (drawn(k0=9), r"target \(period 4\) does not come after the baseline \(period 9\)"),
    (drawn(b=NAN), "baseline is nan: give a finite number"),
    (drawn(b=-INF), "baseline is -inf: give a finite number"),
    (drawn(g=INF), "target is inf: give a finite number"),
    (drawn(g=1e305), r"target is 1e\+305: give a number between"),
    (drawn(k1=1_000_000), "1000000 periods after the baseline: choose one within 100000"),
    (drawn("compound", b=-5.0, g=5.0), "from -5 to 5: both must be of one sign and neither 0"),
    (drawn("compound", b=5.0, g=-5.0), "from 5 to -5"),
    (drawn("compound", b=0.0), "from 0 to 3.*Choose another shape"),
    (drawn("compound", g=0.0), "from 1 to 0"),
    (drawn("spiral"), "'spiral'.*use one of linear"),
    (drawn("points", points=((9, 2.0),)), "point at period 9 lies outside .*remove it or move"),
    (drawn("step", points=((2, INF),)), "value at period 2 is inf: give a finite number"),
    (drawn("s_curve", parameters={"c": -1.0}), "c of the shape 's_curve' is -1.0: give it above 0"),
    (drawn("late_gain", parameters={"p": 0.5}), "p of the shape 'late_gain' is 0.5"),
    (drawn(parameters={"c": 1.0}), "'linear' knows no parameters, not 'c': leave it out"),
    (drawn("interventions"), "has none: give at least one effect"),
    (drawn("interventions", effects=(Effect(start=-1, mid=1.0, name="Coaches"),)),
     "Coaches starts in period -1, before the baseline"),
    (drawn("interventions", effects=(Effect(start=1, mid=1.0, low=2.0, high=3.0),)),
     "effects of number 1 are 2, 1, 3: give them in order"),
    (drawn("interventions", effects=(Effect(start=1, mid=NAN),)), "mid effect of number 1 is nan"),
    (drawn("interventions", effects=(Effect(start=1, mid=1.0, attribution=1.5),)),
     "attribution of number 1 is 1.5: give a share from 0 to 1"),
    (drawn(low=4.0, high=5.0), "range from 4 to 5 leaves out the target, 3"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "words"), PATHS)
def test_a_path_that_cannot_be_is_refused_with_its_remedy(path: Path, words: str) -> None:
    with pytest.raises(PathError, match=words):
        check(path)


# Of a path that slipped through, the engine draws nothing and says so too.
@pytest.mark.parametrize(
    "path", [linear(4, 1.0, 4, 3.0), linear(9, 1.0, 4, 3.0), Path("spiral", FIRST, 1.0, 99999, 3.0)]
)
def test_the_engine_refuses_what_cannot_be_drawn(path: Path) -> None:
    with pytest.raises(PathError):
        judge(block([1.0, 2.0], paths=[path]))


# --- figures --------------------------------------------------------------------------------------

# values, what else is given, and the reason without which there would be a light
UNJUDGED = [
    ([NAN, NAN], {}, "nothing_observed"),
    ([INF, -INF, INF], {}, "nothing_observed"),
    ([0.0, INF], {}, "nothing_observed"),
    ([50.0], {}, "nothing_observed"),
    ([None] * 12, {}, "nothing_observed"),
    ([0.0, 10.0], {"sign": [0]}, "no_target"),
    ([0.0, 10.0], {"sign": [0], "band": [[NAN, 5.0]]}, "no_target"),
    ([0.0, 10.0], {"paths": [None]}, "no_target"),
    ([0.0, 10.0], {"paths": [None], "has_target": [True]}, "no_trajectory"),
    ([0.0, 10.0], {"paths": [linear(5, 0.0, 10, 100.0)]}, "nothing_observed"),
]


@pytest.mark.parametrize(("values", "given", "reason"), UNJUDGED)
def test_what_cannot_be_judged_says_why(values: Row, given: dict[str, Any], reason: str) -> None:
    found = judge(block(values, **({"paths": [PLAN]} | given)))
    assert (found.not_judged[0], found.light[0]) == (reason, -1)
    assert evidence(found, 0)[0]["rule"] == reason


def test_what_is_infinite_is_as_good_as_missing() -> None:
    values = [0.0, INF, 21.0, -INF, 38.0]
    holes = [0.0, None, 21.0, None, 38.0]
    one, other = judge(block(values, paths=[PLAN])), judge(block(holes, paths=[PLAN]))
    for name in vars(one).keys() - {"policy"}:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


# What needs more points than there are is absent, and the rest is judged without it.
@pytest.mark.parametrize(
    ("count", "limits", "likelihood", "line"),
    [(3, False, False, True), (4, False, False, True),
     (5, True, False, True), (6, True, False, True), (7, True, True, True)],
)  # fmt: skip
def test_too_few_points_leave_out_what_needs_more(
    count: int, limits: bool, likelihood: bool, line: bool
) -> None:
    row = [0.0, 12.0, 18.0, 33.0, 38.0, 52.0, 59.0][:count]
    found = judge(block(row, paths=[PLAN], policy=Policy(season="off")))
    assert found.light[0] >= 0
    assert np.isfinite(found.centre[0]) == limits
    assert (found.direction[0] != "") == limits
    assert np.isfinite(found.likelihood[0]) == likelihood
    assert np.isfinite(found.straight_line[0]) == line
    rules = [entry["rule"] for entry in evidence(found, 0)]
    assert ("too_few_points" in rules) == (not likelihood)


def test_a_series_that_never_moves_has_a_distance_and_nothing_else() -> None:
    found = judge(block([50.0] * 20, paths=[linear(9, 50.0, 29, 60.0)]))
    assert (found.light[0], found.distance_light[0]) == (0, 0)
    assert (found.direction[0], found.signal[0]) == ("", "")
    none = (found.likelihood, found.noise, found.centre, found.spread, found.deviation)
    assert np.isnan(none).all()


def test_a_metric_without_direction_is_charted_and_not_judged() -> None:
    values = [9.0, 11.0] * 6 + [30.0]
    drawn = track(block(values, paths=[None], sign=[0]))
    assert (drawn.signal[0, -1], drawn.reading[0, -1]) == ("outside", "neutral")


# --- the block and the policy ---------------------------------------------------------------------

WRONG = [
    ({"sign": [1, 1]}, "sign: give one entry for each of the 1 series"),
    ({"paths": []}, "paths"),
    ({"band": [[1.0, 2.0], [1.0, 2.0]]}, "band"),
    ({"bounds": [[1.0, 2.0, 3.0]]}, "bounds"),
    ({"rebases": [[1], [2]]}, "rebases"),
    ({"has_target": [True, False]}, "has_target"),
    ({"expected_months": [frozenset(), frozenset()]}, "expected_months"),
    ({"grade_d": [True, True]}, "grade_d"),
]


@pytest.mark.parametrize(("given", "words"), WRONG)
def test_a_block_of_uneven_lengths_is_refused(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        block([1.0, 2.0], **({"paths": [PLAN]} | given))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"alpha": 0.0}, "alpha is 0.0: use a value from 0.01 to 1"),
        ({"kappa": math.inf}, "kappa is inf: use a value from 0 to 2"),
        ({"season_years": 1}, "season_years is 1: use a value from 2 to 20"),
        ({"hold_amber_red": 0.0}, "The hold thresholds are -1.0, -2.0, 0.0: give falling values"),
        ({"likelihood_green": None}, "likelihood_green is None: use a number from 0 to 1"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(values: dict[str, Any], words: str) -> None:
    with pytest.raises(PolicyError, match=words):
        Policy.from_values(values)


def test_an_empty_block_is_no_fault() -> None:
    given = block([None], paths=[None])
    nothing: Block = given.take(np.array([], dtype=np.int64))
    assert len(judge(nothing)) == 0
    assert track(nothing).actual.shape[0] == 0
