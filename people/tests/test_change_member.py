"""Giving someone another role, with a reason."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from people.models import Appointment, AuditEntry, Membership
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

pytestmark = pytest.mark.django_db
SENT = {"role": "steward", "seen": "unit_staff", "reason": REASON}


@pytest.fixture
def north() -> Crew:
    return crew()


@pytest.fixture
def address(north: Crew) -> str:
    return north.address("change_member", north.role_of(north.staff).pk)


def test_it_counts_with_the_next_click_and_stands_in_the_trail(north: Crew, address: str) -> None:
    theirs = client_of(north.staff)
    assert theirs.get(north.address("members")).status_code == 200
    answer = client_of(north.leader).post(address, SENT, follow=True)
    assert answer.redirect_chain == [("/north/members/", 302)]
    assert "North unit_staff is Steward now" in answer.content.decode()
    assert theirs.get(north.address("members")).status_code == 404
    [line] = AuditEntry.objects.filter(action="change role")
    assert (line.before, line.after) == ({"role": "unit_staff"}, {"role": "steward"})
    assert (line.reason, line.actor, line.role) == (REASON, north.leader, "delivery_leader")


def test_an_administrator_may(north: Crew, address: str) -> None:
    assert client_of(administrator()).post(address, SENT).status_code == 302
    assert north.roles(north.staff) == {"steward"}


REFUSED = [
    ({"reason": "moved"}, "at least 10 characters"),
    ({"reason": ""}, "Say why"),
    ({"role": "emperor"}, "emperor"),
    ({"role": "administrator"}, "administrator"),
    ({"role": ""}, "Choose the new role"),
    ({"role": "unit_staff"}, "is Unit staff already"),
    ({"role": "viewer"}, "is Viewer too already"),
]


@pytest.mark.parametrize(("change", "words"), REFUSED)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    north: Crew, address: str, change: dict[str, str], words: str
) -> None:
    MembershipFactory(system=north.system, user=north.staff, role="viewer")
    answer = client_of(north.leader).post(address, SENT | change)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page
    assert (SENT | change)["reason"] in page
    assert north.roles(north.staff) == {"unit_staff", "viewer"}


def test_a_leader_in_post_makes_a_leader_at_once(north: Crew, address: str) -> None:
    client_of(north.leader).post(address, SENT | {"role": "delivery_leader"})
    assert north.roles(north.staff) == {"delivery_leader"}


def test_an_administrator_only_proposes_a_leader(north: Crew, address: str) -> None:
    sent = SENT | {"role": "delivery_leader"}
    answer = client_of(administrator()).post(address, sent, follow=True)
    assert "is proposed as Delivery leader" in answer.content.decode()
    assert north.roles(north.staff) == {"unit_staff"}
    assert Appointment.objects.get().reason == REASON


def test_the_last_leader_does_not_step_down(north: Crew) -> None:
    north.role_of(north.head).delete()
    address = north.address("change_member", north.role_of(north.leader).pk)
    sent = SENT | {"role": "viewer", "seen": "delivery_leader"}
    answer = client_of(north.leader).post(address, sent)
    assert answer.status_code == 400
    assert "Make someone else a leader first" in answer.content.decode()
    assert north.roles(north.leader) == {"delivery_leader"}


def test_nobody_gives_themselves_a_role(north: Crew) -> None:
    office = administrator()
    mine = MembershipFactory(system=north.system, user=office, role="viewer")
    address = north.address("change_member", mine.pk)
    sent = {"role": "unit_staff", "seen": "viewer", "reason": REASON}
    answer = client_of(office).post(address, sent)
    assert answer.status_code == 400
    assert "Nobody gives a role to themselves" in answer.content.decode()
    assert north.roles(office) == {"viewer"}


def test_who_comes_second_sees_what_it_is_now(north: Crew, address: str) -> None:
    client = client_of(north.leader)
    client.post(address, SENT)
    answer = client.post(address, SENT | {"role": "viewer"})
    assert answer.status_code == 409
    assert "was made Steward while you wrote" in answer.content.decode()
    assert north.roles(north.staff) == {"steward"}


def test_a_role_is_not_reached_through_another_system(north: Crew) -> None:
    south = crew("south")
    address = south.address("change_member", north.role_of(north.staff).pk)
    assert client_of(south.leader).post(address, SENT).status_code == 404
    MembershipFactory(system=north.system, user=south.leader, role="delivery_leader")
    assert client_of(south.leader).post(address, SENT).status_code == 404
    assert north.roles(north.staff) == {"unit_staff"}


def test_others_may_not(north: Crew, address: str) -> None:
    assert_for_leaders_only(north, address, SENT)
    assert north.roles(north.staff) == {"unit_staff"}


def test_other_methods_are_refused(north: Crew, address: str) -> None:
    assert_methods(north, address, {"get", "post"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite writes one at a time")
def test_two_leaders_who_step_down_at_once_leave_one_in_post() -> None:
    north = crew()
    north.role_of(north.head).delete()
    other = MembershipFactory(system=north.system, role="delivery_leader").user
    start = Barrier(2)

    def step_down(number: int) -> int:
        try:
            user = (north.leader, other)[number]
            address = north.address("change_member", north.role_of(user).pk)
            client = client_of(user)
            start.wait()
            sent = SENT | {"role": "viewer", "seen": "delivery_leader"}
            return client.post(address, sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(step_down, range(2))) == [302, 400]
    assert Membership.objects.filter(system=north.system, role="delivery_leader").count() == 1
