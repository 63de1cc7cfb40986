"""Closing a round: nothing is added to it from there on."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import AuditEntry, User
from people.tests.entering import enter
from people.tests.factories import UserFactory
from reviews.models import Round
from reviews.services import participants, rounds
from reviews.tests.factories import ParticipantFactory, RoundFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return RoundFactory.create()


def test_the_unit_closes_it(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.post(address("close_round", row))["Location"] == address("review", row)
    row.refresh_from_db()
    assert (row.state, row.version, row.closed_at is None) == ("closed", 2, False)
    assert AuditEntry.objects.about(row).get().after["state"] == "closed"


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_an_open_one_is_closed(client: Client, row: Round, state: str) -> None:
    if state == "closed":
        rounds.close(round=row)
    else:
        Round.objects.filter(pk=row.pk).update(state="draft")
    enter(client, row.system, "unit_staff")
    response = client.post(address("close_round", row))
    assert response.status_code == 400
    assert "is not open" in response.content.decode()


def test_nobody_is_named_or_taken_off_any_more(row: Round) -> None:
    part = ParticipantFactory.create(round=row)
    rounds.close(round=row)
    with pytest.raises(ValidationError, match="is closed"):
        participants.name(round=row, user=part.user, kind="unit", actor=leader(row))
    with pytest.raises(ValidationError, match="is closed"):
        participants.take_off(participant=part, reason="A reason that is long enough.")


def leader(row: Round) -> User:
    user: User = UserFactory.create()
    user.memberships.create(system=row.system, role="delivery_leader")
    return user


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("close_round", row)) == REFUSED
    row.refresh_from_db()
    assert row.state == "open"


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_it_takes_a_post(client: Client, row: Round, method: str) -> None:
    enter(client, row.system, "unit_staff")
    assert getattr(client, method)(address("close_round", row)).status_code == 405
