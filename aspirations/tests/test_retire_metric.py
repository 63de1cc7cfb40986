"""Metrics retired and brought back, each with a reason; a retired one is judged no more."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import Judgment, Metric, Series
from aspirations.services.judging import judge_all_stale, judge_now
from aspirations.services.metrics import retire_metric
from aspirations.services.overdue import mark_overdue
from aspirations.tests.definers import at, climb, enter, metric_of, system_of
from aspirations.tests.factories import observe
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db
WHY = {"reason": "The check was abolished in 2025."}


@pytest.fixture
def system() -> System:
    return system_of()


@pytest.fixture
def metric(system: System) -> Metric:
    row = metric_of(system)
    observe(Series.objects.get(metric=row), date(2024, 1, 1), [50.0, 51.0, 52.0])
    return row


def test_a_metric_is_retired_and_brought_back(
    client: Client, system: System, metric: Metric
) -> None:
    user = enter(client, system)
    assert "is judged no more" in client.get(at("retire_metric", "reading")).content.decode()
    response = client.post(at("retire_metric", "reading"), WHY, follow=True)
    assert "The metric is retired." in response.content.decode()
    metric.refresh_from_db()
    assert metric.retired_reason == WHY["reason"]
    client.post(at("reinstate_metric", "reading"), {"reason": "The check was taken up again."})
    metric.refresh_from_db()
    assert (metric.retired_at, metric.retired_reason) == (None, "")
    assert Series.objects.get().stale_since is not None
    lines = AuditEntry.objects.filter(object_type="aspirations.Metric").order_by("pk")
    assert [(line.action, line.actor) for line in lines] == [("retire", user), ("reinstate", user)]


def test_nobody_judges_a_retired_metric(system: System, metric: Metric) -> None:
    Series.objects.all().mark_stale()
    retire_metric(metric=metric, reason=WHY["reason"])
    assert Series.objects.get().stale_since is None
    assert Series.objects.all().mark_stale() == 0
    assert mark_overdue() == 0
    judge_all_stale()
    judge_now([Series.objects.get().pk])
    assert not Judgment.objects.exists()


BAD = [({}, "Give the reason."), ({"reason": "old"}, "at least 10 characters")]


@pytest.mark.parametrize("name", ["retire_metric", "reinstate_metric"])
@pytest.mark.parametrize(("filled", "said"), BAD)
def test_a_reason_is_needed(
    client: Client, system: System, metric: Metric, name: str, filled: dict[str, str], said: str
) -> None:
    if name == "reinstate_metric":
        retire_metric(metric=metric, reason=WHY["reason"])
    enter(client, system)
    response = client.post(at(name, "reading"), filled)
    assert response.status_code == 400
    assert said in response.content.decode()


def test_neither_is_done_twice(client: Client, system: System, metric: Metric) -> None:
    enter(client, system)
    assert client.post(at("reinstate_metric", "reading"), WHY).status_code == 400
    client.post(at("retire_metric", "reading"), WHY)
    response = client.post(at("retire_metric", "reading"), WHY)
    assert response.status_code == 400
    assert "is retired already" in response.content.decode()


@pytest.mark.parametrize("name", ["retire_metric", "reinstate_metric"])
def test_who_may_not_is_refused(client: Client, system: System, metric: Metric, name: str) -> None:
    climb(client, system, at(name, "reading"), WHY)
    metric.refresh_from_db()
    assert metric.retired_at is None
