"""Inviting someone without an account: a link by mail, once the round is open."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from people.models import AuditEntry
from people.tests.entering import enter
from people.tests.factories import MembershipFactory
from reviews.models import Participant, Round
from reviews.services import participants
from reviews.tests.factories import (
    ElementFactory,
    GuestFactory,
    ParticipantFactory,
    RoundFactory,
)
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db
FILLED = {
    "name": "Head of a school", "email": "Head@School.example", "body": "Hill School",
    "kind": "interviewee", "tier": "front_line",
}  # fmt: skip


@pytest.fixture
def row() -> Round:
    return RoundFactory.create(
        title="Spring pass", system__name="Meridian", system__reporting_date=date(2026, 3, 10)
    )


def test_an_open_review_sends_the_link_at_once(
    client: Client, row: Round, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    assert row.rubric
    ElementFactory.create_batch(15, rubric=row.rubric)
    user = enter(client, row.system, "unit_staff")
    assert client.get(address("invite_guest", row)).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address("invite_guest", row), FILLED)
    assert response["Location"] == address("review", row)
    part = Participant.objects.get()
    assert (part.user, part.email, part.name, part.named_by) == (
        None, "head@school.example", "Head of a school", user,
    )  # fmt: skip
    assert part.links.count() == 1
    (sent,) = mail.outbox
    assert sent.to == ["head@school.example"]
    assert sent.subject == "Meridian asks for your view: Spring pass"
    for words in (
        "Dear Head of a school,", "Whether the unit can deliver.", "four or more people",
        "shuffled and without names",
        "about 30 minutes", "27 March 2026", "/invitations/review/link/", user.email,
    ):  # fmt: skip
        assert words in sent.body
    assert "&#" not in sent.body


def test_before_the_opening_no_link_is_sent(
    client: Client, row: Round, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    Round.objects.update(state="draft")
    enter(client, row.system, "delivery_leader")
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(address("invite_guest", row), FILLED, follow=True).content.decode()
    assert "once the review is open" in page
    assert mail.outbox == []
    assert "Goes out at the opening" in page


def test_a_body_that_signs_is_promised_what_is_true(
    client: Client, row: Round, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    enter(client, row.system, "unit_staff")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address("invite_guest", row), {**FILLED, "kind": "independent", "signs": "on"})
    assert "the one signed sheet of Hill School" in mail.outbox[0].body
    assert "confidential" not in mail.outbox[0].body


BAD: list[tuple[dict[str, Any], str]] = [
    ({"name": ""}, "Give the name."),
    ({"name": "x" * 121}, "120"),
    ({"name": "a\x00b"}, "Null characters"),
    ({"email": ""}, "Give the address."),
    ({"email": "head at school"}, "That is no e-mail address"),
    ({"email": "a@" + "b" * 300 + ".example"}, "254"),
    ({"kind": "unit"}, "Choose one of the list."),
    ({"kind": "independent"}, "Tick this, or choose another part."),
    ({"kind": "survey", "signs": "on"}, "sheets are signed"),
    ({"tier": "king"}, "Choose one of the list."),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, row: Round, wrong: dict[str, Any], said: str
) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("invite_guest", row), {**FILLED, **wrong})
    assert response.status_code == 400
    assert said in response.content.decode()
    assert "Hill School" in response.content.decode()
    assert not Participant.objects.exists()


def test_the_unit_speaks_with_an_account(row: Round) -> None:
    actor = MembershipFactory.create(system=row.system).user
    with pytest.raises(ValidationError, match="has an account"):
        participants.invite(
            round=row, name="Analyst", email="a@example.org", kind="unit", signs=True, actor=actor
        )


def test_a_member_is_named_and_not_invited(client: Client, row: Round) -> None:
    MembershipFactory.create(
        system=row.system, role="viewer", user__email="head@school.example"
    )  # fmt: skip
    enter(client, row.system, "unit_staff")
    response = client.post(address("invite_guest", row), FILLED)
    assert response.status_code == 400
    assert "is the address of a member" in response.content.decode()


def test_who_scored_as_a_member_is_no_guest_beside_it(client: Client, row: Round) -> None:
    member = MembershipFactory.create(system=row.system, user__email="head@school.example")
    part = ParticipantFactory.create(round=row, user=member.user)
    member.delete()
    participants.take_off(participant=part, reason="Lost the account.")
    enter(client, row.system, "unit_staff")
    assert client.post(address("invite_guest", row), FILLED).status_code == 400


def test_nobody_invites_themselves(client: Client, row: Round) -> None:
    user = enter(client, row.system, "unit_staff")
    response = client.post(address("invite_guest", row), {**FILLED, "email": user.email.upper()})
    assert response.status_code == 400
    assert "Nobody invites themselves" in response.content.decode()


def test_nobody_is_invited_twice_and_who_was_taken_off_comes_back(
    client: Client, row: Round
) -> None:
    guest = GuestFactory.create(round=row, email="head@school.example")
    enter(client, row.system, "unit_staff")
    response = client.post(address("invite_guest", row), FILLED)
    assert response.status_code == 400
    assert "is invited to “Spring pass” already" in response.content.decode()
    participants.take_off(participant=guest, reason="Away for a while.")
    assert client.post(address("invite_guest", row), FILLED).status_code == 302
    guest.refresh_from_db()
    assert (guest.left_at, guest.name) == (None, "Head of a school")


def test_a_closed_review_invites_nobody(client: Client, row: Round) -> None:
    Round.objects.update(state="closed", closed_at="2026-03-27T12:00Z")
    enter(client, row.system, "unit_staff")
    response = client.post(address("invite_guest", row), FILLED)
    assert response.status_code == 400
    assert "is closed" in response.content.decode()


def test_the_trail_says_who_invited(client: Client, row: Round) -> None:
    user = enter(client, row.system, "unit_staff")
    client.post(address("invite_guest", row), FILLED)
    line = AuditEntry.objects.about(Participant.objects.get()).get()
    assert (line.actor, line.action, line.after["email"]) == (user, "create", "head@school.example")


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("invite_guest", row), FILLED) == REFUSED
    assert not row.participants.filter(user=None).exists()


def test_its_form_is_refused_alike(client: Client, row: Round) -> None:
    assert answers(client, row, "get", address("invite_guest", row)) == REFUSED


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(address("invite_guest", row)).status_code == 405
