"""Where no leader is left, two administrators make one: never one person by two addresses."""

import pytest
from django.core.exceptions import ValidationError

from people.models import Appointment, Membership, User
from people.services.accounts import end_administrator, make_administrator
from people.services.appointments import decide
from people.services.roles import give
from people.tests.crew import REASON, Crew, administrator, crew
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Crew:
    """A system whose leaders are gone."""
    place = crew()
    Membership.objects.filter(user__in=[place.leader, place.head]).delete()
    return place


@pytest.fixture
def office() -> User:
    return administrator()


def made_by(actor: User, user: User | None = None) -> User:
    person: User = user or UserFactory.create()
    make_administrator(user=person, reason=REASON, actor=actor)
    person.refresh_from_db()
    return person


def refused(place: Crew, by: User, decider: User) -> None:
    row = give(user=place.viewer, system=place.system, role="system_leader", actor=by)
    assert isinstance(row, Appointment)
    page = client_of(decider).get(place.address("members")).content.decode()
    assert "one person could stand behind it" in page
    with pytest.raises(ValidationError, match="Ask whoever runs the server"):
        decide(appointment=row, accepted=True, actor=decider)
    assert place.roles(place.viewer) == {"viewer"}


def test_who_was_made_by_the_proposer_does_not_decide(north: Crew, office: User) -> None:
    refused(north, office, made_by(office))


def test_nor_does_the_maker_on_a_proposal_of_theirs(north: Crew, office: User) -> None:
    refused(north, made_by(office), office)


def test_nor_someone_made_through_others(north: Crew, office: User) -> None:
    refused(north, office, made_by(made_by(made_by(office))))


def test_nor_two_made_by_the_same(north: Crew, office: User) -> None:
    refused(north, made_by(office), made_by(office))


def test_ending_and_making_anew_does_not_wash_it_off(north: Crew, office: User) -> None:
    friend, other = made_by(office), administrator()
    end_administrator(user=friend, reason=REASON, actor=other)
    made_by(other, friend)
    refused(north, office, friend)


def test_addresses_longer_than_the_trail_keeps_are_found_too(north: Crew, office: User) -> None:
    long = UserFactory.create(email=f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example")
    refused(north, office, made_by(office, long))


def test_two_made_on_the_server_decide_whatever_others_they_made(north: Crew, office: User) -> None:
    second = administrator()
    made_by(office)
    made_by(second)
    row = give(user=north.viewer, system=north.system, role="system_leader", actor=office)
    assert isinstance(row, Appointment)
    decide(appointment=row, accepted=True, actor=made_by(second))
    assert north.roles(north.viewer) == {"viewer", "system_leader"}


def test_a_leader_in_post_decides_whoever_made_them_an_administrator(
    north: Crew, office: User
) -> None:
    lead = MembershipFactory.create(system=north.system, role="delivery_leader").user
    made_by(office, lead)
    row = give(user=north.viewer, system=north.system, role="system_leader", actor=office)
    assert isinstance(row, Appointment)
    decide(appointment=row, accepted=True, actor=lead)
    assert north.roles(north.viewer) == {"viewer", "system_leader"}
