"""Asking for a new link: the answer is the same whatever became of the old one."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import AuditEntry
from reviews.models import Participant, Round, ScoringLink
from reviews.services.links import digest
from reviews.tests.factories import GuestFactory, ScoringLinkFactory
from reviews.tests.scoring import asked_round

pytestmark = pytest.mark.django_db(transaction=True)
OLD = "an-old-secret"


@pytest.fixture
def guest() -> Participant:
    found: Participant = GuestFactory.create(round=asked_round(), email="head@sunrise.example")
    ScoringLinkFactory.create(
        participant=found, digest=digest(OLD), used_at=timezone.now(),
        sent_at=timezone.now() - timedelta(days=3),
    )  # fmt: skip
    return found


def ask(client: Client, secret: str = OLD) -> str:
    response = client.post(reverse("renew_scoring_link", args=[secret]))
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert response["Referrer-Policy"] == "strict-origin"
    return str(response.content.decode())


def test_a_new_link_goes_to_the_address_we_hold_and_works(
    client: Client, guest: Participant
) -> None:
    before = AuditEntry.objects.count()
    ask(client)
    assert [message.to for message in mail.outbox] == [["head@sunrise.example"]]
    assert ScoringLink.objects.filter(used_at=None, ended_at=None).count() == 1
    assert AuditEntry.objects.count() == before
    sent = str(mail.outbox[0].body)
    path = next(word for word in sent.split() if "/invitations/review/link/" in word)
    address = path[path.index("/invitations") :]
    assert client.post(address)["Location"] == reverse("guest_review")
    assert client.get(reverse("guest_review")).status_code == 200


def test_who_used_a_link_just_now_may_come_back_at_once(client: Client, guest: Participant) -> None:
    ask(client)
    ask(client)
    assert len(mail.outbox) == 1, "the one just sent still works"
    ScoringLink.objects.filter(used_at=None).update(used_at=timezone.now())
    ask(client)
    assert len(mail.outbox) == 2
    ScoringLink.objects.filter(used_at=None, ended_at=None).update(ended_at=timezone.now())
    ask(client)
    assert len(mail.outbox) == 3


def test_the_answer_tells_nothing(client: Client, guest: Participant) -> None:
    known = ask(client)
    too_soon = ask(client)
    unknown = ask(client, "unheard-of")
    Round.objects.update(state="closed", closed_at=timezone.now())
    closed = ask(client)
    assert known == too_soon == unknown == closed
    assert len(mail.outbox) == 1


def test_who_was_taken_off_gets_none(client: Client, guest: Participant) -> None:
    Participant.objects.update(left_at=timezone.now())
    ask(client)
    assert mail.outbox == []


def test_reading_it_sends_nothing(client: Client, guest: Participant) -> None:
    assert client.get(reverse("renew_scoring_link", args=[OLD])).status_code == 405
    assert mail.outbox == []
