"""Ending what a delegate can open: with a reason, and at once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from coalitions.models import Coalition, Delegate, Nomination, OwnList
from coalitions.services import coalitions as services
from coalitions.tests.factories import (
    CoalitionFactory,
    DelegateFactory,
    NominationFactory,
    OwnListFactory,
)
from coalitions.tests.ladder import HEADS, REFUSED, address, answers
from people.models import AuditEntry, User
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
WHY: dict[str, Any] = {"reason": "No longer advises us."}


@pytest.fixture
def delegate() -> Delegate:
    return DelegateFactory.create()


def to(delegate: Delegate) -> str:
    return address("end_delegate", delegate.coalition, delegate.pk)


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_ends_it_at_once(client: Client, delegate: Delegate, role: str) -> None:
    leader = enter(client, delegate.system, role)
    assert str(delegate.user) in client.get(to(delegate)).content.decode()
    response = client.post(to(delegate), WHY)
    assert response["Location"] == address("coalition", delegate.coalition)
    assert not Delegate.objects.exists()
    line = AuditEntry.objects.about(delegate).get()
    assert (line.action, line.actor, line.reason) == ("end delegate", leader, WHY["reason"])
    prove(client, delegate.user)
    assert client.get(address("coalition", delegate.coalition)).status_code == 404


def test_a_list_they_did_not_send_is_destroyed_without_the_key(
    delegate: Delegate, settings: Settings
) -> None:
    now, row = timezone.now(), delegate.coalition
    unsent = listed(row, delegate.user)
    stay = [
        listed(row, delegate.user, sent_at=now, pooled_at=now),
        listed(row, UserFactory.create()),
        listed(CoalitionFactory.create(), delegate.user),
    ]
    settings.CONFIDENTIAL_KEYS = []
    services.end_delegate(delegate=delegate, **WHY)
    assert set(OwnList.objects.all()) == set(stay)
    assert not Nomination.objects.filter(own_list=unsent.pk).only("pk").exists()
    assert Nomination.objects.count() == 3


def test_a_list_that_is_sent_waits_for_the_others(delegate: Delegate) -> None:
    listed(delegate.coalition, delegate.user, sent_at=timezone.now())
    services.end_delegate(delegate=delegate, **WHY)
    assert Nomination.objects.count() == 1


def test_who_reads_on_as_a_leader_keeps_their_list(delegate: Delegate) -> None:
    listed(delegate.coalition, delegate.user)
    MembershipFactory.create(user=delegate.user, system=delegate.system, role="system_leader")
    services.end_delegate(delegate=delegate, **WHY)
    assert Nomination.objects.count() == 1


def listed(row: Coalition, author: User, **fields: Any) -> OwnList:
    """A list with one name."""
    own: OwnList = OwnListFactory.create(coalition=row, author=author, **fields)
    NominationFactory.create(own_list=own)
    return own


@pytest.mark.parametrize("reason", ["", "  ", "too short", "ten\x00 characters"])
def test_a_reason_must_say_something(client: Client, delegate: Delegate, reason: str) -> None:
    enter(client, delegate.system, "delivery_leader")
    assert client.post(to(delegate), {"reason": reason}).status_code == 400
    assert Delegate.objects.exists()


def test_it_is_ended_once(delegate: Delegate) -> None:
    services.end_delegate(delegate=delegate, **WHY)
    with pytest.raises(ValidationError, match="any more"):
        services.end_delegate(delegate=delegate, **WHY)
    assert AuditEntry.objects.about(delegate).count() == 1


def test_a_delegate_of_another_coalition_is_not_found(client: Client, delegate: Delegate) -> None:
    other = CoalitionFactory.create(aspiration__system=delegate.system)
    enter(client, delegate.system, "delivery_leader")
    assert client.post(address("end_delegate", other, delegate.pk), WHY).status_code == 404
    assert Delegate.objects.exists()


def test_others_are_refused(client: Client, delegate: Delegate) -> None:
    assert answers(client, delegate.coalition, "post", to(delegate), WHY) == REFUSED
    assert Delegate.objects.filter(pk=delegate.pk).exists()


def test_other_methods_are_refused(client: Client, delegate: Delegate) -> None:
    enter(client, delegate.system, "delivery_leader")
    assert client.delete(to(delegate)).status_code == 405
