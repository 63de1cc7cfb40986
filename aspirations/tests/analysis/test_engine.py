"""The pipeline as a whole: reasons, earlier lights, the record, the hash, the track."""

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from aspirations.analysis import engine
from aspirations.analysis.engine import Block, evidence, input_hash, input_hashes, judge, row, track
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import Path, PathError
from aspirations.tests.analysis.makers import FIRST, block, linear, wandering

GOOD = [0.0, 12.0, 24.0, 31.0]
PATH = linear(0, 0.0, 10, 100.0)
STALE = date(2020, 12, 31)


@pytest.mark.parametrize(
    ("values", "given", "reason"),
    [
        (GOOD, {}, ""),
        (GOOD, {"paths": [None]}, "no_target"),
        (GOOD, {"has_target": [False]}, "no_target"),
        (GOOD, {"paths": [None], "has_target": [True]}, "no_trajectory"),
        (GOOD, {"sign": np.zeros(1)}, "no_target"),
        ([0.0, None], {}, "nothing_observed"),
        ([None, None], {}, "nothing_observed"),
        (GOOD, {"grade_d": [True]}, "quality_d"),
        (GOOD, {"as_of": STALE}, "stale"),
        (GOOD, {"as_of": STALE, "grade_d": [True]}, "quality_d"),
        ([0.0, None], {"as_of": STALE}, "nothing_observed"),
    ],
)
def test_every_light_withheld_has_its_reason(
    values: list[float | None], given: dict[str, Any], reason: str
) -> None:
    found = judge(block(values, **({"paths": [PATH]} | given)))
    assert found.not_judged[0] == reason
    assert (found.light[0] == -1) == bool(reason)


def test_figures_stay_where_the_light_is_withheld() -> None:
    found = judge(block(GOOD, paths=[PATH], as_of=STALE))
    assert (found.actual[0], found.expected[0], found.gap[0]) == (31.0, 30.0, 1.0)
    assert np.isnan(found.likelihood[0])
    assert (found.likelihood_light[0], found.distance_light[0]) == (-1, -1)
    assert found.earlier_light[0].tolist() == [-1, -1, -1, -1, 2]
    assert found.earlier_period[0].tolist() == [-1, FIRST, FIRST + 1, FIRST + 2, FIRST + 3]


def test_earlier_lights_are_the_last_five_observed() -> None:
    values = [0.0, 10.0, None, 30.0, 40.0, None, 60.0, 40.0]
    found = judge(block(values, paths=[PATH]))
    assert (found.earlier_period[0] - FIRST).tolist() == [1, 3, 4, 6, 7]
    assert found.earlier_actual[0].tolist() == [10.0, 30.0, 40.0, 60.0, 40.0]
    assert found.earlier_light[0].tolist() == [-1, 2, 2, 2, 2]
    assert found.earlier_pending[0].tolist() == [-1, -1, -1, 3, 1]
    assert (found.light[0], found.pending[0]) == (2, 1)


def test_quality_grade_d_blocks_the_earlier_lights_too() -> None:
    found = judge(block(GOOD, paths=[PATH], grade_d=[True]))
    assert (found.earlier_light == -1).all()


def test_a_block_larger_than_the_cache_is_judged_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [wandering(seed, 20) for seed in range(7)]
    given = block(*rows, paths=[linear(12, 50.0, 30, 60.0)] * 7)
    whole = judge(given)
    monkeypatch.setattr(engine, "ROWS_AT_ONCE", 3)
    parts = judge(given)
    assert len(parts) == 7
    for name, value in vars(whole).items():
        if name != "policy":
            np.testing.assert_array_equal(getattr(parts, name), value, err_msg=name)


def test_nothing_to_judge() -> None:
    given = Block(
        Frequency.MONTH,
        FIRST,
        np.empty((0, 0)),
        np.empty(0, dtype=np.int64),
        [],
        as_of=date(2020, 1, 31),
    )
    assert len(judge(given)) == 0
    assert track(given).actual.shape[0] == 0


def test_an_unknown_shape_is_refused() -> None:
    with pytest.raises(PathError, match="zigzag"):
        judge(block(GOOD, paths=[Path("zigzag", FIRST, 0.0, FIRST + 4, 1.0)]))


def test_arrays_of_wrong_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"lag_days.*2 series"):
        block(GOOD, GOOD, paths=[None, None], lag_days=[1, 2, 3])


# --- the record -----------------------------------------------------------------------------------


def likely() -> Block:
    return block(wandering(5, 24), paths=[linear(12, 50.0, 30, 55.0)])


def test_a_row_is_plain_json() -> None:
    for given in (likely(), block(GOOD, paths=[PATH]), block([None, None], paths=[None])):
        figures = row(judge(given), 0)
        assert json.loads(json.dumps(figures, allow_nan=False)) == figures


def test_a_row_gives_letters_and_none() -> None:
    figures = row(judge(block([None, None], paths=[None])), 0)
    assert (figures["light"], figures["pending"], figures["period"]) == ("N", None, None)
    assert (figures["actual"], figures["due"], figures["earlier"]) == (None, None, [])
    judged = row(judge(block(GOOD, paths=[PATH])), 0)
    assert (judged["light"], judged["distance_light"]) == ("AG", "G")
    assert (judged["likelihood"], judged["likelihood_light"]) == (None, None)
    assert judged["due"] == "2020-05-31"
    assert judged["earlier"][-1] == {
        "period": FIRST + 3,
        "light": "AG",
        "pending": None,
        "likelihood": None,
        "actual": 31.0,
    }


def found_rules(given: Block) -> dict[str, dict[str, Any]]:
    entries = evidence(judge(given), 0)
    assert json.loads(json.dumps(entries, allow_nan=False)) == entries
    return {entry["rule"]: entry for entry in entries}


