"""Taking someone off a round: with a reason, and at once."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter, prove
from reviews.models import Participant, Round
from reviews.services import participants
from reviews.tests.factories import ParticipantFactory, RoundFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db
WHY = {"reason": "Moved to another department."}


@pytest.fixture
def part() -> Participant:
    return ParticipantFactory.create()


def to(part: Participant) -> str:
    return address("remove_participant", part.round, part.pk)


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_the_unit_takes_someone_off(client: Client, part: Participant, role: str) -> None:
    user = enter(client, part.round.system, role)
    assert str(part.user) in client.get(to(part)).content.decode()
    assert client.post(to(part), WHY)["Location"] == address("review", part.round)
    assert not Participant.objects.exists()
    line = AuditEntry.objects.about(part).get()
    assert (line.action, line.actor, line.reason) == ("take off", user, WHY["reason"])
    assert line.before["user"] == part.user.email
    prove(client, part.user)
    assert client.get(address("review", part.round)).status_code == 404


@pytest.mark.parametrize("reason", ["", "   ", "too short"])
def test_a_reason_must_say_something(client: Client, part: Participant, reason: str) -> None:
    enter(client, part.round.system, "unit_staff")
    assert client.post(to(part), {"reason": reason}).status_code == 400
    assert Participant.objects.exists()


def test_who_is_taken_off_already_is_said(part: Participant) -> None:
    participants.take_off(participant=part, reason=WHY["reason"])
    with pytest.raises(ValidationError, match="any more"):
        participants.take_off(participant=part, reason=WHY["reason"])
    assert AuditEntry.objects.about(part).count() == 1


def test_a_part_in_another_round_is_not_found(client: Client, part: Participant) -> None:
    other: Round = RoundFactory.create(system=part.round.system)
    enter(client, part.round.system, "delivery_leader")
    assert client.post(address("remove_participant", other, part.pk), WHY).status_code == 404
    assert Participant.objects.exists()


def test_others_are_refused(client: Client, part: Participant) -> None:
    assert answers(client, part.round, "post", to(part), WHY) == REFUSED
    assert Participant.objects.filter(pk=part.pk).exists()


def test_other_methods_are_refused(client: Client, part: Participant) -> None:
    enter(client, part.round.system, "unit_staff")
    assert client.delete(to(part)).status_code == 405
