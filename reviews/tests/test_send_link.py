"""The unit sends a guest a new link."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Participant, Round
from reviews.tests.factories import (
    GuestFactory,
    ParticipantFactory,
    RoundFactory,
    ScoringLinkFactory,
)
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def guest() -> Participant:
    part: Participant = GuestFactory.create(round__title="Spring pass", name="Head of a school")
    return part


def to(part: Participant) -> str:
    return address("send_link", part.round, part.pk)


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_the_unit_sends_a_new_link_and_the_old_one_ends(
    client: Client, guest: Participant, role: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    old = ScoringLinkFactory.create(participant=guest)
    user = enter(client, guest.round.system, role)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(to(guest))
    assert response["Location"] == address("review", guest.round)
    old.refresh_from_db()
    assert old.ended_at is not None
    assert guest.links.filter(ended_at=None).count() == 1
    assert mail.outbox[0].to == [guest.email]
    line = AuditEntry.objects.about(guest).get()
    assert (line.actor, line.action, line.after["to"]) == (user, "send link", "Head of a school")


def test_the_page_tells_the_first_link_alone(client: Client, guest: Participant) -> None:
    ScoringLinkFactory.create(
        participant=guest, sent_at="2026-03-03T09:00Z", used_at="2026-03-04T09:00Z"
    )
    ScoringLinkFactory.create(participant=guest, sent_at="2026-03-09T09:00Z")
    enter(client, guest.round.system, "unit_staff")
    page = client.get(address("review", guest.round)).content.decode()
    assert "First sent on 3 Mar 2026" in page
    assert "9 Mar 2026" not in page
    assert "4 Mar 2026" not in page


@pytest.mark.parametrize(("fields", "said"), [
    ({"state": "draft"}, "is not open yet"),
    ({"state": "closed", "closed_at": "2026-03-27T12:00Z"}, "is closed"),
])  # fmt: skip
def test_a_review_that_is_not_open_sends_none(
    client: Client, guest: Participant, fields: dict[str, str], said: str
) -> None:
    Round.objects.update(**fields)
    enter(client, guest.round.system, "unit_staff")
    response = client.post(to(guest))
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not guest.links.exists()


def test_a_member_needs_none(client: Client) -> None:
    part = ParticipantFactory.create()
    enter(client, part.round.system, "unit_staff")
    response = client.post(to(part))
    assert response.status_code == 400
    assert "has an account, and needs no link" in response.content.decode()


def test_who_was_taken_off_or_is_of_another_round_is_not_found(
    client: Client, guest: Participant
) -> None:
    enter(client, guest.round.system, "unit_staff")
    other = RoundFactory.create(system=guest.round.system)
    assert client.post(address("send_link", other, guest.pk)).status_code == 404
    Participant.objects.update(left_at=timezone.now())
    assert client.post(to(guest)).status_code == 404
    assert not guest.links.exists()


def test_others_are_refused(client: Client, guest: Participant) -> None:
    assert answers(client, guest.round, "post", to(guest)) == REFUSED
    assert not guest.links.exists()


def test_it_is_only_posted(client: Client, guest: Participant) -> None:
    enter(client, guest.round.system, "unit_staff")
    assert client.get(to(guest)).status_code == 405
