"""Sentences as tables: codes and figures in, words out."""

from datetime import date
from typing import Any

import pytest

from aspirations import sentences
from aspirations.analysis.policy import Policy as PolicyValues
from aspirations.models import Baseline, Judgment, Metric, Segment, Target, Trajectory

READING = Metric(name="Reading", unit="%", direction="increase", frequency="month")
WAITS = Metric(name="Waits", unit="patients", decimals=0, direction="decrease", frequency="month")
YEARLY = Metric(name="Graduation", unit="%", direction="increase", frequency="year", year_starts=9)


def judged(**fields: Any) -> Judgment:
    """A judgment as the rules write it, with only what a sentence reads."""
    start = {
        "light": "AR", "freshness": "fresh", "due": date(2026, 5, 8), "as_of": date(2026, 3, 14),
        "period": date(2026, 3, 1), "policy": PolicyValues().as_values(), "direction": "steady",
        "actual": 58.9, "expected": 61.0, "gap": -2.1, "journey": -2.1 / 17.8,
        "likelihood": 0.14, "likelihood_light": "AR", "distance_light": "AG",
        "forecast": 66.0, "likely_low": 61.0, "likely_high": 71.0,
    }  # fmt: skip
    return Judgment(**{**start, **fields})


def path(target: float = 72.0, due: date = date(2028, 6, 1)) -> Trajectory:
    baseline = Baseline(period=date(2023, 10, 1), value=54.2)
    return Trajectory(baseline=baseline, target=Target(due=due, value=target))


def evidence(rule: str, **figures: Any) -> dict[str, Any]:
    return {"rule": rule, "light": None, "figures": figures}


@pytest.mark.parametrize(
    ("metric", "value", "text"),
    [
        (READING, 58.9, "58.9%"),
        (READING, -0.04, "0.0%"),
        (READING, -1.25, "−1.2%"),
        (WAITS, 1234.4, "1,234 patients"),
        (WAITS, None, "no figure"),
        (Metric(unit="pts", decimals=1), 19.8, "19.8 pts"),
        (Metric(unit="£m", decimals=1), -2.5, "−£2.5m"),
        (Metric(unit="", decimals=2), 0.5, "0.50"),
    ],
)
def test_values(metric: Metric, value: float | None, text: str) -> None:
    assert sentences.value_text(metric, value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(72.0, "72%"), (70.5, "70.5%"), (94.62, "94.62%"), (200 / 3, "66.7%"), (None, "no figure")],
)
def test_goals_are_said_as_they_were_set(value: float | None, text: str) -> None:
    assert sentences.goal_text(READING, value) == text


def test_a_goal_finer_than_the_figures_is_not_rounded_to_another() -> None:
    assert sentences.goal_text(Metric(unit="%", decimals=0), 94.6) == "94.6%"


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [("people", 1.0, "1 person"), ("homes", -1.0, "−1 home"), ("people", 21.0, "21 people"),
     ("ratio", 1.0, "1 ratio")],
)  # fmt: skip
def test_one_of_many_is_singular(unit: str, value: float, text: str) -> None:
    assert sentences.value_text(Metric(unit=unit, decimals=0), value) == text


@pytest.mark.parametrize(
    ("metric", "gap", "words", "sign"),
    [
        (READING, -2.1, "2.1 points behind", "−2.1"),
        (READING, 0.9, "0.9 points ahead", "+0.9"),
        (READING, 1.0, "1.0 points ahead", "+1.0"),
        (READING, 0.04, "on the path", "0.0"),
        (READING, -0.04, "on the path", "0.0"),
        (READING, None, "no path to compare with", "–"),
        (Metric(unit="%", decimals=0), 1.0, "1 point ahead", "+1"),
        (WAITS, -120.0, "120 patients behind", "−120"),
        (WAITS, 1500.0, "1,500 patients ahead", "+1,500"),
    ],
)
def test_gaps(metric: Metric, gap: float | None, words: str, sign: str) -> None:
    assert sentences.gap_text(metric, gap) == words
    assert sentences.signed(metric, gap) == sign


