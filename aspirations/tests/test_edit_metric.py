"""Changing a definition: what moves judgments is named first, and two writers see each other."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import Definition, Metric, Series
from aspirations.tests.definers import at, climb, enter, metric_of, system_of
from aspirations.tests.factories import SegmentFactory, SeriesFactory, SystemFactory, observe
from people.models import AuditEntry, System
from people.tests.pages import opened

pytestmark = pytest.mark.django_db
WHY = "The ministry sets the standard anew."


@pytest.fixture
def system() -> System:
    return system_of()


@pytest.fixture
def metric(system: System) -> Metric:
    row = metric_of(system)
    SeriesFactory.create(metric=row, segment=SegmentFactory.create(system=system, code="north"))
    row.save()
    return row


@pytest.fixture
def address() -> str:
    return at("edit_metric", "reading")


def test_words_change_at_once_and_ask_for_no_judgment(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    user = enter(client, system)
    response = client.post(address, opened(client, address) | {"name": "Reading well"})
    assert response["Location"] == at("metric", "reading")
    metric.refresh_from_db()
    assert (metric.name, metric.version, metric.slug) == ("Reading well", 2, "reading")
    assert not Series.objects.exclude(stale_since=None).exists()
    line = AuditEntry.objects.get(object_type="aspirations.Metric")
    assert (line.actor, line.before, line.after) == (
        user, {"name": "Reading"}, {"name": "Reading well"},
    )  # fmt: skip


def test_a_change_that_moves_judgments_is_named_before_it_is_saved(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    filled = opened(client, address) | {"direction": "decrease", "reason": WHY}
    response = client.post(address, filled)
    page = response.content.decode()
    assert response.status_code == 400
    assert "Which way is better. 2 series will be judged again." in page
    assert "Nothing was saved yet." in page
    metric.refresh_from_db()
    assert metric.direction == "increase"
    assert client.post(address, filled | {"agreed": "on"}).status_code == 302
    metric.refresh_from_db()
    assert (metric.direction, metric.version) == ("decrease", 2)
    assert Series.objects.exclude(stale_since=None).count() == 2
    assert list(Definition.objects.values_list("version", flat=True)) == [1, 2]
    assert AuditEntry.objects.get(object_type="aspirations.Metric").reason == WHY


def test_it_needs_a_reason_too(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    filled = opened(client, address) | {"upper_bound": "100", "agreed": "on", "reason": "so"}
    response = client.post(address, filled)
    assert response.status_code == 400
    assert "needs a reason of at least 10 characters" in response.content.decode()


def test_figures_that_contradict_a_definition_stop_it(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    observe(Series.objects.get(metric=metric, segment__code="all"), date(2024, 1, 1), [50.0])
    enter(client, system)
    sure = {"agreed": "on", "reason": WHY}
    filled = opened(client, address) | sure
    for change, said in (
        ({"upper_bound": "40"}, "1 figures of reading lie beyond 40.0"),
        ({"frequency": "year"}, "has figures for periods of another length"),
    ):
        response = client.post(address, filled | change)
        assert response.status_code == 400
        assert said in response.content.decode()


def test_the_second_of_two_writers_sees_both(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    mine = opened(client, address) | {"name": "Mine", "unit": "pupils"}
    client.post(address, opened(client, address) | {"name": "Theirs", "owner": "Director"})
    response = client.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Someone saved this before you" in page
    for words in ("Theirs", "Mine", "pupils"):
        assert words in page
    metric.refresh_from_db()
    assert metric.name == "Theirs"


def test_saving_what_is_there_changes_nothing(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    assert client.post(address, opened(client, address)).status_code == 302
    assert "Nothing was changed." in client.get(at("metrics")).content.decode()
    metric.refresh_from_db()
    assert metric.version == 1


def test_who_may_not_is_refused(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, system)
    filled = opened(client, address) | {"name": "Other"}
    climb(client, system, address, filled)
    enter(client, system)
    assert client.get(at("edit_metric", "unheard-of")).status_code == 404
    metric_of(SystemFactory.create(), slug="elsewhere")
    assert client.get(at("edit_metric", "elsewhere")).status_code == 404
    metric.refresh_from_db()
    assert metric.name == "Reading"
