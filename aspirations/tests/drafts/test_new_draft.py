"""Beginning a draft: a copy of what is in force, or a line from the latest figure to a target."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Metric, Segment, Series, Trajectory
from aspirations.services.baselines import Start
from aspirations.services.drafting import begin
from aspirations.tests.drafts.makers import enter
from aspirations.tests.factories import MetricFactory, SegmentFactory, SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db
PAGE = reverse("new_draft", args=["meridian", "reading"])
FILLED = {
    "baseline_period": "Feb 2025", "baseline_value": "", "target_period": "Jun 2028",
    "target_value": "70",
}  # fmt: skip


def test_the_first_path_goes_from_a_figure_to_the_target(
    client: Client, system: System, series: Series
) -> None:
    user = enter(client, system)
    page = client.get(PAGE).content.decode()
    assert 'value="Feb 2025"' in page, "the latest figure is offered"
    response = client.post(PAGE, FILLED)
    row = Trajectory.objects.get()
    assert response["Location"] == reverse("draft", args=["meridian", "reading", row.version])
    assert (row.status, row.shape, row.author) == ("draft", "linear", user)
    assert (round(row.baseline.value, 6), row.target.value) == (54.0, 70.0)


def test_a_later_draft_is_a_copy_of_the_path_in_force(
    client: Client, system: System, agreed: Trajectory
) -> None:
    enter(client, system)
    assert "Begin a draft from version 1" in client.get(PAGE).content.decode()
    assert client.post(PAGE).status_code == 302
    row = Trajectory.objects.get(status="draft")
    assert (row.version, row.target, row.baseline) == (2, agreed.target, agreed.baseline)
    assert [effect.intervention.slug for effect in row.effects.all()] == ["coaches"]


def test_a_metric_without_any_figure_can_have_a_path(
    client: Client, system: System, metric: Metric
) -> None:
    enter(client, system)
    assert client.post(PAGE, {**FILLED, "baseline_value": "50"}).status_code == 302
    assert Trajectory.objects.get().series.segment.code == "all"


def test_a_segment_gets_a_draft_of_its_own(client: Client, system: System, series: Series) -> None:
    north = SegmentFactory.create(system=system, code="north", name="North")
    Series.objects.create(metric=series.metric, segment=north)
    enter(client, system)
    response = client.post(PAGE + "?segment=north", {**FILLED, "baseline_value": "50"})
    assert response["Location"].endswith("?segment=north")
    assert Trajectory.objects.get().series.segment == north
    assert client.get(PAGE + "?segment=south").status_code == 404


BAD = [
    ({"target_value": ""}, "Say what is to be reached."),
    ({"target_period": ""}, "Say by when the target is to be reached."),
    ({"target_period": "Jun 2020"}, "choose a later target period"),
    ({"baseline_period": "spring"}, "Write a month like 2024-04."),
    ({"baseline_period": "Jun 2020"}, "Give a value, or another period."),
]


@pytest.mark.parametrize(("typed", "said"), BAD)
def test_bad_input_names_the_remedy(
    client: Client, system: System, series: Series, typed: dict[str, str], said: str
) -> None:
    enter(client, system)
    response = client.post(PAGE, {**FILLED, **typed})
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Trajectory.objects.exists()


def test_who_may(client: Client, system: System, series: Series) -> None:
    enter(client, system, "viewer")
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, FILLED).status_code == 403
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(PAGE, FILLED).status_code == 404
    enter(client, system, "plan_owner")
    assert client.post(PAGE, FILLED).status_code == 302
    assert client.put(PAGE).status_code == 405
    assert client.get(reverse("new_draft", args=["meridian", "none"])).status_code == 404


def test_the_segment_of_everyone_made_on_the_way_leaves_its_line(db: None) -> None:
    metric = MetricFactory.create()
    begin(metric=metric, start=Start(date(2025, 1, 1), 50.0), target=(date(2026, 6, 1), 70.0))
    whole = Segment.objects.get(system=metric.system, code="all")
    assert AuditEntry.objects.about(whole, "all").filter(system=metric.system).count() == 1