@pytest.mark.parametrize(
    ("likelihood", "short", "dots", "word"),
    [
        (0.0, "fewer than 1 in 20", 0.5, "very unlikely"),
        (0.049, "fewer than 1 in 20", 0.5, "very unlikely"),
        (0.05, "1 in 20", 0.5, "very unlikely"),
        (0.10, "1 in 10", 1.0, "unlikely"),
        (0.14, "1 in 7", 1.5, "unlikely"),
        (0.21, "1 in 5", 2.0, "unlikely"),
        (0.40, "2 in 5", 4.0, "about even"),
        (0.52, "1 in 2", 5.0, "about even"),
        (0.61, "3 in 5", 6.0, "about even"),
        (0.66, "2 in 3", 6.5, "likely"),
        (0.71, "7 in 10", 7.0, "likely"),
        (0.81, "4 in 5", 8.0, "likely"),
        (0.90, "9 in 10", 9.0, "very likely"),
        (0.95, "19 in 20", 9.5, "very likely"),
        (0.97, "more than 19 in 20", 9.5, "very likely"),
        (1.0, "more than 19 in 20", 10.0, "very likely"),
        (None, "not known yet", 0.0, ""),
    ],
)
def test_chances(likelihood: float | None, short: str, dots: float, word: str) -> None:
    assert sentences.chance_short(likelihood) == short
    assert sentences.dots(likelihood) == dots
    assert sentences.likelihood_word(likelihood) == word


def test_chance_starts_a_line_and_stands_in_a_sentence() -> None:
    assert sentences.chance(0.14) == "About 1 in 7"
    assert sentences.about(0.14) == "about 1 in 7"
    assert sentences.chance(0.99) == "More than 19 in 20"
    assert sentences.chance(None) == "Not known yet"


def test_no_chance_is_ever_a_percentage() -> None:
    said = {sentences.chance(p / 1000) for p in range(1001)}
    assert len(said) == 22
    assert not any("%" in text or "0 in" in text for text in said)


@pytest.mark.parametrize(("share", "text"), [(0.65, "13 in 20"), (0.4, "2 in 5"), (0.1, "1 in 10")])
def test_thresholds_are_exact(share: float, text: str) -> None:
    assert sentences.threshold(share) == text


@pytest.mark.parametrize(
    ("metric", "day", "text"),
    [
        (READING, date(2026, 3, 1), "Mar 2026"),
        (YEARLY, date(2024, 9, 1), "2024/25"),
        (Metric(frequency="quarter", year_starts=4), date(2018, 10, 1), "Q3 2018/19"),
        (Metric(frequency="week"), date(2024, 1, 29), "week of 29 Jan 2024"),
        (Metric(frequency="day"), date(2024, 1, 29), "29 Jan 2024"),
        (READING, None, ""),
    ],
)
def test_periods(metric: Metric, day: date | None, text: str) -> None:
    assert sentences.period_text(metric, day) == text


@pytest.mark.parametrize(
    ("reason", "figures", "text"),
    [
        ("no_target", {}, "No target has been agreed."),
        (
            "no_trajectory",
            {},
            "A target is agreed, but no path leads to it yet: the path waits for its baseline.",
        ),
        ("nothing_observed", {}, "Nothing has been observed after the baseline."),
        (
            "too_early",
            {"first_telling": "2026-10-01"},
            "Too early for results; the first telling figure is for Oct 2026.",
        ),
        (
            "too_early",
            {"first_telling": None},
            "Too early for results: nothing the data can show yet would tell.",
        ),
        (
            "stale",
            {},
            "The data are stale: a figure was due 8 May 2026; the latest is for Mar 2026.",
        ),
        ("quality_d", {}, "The data have quality grade D, too weak to judge by."),
    ],
)
def test_reasons_not_judged(reason: str, figures: dict[str, Any], text: str) -> None:
    told = judged(light="N", not_judged_reason=reason, evidence=[evidence(reason, **figures)])
    assert sentences.reason_text(told, READING) == text
    assert sentences.reason_word(reason) != sentences.reason_word("")


def test_a_light_has_no_reason_not_to_be() -> None:
    assert sentences.reason_text(judged(), READING) == ""


@pytest.mark.parametrize(
    ("light", "pending", "text"),
    [
        ("AG", "AR", "Amber-Red next time unless the next figure is better"),
        ("AR", "AG", "Amber-Green next time if the next figure confirms it"),
        ("AG", "", ""),
    ],
)
def test_pending(light: str, pending: str, text: str) -> None:
    assert sentences.pending_text(judged(light=light, pending=pending)) == text


