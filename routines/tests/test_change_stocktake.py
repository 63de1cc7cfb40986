"""Changing a stocktake: what another saved meanwhile is shown, and nothing typed is lost."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry
from people.tests.entering import enter
from people.tests.factories import SystemFactory
from routines.models import Stocktake
from routines.services import cancel, change
from routines.tests.factories import StocktakeFactory
from routines.tests.ladder import REFUSED, answers

pytestmark = pytest.mark.django_db
FILLED = {"version": "1", "date": "2026-03-26", "title": "Spring", "chair": "Deputy"}


@pytest.fixture
def row() -> Stocktake:
    return StocktakeFactory.create()


def address(row: Stocktake) -> str:
    return reverse("change_stocktake", args=[row.system.slug, row.pk])


def test_it_is_changed(client: Client, row: Stocktake) -> None:
    enter(client, row.system, "unit_staff")
    assert 'value="2026-03-24"' in client.get(address(row)).content.decode()
    assert client.post(address(row), FILLED).status_code == 302
    row.refresh_from_db()
    assert (row.date, row.chair, row.version) == (date(2026, 3, 26), "Deputy", 2)
    line = AuditEntry.objects.about(row).get()
    assert (line.before["date"], line.after["date"]) == ("2026-03-24", "2026-03-26")


def test_the_second_of_two_editors_sees_both_and_loses_nothing(
    client: Client, row: Stocktake
) -> None:
    enter(client, row.system, "unit_staff")
    change(stocktake=row, values={"title": "Spring and summer"}, version=1)
    response = client.post(address(row), FILLED)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Spring and summer" in page
    assert 'value="Deputy"' in page
    assert client.post(address(row), {**FILLED, "version": "2"}).status_code == 302
    row.refresh_from_db()
    assert row.chair == "Deputy"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"version": ""}, "no longer says which version"),
        ({"date": "soon"}, "That is no day."),
        ({"date": "2026-05-05"}, "A stocktake stands on 5 May 2026."),
    ],
)
def test_bad_input_changes_nothing(
    client: Client, row: Stocktake, wrong: dict[str, str], words: str
) -> None:
    StocktakeFactory.create(system=row.system, date=date(2026, 5, 5))
    enter(client, row.system, "unit_staff")
    response = client.post(address(row), {**FILLED, **wrong})
    assert response.status_code == 400
    assert words in response.content.decode()
    row.refresh_from_db()
    assert (row.chair, row.version) == ("Superintendent", 1)


def test_one_that_was_called_off_is_not_changed(client: Client, row: Stocktake) -> None:
    cancel(stocktake=row, reason="The leader is abroad")
    enter(client, row.system, "unit_staff")
    response = client.post(address(row), {**FILLED, "version": "2"})
    assert response.status_code == 400
    assert "was called off. Plan a new one instead." in response.content.decode()


def test_others_are_refused(client: Client, row: Stocktake) -> None:
    assert answers(client, row.system, "post", address(row), FILLED) == REFUSED
    assert answers(client, row.system, "get", address(row))["viewer"] == 403
    row.refresh_from_db()
    assert row.version == 1


def test_one_of_another_system_is_not_there(client: Client, row: Stocktake) -> None:
    other = SystemFactory.create()
    enter(client, other, "delivery_leader")
    to = reverse("change_stocktake", args=[other.slug, row.pk])
    assert client.get(to).status_code == client.post(to, FILLED).status_code == 404


def test_other_methods_are_refused(client: Client, row: Stocktake) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(address(row)).status_code == 405
