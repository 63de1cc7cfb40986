"""The questions put to a plan, with the figures of one worked by hand."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from aspirations.analysis import honesty
from aspirations.analysis.honesty import Finding, Overlap, Plan
from aspirations.analysis.paths import Effect, Path, SeasonalForm

# Reading at grade level: 54.2 in month 0, 72 four years on, a drift of 0.4 in all.
WORK = (
    Effect(start=4, ramp=14, mid=4.1, name="Coaches, first schools"),
    Effect(start=7, ramp=19, mid=2.9, name="Daily reading block"),
    Effect(start=27, ramp=14, mid=2.6, name="Coaches, next schools"),
    Effect(start=19, ramp=24, mid=2.2, name="Tutoring"),
    Effect(start=16, ramp=31, mid=3.1, name="Pre-school places"),
)
PATH = Path("s_curve", 0, 54.2, 48, 72.0, effects=WORK, parameters={"c": 4.0})
SUMMED = Path("interventions", 0, 54.2, 48, 72.0, effects=WORK, parameters={"drift": 0.4 / 48})
PLAN = Plan(
    SUMMED, sign=1, per_year=12,
    evidence=("strong", "fair", "strong", "weak", "fair"),
    funded=(True, True, False, True, True),
)  # fmt: skip


def found(plan: Plan) -> dict[str, Finding]:
    return {finding.code: finding for finding in honesty.findings(plan)}


def figures(plan: Plan, code: str) -> dict[str, Any]:
    return found(plan)[code].figures


def test_what_is_explained_and_what_is_not() -> None:
    finding = found(PLAN)["unexplained"]
    assert finding.figures == pytest.approx(
        {"needed": 17.8, "explained": 15.3, "drift": 0.4, "left": 2.5}
    )
    assert finding.answer == "doubt"


def test_a_plan_that_explains_all_is_sound() -> None:
    whole = replace(SUMMED, target=69.5)
    assert found(replace(PLAN, path=whole))["unexplained"].answer == "sound"


def test_a_plan_without_interventions_says_so() -> None:
    plan = Plan(Path("linear", 0, 10.0, 12, 4.0), sign=-1, per_year=12)
    assert found(plan)["no_interventions"].figures == {"needed": 6.0}
    assert set(found(plan)) == {"steepest_year", "no_interventions"}


@pytest.mark.parametrize(
    ("history", "peers", "answer", "best"),
    [
        ([1.0, 3.0, 2.0, 6.0], None, "sound", 4.0),
        ([1.0, 1.5, 2.0, np.nan], None, "doubt", 0.5),
        ([1.0, 1.5, 2.0, np.nan], 3.0, "sound", 0.5),
        ([1.0], None, "look", None),
        ([], None, "look", None),
        ([np.nan, np.nan], None, "look", None),
    ],
)
def test_the_steepest_year_against_the_best_so_far(
    history: list[float], peers: float | None, answer: str, best: float | None
) -> None:
    # 10 to 16 in three years, 3 of it in the middle one
    path = Path("points", 0, 10.0, 3, 16.0, points=((1, 11.5), (2, 14.5)))
    plan = Plan(path, sign=1, per_year=1, history=np.array(history), peers_best=peers)
    finding = found(plan)["steepest_year"]
    assert finding.answer == answer
    assert finding.figures == {"asks": 3.0, "best": best, "peers_best": peers}


def test_where_lower_is_better_a_fall_is_the_gain() -> None:
    plan = Plan(
        Path("linear", 0, 20.0, 2, 10.0), sign=-1, per_year=1, history=np.array([30.0, 24.0, 26.0])
    )
    assert figures(plan, "steepest_year") == {"asks": 5.0, "best": 6.0, "peers_best": None}


def test_a_path_shorter_than_a_year_is_asked_for_all_of_it() -> None:
    plan = Plan(Path("linear", 0, 1.0, 6, 4.0), sign=1, per_year=12)
    assert figures(plan, "steepest_year")["asks"] == 3.0


def test_an_overlap_not_yet_removed() -> None:
    shared = Overlap(0, 3, 0.6, "18 schools")
    finding = found(replace(PLAN, overlaps=(shared,)))["over_counting"]
    assert finding.answer == "look"
    assert finding.figures["left"] == pytest.approx(0.6)
    assert finding.figures["overlaps"][0]["second"] == "Tutoring"


def test_an_overlap_removed_by_attribution() -> None:
    # a quarter of 2.2 is 0.55, so 0.05 is left
    work = (*WORK[:3], replace(WORK[3], attribution=0.75), WORK[4])
    path = replace(SUMMED, effects=work)
    finding = found(replace(PLAN, path=path, overlaps=(Overlap(0, 3, 0.6),)))["over_counting"]
    assert finding.figures["left"] == pytest.approx(0.05)
    assert finding.answer == "sound"


def test_an_attribution_takes_out_once_what_two_overlaps_claim() -> None:
    # 0.55 is taken out of Tutoring; the first overlap uses it up, so nothing is left for the other
    work = (*WORK[:3], replace(WORK[3], attribution=0.75), WORK[4])
    plan = replace(
        PLAN, path=replace(SUMMED, effects=work), overlaps=(Overlap(0, 3, 0.5), Overlap(1, 3, 0.5))
    )
    finding = found(plan)["over_counting"]
    assert [row["left"] for row in finding.figures["overlaps"]] == pytest.approx([0.0, 0.45])
    assert finding.figures["left"] == pytest.approx(0.45)


def test_an_attribution_is_kept_for_the_overlap_that_needs_it() -> None:
    # Coaches (0.41) and reading block (0.58) each cover one overlap when shared out well
    work = (replace(WORK[0], attribution=0.9), replace(WORK[1], attribution=0.8), *WORK[2:])
    both = (Overlap(0, 1, 0.5), Overlap(0, 3, 0.4))
    plan = replace(PLAN, path=replace(SUMMED, effects=work), overlaps=both)
    assert figures(plan, "over_counting")["left"] == pytest.approx(0.0)


def test_gain_before_its_cause_is_asked_about() -> None:
    early = replace(PATH, effects=tuple(replace(effect, lag=20) for effect in WORK))
    assert found(replace(PLAN, path=early))["timing"].answer == "look"
    assert found(PLAN)["timing"].answer == "sound"
    assert figures(PLAN, "timing") == {"early": pytest.approx(0.0, abs=1e-9), "begins": 4}


def test_an_effect_that_comes_at_once_is_no_gain_before_its_cause() -> None:
    work = (Effect(start=2, ramp=0, mid=-4.0), Effect(start=5, ramp=2, mid=-1.0))
    path = Path("interventions", 0, 10.0, 8, 5.0, effects=work)
    finding = found(Plan(path, sign=-1, per_year=12))["timing"]
    assert finding.answer == "sound"
    assert finding.figures == {"early": 0.0, "begins": 2}


def test_a_season_is_no_gain_before_its_cause() -> None:
    # up by 3 in the first period, while the work begins in the third
    season = SeasonalForm("offset", (-1.5, 1.5))
    work = (Effect(start=2, ramp=2, mid=6.0),)
    path = Path("interventions", 0, 10.0, 4, 16.0, effects=work, season=season)
    assert figures(Plan(path, sign=1, per_year=2), "timing")["early"] == 0.0
    late = replace(path, shape="late_gain")
    assert figures(Plan(late, sign=1, per_year=2), "timing")["early"] == pytest.approx(1.5)


def test_work_that_begins_after_the_target_leaves_the_whole_path_without_cause() -> None:
    path = Path("linear", 0, 10.0, 4, 18.0, effects=(Effect(start=9, mid=8.0),))
    plan = Plan(path, sign=1, per_year=12, evidence=("weak",), funded=(False,))
    assert figures(plan, "timing") == {"early": 6.0, "begins": 9}
    assert figures(plan, "unexplained")["left"] == 8.0
    assert figures(plan, "weak_evidence") == {"share": None}


def test_shares_of_weak_evidence_and_missing_money() -> None:
    assert figures(PLAN, "weak_evidence")["share"] == pytest.approx(2.2 / 14.9)
    assert figures(PLAN, "unfunded")["share"] == pytest.approx(2.6 / 14.9)
    assert found(PLAN)["unfunded"].answer == "look"
    assert figures(replace(PLAN, evidence=(), funded=()), "unfunded") == {"share": None}


SWINGING = replace(PATH, season=SeasonalForm("index", (1.1, 0.9, 1.0)))


@pytest.mark.parametrize("path", [PATH, SUMMED, SWINGING], ids=["s-curve", "sum", "season"])
def test_the_wedges_add_up_to_the_path(path: Path) -> None:
    parts = honesty.wedges(path, 0, 49)
    total = path.baseline + parts.drift + parts.gains.sum(axis=0) + parts.left + parts.season
    drawn = honesty.trajectories.expected([path], 0, 49)[0]
    np.testing.assert_allclose(total, drawn)
    assert parts.names[4] == "Pre-school places"
    assert parts.gains[:, -1] == pytest.approx([4.1, 2.9, 2.6, 2.2, 3.1])


def test_a_share_counts_what_comes_by_the_target() -> None:
    # by period 4 half of the weak 6 has come, and all of the strong 3
    work = (Effect(start=0, ramp=8, mid=6.0), Effect(start=0, ramp=2, mid=3.0))
    path = Path("linear", 0, 1.0, 4, 7.0, effects=work)
    plan = Plan(path, sign=1, per_year=12, evidence=("weak", "strong"), funded=(True, True))
    finding = found(plan)["weak_evidence"]
    assert (finding.answer, finding.figures) == ("look", {"share": 0.5})


def test_a_drift_explains_a_part_of_any_shape() -> None:
    path = replace(PATH, parameters={"c": 4.0, "drift": 0.4 / 48})
    finding = found(replace(PLAN, path=path))["unexplained"]
    assert finding.figures == pytest.approx(
        {"needed": 17.8, "explained": 15.3, "drift": 0.4, "left": 2.5}
    )


def test_a_season_is_a_part_of_its_own() -> None:
    season = SeasonalForm("offset", (2.0, -2.0))
    work = (Effect(start=0, ramp=4, mid=8.0),)
    path = Path("linear", 0, 10.0, 4, 18.0, effects=work, season=season)
    parts = honesty.wedges(path, 0, 6)
    np.testing.assert_allclose(parts.season, [0.0, -4.0, 0.0, -4.0, 0.0, 0.0], atol=1e-12)
    np.testing.assert_allclose(parts.left, 0.0, atol=1e-12)


def test_a_path_without_interventions_has_nothing_but_what_is_left() -> None:
    parts = honesty.wedges(Path("linear", 0, 1.0, 2, 5.0), 0, 3)
    assert parts.gains.shape == (0, 3)
    assert parts.left.tolist() == [0.0, 2.0, 4.0]