@pytest.mark.parametrize(
    ("freshness", "as_of", "text"),
    [
        ("fresh", date(2026, 3, 14), "Next figure due 8 May 2026"),
        ("late", date(2026, 5, 12), "Late: due 8 May 2026, 4 days ago"),
        ("stale", date(2026, 5, 9), "Stale: due 8 May 2026, 1 day ago"),
        ("late", None, "Late: due 8 May 2026"),
        ("none", date(2026, 5, 9), "No figure yet"),
        ("", None, "No figure yet"),
    ],
)
def test_freshness(freshness: str, as_of: date | None, text: str) -> None:
    assert sentences.freshness_text(judged(freshness=freshness), as_of) == text


def test_freshness_without_a_due_date() -> None:
    assert sentences.freshness_text(judged(due=None)) == "No next figure expected"


@pytest.mark.parametrize(
    ("likely", "near", "gap", "text"),
    [
        ("AR", "G", 0.0, "On the path today, unlikely to stay there."),
        ("AG", "G", 0.0, "On the path today, not certain to stay there."),
        ("AR", "AG", -2.1, "Nearer its path today than it is likely to end."),
        ("G", "AR", -2.1, "Behind its path today, likely to make up ground."),
        ("AG", "G", 19.0, "Ahead of its path today, not certain to stay there."),
        ("AR", "G", -0.4, "Close to its path today, unlikely to stay there."),
        ("AR", "R", -7.0, "Further behind its path today than it is likely to end."),
        ("AR", "AR", -2.1, ""),
        ("", "AR", -2.1, ""),
    ],
)
def test_two_lights_that_differ(likely: str, near: str, gap: float, text: str) -> None:
    told = judged(likelihood_light=likely, distance_light=near, gap=gap)
    assert sentences.split_text(told, READING) == text


def test_earlier_lights_say_how_they_came_about() -> None:
    rows: list[dict[str, Any]] = [
        {"period": "2025-06-01", "light": "N", "pending": None},
        {"period": "2025-10-01", "light": "G", "pending": None},
        {"period": "2025-12-01", "light": "G", "pending": "AG"},
        {"period": "2026-01-01", "light": "AG", "pending": None},
        {"period": "2026-02-01", "light": "AG", "pending": "AR"},
        {"period": "2026-03-01", "light": "AG", "pending": None},
        {"period": "2026-04-01", "light": "R", "pending": None},
        {"period": "2026-05-01", "light": "R", "pending": None},
        {"period": "2026-06-01", "light": "AR", "pending": None},
    ]
    assert sentences.earlier_notes(rows) == [
        "",
        "Adopted",
        "Amber-Green pending",
        "Second time: changed",
        "Amber-Red pending",
        "Amber-Red not confirmed",
        "Two steps: changed at once",
        "",
        "Changed",
    ]


def test_the_light_before_is_named_with_its_period() -> None:
    rows = [
        {"period": "2025-12-01", "light": "AG", "pending": None},
        {"period": "2026-01-01", "light": "AR", "pending": None},
    ]
    told = judged(earlier=rows)
    assert sentences.was_text(told, READING) == "was Amber-Green in Dec 2025"
    assert sentences.was_text(judged(earlier=rows[1:]), READING) == ""


@pytest.mark.parametrize(
    ("metric", "value", "to", "text", "note"),
    [
        (READING, 65.0, "AG", "May 2026: 65.0% or more", "6.1 points above the latest figure"),
        (WAITS, 40.0, "AG", "May 2026: 40 patients or less", "19 patients below the latest"),
        (READING, 58.92, "AG", "May 2026: 58.9% or more", "About where the latest figure"),
        (READING, None, "AG", "May 2026: no value would be enough", "the plan has to change"),
        (READING, None, "", "", ""),
    ],
)
def test_what_would_move_it(
    metric: Metric, value: float | None, to: str, text: str, note: str
) -> None:
    told = judged(
        would_move=value, would_move_to=to, evidence=[evidence("would_move", period="2026-05-01")]
    )
    assert sentences.would_move_text(told, metric) == text
    assert note in sentences.would_move_note(told, metric)


