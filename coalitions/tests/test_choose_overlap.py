"""Choosing a group: who is in another coalition too is told there, to who may open both."""

import pytest
from django.test import Client

from coalitions.models import Candidate, Coalition, Status
from coalitions.tests.choosing import candidate
from coalitions.tests.factories import CandidateFactory, CoalitionFactory, StandingFactory
from coalitions.tests.ladder import address, be_delegate
from people.models import Opening
from people.tests.entering import enter

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def one() -> Candidate:
    """On the short list here, and in the coalition for everyone to graduate."""
    row: Coalition = CoalitionFactory.create()
    one = candidate(row, Status.SHORTLISTED)
    there = CandidateFactory.create(
        coalition__aspiration__system=row.system, actor=one.actor,
        coalition__aspiration__title="Everyone graduates",
    )  # fmt: skip
    StandingFactory.create(candidate=there, status=Status.MEMBER)
    return one


def opened(client: Client, row: Coalition) -> str:
    response = client.get(address("choose_group", row))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_is_told_while_choosing_and_logged(client: Client, one: Candidate) -> None:
    row = one.coalition
    apart = CoalitionFactory.create(aspiration__system=row.system)
    enter(client, row.system, "delivery_leader")
    part = opened(client, row).split('id="overlap"')[1]
    assert f"Everyone graduates</a>: {one.actor.name}." in part
    assert "100% of the smaller of the two." in part
    other = Coalition.objects.get(aspiration__title="Everyone graduates")
    logged = sorted(Opening.objects.values_list("object_key", flat=True))
    assert logged == sorted(str(place.pk) for place in (row, other, apart))


def test_trying_a_choice_opens_no_other(client: Client, one: Candidate) -> None:
    enter(client, one.system, "delivery_leader")
    client.post(address("check_group", one.coalition), {"on": ["1"]})
    assert [line.object_key for line in Opening.objects.all()] == [str(one.coalition.pk)]


def test_a_delegate_learns_nothing_of_other_coalitions(client: Client, one: Candidate) -> None:
    be_delegate(client, one.coalition)
    page = opened(client, one.coalition)
    assert "Everyone graduates" not in page
    assert "No other coalition is open to you." in page
    assert Opening.objects.count() == 1
