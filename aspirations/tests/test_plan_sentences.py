"""What is said of a plan: every answer, in the words of the metric's unit."""

from datetime import date
from typing import Any

import pytest

from aspirations.analysis.honesty import Answer
from aspirations.analysis.honesty import Finding as Asked
from aspirations.models import Baseline, Effect, Intervention, Metric, Target, Trajectory
from aspirations.sentences import plans

READING = Metric(name="Reading", unit="%", direction="increase", frequency="month")
WAITS = Metric(name="Waits", unit="people", decimals=0, direction="decrease", frequency="quarter")
SOUND, LOOK, DOUBT = Answer.SOUND, Answer.LOOK, Answer.DOUBT


def path(metric: Metric = READING, **fields: Any) -> Trajectory:
    started = fields.pop("started", {})
    return Trajectory(
        baseline=Baseline(period=date(2024, 6, 1), value=54.2, **started),
        target=Target(due=date(2028, 6, 1), value=72.0), **fields,
    )  # fmt: skip


SHAPES: list[tuple[dict[str, Any], str]] = [
    ({}, "Straight line: from 54.2% in Jun 2024 to 72% in Jun 2028."),
    ({"shape": "s_curve"}, "Slow, fast, slow: from"),
    ({"low": 68.6, "high": 75.2}, "Its range opens to 68.6 to 75.2."),
    ({"season": {"kind": "index", "values": [1.0] * 12}}, "It follows the time of year."),
    ({"started": {"method": "mean", "periods": 12}}, "The baseline is the mean of 12 periods."),
    ({"started": {"method": "trend", "periods": 6}}, "the end of the trend of 6 periods."),
]


@pytest.mark.parametrize(("fields", "said"), SHAPES)
def test_a_path_is_told_in_words(fields: dict[str, Any], said: str) -> None:
    assert said in plans.shape_text(READING, path(**fields))


def left(needed: float, explained: float) -> list[Asked]:
    figures = {"needed": needed, "explained": explained, "drift": 0.4, "left": needed - explained}
    return [Asked("unexplained", DOUBT, figures)]


HEADLINES = [
    (left(17.8, 15.3), "The plan explains 15.3 of the 17.8 points needed. 2.5 points have no"),
    (left(17.8, 17.8), "The plan explains all of the 17.8 points needed."),
    (left(17.8, 20.0), "The plan adds up to 2.2 points more than the 17.8 points needed."),
    ([], "The path to the target"),
]


@pytest.mark.parametrize(("asked", "said"), HEADLINES)
def test_what_is_left_comes_first(asked: list[Asked], said: str) -> None:
    assert plans.plan_headline(READING, asked).startswith(said)


ANSWERS: list[tuple[Asked, str, str]] = [
    (Asked("steepest_year", DOUBT, {"asks": 5.5, "best": 4.1, "peers_best": 4.8}),
     "Steepest year asks for 5.5 points",
     "Best year so far gave 4.1 points. Best comparable system: 4.8 points."),
    (Asked("steepest_year", LOOK, {"asks": 5.5, "best": None, "peers_best": None}),
     "Steepest year", "There is no full year of figures to compare with."),
    (Asked("steepest_year", DOUBT, {"asks": 5.5, "best": -0.4, "peers_best": None}),
     "Steepest year", "0.4 points the wrong way"),
    (Asked("steepest_year", SOUND, {"asks": None, "best": None, "peers_best": None}),
     "too short", "no full year"),
    (Asked("no_interventions", LOOK, {"needed": 17.8}), "No interventions", "17.8 points"),
    (Asked("unexplained", SOUND, {"left": 0.0}), "All explained", "whole change"),
    (Asked("unexplained", DOUBT, {"left": 2.5}), "2.5 points unexplained", "Add an intervention"),
    (Asked("over_counting", SOUND, {"left": 0.0, "overlaps": []}), "Over-counting", "No two"),
    (Asked("timing", SOUND, {"early": 0.0, "begins": 24297}), "Timing", "No gain is counted"),
    (Asked("timing", LOOK, {"early": 0.8, "begins": 24297}), "Timing",
     "0.8 points are asked for by Oct 2024"),
    (Asked("weak_evidence", SOUND, {"share": None}), "Evidence", "No gain rests on weak"),
    (Asked("weak_evidence", LOOK, {"share": 0.42}), "Evidence", "42% of the expected gain"),
    (Asked("unfunded", SOUND, {"share": 0.0}), "Money", "No gain waits for money"),
    (Asked("unfunded", LOOK, {"share": 0.17}), "Money", "17% of the expected gain"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "title", "said"), ANSWERS)
def test_each_question_is_answered_in_words(asked: Asked, title: str, said: str) -> None:
    [item] = plans.honesty_items(READING, [asked])
    assert title in item.title
    assert said in item.sentence
    icons = {SOUND: "i-tick", LOOK: "i-info", DOUBT: "i-warn"}
    assert item.icon == icons[asked.answer]


def shared(**changes: Any) -> Asked:
    row = {
        "first": "Coaches",
        "second": "Tutors",
        "amount": 0.6,
        "left": 0.6,
        "note": "",
        **changes,
    }
    return Asked("over_counting", LOOK, {"left": row["left"], "overlaps": [row]})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Coaches and Tutors claim the same gain. Overlap of 0.6 points not yet removed."),
        ({"note": "They share 18 schools"}, "They share 18 schools. Overlap of 0.6 points not"),
        ({"left": 0.0}, "Overlap of 0.6 points is taken out."),
    ],
)
def test_an_overlap_says_whether_it_is_taken_out(changes: dict[str, Any], said: str) -> None:
    [item] = plans.honesty_items(READING, [shared(**changes)])
    assert said in item.sentence


@pytest.mark.parametrize(
    ("metric", "lag", "ramp", "said"),
    [
        (READING, 0, 14, "Oct 2024, 14 months"),
        (READING, 1, 0, "Oct 2024, 1 month"),
        (READING, 0, 0, "Oct 2024"),
        (WAITS, 2, 4, "Q4 2024, 6 quarters"),
    ],
)
def test_the_time_to_full_effect_counts_from_the_start(
    metric: Metric, lag: int, ramp: int, said: str
) -> None:
    effect = Effect(start=date(2024, 10, 1), lag=lag, ramp=ramp, mid=1.0)
    assert plans.timing_text(metric, effect) == said


@pytest.mark.parametrize(
    ("fields", "said"),
    [({"evidence": "strong", "sources": "own results"}, "Strong: own results"), ({}, "None")],
)
def test_evidence_stands_with_its_sources(fields: dict[str, str], said: str) -> None:
    effect = Effect(intervention=Intervention(name="Coaches"), start=date(2024, 1, 1), **fields)
    assert plans.evidence_text(effect) == said


def test_a_suggestion_names_where_it_began_and_both_levels() -> None:
    said = plans.suggested_text(WAITS, date(2024, 10, 1), {"before": 1204.2, "after": 980.0})
    assert "1,204 people on average before, 980 people since." in said