def test_likelihood_and_distance_can_be_checked_by_hand() -> None:
    told = judged(
        trajectory=path(),
        evidence=[
            evidence("likelihood", planned=17.8, tolerance=1.78, hold=False, season=False),
            evidence("distance", planned=17.8),
            evidence("direction", lower=57.0, centre=59.0, upper=61.0, points=5, trial=True),
        ],
    )
    likelihood, distance, direction, data = sentences.evidence_items(told, READING)
    assert (likelihood.light, likelihood.word, likelihood.odds_word) == (
        "AR", "Amber-Red", "unlikely",
    )  # fmt: skip
    assert likelihood.sentence == (
        "Forecast 66.0%, likely range 61.0 to 71.0. Delivered means 70.2% or more by Jun 2028: "
        "90% of the planned 17.8 points. It assumes that the rest of the plan delivers about as "
        "promised. Amber-Red runs from 1 in 10 to 2 in 5."
    )
    assert distance.light == "AG"
    assert distance.sentence == (
        "2.1 points behind: 58.9% against 61.0%. That is 12% of the planned 17.8 points. "
        "Amber-Green runs from 5% to 15% behind."
    )
    assert (direction.light, direction.word) == ("", "Steady")
    assert direction.sentence == (
        "The latest figure is within ordinary variation. Natural limits 57.0 to 61.0 around an "
        "average of 59.0%, from 5 figures: a trial until there are more."
    )
    assert data.sentence == "The latest figure is for Mar 2026. Next figure due 8 May 2026."


@pytest.mark.parametrize(
    ("light", "likelihood_edge", "distance_edge"),
    [
        ("R", "Red is below 1 in 10.", "Red is more than 30% behind."),
        ("AR", "Amber-Red runs from 1 in 10 to 2 in 5.", "Amber-Red runs from 15% to 30% behind."),
        ("AG", "runs from 2 in 5 to 13 in 20.", "runs from 5% to 15% behind."),
        ("G", "Green is 13 in 20 or better.", "Green is at most 5% behind."),
    ],
)
def test_every_light_names_its_thresholds(
    light: str, likelihood_edge: str, distance_edge: str
) -> None:
    told = judged(likelihood_light=light, distance_light=light)
    likelihood, distance, *_others = sentences.evidence_items(told, READING)
    assert likelihood.sentence.endswith(likelihood_edge)
    assert distance.sentence.endswith(distance_edge)


def test_thresholds_are_those_the_judgment_was_made_by() -> None:
    policy = {**PolicyValues().as_values(), "likelihood_amber_red": 0.2}
    likelihood = sentences.evidence_items(judged(policy=policy), READING)[0]
    assert likelihood.sentence.endswith("Amber-Red runs from 1 in 5 to 2 in 5.")


def test_too_few_points_say_so_and_give_no_chance() -> None:
    few = evidence("too_few_points", errors=3, errors_needed=6, capped=True, cap_share=0.4)
    told = judged(likelihood=None, likelihood_light="", evidence=[few])
    found = sentences.evidence_items(told, READING)[0]
    assert (found.light, found.word, found.likelihood) == ("", "Not known yet", None)
    assert found.sentence == (
        "Too few figures to say more: 3 of the 6 needed. Until then the light is the distance’s, "
        "and at most Amber-Green while more than 40% of the planned change is still to come."
    )


def test_holding_a_level_is_measured_in_ordinary_variation() -> None:
    told = judged(noise=-1.4, evidence=[evidence("hold")])
    distance = sentences.evidence_items(told, READING)[1]
    assert "1.4 steps of ordinary variation" in distance.sentence
    assert distance.sentence.endswith("runs from 1.0 steps to 2.0 steps behind.")


def test_after_the_target_period_delivery_is_stated_and_nothing_forecast() -> None:
    told = judged(
        light="R", state="missed", likelihood=None, likelihood_light="", distance_light="R",
        evidence=[evidence("verdict", tolerance=1.78, spread=0.9)],
    )  # fmt: skip
    found = sentences.evidence_items(told, READING)[0]
    assert (found.title, found.word, found.light) == ("Delivery", "Missed", "R")
    assert found.sentence == (
        "The target period has come and the target is missed. "
        "Up to 1.8 points short still counts as delivered."
    )


