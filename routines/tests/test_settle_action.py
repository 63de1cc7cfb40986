"""Settling an action of the list: by the unit, or by the office that owns it."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from people.models import Action, AuditEntry
from people.services.actions import settle
from people.tests.entering import enter
from people.tests.factories import MembershipFactory, SystemFactory
from reviews.tests.factories import ActionFactory
from routines.services import settle_action
from routines.tests.ladder import REFUSED, answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring")]
DONE = {
    "version": "1", "status": "done", "settled_on": "2026-05-12", "outcome": "All answered.",
}  # fmt: skip


@pytest.fixture
def spring() -> Any:
    with time_machine.travel("2026-05-20"):
        yield


@pytest.fixture
def task() -> Action:
    row: Action = ActionFactory.create(what="Publish what was done", owner="Registrar")
    return row


def to(task: Action) -> str:
    return reverse("settle_action", args=[task.system.slug, task.pk])


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("system_leader", ""), ("delivery_leader", ""), ("unit_staff", ""),
        ("plan_owner", "Registrar"), ("accountable_head", "registrar"),
    ],
)  # fmt: skip
def test_it_is_settled(client: Client, task: Action, role: str, office: str) -> None:
    user = enter(client, task.system, role, office=office)
    assert "Publish what was done" in client.get(to(task)).content.decode()
    response = client.post(to(task), DONE)
    assert response["Location"] == reverse("actions", args=[task.system.slug])
    task.refresh_from_db()
    assert (task.status, task.settled_on, task.outcome) == (
        "done", date(2026, 5, 12), "All answered.",
    )  # fmt: skip
    line = AuditEntry.objects.about(task).get()
    assert (line.action, line.actor, line.after["outcome"]) == (
        "settle action", user, "All answered.",
    )  # fmt: skip


@pytest.mark.parametrize(("role", "office"), [
    ("plan_owner", ""), ("plan_owner", "Registry"), ("accountable_head", "Head of Delivery"),
    ("viewer", "Registrar"), ("steward", "Registrar"),
])  # fmt: skip
def test_another_office_is_refused(client: Client, task: Action, role: str, office: str) -> None:
    user = enter(client, task.system, role, office=office)
    assert client.get(to(task)).status_code == 403
    assert client.post(to(task), DONE).status_code == 403
    with pytest.raises(PermissionDenied):
        settle_action(action=task, status="done", version=1, actor=user)
    task.refresh_from_db()
    assert task.status == "open"


def test_the_office_of_another_system_is_none_here(task: Action) -> None:
    elsewhere = MembershipFactory.create(
        system=SystemFactory.create(), role="plan_owner", office="Registrar"
    )
    MembershipFactory.create(system=task.system, role="plan_owner", user=elsewhere.user)
    with pytest.raises(PermissionDenied):
        settle_action(action=task, status="done", version=1, actor=elsewhere.user)


def test_the_second_of_two_sees_what_the_first_said(client: Client, task: Action) -> None:
    enter(client, task.system, "unit_staff")
    settle(action=task, status="dropped", outcome="No money this year.", version=1)
    response = client.post(to(task), DONE)
    assert response.status_code == 409
    assert "No money this year." in response.content.decode()
    assert "All answered." in response.content.decode()
    assert client.post(to(task), {**DONE, "version": "2"}).status_code == 302


@pytest.mark.parametrize("wrong", [
    {"status": ""}, {"status": "dropped", "outcome": "no"}, {"settled_on": "2026-05-21"},
    {"outcome": "a\x00b"}, {"version": "9" * 30},
])  # fmt: skip
def test_bad_input_settles_nothing(client: Client, task: Action, wrong: dict[str, str]) -> None:
    enter(client, task.system, "unit_staff")
    assert client.post(to(task), {**DONE, **wrong}).status_code == 400
    task.refresh_from_db()
    assert (task.status, task.version) == ("open", 1)


def test_what_is_not_shared_is_not_there(client: Client, task: Action) -> None:
    Action.objects.filter(pk=task.pk).update(shared=False)
    user = enter(client, task.system, "delivery_leader")
    assert client.get(to(task)).status_code == 404
    assert client.post(to(task), DONE).status_code == 404
    task.refresh_from_db()
    with pytest.raises(PermissionDenied):
        settle_action(action=task, status="done", version=1, actor=user)


def test_others_are_refused(client: Client, task: Action) -> None:
    assert answers(client, task.system, "post", to(task), DONE) == REFUSED
    enter(client, task.system, "unit_staff")
    foreign = ActionFactory.create()
    at = reverse("settle_action", args=[task.system.slug, foreign.pk])
    assert client.post(at, DONE).status_code == 404


def test_other_methods_are_refused(client: Client, task: Action) -> None:
    enter(client, task.system, "unit_staff")
    assert client.delete(to(task)).status_code == 405
