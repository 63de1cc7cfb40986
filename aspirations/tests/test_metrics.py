"""The list of metrics: what it says, who reads it, and its price."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Series
from aspirations.services.metrics import retire_metric
from aspirations.tests.definers import at, enter, metric_of, system_of
from aspirations.tests.factories import SystemFactory, agreed_path, observe
from people.models import System

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> System:
    return system_of()


def read(client: Client) -> str:
    response = client.get(at("metrics"))
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_list_teaches_and_offers_the_button_to_who_may(
    client: Client, system: System
) -> None:
    enter(client, system)
    page = read(client)
    assert "No metrics yet: define what shall be counted" in page
    assert at("new_metric") in page
    enter(client, system, "viewer")
    page = read(client)
    assert at("new_metric") not in page
    assert "The delivery unit defines it." in page


def test_each_metric_stands_with_its_latest_figure_and_path(client: Client, system: System) -> None:
    metric = metric_of(system, owner="Head of Reading")
    series = Series.objects.get(metric=metric)
    observe(series, date(2024, 1, 1), [50.0, 51.5, None])
    agreed_path(series, (date(2024, 1, 1), 50.0), (date(2026, 6, 1), 70.0))
    metric_of(system, slug="bare", name="Bare", owner="")
    enter(client, system)
    page = read(client)
    assert "2 metrics are defined; 1 has no figure yet" in page
    for words in ("Head of Reading", "51.5%", "Feb 2024", "to Jun 2026", "nobody named"):
        assert words in page
    for name in ("enter_figures", "edit_metric"):
        assert at(name, "reading") in page


def test_a_retired_metric_is_folded_away_with_its_reason(client: Client, system: System) -> None:
    retire_metric(metric=metric_of(system), reason="The check was abolished in 2025.")
    enter(client, system)
    page = read(client)
    assert "1 is retired" in page
    assert "The check was abolished in 2025." in page
    assert at("reinstate_metric", "reading") in page
    assert at("edit_metric", "reading") not in page


def test_who_only_brings_figures_in_sees_no_light_and_no_path(
    client: Client, system: System
) -> None:
    metric_of(system)
    enter(client, system, "data_provider")
    page = read(client)
    assert at("enter_figures", "reading") in page
    for hidden in (
        "Agreed path",
        f'{at("metric", "reading")}"',
        at("edit_metric", "reading"),
        "#L-N",
    ):
        assert hidden not in page.split("<main")[1]


def test_a_reader_from_above_reads_and_does_nothing(client: Client, system: System) -> None:
    metric_of(system)
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    enter(client, parent, "delivery_leader")
    page = read(client)
    assert at("metric", "reading") in page
    assert at("enter_figures", "reading") not in page


def test_strangers_find_nothing_and_other_methods_are_refused(
    client: Client, system: System
) -> None:
    enter(client, SystemFactory.create())
    assert client.get(at("metrics")).status_code == 404
    enter(client, system, "reviewer")
    assert client.get(at("metrics")).status_code == 404
    enter(client, system)
    assert client.post(at("metrics")).status_code == 405


def test_more_metrics_cost_no_more_queries(client: Client, system: System) -> None:
    enter(client, system)
    counts = []
    for number in (3, 27):
        for place in range(number):
            row = metric_of(system, slug=f"m-{number}-{place}", name=f"M {number} {place}")
            observe(Series.objects.get(metric=row), date(2024, 1, 1), [1.0, 2.0])
        with CaptureQueriesContext(
            connection,
        ) as found:
            read(client)
        counts.append(len(found))
    assert counts[0] == counts[1] <= 10, counts


def test_long_lists_come_in_pages(client: Client, system: System) -> None:
    for place in range(51):
        metric_of(system, slug=f"m-{place}", name=f"M {place:02d}")
    enter(client, system)
    assert "Page 1 of 2" in read(client)
    last = client.get(at("metrics", query="?page=2")).content.decode()
    assert "M 50" in last
    assert "M 49" not in last