def test_absent_figures_leave_honest_gaps() -> None:
    bare = Judgment(light="N", not_judged_reason="no_target", freshness="none", policy={})
    direction, data = sentences.evidence_items(bare, READING)
    assert direction.word == "Not known yet"
    assert direction.sentence == "Natural limits need five figures or more in a stretch."
    assert data.sentence == "No figure yet."


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {},
            "Reading is not really changing: 2.1 points behind its path and unlikely to reach "
            "72% by Jun 2028.",
        ),
        (
            {"direction": "improving", "gap": 0.9, "likelihood": 0.7},
            "Reading is improving: 0.9 points ahead of its path and likely to reach 72% by "
            "Jun 2028.",
        ),
        (
            {"direction": "", "gap": 0.0, "likelihood": 0.5},
            "Reading is on the path, with about an even chance of reaching 72% by Jun 2028.",
        ),
        (
            {"direction": "deteriorating", "gap": -9.0, "likelihood": 0.02},
            "Reading is getting worse: 9.0 points behind its path and very unlikely to reach "
            "72% by Jun 2028.",
        ),
        ({"direction": "", "likelihood": None}, "Reading is 2.1 points behind its path."),
        (
            {"state": "missed", "light": "R"},
            "Reading has missed its target: 58.9% against 72% by Jun 2028.",
        ),
        ({"light": "N", "not_judged_reason": "too_early"}, "It is too early to judge Reading."),
        (
            {"light": "N", "not_judged_reason": "stale"},
            "Reading is not judged: its latest figure, for Mar 2026, is out of date.",
        ),
    ],
)
def test_headline_is_a_finding(fields: dict[str, Any], text: str) -> None:
    target = "72% by Jun 2028"
    assert sentences.metric_headline(READING, judged(**fields), None, target) == text


def test_headline_names_the_segment_and_waits_for_a_first_judgment() -> None:
    coast = Segment(code="coast", name="Coast")
    everyone = Segment(code="all", name="Everyone")
    assert sentences.metric_headline(READING, None, coast) == (
        "Reading, Coast waits for its first judgment."
    )
    assert sentences.metric_headline(READING, None, everyone).startswith("Reading waits")


@pytest.mark.parametrize("direction", ["", "steady", "improving", "deteriorating", "neutral"])
@pytest.mark.parametrize("signal", ["", "outside", "trend", "two_of_three", "shift"])
def test_chart_titles_have_ten_words_or_fewer(direction: str, signal: str) -> None:
    title = sentences.chart_title(judged(direction=direction, signal=signal))
    assert 0 < len(title.split()) <= 10


@pytest.mark.parametrize(
    ("signal", "reading", "above", "rising", "text"),
    [
        ("outside", "improving", True, None, "▲ above the upper limit"),
        ("outside", "improving", False, None, "▲ below the lower limit"),
        ("trend", "deteriorating", True, False, "▼ in a falling run"),
        ("trend", "neutral", True, None, "◆ in a run one way"),
        ("shift", "improving", True, None, "▲ in a run above the average"),
        ("two_of_three", "deteriorating", False, None, "▼ close to the lower limit, two of three"),
        ("", "", True, None, ""),
    ],
)
def test_signals(signal: str, reading: str, above: bool, rising: bool | None, text: str) -> None:
    assert sentences.signal_text(signal, reading, above=above, rising=rising) == text


# --------------------------------------------------------------------------- bands
ROOM = Metric(
    name="Room", unit="°C", direction="band", band_low=18.0, band_high=22.0, frequency="month"
)


def test_a_band_is_inside_or_outside_and_has_no_path() -> None:
    inside = judged(gap=-0.0, actual=19.0, expected=18.0, likelihood=None, likelihood_light="")
    outside = judged(gap=-2.5, actual=15.5, expected=18.0, likelihood=0.14)
    assert sentences.metric_headline(ROOM, inside) == (
        "Room is not really changing: inside its band."
    )
    assert sentences.metric_headline(ROOM, outside, target="18 to 22 °C by Dec 2026") == (
        "Room is not really changing: 2.5 °C outside its band and unlikely to reach "
        "18 to 22 °C by Dec 2026."
    )
    (distance,) = [
        found for found in sentences.evidence_items(outside, ROOM) if "band" in found.title
    ]
    assert distance.sentence.startswith("2.5 °C outside its band: 15.5 °C against 18 to 22 °C.")


def test_a_band_is_aimed_at_as_a_whole_and_an_ideal_as_its_value() -> None:
    ideal = Metric(unit="", decimals=2, direction="band", band_low=1.0, band_high=1.0)
    assert sentences.aim_text(ROOM, 20.0) == "18 to 22 °C"
    assert sentences.aim_text(ideal, 1.2) == "1"
    assert sentences.aim_text(READING, 72.0) == "72%"


