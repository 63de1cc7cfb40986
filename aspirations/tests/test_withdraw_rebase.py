"""Taking a new stretch back from the page: with a reason, and the decision stays in the list."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Rebase
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    observe,
)
from people.models import System, User

pytestmark = pytest.mark.django_db
WHY = {"reason": "The definition had not changed."}


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="meridian")
    return row


@pytest.fixture
def made(system: System) -> Rebase:
    series = SeriesFactory.create(metric=MetricFactory.create(system=system, slug="reading"))
    observe(series, date(2024, 1, 1), [50.0, 51.0, 60.0, 61.0])
    return Rebase.objects.create(series=series, period=date(2024, 3, 1), reason="New definition.")


def enter(client: Client, system: System, role: str = "unit_staff") -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    client.force_login(user)
    return user


def address(row: Rebase, metric: str = "reading") -> str:
    return reverse("withdraw_rebase", args=["meridian", metric, row.pk])


def test_it_is_withdrawn_and_its_history_stays_on_the_page(
    client: Client, system: System, made: Rebase
) -> None:
    user = enter(client, system)
    assert "New definition." in client.get(address(made)).content.decode()
    page = client.post(address(made), WHY, follow=True).content.decode()
    assert "The two stretches are one again." in page
    assert "Withdrawn: The definition had not changed." in page
    assert address(made) not in page
    made.refresh_from_db()
    assert (made.withdrawn_by, made.withdrawal_reason) == (user, WHY["reason"])


@pytest.mark.parametrize("filled", [{}, {"reason": " "}, {"reason": "x" * 2001}])
def test_without_a_reason_it_stays(
    client: Client, system: System, made: Rebase, filled: dict[str, str]
) -> None:
    enter(client, system)
    response = client.post(address(made), filled)
    assert response.status_code == 400
    assert "errorlist" in response.content.decode()
    made.refresh_from_db()
    assert made.withdrawn_at is None


def test_a_second_withdrawal_says_so(client: Client, system: System, made: Rebase) -> None:
    enter(client, system)
    client.post(address(made), WHY)
    response = client.post(address(made), {"reason": "Twice."})
    assert response.status_code == 400
    assert "withdrawn already" in response.content.decode()
    made.refresh_from_db()
    assert made.withdrawal_reason == WHY["reason"]


@pytest.mark.parametrize("role", ["viewer", "accountable_head", "plan_owner"])
def test_readers_are_refused(client: Client, system: System, made: Rebase, role: str) -> None:
    enter(client, system, role)
    assert client.post(address(made), WHY).status_code == 403
    assert client.get(address(made)).status_code == 403


def test_a_stranger_and_a_wrong_address_find_nothing(
    client: Client, system: System, made: Rebase
) -> None:
    enter(client, system)
    MetricFactory.create(system=system, slug="other")
    assert client.post(address(made, "other"), WHY).status_code == 404
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(address(made), WHY).status_code == 404
    client.logout()
    assert client.post(address(made), WHY).status_code == 302
    made.refresh_from_db()
    assert made.withdrawn_at is None


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(
    client: Client, system: System, made: Rebase, method: str
) -> None:
    enter(client, system)
    assert getattr(client, method)(address(made)).status_code == 405


def test_a_form_from_elsewhere_is_refused(system: System, made: Rebase) -> None:
    client = Client(enforce_csrf_checks=True)
    enter(client, system)
    assert client.post(address(made), WHY).status_code == 403
