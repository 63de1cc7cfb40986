"""The plan on the metric page: what carries the path, what is left, and who may read it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.analysis import honesty
from aspirations.models import Effect, Metric, Overlap, Series
from aspirations.services import interventions, trajectories
from aspirations.services.baselines import Start
from aspirations.services.commitments import settle, state
from aspirations.services.honesty import history_of, plan_of
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    observe,
)
from people.models import System, User

pytestmark = pytest.mark.django_db
START, END = date(2024, 6, 1), date(2028, 6, 1)
FORM = {"shape": "interventions", "parameters": {"drift": 0.4 / 48}}
WORKS: list[tuple[str, str, dict[str, Any]]] = [
    ("coaches", "funded", {"start": date(2024, 10, 1), "ramp": 14, "mid": 4.1, "low": 3.2,
                           "high": 4.9, "evidence": "strong", "sources": "own results",
                           "overlaps": [{"with": "tutoring", "amount": 0.6,
                                         "note": "Both work in 18 schools."}]}),
    ("block", "funded", {"start": date(2025, 1, 1), "ramp": 19, "mid": 2.9, "evidence": "fair"}),
    ("coaches-60", "not", {"start": date(2026, 9, 1), "ramp": 14, "mid": 2.6,
                           "evidence": "strong"}),
    ("tutoring", "part", {"start": date(2026, 1, 1), "ramp": 24, "mid": 2.2, "evidence": "weak"}),
    ("pre-school", "funded", {"start": date(2025, 10, 1), "ramp": 31, "mid": 3.1,
                              "evidence": "fair"}),
]  # fmt: skip


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="meridian", reporting_date=date(2025, 3, 14))
    for slug, funding, _effect in WORKS:
        interventions.create(
            system=row, slug=slug,
            values={"name": slug.capitalize(), "funding": funding, "owner": f"Office of {slug}"},
        )  # fmt: skip
    return row


@pytest.fixture
def series(system: System) -> Series:
    metric = MetricFactory.create(system=system, slug="reading", name="Reading")
    row: Series = SeriesFactory.create(metric=metric)
    observe(row, date(2023, 6, 1), [50.0 + 0.1 * n for n in range(20)])
    return row


@pytest.fixture
def reader(system: System, client: Client) -> User:
    user: User = MembershipFactory.create(system=system, role="viewer").user
    client.force_login(user)
    return user


def agree(series: Series, **terms: Any) -> None:
    effects = [{"intervention": slug, **effect} for slug, _funding, effect in WORKS]
    known = {"start": Start(START, 54.2), "target": (END, 72.0), "form": FORM, "effects": effects}
    row = trajectories.draft(series=series, **{**known, **terms})
    trajectories.agree(trajectory=row, reason="Adopted with the budget.")
    judge_now([series.pk])


def shown(client: Client) -> str:
    page = client.get(reverse("metric_trajectory", args=["meridian", "reading"])).content.decode()
    return " ".join(page.split())


def test_what_is_not_explained_comes_first(client: Client, series: Series, reader: User) -> None:
    agree(series)
    page = shown(client)
    said = "The plan explains 15.3 of the 17.8 points needed. 2.5 points have no intervention"
    assert said in page
    assert page.index(said) < page.index("Where the points come from")
    assert "2.5 not yet explained" in page
    assert "Explained so far, with drift of 0.4" in page
    assert "of 17.8 points needed" in page


def test_each_intervention_has_its_line(client: Client, series: Series, reader: User) -> None:
    agree(series)
    page = shown(client)
    for words in (
        "+4.1", "3.2 to 4.9", "Oct 2024, 14 months", "Strong: own results", "Office of coaches",
        "Part funded", "Not funded", "Points by 2028",
    ):  # fmt: skip
        assert words in page


def test_the_questions_put_to_the_path_are_answered(
    client: Client, series: Series, reader: User
) -> None:
    agree(series)
    page = shown(client)
    for words in (
        "Steepest year asks for 5.5 points", "Best year so far gave 1.2 points.",
        "2.5 points unexplained", "Both work in 18 schools. Overlap of 0.6 points not yet removed.",
        "No gain is counted before its intervention starts.",
        "15% of the expected gain rests on weak evidence or none.",
        "17% of the expected gain has no funding.",
    ):  # fmt: skip
        assert words in page


def test_the_service_asks_what_the_page_asks(series: Series) -> None:
    agree(series)
    row = series.trajectories.get()
    effects = list(row.effects.select_related("intervention"))
    overlaps = list(Overlap.objects.filter(first__trajectory=row))
    plan = plan_of(row, effects, overlaps, *history_of(series), None)
    found = {one.code: one for one in honesty.findings(plan)}
    assert found["unexplained"].figures["left"] == pytest.approx(2.5)
    assert found["steepest_year"].figures["best"] == pytest.approx(1.2)
    assert found["over_counting"].figures["left"] == pytest.approx(0.6)
    assert found["timing"].answer == "sound"


def test_a_path_without_interventions_says_so(client: Client, series: Series, reader: User) -> None:
    agree(series, form={"low": 68.6, "high": 75.2}, effects=())
    page = shown(client)
    assert "Straight line: from 54.2% in Jun 2024 to 72% in Jun 2028." in page
    assert "Its range opens to 68.6 to 75.2." in page
    assert "No interventions are named" in page
    assert "Where the points come from" not in page
    assert "The shaded band around the path" in page


def test_who_may_not_read_plans_sees_none(client: Client, series: Series, system: System) -> None:
    agree(series)
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    page = shown(client)
    for words in ('id="plan"', "Office of coaches", "Is this path honest?", "Adopted with the"):
        assert words not in page


def test_a_path_that_waits_says_for_what(client: Client, series: Series, reader: User) -> None:
    state(
        metric=series.metric, segment=None,
        stated={
            "baseline_period": date(2026, 1, 1), "baseline_value": None,
            "target_period": END, "target_value": 72.0,
        },
    )  # fmt: skip
    settle(Series.objects.all())
    judge_now([series.pk])
    assert "its path waits: the figures of its baseline are still to come (2026-01)" in shown(
        client
    )


def test_names_are_shown_not_run(client: Client, series: Series, reader: User) -> None:
    agree(series)
    work = Effect.objects.earliest("id").intervention
    interventions.change(intervention=work, values={"name": "<script>alert(1)</script>"})
    page = shown(client)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "style=" not in page


def test_falling_metrics_are_told_in_the_same_words(
    client: Client, series: Series, reader: User
) -> None:
    Metric.objects.update(direction="decrease")
    series.refresh_from_db()
    effects = [{"intervention": "block", "start": START, "mid": -3.0}]
    agree(series, target=(END, 44.2), form={"shape": "interventions"}, effects=effects)
    page = shown(client)
    assert "The plan explains 3.0 of the 10.0 points needed. 7.0 points have no" in page
    assert "−3.0" in page
