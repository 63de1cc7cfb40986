"""A benchmark entered by mistake is taken back, once and with a reason."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import Benchmark, Metric
from aspirations.tests.definers import at, climb, enter, metric_of, system_of
from aspirations.tests.factories import BenchmarkFactory, SystemFactory
from people.models import AuditEntry, System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WHY = {"reason": "It was of another grade."}


@pytest.fixture
def system() -> System:
    return system_of(reporting_date=date(2026, 3, 14))


@pytest.fixture
def metric(system: System) -> Metric:
    return metric_of(system)


@pytest.fixture
def row(metric: Metric) -> Benchmark:
    made: Benchmark = BenchmarkFactory.create(metric=metric)
    return made


def test_a_mistake_is_taken_back_once(client: Client, system: System, row: Benchmark) -> None:
    user = enter(client, system)
    address = at("withdraw_benchmark", "reading", row.pk)
    assert client.post(address, {"reason": "no"}).status_code == 400
    response = client.post(address, WHY)
    assert response["Location"] == at("metric_definition", "reading")
    row.refresh_from_db()
    assert (row.withdrawn_by, row.withdrawal_reason) == (user, WHY["reason"])
    line = AuditEntry.objects.get(object_type="aspirations.Benchmark")
    assert (line.action, line.reason) == ("withdraw", WHY["reason"])
    assert client.post(address, WHY).status_code == 404


def test_one_of_another_metric_is_not_found(client: Client, system: System, row: Benchmark) -> None:
    metric_of(system, slug="writing", name="Writing")
    metric_of(SystemFactory.create(), slug="reading")
    enter(client, system)
    assert client.get(at("withdraw_benchmark", "writing", row.pk)).status_code == 404


def test_who_may_not_take_back_is_refused(client: Client, system: System, row: Benchmark) -> None:
    climb(client, system, at("withdraw_benchmark", "reading", row.pk), WHY)
    row.refresh_from_db()
    assert row.withdrawn_at is None
