"""Taking a role away, with a reason."""

import pytest
from django.test import Client

from people.models import AuditEntry, Membership, System, Token, User
from people.services.roles import leave
from people.tests.crew import (
    REASON,
    Crew,
    administrator,
    assert_for_leaders_only,
    assert_methods,
    crew,
)
from people.tests.factories import MembershipFactory
from people.tests.installation import client_of
from people.tokens import issue

pytestmark = pytest.mark.django_db
SENT = {"seen": "unit_staff", "reason": REASON}


@pytest.fixture
def north() -> Crew:
    return crew()


@pytest.fixture
def address(north: Crew) -> str:
    return north.address("remove_member", north.role_of(north.staff).pk)


def test_it_is_over_with_the_next_click_and_stands_in_the_trail(north: Crew, address: str) -> None:
    theirs = client_of(north.staff)
    assert theirs.get(north.address("dashboard")).status_code == 200
    answer = client_of(north.leader).post(address, SENT, follow=True)
    assert "North unit_staff is no longer Unit staff" in answer.content.decode()
    assert theirs.get(north.address("dashboard")).status_code == 404
    [line] = AuditEntry.objects.filter(action="remove role")
    assert (line.before, line.after, line.reason) == ({"role": "unit_staff"}, {}, REASON)
    assert line.actor == north.leader


def test_the_other_roles_stay(north: Crew, address: str) -> None:
    MembershipFactory(system=north.system, user=north.staff, role="steward")
    client_of(north.leader).post(address, SENT)
    assert north.roles(north.staff) == {"steward"}


def test_programs_end_with_the_last_role_and_do_not_come_back(north: Crew) -> None:
    MembershipFactory(system=north.system, user=north.leader, role="steward")
    elsewhere = MembershipFactory.create(user=north.leader, role="delivery_leader").system
    _row, token = issued(north.leader, north.system)
    _row, other = issued(north.leader, elsewhere)
    client = client_of(administrator())
    for membership in Membership.objects.filter(system=north.system, user=north.leader):
        assert answers(north.system, token) == 200
        sent = {"seen": membership.role, "reason": REASON}
        client.post(north.address("remove_member", membership.pk), sent)
    assert answers(north.system, token) == 401
    MembershipFactory(system=north.system, user=north.leader, role="delivery_leader")
    assert answers(north.system, token) == 401
    assert answers(elsewhere, other) == 200
    line = AuditEntry.objects.get(action="revoke token")
    assert (line.system, line.reason) == (
        north.system, "North delivery_leader has no role left here.",
    )  # fmt: skip


def test_who_comes_back_for_other_work_finds_their_old_name_on_no_program(north: Crew) -> None:
    _row, token = issued(north.leader, north.system)
    leave(membership=north.role_of(north.leader), actor=north.leader)
    MembershipFactory(system=north.system, user=north.leader, role="viewer")
    assert answers(north.system, token) == 401


def issued(user: User, system: System) -> tuple[Token, str]:
    return issue(user=user, system=system, role="viewer", name=f"Of {system}", days=30)


def answers(system: System, token: str) -> int:
    """What the interface answers a program."""
    address = f"/api/v1/systems/{system.slug}/"
    return Client().get(address, headers={"Authorization": f"Bearer {token}"}).status_code


@pytest.mark.parametrize(("reason", "words"), [("gone", "at least 10 characters"), ("", "Say why")])
def test_it_needs_a_reason(north: Crew, address: str, reason: str, words: str) -> None:
    answer = client_of(north.leader).post(address, SENT | {"reason": reason})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert north.roles(north.staff) == {"unit_staff"}


def test_the_last_leader_hands_over_first_and_an_administrator_need_not_wait(north: Crew) -> None:
    north.role_of(north.head).delete()
    address = north.address("remove_member", north.role_of(north.leader).pk)
    sent = {"seen": "delivery_leader", "reason": REASON}
    answer = client_of(north.leader).post(address, sent)
    assert answer.status_code == 400
    assert "Make someone else a leader first" in answer.content.decode()
    assert client_of(administrator()).post(address, sent).status_code == 302
    assert north.roles(north.leader) == set()


def test_a_role_that_changed_meanwhile_is_shown_first(north: Crew, address: str) -> None:
    row = north.role_of(north.staff)
    row.role = "viewer"
    row.save()
    for seen in ("unit_staff", "", "emperor"):
        answer = client_of(north.leader).post(address, SENT | {"seen": seen})
        assert answer.status_code == 409
    assert north.roles(north.staff) == {"viewer"}


def test_a_second_click_finds_nothing(north: Crew, address: str) -> None:
    client = client_of(north.leader)
    assert client.post(address, SENT).status_code == 302
    assert client.post(address, SENT).status_code == 404


def test_a_role_is_not_reached_through_another_system(north: Crew) -> None:
    south = crew("south")
    MembershipFactory(system=north.system, user=south.leader, role="delivery_leader")
    address = south.address("remove_member", north.role_of(north.staff).pk)
    assert client_of(south.leader).post(address, SENT).status_code == 404
    assert north.roles(north.staff) == {"unit_staff"}


def test_others_may_not(north: Crew, address: str) -> None:
    assert_for_leaders_only(north, address, SENT)
    assert north.roles(north.staff) == {"unit_staff"}


def test_other_methods_are_refused(north: Crew, address: str) -> None:
    assert_methods(north, address, {"get", "post"})
