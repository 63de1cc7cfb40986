"""The rules most reports use, and the parts of a report, on records made by hand."""

import numpy as np

from aspirations.analysis.backtest import plain, sections
from aspirations.tests.analysis.backtest.makers import record


def test_shares_of_the_path() -> None:
    gaps = [1.0, -5.0, -5.1, -10.0, -10.1, -0.1, 0.1]
    path = [100.0, 100.0, 100.0, 100.0, -100.0, 0.0, 0.0]
    found = plain.share_of_path(record(gap=gaps, expected=path))
    assert found.tolist() == [2, 2, 1, 1, 0, 0, 2]
    assert plain.on_path(record(gap=gaps, expected=path)).tolist() == [1, 0, 0, 0, 0, 0, 1]


def test_perfect_foresight_scores_one_by_every_measure() -> None:
    came = np.array([True, True, False, False])
    part = sections.section(
        record(
            trial=[0, 0, 1, 1], origin=[4, 4, 4, 4], light=[3, 3, 0, 0], delivered=came,
            likelihood=[1.0, 1.0, 0.0, 0.0], gap=[1.0, 1.0, -50.0, -50.0], expected=[100.0] * 4,
        )
    )  # fmt: skip
    assert (part["trials"], part["series"], part["delivered"]) == (2, 1, 0.5)
    assert (part["likelihood"]["auc"], part["likelihood"]["skill"]) == (1.0, 1.0)
    for rule in part["rules"].values():
        assert (rule["auc"], rule["changes"]) == (1.0, 0.0)


def test_all_rules_are_scored_where_there_is_a_light() -> None:
    part = sections.section(
        record(
            trial=[0, 0, 1], light=[-1, 3, 0], delivered=[True, True, False],
            likelihood=[np.nan, 0.7, np.nan], gap=[-90.0, 1.0, -90.0], expected=[100.0] * 3,
        )
    )  # fmt: skip
    assert (part["moments"], part["judged"], part["likelihood"]["n"]) == (3, 2, 1)
    assert part["rules"]["share_of_path"]["lights"]["R"] == {"n": 1, "delivered": 0.0}


def test_lights_by_quarter_of_the_way() -> None:
    found = sections.quarters(record(way=[0.1, 0.2, 0.25, 0.9], light=[-1, 3, 2, 0]))
    assert found[0] == {"R": 0.0, "AR": 0.0, "AG": 0.0, "G": 0.5, "N": 0.5}
    assert [part["AG"] for part in found] == [0.0, 1.0, None, 0.0]
    assert found[3]["R"] == 1.0


def test_horizons_apart() -> None:
    found = sections.horizons(
        record(horizon=[6, 12, 12], light=[3, 3, 0], delivered=[True, True, False],
               likelihood=[0.9, 0.9, 0.1], gap=[0.0] * 3, expected=[1.0] * 3)
    )  # fmt: skip
    assert [(row["horizon"], row["moments"], row["light_auc"]) for row in found] == [
        (6, 1, None),
        (12, 2, 1.0),
    ]
