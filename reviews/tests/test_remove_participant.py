"""Taking someone off a round: with a reason, and at once."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter, prove
from reviews.models import Participant, Round
from reviews.services import participants
from reviews.tests.factories import (
    ParticipantFactory,
    RoundFactory,
    ScoreFactory,
    ScoringLinkFactory,
)
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
    assert part.user
    assert str(part.user) in client.get(to(part)).content.decode()
    assert client.post(to(part), WHY)["Location"] == address("review", part.round)
    assert not Participant.objects.present().exists()
    line = AuditEntry.objects.about(part).get()
    assert (line.action, line.actor, line.reason) == ("take off", user, WHY["reason"])
    assert line.before["user"] == str(part.user)
    prove(client, part.user)
    assert client.get(address("review", part.round)).status_code == 404


@pytest.mark.parametrize("scored", [True, False])
def test_nothing_tells_whether_they_had_scored(
    client: Client, part: Participant, scored: bool
) -> None:
    Participant.objects.update(kind="self")
    if scored:
        ScoreFactory.create(participant=part)
    enter(client, part.round.system, "unit_staff")
    assert client.post(to(part), WHY).status_code == 302
    assert (
        str(part.user)
        not in client.get(address("review", part.round))
        .content.decode()
        .split('role="status"')[-1]
        .partition("</p>")[2]
    )
    assert Participant.objects.get().left_at is not None
    assert part.scores.count() == scored
    assert client.get(to(part)).status_code == 404


def test_before_the_round_is_open_the_part_is_gone(client: Client, part: Participant) -> None:
    Round.objects.update(state="draft")
    enter(client, part.round.system, "unit_staff")
    client.post(to(part), WHY)
    assert not Participant.objects.exists()


def test_a_guest_is_taken_off_and_the_link_ends() -> None:
    link = ScoringLinkFactory.create()
    participants.take_off(participant=link.participant, reason=WHY["reason"])
    link.refresh_from_db()
    assert link.ended_at is not None


@pytest.mark.parametrize("reason", ["", "   ", "too short"])
def test_a_reason_must_say_something(client: Client, part: Participant, reason: str) -> None:
    enter(client, part.round.system, "unit_staff")
    assert client.post(to(part), {"reason": reason}).status_code == 400
    assert Participant.objects.present().exists()


def test_who_is_taken_off_already_is_said(part: Participant) -> None:
    participants.take_off(participant=part, reason=WHY["reason"])
    with pytest.raises(ValidationError, match="any more"):
        participants.take_off(participant=part, reason=WHY["reason"])
    assert AuditEntry.objects.about(part).count() == 1


def test_a_part_in_another_round_is_not_found(client: Client, part: Participant) -> None:
    other: Round = RoundFactory.create(system=part.round.system)
    enter(client, part.round.system, "delivery_leader")
    assert client.post(address("remove_participant", other, part.pk), WHY).status_code == 404
    assert Participant.objects.present().exists()


def test_others_are_refused(client: Client, part: Participant) -> None:
    assert answers(client, part.round, "post", to(part), WHY) == REFUSED
    assert Participant.objects.present().filter(pk=part.pk).exists()


def test_other_methods_are_refused(client: Client, part: Participant) -> None:
    enter(client, part.round.system, "unit_staff")
    assert client.delete(to(part)).status_code == 405
