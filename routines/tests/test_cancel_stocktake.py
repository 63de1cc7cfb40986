"""Calling a stocktake off: with a reason, and it stays to be seen."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry
from people.tests.entering import enter
from routines.models import Stocktake
from routines.services import cancel
from routines.tests.factories import StocktakeFactory
from routines.tests.ladder import REFUSED, answers

pytestmark = pytest.mark.django_db
REASON = {"reason": "The leader is abroad that week"}


@pytest.fixture
def row() -> Stocktake:
    return StocktakeFactory.create()


def address(row: Stocktake) -> str:
    return reverse("cancel_stocktake", args=[row.system.slug, row.pk])


def test_it_is_called_off(client: Client, row: Stocktake) -> None:
    user = enter(client, row.system, "plan_owner")
    assert "Tuesday 24 March 2026" in client.get(address(row)).content.decode()
    response = client.post(address(row), REASON, follow=True)
    assert "The stocktake is called off." in response.content.decode()
    row.refresh_from_db()
    assert row.cancelled_at is not None
    assert row.cancelled_reason == REASON["reason"]
    line = AuditEntry.objects.about(row).get()
    assert (line.actor, line.reason) == (user, REASON["reason"])


@pytest.mark.parametrize("reason", ["", "too short", " " * 40])
def test_it_needs_a_reason(client: Client, row: Stocktake, reason: str) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address(row), {"reason": reason})
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
    row.refresh_from_db()
    assert row.cancelled_at is None


def test_it_is_called_off_once(client: Client, row: Stocktake) -> None:
    cancel(stocktake=row, reason="The leader is abroad")
    enter(client, row.system, "unit_staff")
    response = client.post(address(row), REASON)
    assert response.status_code == 400
    assert "was called off" in response.content.decode()
    row.refresh_from_db()
    assert row.cancelled_reason == "The leader is abroad"


def test_others_are_refused(client: Client, row: Stocktake) -> None:
    assert answers(client, row.system, "post", address(row), REASON) == REFUSED
    row.refresh_from_db()
    assert row.cancelled_at is None


def test_reading_calls_nothing_off(client: Client, row: Stocktake) -> None:
    enter(client, row.system, "unit_staff")
    client.get(address(row), REASON)
    row.refresh_from_db()
    assert row.cancelled_at is None
    assert client.put(address(row)).status_code == 405