@pytest.mark.parametrize(
    ("likely", "near", "gap", "text"),
    [
        ("AG", "G", 0.0, "Inside its band today, not certain to stay there."),
        ("AR", "R", -2.0, "Further from its band today than it is likely to end."),
        ("R", "AR", -2.0, "Nearer its band today than it is likely to end."),
    ],
)
def test_two_lights_of_a_band_that_differ(likely: str, near: str, gap: float, text: str) -> None:
    told = judged(likelihood_light=likely, distance_light=near, gap=gap)
    assert sentences.split_text(told, ROOM) == text


# --------------------------------------------------------------------------- plain truth
def test_what_counts_as_delivered_without_reaching_the_target_says_so() -> None:
    told = judged(state="delivered", light="G", actual=92.7, gap=-2.3, likelihood=None)
    assert sentences.metric_headline(READING, told, target="95% by Mar 2019") == (
        "Reading came close enough to its target to count as delivered: "
        "92.7% against 95% by Mar 2019."
    )


def test_after_the_target_period_the_latest_figure_is_dated() -> None:
    told = judged(state="held", light="G", actual=72.4, gap=0.4, trajectory=path(72.0))
    told.period = date(2029, 6, 1)
    assert sentences.metric_headline(READING, told, target="72% by Jun 2028") == (
        "Reading holds the level of its target: 72.4% in Jun 2029 against 72% by Jun 2028."
    )


def test_figures_enough_that_never_stray_are_not_said_to_be_too_few() -> None:
    few = evidence("too_few_points", errors=13, errors_needed=6, capped=False)
    told = judged(evidence=[few], likelihood=None, likelihood_light="", journey=None, noise=None)
    said = {found.title: found.sentence for found in sentences.evidence_items(told, READING)}
    assert said["Likelihood of delivery"].startswith("The figures have hardly strayed")
    assert "The aim is to hold the level." in said["Distance from path"]
    assert "steps behind" in said["Distance from path"]


def test_figures_that_are_all_the_same_are_not_said_to_be_too_few() -> None:
    same = evidence("direction", direction="", points=14, centre=None)
    told = judged(direction="", evidence=[same])
    assert sentences.chart_title(told) == "No change: every figure is the same"
    (direction,) = [
        found for found in sentences.evidence_items(told, READING) if found.title == "Direction"
    ]
    assert direction.sentence.startswith("Every figure is the same")


def test_worse_is_not_called_decline_where_the_figure_rises() -> None:
    for signal in ("outside", "trend", "shift", "two_of_three", ""):
        title = sentences.chart_title(judged(direction="deteriorating", signal=signal))
        assert "decline" not in title
        assert len(title.split()) <= 10


def test_a_metric_without_direction_is_not_said_to_lack_a_target() -> None:
    shown = Metric(name="Attendances", unit="people", direction="none", frequency="month")
    told = judged(light="N", not_judged_reason="no_target")
    assert "no direction has been agreed" in sentences.reason_text(told, shown)
    assert sentences.metric_headline(shown, told) == (
        "Attendances is shown for reference: no direction has been agreed as better."
    )
    assert sentences.metric_headline(READING, told) == (
        "Reading has no target, so it is not judged."
    )


@pytest.mark.parametrize(
    ("metric", "left", "text"),
    [
        (READING, 2.5, "The plan explains 15.3 points of the 17.8 points needed; 2.5 points have "
         "no intervention behind them."),
        (READING, -2.5, "The interventions add up to 2.5 points more than the 17.8 points needed."),
        (WAITS, -4.0, "The plan explains 14 patients of the 18 patients needed; 4 patients have "
         "no intervention behind them."),
        (READING, 0.01, None),
    ],
)  # fmt: skip
def test_what_no_intervention_explains(metric: Metric, left: float, text: str | None) -> None:
    told = judged(evidence=[evidence("plan", unexplained=left, planned=17.8, share=0.14)])
    assert sentences.notes(told, metric) == ([text] if text else [])


def test_a_level_that_holds_is_for_a_person_to_decide() -> None:
    level = evidence("rebase_suggested", period="2025-09-01", before=58.04, after=61.5)
    assert sentences.notes(judged(evidence=[level]), READING) == [
        "Since Sep 2025 the figures have held another level, 61.5% on average after 58.0%: the "
        "natural limits might start anew there. That is for a person to decide."
    ]
