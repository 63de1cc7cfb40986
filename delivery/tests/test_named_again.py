"""Whoever was named for something confidential, and lost it, is not let in again by a new role."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coalitions.tests.factories import CoalitionFactory, DelegateFactory
from people.models import Membership, User
from people.tests.crew import REASON, Crew, administrator, crew
from people.tests.entering import prove
from people.tests.factories import MembershipFactory
from people.tests.installation import client_of
from reviews.tests.factories import ParticipantFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Crew:
    return crew()


def changed(place: Crew, actor: User, row: Membership, role: str) -> None:
    row.refresh_from_db()
    sent = {"role": role, "seen": row.role, "reason": REASON}
    answer = client_of(actor).post(place.address("change_member", row.pk), sent)
    assert answer.status_code == 302


def delegate(place: Crew, row: Membership) -> tuple[Client, str]:
    """The browser of a delegate, and the address of the coalition they may open."""
    coalition: Any = CoalitionFactory(aspiration__system=place.system)
    DelegateFactory(coalition=coalition, user=row.user, named_by=place.leader)
    client = Client()
    prove(client, row.user)
    address = reverse("coalition", args=[place.system.slug, coalition.aspiration.slug])
    assert client.get(address).status_code == 200
    return client, address


@pytest.mark.parametrize("who", ["leader", "administrator"])
def test_a_role_taken_away_and_given_back_names_nobody(north: Crew, who: str) -> None:
    row = MembershipFactory.create(system=north.system, role="viewer")
    client, address = delegate(north, row)
    actor = administrator() if who == "administrator" else north.leader
    changed(north, north.leader, row, "reviewer")
    assert client.get(address).status_code == 404
    changed(north, actor, row, "viewer")
    assert client.get(address).status_code == 404


def test_another_role_of_theirs_changed_later_names_nobody(north: Crew) -> None:
    other = MembershipFactory.create(system=north.system, role="data_provider")
    row = MembershipFactory.create(system=north.system, role="viewer", user=other.user)
    client, address = delegate(north, row)
    sent = {"seen": "viewer", "reason": REASON}
    client_of(north.leader).post(north.address("remove_member", row.pk), sent)
    assert client.get(address).status_code == 404
    changed(north, administrator(), other, "steward")
    assert client.get(address).status_code == 404


def test_a_role_held_since_before_goes_on(north: Crew) -> None:
    other = MembershipFactory.create(system=north.system, role="steward")
    row = MembershipFactory.create(system=north.system, role="viewer", user=other.user)
    client, address = delegate(north, row)
    changed(north, north.leader, row, "reviewer")
    assert client.get(address).status_code == 200


def test_the_joint_team_of_a_review_is_named_again_too(north: Crew) -> None:
    row = MembershipFactory.create(system=north.system, role="viewer")
    review: Any = RoundFactory(system=north.system)
    ParticipantFactory(round=review, user=row.user, joint_team=True, named_by=north.leader)
    client, address = Client(), north.address("interview_notes", review.pk)
    prove(client, row.user)
    assert client.get(address).status_code == 200
    changed(north, north.leader, row, "reviewer")
    changed(north, administrator(), row, "viewer")
    assert client.get(address).status_code == 404


def test_a_leader_who_steps_down_keeps_nothing_confidential(north: Crew) -> None:
    review: Any = RoundFactory(system=north.system)
    ParticipantFactory(round=review, user=north.head, joint_team=True, named_by=north.leader)
    changed(north, north.leader, north.role_of(north.head), "viewer")
    client = Client()
    prove(client, north.head)
    assert client.get(north.address("interview_notes", review.pk)).status_code == 404


def test_a_changed_role_is_held_since_its_change(north: Crew) -> None:
    before = north.role_of(north.staff).since
    changed(north, north.leader, north.role_of(north.staff), "steward")
    assert north.role_of(north.staff).since > before
