"""Naming a delegate: leaders let in members whose role reads the dashboard, never themselves."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coalitions.models import Coalition, Delegate, OwnList
from coalitions.services import coalitions as services
from coalitions.tests.factories import CoalitionFactory, DelegateFactory, OwnListFactory
from coalitions.tests.ladder import DELEGATES, HEADS, REFUSED, address, answers
from people.models import AuditEntry, Membership, User
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


def member(row: Coalition, role: str = "viewer", name: str = "Adviser") -> User:
    user: User = MembershipFactory.create(system=row.system, role=role, user__name=name).user
    return user


def to(row: Coalition) -> str:
    return address("name_delegate", row)


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_names_one_who_can_then_open_it(client: Client, row: Coalition, role: str) -> None:
    person, leader = member(row), enter(client, row.system, role)
    assert "Adviser" in client.get(to(row)).content.decode()
    assert client.post(to(row), {"user": person.pk})["Location"] == address("coalition", row)
    delegate = Delegate.objects.get()
    assert (delegate.user, delegate.named_by) == (person, leader)
    line = AuditEntry.objects.about(delegate).get()
    assert (line.actor, line.action, line.after["user"]) == (leader, "create", "Adviser")
    prove(client, person)
    assert client.get(address("coalition", row)).status_code == 200


@pytest.mark.parametrize("role", sorted(DELEGATES))
def test_any_role_that_reads_the_dashboard_can_be_named(row: Coalition, role: str) -> None:
    leader = member(row, "delivery_leader")
    assert services.name_delegate(coalition=row, user=member(row, role), actor=leader).pk


@pytest.mark.parametrize("role", ["reviewer", "data_provider", "system_leader"])
def test_other_roles_cannot(client: Client, row: Coalition, role: str) -> None:
    person, leader = member(row, role, "Not This One"), enter(client, row.system, "delivery_leader")
    assert "Not This One" not in client.get(to(row)).content.decode()
    assert client.post(to(row), {"user": person.pk}).status_code == 400
    with pytest.raises(ValidationError, match="Only members"):
        services.name_delegate(coalition=row, user=person, actor=leader)
    assert not Delegate.objects.exists()


def test_who_is_no_member_here_is_unknown(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    foreign = MembershipFactory.create(role="viewer", user__name="Foreign Adviser").user
    assert "Foreign Adviser" not in client.get(to(row)).content.decode()
    for user in (foreign, UserFactory.create()):
        response = client.post(to(row), {"user": user.pk})
        assert response.status_code == 400
        assert "Choose a member of this system" in response.content.decode()
    assert not Delegate.objects.exists()


@pytest.mark.parametrize("user", ["", "x", "999999"])
def test_bad_input_is_named(client: Client, row: Coalition, user: str) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"user": user})
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()


def test_nobody_names_themselves(client: Client, row: Coalition) -> None:
    leader = enter(client, row.system, "delivery_leader")
    MembershipFactory.create(user=leader, system=row.system, role="viewer")
    assert client.post(to(row), {"user": leader.pk}).status_code == 400
    with pytest.raises(ValidationError, match="Nobody names themselves"):
        services.name_delegate(coalition=row, user=leader, actor=leader)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delegate.objects.create(coalition=row, user=leader, named_by=leader)


def test_a_delegate_names_nobody(client: Client, row: Coalition) -> None:
    delegate = DelegateFactory.create(coalition=row)
    with pytest.raises(PermissionDenied):
        services.name_delegate(coalition=row, user=member(row), actor=delegate.user)


def test_nobody_is_named_twice(row: Coalition) -> None:
    delegate = DelegateFactory.create(coalition=row)
    leader = member(row, "delivery_leader")
    with pytest.raises(ValidationError, match="a delegate already"):
        services.name_delegate(coalition=row, user=delegate.user, actor=leader)


def test_who_left_and_came_back_is_named_anew(client: Client, row: Coalition) -> None:
    delegate = DelegateFactory.create(coalition=row)
    Membership.objects.filter(user=delegate.user).delete()
    MembershipFactory.create(user=delegate.user, system=row.system, role="viewer")
    prove(client, delegate.user)
    assert client.get(address("coalition", row)).status_code == 404
    services.name_delegate(coalition=row, user=delegate.user, actor=member(row, "delivery_leader"))
    assert client.get(address("coalition", row)).status_code == 200
    assert Delegate.objects.count() == 1


def test_a_list_begun_before_they_left_does_not_come_back(row: Coalition) -> None:
    person = DelegateFactory.create(coalition=row).user
    leader = member(row, "delivery_leader")
    kept = [OwnListFactory.create(coalition=row, author=one) for one in (leader, person)][:1]
    Membership.objects.filter(user=person).delete()
    MembershipFactory.create(user=person, system=row.system, role="viewer")
    services.name_delegate(coalition=row, user=person, actor=leader)
    assert list(OwnList.objects.all()) == kept


def test_it_takes_fresh_proof(client: Client, row: Coalition) -> None:
    person = member(row)
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        for response in (client.get(to(row)), client.post(to(row), {"user": person.pk})):
            assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not Delegate.objects.exists()


def test_others_are_refused(client: Client, row: Coalition) -> None:
    person = member(row)
    assert answers(client, row, "post", to(row), {"user": person.pk}) == REFUSED
    assert not Delegate.objects.filter(user=person).exists()


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.delete(to(row)).status_code == 405
