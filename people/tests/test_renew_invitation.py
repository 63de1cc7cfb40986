"""Sending a new link for an invitation: the old one ends."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry, Invitation
from people.tests.crew import (
    Crew,
    address_in,
    assert_for_leaders_only,
    assert_methods,
    crew,
    invited,
)
from people.tests.factories import MembershipFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def north() -> Crew:
    return crew()


def test_the_new_link_works_and_the_old_one_does_not(north: Crew) -> None:
    row, old = invited(north.system, north.leader)
    day = timezone.now() - timedelta(days=1)
    Invitation.objects.filter(pk=row.pk).update(invited_at=day - timedelta(9), expires_at=day)
    assert Client().get(old).status_code == 404
    other = MembershipFactory(system=north.system, role="delivery_leader").user
    answer = client_of(other).post(north.address("renew_invitation", row.pk), follow=True)
    assert "A new link is on its way to new@example.org" in answer.content.decode()
    new = address_in(row)
    assert new != old
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    row.refresh_from_db()
    assert row.invited_by == other
    assert AuditEntry.objects.get(action="renew invitation").actor == other


@pytest.mark.parametrize("settled", ["accepted", "withdrawn"])
def test_what_is_settled_is_not_sent_again(north: Crew, settled: str) -> None:
    row, _link = invited(north.system, north.leader)
    row.accepted_by = north.viewer if settled == "accepted" else None
    setattr(row, f"{settled}_at", timezone.now())
    row.save()
    answer = client_of(north.leader).post(north.address("renew_invitation", row.pk), follow=True)
    assert "was accepted or withdrawn meanwhile" in answer.content.decode()
    assert len(mail.outbox) == 1


def test_an_invitation_is_not_reached_through_another_system(north: Crew) -> None:
    south = crew("south")
    row, _link = invited(north.system, north.leader)
    address = south.address("renew_invitation", row.pk)
    assert client_of(south.leader).post(address).status_code == 404
    assert len(mail.outbox) == 1


def test_nobody_renews_their_own(north: Crew) -> None:
    """Who was invited and came to lead by another way does not vouch for themselves."""
    row, link = invited(north.system, north.leader, north.viewer.email, role="unit_staff")
    MembershipFactory(system=north.system, user=north.viewer, role="delivery_leader")
    client = client_of(north.viewer)
    answer = client.post(north.address("renew_invitation", row.pk), follow=True)
    assert "Nobody invites themselves" in answer.content.decode()
    row.refresh_from_db()
    assert row.invited_by == north.leader
    assert client.get(link).status_code == 200


def test_too_many_have_to_wait(north: Crew, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "invite": "1/h/user"}  # type: ignore[attr-defined]
    row, _link = invited(north.system, north.leader)
    client, address = client_of(north.leader), north.address("renew_invitation", row.pk)
    assert [client.post(address).status_code for _ in range(2)] == [302, 429]


def test_others_may_not(north: Crew) -> None:
    row, _link = invited(north.system, north.leader)
    assert_for_leaders_only(north, north.address("renew_invitation", row.pk), {})


def test_other_methods_are_refused(north: Crew) -> None:
    row, _link = invited(north.system, north.leader)
    assert_methods(north, north.address("renew_invitation", row.pk), {"post"})
