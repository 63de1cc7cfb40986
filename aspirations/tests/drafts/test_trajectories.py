"""The list of paths: each metric once, by what is to be done, at a price that does not grow."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aspirations.models import Metric, Trajectory
from aspirations.services import challenges, trajectories
from aspirations.services.baselines import Start
from aspirations.tests.drafts.makers import REASON, enter
from aspirations.tests.factories import (
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
)
from people.models import System

pytestmark = pytest.mark.django_db
PAGE = reverse("trajectories", args=["meridian"])


def shown(client: Client, query: str = "") -> str:
    return " ".join(client.get(PAGE + query).content.decode().split())


def test_metrics_are_grouped_by_what_is_to_be_done(
    client: Client, system: System, sent: Trajectory
) -> None:
    MetricFactory.create(system=system, slug="bare", name="Bare")
    for slug, due in (("ending", date(2025, 9, 1)), ("lasting", date(2028, 6, 1))):
        row = SeriesFactory.create(metric=MetricFactory.create(system=system, slug=slug))
        agreed_path(row, (date(2024, 6, 1), 50.0), (due, 60.0), agreed_on=date(2024, 6, 1))
    enter(client, system)
    page = shown(client)
    assert "2 of 4 metrics have an agreed path. 1 ends within 12 months." in page
    found = client.get(PAGE).context["page"].groups
    assert [(code, [line.metric.slug for line in lines]) for code, _t, _w, lines in found] == [
        ("drafted", ["reading"]), ("none", ["bare"]), ("ending", ["ending"]),
        ("agreed", ["lasting"]),
    ]  # fmt: skip
    assert "Build a path" in page
    assert reverse("draft", args=["meridian", "reading", 1]) in page
    assert "60% by Jun 2028" in page


def test_a_draft_tells_how_far_it_has_come(
    client: Client, system: System, draft: Trajectory
) -> None:
    user = enter(client, system)
    assert "not sent for challenge yet" in shown(client)
    challenges.challenge(about=trajectories.send(trajectory=draft), text=REASON, actor=user)
    assert "1 challenge open" in shown(client)


def test_readers_see_paths_and_are_not_asked_to_build_any(
    client: Client, system: System, metric: Metric
) -> None:
    enter(client, system, "viewer")
    page = shown(client)
    assert "No agreed path" in page
    assert "Build a path" not in page


def test_an_empty_system_says_what_is_missing(client: Client, system: System) -> None:
    enter(client, system)
    assert "A path needs a metric to be a path of." in shown(client)


def test_a_segment_has_paths_of_its_own(client: Client, system: System, metric: Metric) -> None:
    north = SegmentFactory.create(system=system, code="north", name="North")
    series = SeriesFactory.create(metric=metric, segment=north)
    row = trajectories.draft(
        series=series, start=Start(date(2024, 6, 1), 50.0), target=(date(2028, 6, 1), 60.0)
    )
    enter(client, system)
    page = shown(client, "?segment=north")
    assert reverse("draft", args=["meridian", "reading", row.version]) + "?segment=north" in page
    assert client.get(PAGE + "?segment=south").status_code == 404


def test_retired_metrics_need_no_path(client: Client, system: System, metric: Metric) -> None:
    Metric.objects.filter(pk=metric.pk).update(
        retired_at="2025-01-01T00:00Z", retired_reason="Replaced by another."
    )
    enter(client, system)
    assert "There is nothing to plan for yet." in shown(client)


def asked(client: Client) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(PAGE).status_code == 200
    return len(found)


def fill(system: System, count: int) -> None:
    for _number in range(count):
        series = SeriesFactory.create(metric=MetricFactory.create(system=system))
        agreed_path(
            series, (date(2024, 6, 1), 50.0), (date(2028, 6, 1), 60.0), agreed_on=date(2024, 6, 1)
        )
        trajectories.copy_of(Trajectory.objects.get(series=series))


def test_queries_do_not_grow_with_metrics(client: Client, system: System) -> None:
    enter(client, system)
    fill(system, 3)
    few = asked(client)
    fill(system, 27)
    assert asked(client) == few


def test_strangers_find_nothing(client: Client, system: System) -> None:
    for role, home in (("delivery_leader", SystemFactory.create()), ("data_provider", system)):
        enter(client, home, role)
        assert client.get(PAGE).status_code == 404
    enter(client, system)
    assert client.post(PAGE).status_code == 405
