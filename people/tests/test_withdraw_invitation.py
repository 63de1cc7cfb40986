"""Taking an invitation back: its link ends at once."""

import pytest
from django.test import Client

from people.models import AuditEntry, Invitation
from people.tests.crew import Crew, assert_for_leaders_only, assert_methods, crew, invited
from people.tests.factories import MembershipFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Crew:
    return crew()


def test_the_link_ends_and_the_address_can_be_invited_again(north: Crew) -> None:
    row, link = invited(north.system, north.leader)
    assert Client().get(link).status_code == 200
    answer = client_of(north.leader).post(north.address("withdraw_invitation", row.pk), follow=True)
    assert "The invitation of new@example.org is withdrawn" in answer.content.decode()
    assert Client().get(link).status_code == Client().post(link).status_code == 404
    [line] = AuditEntry.objects.filter(action="withdraw invitation")
    assert (line.actor, line.object_key) == (north.leader, "new@example.org")
    invited(north.system, north.leader)


def test_a_second_click_says_so(north: Crew) -> None:
    row, _link = invited(north.system, north.leader)
    client = client_of(north.leader)
    client.post(north.address("withdraw_invitation", row.pk))
    answer = client.post(north.address("withdraw_invitation", row.pk), follow=True)
    assert "was accepted or withdrawn meanwhile" in answer.content.decode()
    assert AuditEntry.objects.filter(action="withdraw invitation").count() == 1


def test_an_invitation_is_not_reached_through_another_system(north: Crew) -> None:
    south = crew("south")
    MembershipFactory(system=north.system, user=south.leader, role="delivery_leader")
    row, _link = invited(north.system, north.leader)
    address = south.address("withdraw_invitation", row.pk)
    assert client_of(south.leader).post(address).status_code == 404
    assert Invitation.objects.open().filter(pk=row.pk).exists()


def test_others_may_not(north: Crew) -> None:
    row, _link = invited(north.system, north.leader)
    assert_for_leaders_only(north, north.address("withdraw_invitation", row.pk), {})
    assert Invitation.objects.open().filter(pk=row.pk).exists()


def test_other_methods_are_refused(north: Crew) -> None:
    row, _link = invited(north.system, north.leader)
    assert_methods(north, north.address("withdraw_invitation", row.pk), {"post"})
