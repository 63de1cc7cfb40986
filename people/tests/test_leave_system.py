"""Giving one's own role back."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, Membership, User
from people.services.roles import leave
from people.tests.crew import Crew, administrator, crew
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Crew:
    return crew()


def door(place: Crew, user: User) -> str:
    return reverse("leave_system", args=[place.role_of(user).pk])


def test_a_role_given_back_is_gone_with_the_next_click_and_stands_in_the_trail(
    north: Crew,
) -> None:
    client, address = client_of(north.staff), door(north, north.staff)
    assert client.get(north.address("members")).status_code == 200
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [(reverse("account"), 302)]
    assert "You are no longer Unit staff of North" in answer.content.decode()
    assert client.get(north.address("members")).status_code == 404
    line = AuditEntry.objects.get(action="leave")
    assert (line.system, line.actor, line.role) == (north.system, north.staff, "unit_staff")
    assert (line.before, line.object_key) == ({"role": "unit_staff"}, north.staff.email)


def test_the_page_says_what_is_lost_and_changes_nothing(north: Crew) -> None:
    client, address = client_of(north.staff), door(north, north.staff)
    for method in ("get", "head"):
        assert getattr(client, method)(address).status_code == 200
    page = client.get(address).content.decode()
    assert "Leave North as Unit staff?" in page
    assert "You lose at once what this role opens" in page
    assert north.roles(north.staff) == {"unit_staff"}


def test_of_several_roles_only_the_one_named_is_given_back(north: Crew) -> None:
    MembershipFactory(system=north.system, user=north.staff, role="steward")
    row = north.system.memberships.get(user=north.staff, role="steward")
    client_of(north.staff).post(reverse("leave_system", args=[row.pk]))
    assert north.roles(north.staff) == {"unit_staff"}


def test_a_leader_leaves_while_another_stays(north: Crew) -> None:
    client_of(north.leader).post(door(north, north.leader))
    assert north.roles(north.leader) == set()


def test_the_last_leader_hands_over_first(north: Crew) -> None:
    north.role_of(north.head).delete()
    answer = client_of(north.leader).post(door(north, north.leader), follow=True)
    assert "is the last leader of North. Make someone else a leader first." in (
        answer.content.decode()
    )
    assert north.roles(north.leader) == {"delivery_leader"}
    assert not AuditEntry.objects.filter(action="leave").exists()


def test_a_leader_whose_account_is_closed_does_not_count(north: Crew) -> None:
    User.objects.filter(pk=north.head.pk).update(is_active=False)
    client_of(north.leader).post(door(north, north.leader))
    assert north.roles(north.leader) == {"delivery_leader"}


def test_an_administrator_who_leads_alone_does_not_leave_either(north: Crew) -> None:
    north.role_of(north.head).delete()
    User.objects.filter(pk=north.leader.pk).update(is_staff=True)
    client_of(north.leader).post(door(north, north.leader))
    assert north.roles(north.leader) == {"delivery_leader"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_role_of_somebody_else_is_not_there(north: Crew, method: str) -> None:
    address = door(north, north.viewer)
    others: list[User] = [north.leader, north.staff, administrator(), UserFactory()]
    missing = reverse("leave_system", args=[900_000_000])
    for user in others:
        client = client_of(user)
        assert getattr(client, method)(address).status_code == 404
        assert getattr(client, method)(missing).status_code == 404
    assert north.roles(north.viewer) == {"viewer"}


def test_twice_is_not_there_the_second_time(north: Crew) -> None:
    client, address = client_of(north.staff), door(north, north.staff)
    assert [client.post(address).status_code for _ in range(2)] == [302, 404]
    assert AuditEntry.objects.filter(action="leave").count() == 1


def test_a_role_that_changes_at_that_moment_is_kept(
    north: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    def too_late(*, membership: Membership, actor: User) -> None:
        Membership.objects.filter(pk=membership.pk).update(role="viewer")
        leave(membership=membership, actor=actor)

    monkeypatch.setattr("people.views.account.leave", too_late)
    answer = client_of(north.staff).post(door(north, north.staff), follow=True)
    assert "Your role was changed meanwhile." in answer.content.decode()
    assert north.roles(north.staff) == {"viewer"}


def test_a_stranger_signs_in_first(north: Crew) -> None:
    answer = Client().post(door(north, north.staff))
    assert answer["Location"].startswith(reverse("account_login"))
    assert north.roles(north.staff) == {"unit_staff"}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(north: Crew, method: str) -> None:
    address = door(north, north.staff)
    assert getattr(client_of(north.staff), method)(address).status_code == 405


def test_the_service_takes_back_nobody_elses_role(north: Crew) -> None:
    with pytest.raises(ValidationError, match="can give this role back"):
        leave(membership=north.role_of(north.staff), actor=north.leader)


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_leaders_leaving_at_once_one_stays(north: Crew) -> None:
    ready, refused = Barrier(2), []

    def go(row: Membership) -> None:
        ready.wait(10)
        try:
            leave(membership=row, actor=row.user)
        except ValidationError as problem:
            refused.append(problem)
        finally:
            connection.close()

    rows = [north.role_of(user) for user in (north.leader, north.head)]
    threads = [Thread(target=go, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert north.system.memberships.filter(role__endswith="_leader").count() == 1
