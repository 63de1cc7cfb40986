"""Choosing the metrics of an aspiration, and their order, by numbers."""

import pytest
from django.test import Client

from aspirations.models import Aspiration, Metric
from aspirations.services.aspirations import place_metrics
from aspirations.tests.factories import MetricFactory, SystemFactory, place
from aspirations.tests.promises.makers import (
    REFUSED,
    address,
    answers,
    aspiration,
    system,
    told,
)
from people.models import AuditEntry
from people.tests.entering import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Aspiration:
    return aspiration(system())


@pytest.fixture
def metrics(row: Aspiration) -> list[Metric]:
    found = [MetricFactory.create(system=row.system, name=name, slug=name) for name in "abc"]
    place(found[0], row, 1)
    return found


def sent(metrics: list[Metric], *numbers: str, version: int = 1) -> dict[str, str]:
    fields = {f"place_{metric.pk}": text for metric, text in zip(metrics, numbers, strict=True)}
    return {"version": str(version), **fields}


def placed(row: Aspiration) -> str:
    rows = row.placements.order_by("order").values_list("metric__slug", flat=True)
    return "".join(rows)


def test_numbers_say_which_and_in_which_order(
    client: Client, row: Aspiration, metrics: list[Metric]
) -> None:
    enter(client, row.system, "unit_staff")
    page = told(client.get(address("place_metrics", row)))
    assert f'name="place_{metrics[0].pk}" value="1"' in page
    response = client.post(address("place_metrics", row), sent(metrics, "", "7", "2"))
    assert response["Location"] == address("aspiration", row)
    assert placed(row) == "cb"
    line = AuditEntry.objects.about(row, "reading").latest("pk")
    assert (line.before["metrics"], line.after["metrics"]) == (["a"], ["c", "b"])


def test_a_system_of_many_metrics_can_be_ordered_too(
    client: Client, row: Aspiration, metrics: list[Metric]
) -> None:
    """A browser sends each field with the value that its reader saw: two for every metric."""
    enter(client, row.system, "unit_staff")
    seen = {f"initial-place_{number}": "" for number in range(1200)}
    response = client.post(address("place_metrics", row), sent(metrics, "", "7", "2") | seen)
    assert response.status_code == 302
    assert placed(row) == "cb"


def test_equal_numbers_stand_in_order_of_name(
    client: Client, row: Aspiration, metrics: list[Metric]
) -> None:
    enter(client, row.system, "unit_staff")
    client.post(address("place_metrics", row), sent(metrics[::-1], "1", "1", "1"))
    assert placed(row) == "abc"


def test_the_second_of_two_writers_sees_what_the_first_chose(
    client: Client, row: Aspiration, metrics: list[Metric]
) -> None:
    enter(client, row.system, "unit_staff")
    place_metrics(aspiration=row, metrics=metrics[:2], version=1)
    response = client.post(address("place_metrics", row), sent(metrics, "1", "", "2"))
    assert response.status_code == 409
    assert 'name="version" value="2"' in told(response)
    assert placed(row) == "ab"


@pytest.mark.parametrize("number", ["0", "-3", "first", "1000"])
def test_what_is_no_place_is_refused(
    client: Client, row: Aspiration, metrics: list[Metric], number: str
) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("place_metrics", row), sent(metrics, number, "", ""))
    assert response.status_code == 400
    assert "There is a problem" in told(response)
    assert placed(row) == "a"


def test_a_metric_of_another_system_cannot_be_placed(
    client: Client, row: Aspiration, metrics: list[Metric]
) -> None:
    stranger = MetricFactory.create(system=SystemFactory.create())
    enter(client, row.system, "unit_staff")
    data = {**sent(metrics, "1", "", ""), f"place_{stranger.pk}": "2"}
    assert client.post(address("place_metrics", row), data).status_code == 302
    assert placed(row) == "a"


def test_without_metrics_it_leads_to_the_first(client: Client, row: Aspiration) -> None:
    enter(client, row.system, "unit_staff")
    assert "Define a metric" in told(client.get(address("place_metrics", row)))


def test_others_are_refused(client: Client, row: Aspiration, metrics: list[Metric]) -> None:
    to, data = address("place_metrics", row), sent(metrics, "", "1", "")
    assert answers(client, row.system, "get", to) == REFUSED
    assert answers(client, row.system, "post", to, data) == REFUSED
    assert placed(row) == "a"
    enter(client, row.system, "unit_staff")
    assert client.delete(to).status_code == 405
