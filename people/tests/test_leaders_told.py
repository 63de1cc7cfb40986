"""What administrators do to people is told by mail, and stands where leaders read it."""

from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import mail
from django.test import TestCase
from django.urls import reverse

from people.models import AuditEntry, User
from people.services import accounts
from people.services.appointments import decide
from people.services.invitations import accept
from people.services.roles import change_role, give, leave, remove_role
from people.tests.crew import REASON, Crew, administrator, crew, invited
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Crew:
    return crew()


@pytest.fixture
def office() -> User:
    return administrator()


@pytest.fixture
def leaders(north: Crew) -> set[str]:
    return {north.leader.email, north.head.email}


def told() -> set[str]:
    return {address for message in mail.outbox for address in message.to}


def after_commit() -> AbstractContextManager[Any]:
    mail.outbox.clear()
    return TestCase.captureOnCommitCallbacks(execute=True)


def test_a_proposed_leader(north: Crew, office: User, leaders: set[str]) -> None:
    with after_commit():
        give(user=north.viewer, system=north.system, role="system_leader", actor=office)
    assert told() == leaders
    [message, _other] = mail.outbox
    assert message.subject == "Headway: an administrator acted on the people of North"
    assert "Installation office proposed viewer@north.example as System leader." in message.body
    assert f"signs in as {office.email}" in message.body
    assert "http://localhost:8000/north/members/" in message.body


def test_any_role_given(north: Crew, office: User, leaders: set[str]) -> None:
    """An administrator may read by a second address of theirs: so the leaders hear of it."""
    row, address = invited(north.system, office, "second@example.org")
    person = UserFactory.create(email=row.email)
    with after_commit():
        accept(secret=address.split("/")[-2], user=person)
    assert told() == leaders
    assert "gave second@example.org the role Viewer." in mail.outbox[0].body


def test_a_changed_role(north: Crew, office: User, leaders: set[str]) -> None:
    row = north.role_of(north.head)
    with after_commit():
        change_role(membership=row, role="viewer", seen=row.role, reason=REASON, actor=office)
    assert told() == leaders
    assert f"Reason: {REASON}" in mail.outbox[0].body


def test_a_removed_leader_though_they_were_the_last(north: Crew, office: User) -> None:
    north.role_of(north.head).delete()
    row = north.role_of(north.leader)
    with after_commit():
        remove_role(membership=row, seen=row.role, reason=REASON, actor=office)
    assert told() == {north.leader.email}


def test_the_closed_account_of_a_leader(north: Crew, office: User, leaders: set[str]) -> None:
    for act in (accounts.disable, accounts.enable):
        with after_commit():
            act(user=north.head, reason=REASON, actor=office)
        assert told() == leaders


def test_a_closed_account_stands_in_the_trail_of_each_of_their_systems(
    north: Crew, office: User
) -> None:
    MembershipFactory(system=north.system, user=north.staff, role="steward")
    south = MembershipFactory.create(user=north.staff, role="viewer").system
    crew("elsewhere")
    accounts.disable(user=north.staff, reason=REASON, actor=office, door="page")
    lines = AuditEntry.objects.filter(action="disable account")
    assert sorted(lines.values_list("system", flat=True), key=str) == sorted(
        [north.system.pk, south.pk, None], key=str
    )
    line = lines.get(system=north.system)
    assert (line.actor, line.reason, line.door) == (office, REASON, "page")
    page = client_of(north.leader).get(north.address("trail")).content.decode()
    assert "closed the account unit_staff@north.example" in page
    accounts.enable(user=north.staff, reason=REASON, actor=office)
    assert AuditEntry.objects.filter(action="enable account", system=north.system).count() == 1


def test_a_new_administrator_is_told_to_all_but_who_made_them(office: User) -> None:
    other, new = administrator(), UserFactory.create(email="new@example.org")
    with after_commit():
        accounts.make_administrator(user=new, reason=REASON, actor=office)
    assert told() == {other.email, new.email}
    assert "made new@example.org an installation administrator." in mail.outbox[0].body
    assert reverse("installation_people") in mail.outbox[0].body


def test_what_leaders_and_people_themselves_do_is_not_mailed(north: Crew, office: User) -> None:
    row = give(user=north.viewer, system=north.system, role="system_leader", actor=office)
    with after_commit():
        give(user=UserFactory(), system=north.system, role="steward", actor=north.leader)
        decide(appointment=row, accepted=True, actor=north.leader)  # type: ignore[arg-type]
        leave(membership=north.role_of(north.staff), actor=north.staff)
        accounts.disable(user=UserFactory(), reason=REASON, actor=office)
    assert told() == set()
