"""Setting up a round."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.tests.factories import AspirationFactory
from people.models import AuditEntry, System
from people.tests.entering import enter, prove
from people.tests.factories import SystemFactory, UserFactory
from reviews.models import Round
from reviews.tests.factories import RoundFactory
from reviews.tests.ladder import OTHERS, take_part

pytestmark = pytest.mark.django_db
FILLED = {
    "title": "Round 2", "purpose": "Whether plans are live.", "aspiration": "",
    "starts": "2026-03-02", "due": "2026-03-27", "version": "1",
}  # fmt: skip


@pytest.fixture
def system() -> System:
    return SystemFactory.create()


def address(system: System) -> str:
    return reverse("new_round", args=[system.slug])


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_the_unit_sets_up_a_round(client: Client, system: System, role: str) -> None:
    user = enter(client, system, role)
    aspiration = AspirationFactory.create(system=system)
    assert client.get(address(system)).status_code == 200
    response = client.post(address(system), {**FILLED, "aspiration": aspiration.pk})
    row = Round.objects.get()
    assert response["Location"] == reverse("review", args=[system.slug, row.pk])
    assert (row.title, row.state, row.aspiration, row.version) == (
        "Round 2",
        "draft",
        aspiration,
        1,
    )
    line = AuditEntry.objects.about(row).get()
    assert (line.actor, line.action, line.door, line.system) == (user, "create", "page", system)


BAD: list[tuple[dict[str, Any], str]] = [
    ({"title": " "}, "Give the review a title"),
    ({"title": "x" * 121}, "120"),
    ({"title": "a\x00b"}, "Null characters"),
    ({"purpose": ""}, "Say what the review is to find out."),
    ({"starts": ""}, "Give the day."),
    ({"due": "03/04/2026"}, "Write it as year, month and day"),
    ({"due": "2026-02-30"}, "Write it as year, month and day"),
    ({"due": "2026-03-01"}, "is before the start"),
    ({"aspiration": "999999"}, "not one of this system"),
    ({"aspiration": "x"}, "not one of this system"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, system: System, wrong: dict[str, Any], said: str
) -> None:
    enter(client, system, "unit_staff")
    response = client.post(address(system), {**FILLED, **wrong})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert "Whether plans are live." in page or "purpose" in wrong
    assert not Round.objects.exists()


def test_an_aspiration_of_another_system_is_unknown(client: Client, system: System) -> None:
    user = enter(client, system, "delivery_leader")
    foreign = AspirationFactory.create(title="Foreign aim")
    user.memberships.create(system=foreign.system, role="delivery_leader")
    assert "Foreign aim" not in client.get(address(system)).content.decode()
    response = client.post(address(system), {**FILLED, "aspiration": foreign.pk})
    assert response.status_code == 400
    assert not Round.objects.exists()


def test_nobody_sets_system_state_or_author(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    other = SystemFactory.create()
    client.post(address(system), {**FILLED, "system": other.pk, "state": "open", "version": "9"})
    row = Round.objects.get()
    assert (row.system, row.state, row.version) == (system, "draft", 1)


def test_a_leader_who_does_not_set_up_reviews_is_refused(client: Client, system: System) -> None:
    enter(client, system, "system_leader")
    assert client.get(address(system)).status_code == 403
    assert client.post(address(system), FILLED).status_code == 403


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_others_find_nothing(client: Client, system: System, role: str) -> None:
    enter(client, system, role)
    assert client.post(address(system), FILLED).status_code == 404
    assert not Round.objects.exists()


def test_who_is_named_elsewhere_in_the_system_finds_nothing(client: Client, system: System) -> None:
    take_part(client, RoundFactory.create(system=system))
    assert client.post(address(system), FILLED).status_code == 404
    prove(client, UserFactory.create(is_staff=True, is_superuser=True))
    assert client.post(address(system), FILLED).status_code == 404
    client.logout()
    assert client.post(address(system), FILLED).status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, system: System, method: str) -> None:
    enter(client, system, "unit_staff")
    assert getattr(client, method)(address(system)).status_code == 405
