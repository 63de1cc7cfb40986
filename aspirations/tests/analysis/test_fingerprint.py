"""The hash: everything a judgment rests on moves it, and nothing else does."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from aspirations.analysis import fingerprint
from aspirations.analysis.engine import input_hash, input_hashes, judge
from aspirations.analysis.paths import Effect, Path, SeasonalForm
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.tests.analysis.makers import FIRST, Row, block, linear

GOOD = [0.0, 12.0, 24.0, 31.0]
PATH = linear(0, 0.0, 10, 100.0)
WORK = Effect(start=FIRST + 1, mid=60.0, low=40.0, high=70.0, lag=1, ramp=4, name="Coaches")
INDEX = SeasonalForm("offset", (1.0, -1.0, 0.0, 0.0))


def path(**more: Any) -> Path:
    ends: dict[str, Any] = {"k0": FIRST, "baseline": 0.0, "k1": FIRST + 10, "target": 100.0}
    return Path(**{"shape": "linear"} | ends | more)


def carried(**more: Any) -> Path:
    return path(shape="interventions", effects=(Effect(**vars(WORK) | more),))


def hashed(values: Row = GOOD, fresh: str = "fresh", **given: Any) -> str:
    return input_hash(block(values, **({"paths": [PATH]} | given)), 0, fresh)


PATHS = {
    "as it is": PATH,
    "none": None,
    "baseline": path(baseline=0.5),
    "baseline period": path(k0=FIRST - 1),
    "target": path(target=np.nextafter(100.0, 101.0)),
    "target period": path(k1=FIRST + 11),
    "shape": path(shape="s_curve"),
    "parameter": path(shape="s_curve", parameters={"c": 9.0}),
    "another parameter": path(shape="s_curve", parameters={"c": 9.5}),
    "points": path(shape="points", points=((FIRST + 4, 30.0),)),
    "another point": path(shape="points", points=((FIRST + 4, 31.0),)),
    "the point moved": path(shape="points", points=((FIRST + 5, 30.0),)),
    "steps": path(shape="step", points=((FIRST + 4, 30.0),)),
    "season": path(season=INDEX),
    "season turned": path(season=SeasonalForm("offset", (-1.0, 1.0, 0.0, 0.0))),
    "season as an index": path(season=SeasonalForm("index", (1.1, 0.9, 1.0, 1.0))),
    "low": path(low=90.0, high=110.0),
    "high": path(low=90.0, high=111.0),
    "work": carried(),
    "work, its start": carried(start=FIRST + 2),
    "work, its size": carried(mid=61.0),
    "work, at worst": carried(low=39.0),
    "work, at best": carried(high=71.0),
    "work, its lag": carried(lag=2),
    "work, its ramp": carried(ramp=5),
    "work, its share": carried(attribution=0.9),
    "drift": path(shape="interventions", effects=(WORK,), parameters={"drift": 0.1}),
    "more work": path(shape="interventions", effects=(WORK, WORK)),
}
OTHERS: dict[str, dict[str, Any]] = {
    "a value by one bit": {"values": [0.0, 12.0, 24.0, float(np.nextafter(31.0, 32.0))]},
    "a value gone": {"values": [0.0, 12.0, None, 31.0]},
    "a value moved": {"values": [0.0, 12.0, None, 24.0, 31.0]},
    "one more": {"values": [*GOOD, 0.0]},
    "periods": {"first": FIRST + 1},
    "frequency": {"frequency": Frequency.QUARTER},
    "year starts": {"year_starts": 4},
    "sign": {"sign": np.array([-1])},
    "no sign": {"sign": np.array([0])},
    "band": {"band": [[1.0, 2.0]]},
    "another band": {"band": [[1.0, 3.0]]},
    "lower bound": {"bounds": [[0.0, np.nan]]},
    "upper bound": {"bounds": [[np.nan, 0.0]]},
    "no target agreed": {"has_target": [False]},
    "lag": {"lag_days": [3]},
    "expected months": {"expected_months": [frozenset({1})]},
    "other months": {"expected_months": [frozenset({2})]},
    "quality": {"grade_d": [True]},
    "running total": {"cumulative": [True]},
    "a stretch": {"rebases": [[FIRST + 2]]},
    "another stretch": {"rebases": [[FIRST + 3]]},
    "two stretches": {"rebases": [[FIRST + 2, FIRST + 3]]},
    "policy": {"policy": Policy(tau=0.05)},
    "policy, a switch": {"policy": Policy(confirm=False)},
    "late": {"fresh": "late"},
}


def test_no_two_different_inputs_have_one_hash() -> None:
    found = {name: hashed(paths=[given]) for name, given in PATHS.items()}
    found |= {name: hashed(**given) for name, given in OTHERS.items()}
    assert len(set(found.values())) == len(found) == len(PATHS) + len(OTHERS)


SAME: dict[str, dict[str, Any]] = {
    "another day": {"as_of": date(2020, 5, 3)},
    "empty columns": {"values": [None, *GOOD, None], "first": FIRST - 1},
    "whole numbers": {"paths": [path(baseline=0, target=100)]},
    "minus nothing": {"values": [-0.0, *GOOD[1:]], "paths": [path(baseline=-0.0)]},
    "the default policy": {"policy": Policy(kappa=0.2)},
    "no stretch": {"rebases": [[]]},
}


@pytest.mark.parametrize("given", SAME.values(), ids=SAME.keys())
def test_the_same_inputs_have_the_same_hash(given: dict[str, Any]) -> None:
    assert hashed(**given) == hashed()


def test_the_order_and_number_of_equal_rebases_say_nothing() -> None:
    once, twice = [FIRST + 1, FIRST + 2], [FIRST + 2, FIRST + 1, FIRST + 2]
    assert hashed(rebases=[once]) == hashed(rebases=[twice])


def test_what_work_is_called_says_nothing() -> None:
    assert hashed(paths=[carried()]) == hashed(paths=[carried(name="Tutors")])


def test_another_version_of_the_arithmetic_has_other_hashes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = hashed()
    monkeypatch.setattr(fingerprint, "ENGINE_VERSION", "of tomorrow")
    assert hashed() != before


def test_rows_of_a_block_hash_as_they_do_alone() -> None:
    noise = np.random.default_rng(3)
    rows = [
        [None if noise.random() < 0.3 else float(noise.normal()) for _ in range(20)]
        for _ in range(12)
    ]
    paths = [None if n % 4 == 0 else linear(3, 0.0, 15 + n, 1.0) for n in range(10)]
    given = block(
        *rows, paths=[*paths, carried(), path(season=INDEX)],
        rebases=[[] if n % 3 else [FIRST + 5 + n] for n in range(12)],
    )  # fmt: skip
    judged = judge(given)
    alone = [input_hash(given, i, str(judged.freshness[i])) for i in range(12)]
    assert input_hashes(given, judged) == alone
    assert len(set(alone)) == 12
