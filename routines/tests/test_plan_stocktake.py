"""Planning a stocktake: one a day, by whoever keeps the routines."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, System
from people.tests.entering import enter
from people.tests.factories import MembershipFactory, SystemFactory
from routines.models import Stocktake
from routines.services import cancel, plan
from routines.tests.factories import StocktakeFactory
from routines.tests.ladder import REFUSED, WRITE, answers

pytestmark = pytest.mark.django_db
FILLED = {"version": "1", "date": "2026-03-24", "title": "Spring", "chair": "Superintendent"}


@pytest.fixture
def system() -> System:
    return SystemFactory.create()


def address(system: System) -> str:
    return reverse("plan_stocktake", args=[system.slug])


@pytest.mark.parametrize("role", sorted(WRITE))
def test_it_is_planned(client: Client, system: System, role: str) -> None:
    user = enter(client, system, role)
    assert client.get(address(system)).status_code == 200
    response = client.post(address(system), FILLED, follow=True)
    assert "The stocktake is planned." in response.content.decode()
    row = Stocktake.objects.get()
    assert (row.date, row.chair, row.author) == (date(2026, 3, 24), "Superintendent", user)
    assert AuditEntry.objects.about(row).get().actor == user


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"date": ""}, "Give the day."),
        ({"date": "24/03/2026"}, "Write it as year, month and day: 2026-03-24."),
        ({"date": "1066-10-14"}, "Give a day between the years 1900 and 2200."),
        ({"date": "2026-05-05"}, "A stocktake stands on 5 May 2026. Choose another day"),
        ({"title": "x" * 121}, "at most 120 characters"),
    ],
)
def test_bad_input_plans_nothing(
    client: Client, system: System, wrong: dict[str, str], words: str
) -> None:
    StocktakeFactory.create(system=system, date=date(2026, 5, 5))
    enter(client, system, "unit_staff")
    response = client.post(address(system), {**FILLED, **wrong})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert Stocktake.objects.count() == 1


def test_a_day_is_free_again_once_its_stocktake_is_called_off(system: System) -> None:
    cancel(stocktake=plan(system=system, date=date(2026, 3, 24)), reason="Held together in May")
    assert plan(system=system, date=date(2026, 3, 24)).pk
    plan(system=SystemFactory.create(), date=date(2026, 3, 24))
    with pytest.raises(ValidationError, match="A stocktake stands on 24 March 2026"):
        plan(system=system, date=date(2026, 3, 24))


def test_no_request_says_who_or_where(client: Client, system: System) -> None:
    other = SystemFactory.create()
    enter(client, system, "unit_staff")
    sent = {"system": other.pk, "author": "1", "cancelled_reason": "x", "version": "7"}
    client.post(address(system), {**FILLED, **sent})
    row = Stocktake.objects.get()
    assert (row.system, row.cancelled_reason, row.version) == (system, "", 1)


def test_others_are_refused(client: Client, system: System) -> None:
    assert answers(client, system, "post", address(system), FILLED) == REFUSED
    assert not Stocktake.objects.exists()


def test_its_form_is_refused_alike(client: Client, system: System) -> None:
    assert answers(client, system, "get", address(system)) == REFUSED


def test_the_service_asks_too(system: System) -> None:
    viewer = MembershipFactory.create(system=system, role="viewer").user
    with pytest.raises(PermissionDenied):
        plan(system=system, date=date(2026, 3, 24), actor=viewer)


def test_other_methods_are_refused(client: Client, system: System) -> None:
    enter(client, system, "delivery_leader")
    assert client.delete(address(system)).status_code == 405