def test_evidence_of_a_likelihood_can_be_checked_by_hand() -> None:
    rules = found_rules(likely())
    assert list(rules)[:2] == ["likelihood", "distance"]
    said = rules["likelihood"]["figures"]
    z = (said["centre_gap"] + said["tolerance"]) / said["deviation"]
    assert 0.5 * (1 + np.sign(z) * (1 - 2 * _tail(abs(z)))) == pytest.approx(said["likelihood"])
    assert said["reached"] is None or said["likelihood"] >= said["reached"]
    assert said["missed"] is None or said["likelihood"] < said["missed"]
    assert (said["target_period"], said["delivered_at"]) == (FIRST + 30, pytest.approx(54.5))


def _tail(z: float) -> float:
    """Upper tail of the normal distribution by the trapezoid rule."""
    x = np.linspace(z, z + 12, 200_001)
    return float(np.trapezoid(np.exp(-(x**2) / 2), x) / np.sqrt(2 * np.pi))


@pytest.mark.parametrize(
    ("given", "rules"),
    [
        (block(GOOD, paths=[PATH]),
         ["distance", "too_few_points", "direction", "data", "straight_line", "would_move"]),
        (block([0.0, 50.0, 95.0], paths=[linear(0, 0.0, 2, 100.0)]),
         ["verdict", "distance", "direction", "data"]),
        (block(GOOD, paths=[PATH], as_of=STALE), ["stale", "direction", "data"]),
        (block([0.0, 11.0, None, 28.0, 41.0, 49.0, 62.0, 70.0], paths=[PATH]),
         ["likelihood", "distance", "rule_changed", "direction", "data", "straight_line"]),
    ],
)  # fmt: skip
def test_evidence_names_its_rules(given: Block, rules: list[str]) -> None:
    assert list(found_rules(given)) == rules


def test_evidence_says_what_is_pending() -> None:
    rules = found_rules(block([0.0, *[None] * 5, 60.0, 60.0], paths=[PATH]))
    assert rules["pending"]["light"] == "AG"


# --- the hash -------------------------------------------------------------------------------------


def test_the_same_inputs_have_the_same_hash_on_another_day() -> None:
    one, other = block(GOOD, paths=[PATH]), block(GOOD, paths=[PATH], as_of=date(2020, 5, 3))
    assert input_hash(one, 0, "fresh") == input_hash(other, 0, "fresh")
    assert input_hashes(one, judge(one)) == [input_hash(one, 0, "fresh")]


def test_empty_columns_and_whole_numbers_do_not_change_the_hash() -> None:
    one = block(GOOD, paths=[PATH])
    wide = block([None, *GOOD, None], paths=[PATH], first=FIRST - 1)
    assert input_hash(one, 0, "fresh") == input_hash(wide, 0, "fresh")
    whole = Path("linear", FIRST, 0, FIRST + 10, 100)
    assert input_hash(one, 0, "fresh") == input_hash(block(GOOD, paths=[whole]), 0, "fresh")


@pytest.mark.parametrize(
    "changed",
    [
        {"paths": [linear(0, 0.0, 10, 100.5)]},
        {"paths": [linear(0, 0.0, 11, 100.0)]},
        {"paths": [None]},
        {"rebases": [[FIRST + 2]]},
        {"policy": Policy(tau=0.05)},
        {"sign": -np.ones(1)},
        {"grade_d": [True]},
        {"first": FIRST + 1},
        {"frequency": Frequency.QUARTER},
    ],
)
def test_another_input_has_another_hash(changed: dict[str, Any]) -> None:
    given = {"paths": [PATH]} | changed
    before = input_hash(block(GOOD, paths=[PATH]), 0, "fresh")
    assert input_hash(block(GOOD, **given), 0, "fresh") != before


def test_value_and_freshness_change_the_hash() -> None:
    one = block(GOOD, paths=[PATH])
    nudged = block([*GOOD[:-1], float(np.nextafter(31.0, 32.0))], paths=[PATH])
    assert input_hash(one, 0, "fresh") != input_hash(nudged, 0, "fresh")
    assert input_hash(one, 0, "fresh") != input_hash(one, 0, "late")


# --- the track ------------------------------------------------------------------------------------


def test_the_track_runs_from_the_first_observation_to_the_target() -> None:
    values = [None, 9.0, 11.0, 9.0, 11.0, 9.0, 11.0, None]
    drawn = track(block(values, paths=[linear(2, 11.0, 10, 19.0)]))
    assert drawn.first == FIRST + 1
    assert drawn.actual.shape == (1, 10)
    np.testing.assert_array_equal(drawn.expected[0, :3], [np.nan, 11.0, 12.0])
    assert drawn.expected[0, -1] == 19.0
    np.testing.assert_array_equal(drawn.gap[0, :4], [np.nan, 0.0, -3.0, -2.0])
    assert drawn.centre[0, :6].tolist() == [10.0] * 6
    assert np.isnan(drawn.centre[0, 6:]).all()
    assert drawn.limits == [
        [{"start": FIRST + 1, "n": 6, "centre": 10.0, "lower": pytest.approx(4.68),
          "upper": pytest.approx(15.32), "trial": True}]
    ]  # fmt: skip


def test_the_track_of_a_plan_without_observations_is_its_path() -> None:
    drawn = track(block([None], paths=[linear(3, 0.0, 5, 2.0)], first=0, as_of=STALE))
    assert drawn.first == FIRST + 3
    assert drawn.expected.tolist() == [[0.0, 1.0, 2.0]]
    assert drawn.limits == [[]]
