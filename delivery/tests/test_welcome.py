"""The first run: five steps, each as far as the system's own rows show it done."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aspirations.models import Aspiration, Metric, Series
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    AspirationFactory,
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
    observe,
)
from delivery.first_steps import FirstSteps
from people.models import System, User
from routines.models import Stocktake

pytestmark = pytest.mark.django_db
HERE = "/meridian/welcome/"


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="meridian", name="Meridian", year_starts=9)
    return row


def enter(client: Client, system: System, role: str = "delivery_leader") -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    client.force_login(user)
    return user


def read(client: Client) -> str:
    response = client.get(HERE)
    assert response.status_code == 200
    return response.content.decode()


def steps(system: System, user: Any) -> list[bool]:
    return [step.done for step in FirstSteps(system, user).steps]


def test_a_new_system_is_led_from_its_dashboard_to_the_first_step(
    client: Client, system: System
) -> None:
    enter(client, system)
    assert HERE in client.get("/meridian/").content.decode()
    page = read(client)
    said = ("What do you want? Start with one aspiration.", "its year begins in September",
            "About 18 minutes are left.")  # fmt: skip
    for words in (*said, reverse("new_aspiration", args=["meridian"])):
        assert words in page


def test_each_step_follows_from_what_is_there(client: Client, system: System) -> None:
    user = enter(client, system)
    assert steps(system, user) == [True, False, False, False, False]
    aspiration: Aspiration = AspirationFactory.create(system=system, slug="read")
    assert steps(system, user) == [True, True, False, False, False]
    assert reverse("new_metric", args=["meridian"]) + "?aspiration=read" in read(client)
    metric: Metric = MetricFactory.create(system=system, slug="reading", name="Reading")
    series: Series = SeriesFactory.create(metric=metric)
    page = read(client)
    assert "“Reading” waits for its figures" in page
    assert reverse("enter_figures", args=["meridian", "reading"]) in page
    observe(series, date(2024, 1, 1), [50.0, 51.0, 50.5])
    page = read(client)
    assert "Reading, 3 figures. Five give trial limits" in page
    assert reverse("new_draft", args=["meridian", "reading"]) in page
    agreed_path(series, (date(2024, 1, 1), 50.0), (date(2026, 6, 1), 70.0))
    assert steps(system, user) == [True, True, True, True, False]
    Stocktake.objects.create(system=system, date=date(2026, 3, 24))
    page = read(client)
    assert "Everything is set for the first judgment." in page
    assert "Planned for 24 March 2026." in page
    Aspiration.objects.filter(pk=aspiration.pk).update(status="retired")
    assert steps(system, user)[1] is False


def test_the_first_light_is_shown(client: Client, system: System) -> None:
    System.objects.filter(pk=system.pk).update(reporting_date=date(2025, 1, 5))
    enter(client, system)
    series = SeriesFactory.create(metric__system=system, metric__name="Reading")
    observe(series, date(2024, 1, 1), [50.0 + step / 2 for step in range(12)])
    agreed_path(series, (date(2024, 3, 1), 51.0), (date(2025, 12, 1), 60.0))
    assert "Your first judgment" not in read(client)
    judge_now([series.pk])
    page = read(client)
    assert "Your first judgment" in page
    assert "To the dashboard" in page


def test_where_no_light_came_of_it_the_reason_is_told(client: Client, system: System) -> None:
    System.objects.filter(pk=system.pk).update(reporting_date=date(2026, 12, 5))
    enter(client, system)
    series = SeriesFactory.create(metric__system=system, metric__name="Reading")
    observe(series, date(2024, 1, 1), [50.0 + step / 2 for step in range(12)])
    agreed_path(series, (date(2024, 3, 1), 51.0), (date(2027, 12, 1), 60.0))
    judge_now([series.pk])
    page = read(client)
    assert "Your first judgment" not in page
    assert "The data are stale" in page


def test_who_only_reads_is_told_whose_the_steps_are(client: Client, system: System) -> None:
    enter(client, system, "viewer")
    page = read(client)
    assert "The delivery unit does this." in page
    assert reverse("new_aspiration", args=["meridian"]) not in page


def test_who_reads_from_above_is_told_of_no_stocktake(client: Client, system: System) -> None:
    Stocktake.objects.create(system=system, date=date(2026, 3, 24))
    above = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=above)
    enter(client, above)
    assert "24 March 2026" not in read(client)
    enter(client, system, "viewer")
    assert "Planned for 24 March 2026." in read(client)


def test_a_finished_example_is_offered_to_who_may_read_it(client: Client, system: System) -> None:
    user = enter(client, system)
    other = SystemFactory.create(
        name="Example City", slug="example", reporting_date=date(2025, 1, 1)
    )
    MetricFactory.create(system=other)
    assert "Look around first" not in read(client)
    MembershipFactory.create(user=user, system=other, role="viewer")
    page = read(client)
    assert "Example City is a finished example." in page
    assert 'href="/example/"' in page


def test_it_is_closed_to_strangers_and_to_other_methods(client: Client, system: System) -> None:
    for home, role in ((SystemFactory.create(), "delivery_leader"), (system, "data_provider"),
                       (system, "reviewer")):  # fmt: skip
        enter(client, home, role)
        assert client.get(HERE).status_code == 404
    enter(client, system)
    assert client.post(HERE).status_code == 405
    client.logout()
    assert client.get(HERE).status_code == 302


def test_more_metrics_cost_no_more_queries(client: Client, system: System) -> None:
    enter(client, system)
    counts = []
    for number in (3, 27):
        for _ in range(number):
            row = SeriesFactory.create(metric__system=system)
            observe(row, date(2024, 1, 1), [1.0, 2.0])
        with CaptureQueriesContext(connection) as found:
            read(client)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 15, counts
