"""Offering someone a role by mail."""

import hashlib
import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from people.models import AuditEntry, Invitation, Role
from people.tests.crew import (
    Crew,
    address_in,
    administrator,
    assert_for_leaders_only,
    assert_methods,
    crew,
    invited,
)
from people.tests.factories import MembershipFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db(transaction=True)
OFFER = {"email": "New@Example.org", "role": "viewer"}


@pytest.fixture
def north() -> Crew:
    return crew()


def test_a_mail_goes_out_with_a_link_of_which_only_a_hash_is_kept(north: Crew) -> None:
    client = client_of(north.leader)
    answer = client.post(
        north.address("invite_member"), OFFER | {"note": "See you on Monday."}, follow=True
    )
    assert answer.redirect_chain == [("/north/members/", 302)]
    assert "new@example.org is invited" in answer.content.decode()
    row = Invitation.objects.get()
    assert (row.email, row.role, row.invited_by) == ("new@example.org", "viewer", north.leader)
    term = row.expires_at - timezone.now()
    assert timedelta(0) < timedelta(settings.INVITATION_DAYS) - term < timedelta(minutes=5)
    secret = address_in(row).split("/")[2]
    assert len(secret) >= 43
    assert row.digest == hashlib.sha256(secret.encode()).hexdigest()
    [line] = AuditEntry.objects.filter(action="invite")
    assert (line.actor, line.role, line.object_key) == (
        north.leader, "delivery_leader", "new@example.org"
    )  # fmt: skip
    told = str([list(AuditEntry.objects.values()), list(Invitation.objects.values())])
    assert secret not in told + answer.content.decode()


def test_the_mail_says_who_invites_to_what_and_watches_nobody(north: Crew) -> None:
    client = client_of(north.leader)
    client.post(north.address("invite_member"), OFFER | {"note": "Tea & <b>bread</b>"})
    [message] = mail.outbox
    assert message.to == ["new@example.org"]
    body = str(message.body)
    for words in ("North delivery_leader invites you", "North, as Viewer", "Tea & <b>bread</b>"):
        assert words in body
    assert body.count("http") == 1
    assert not getattr(message, "alternatives", [])


def test_every_role_is_offered_with_what_it_is_for(north: Crew) -> None:
    page = client_of(north.leader).get(north.address("invite_member")).content.decode()
    for role in Role:
        assert f'value="{role.value}"' in page
    assert "sees the capacity review they are named on" in page


def test_an_administrator_may(north: Crew) -> None:
    client = client_of(administrator())
    assert client.post(north.address("invite_member"), OFFER).status_code == 302


def test_others_may_not(north: Crew) -> None:
    assert_for_leaders_only(north, north.address("invite_member"), OFFER)


REFUSED = [
    ({"email": "nobody"}, "This is no e-mail address"),
    ({"email": ""}, "Give the e-mail address to invite"),
    ({"role": ""}, "Choose what they will be"),
    ({"role": "emperor"}, "emperor"),
    ({"role": "administrator"}, "administrator"),
    ({"email": "delivery_leader@north.example"}, "Nobody invites themselves"),
    ({"email": "VIEWER@north.example"}, "is Viewer here already"),
    ({"email": "open@example.org"}, "Renew that invitation, or withdraw it first"),
    ({"note": "x" * 501}, "500"),
]


@pytest.mark.parametrize(("change", "words"), REFUSED)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    north: Crew, change: dict[str, str], words: str
) -> None:
    invited(north.system, north.leader, "open@example.org")
    sent = OFFER | {"note": "See you on Monday."} | change
    answer = client_of(north.leader).post(north.address("invite_member"), sent)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert words in page
    assert sent["note"] in page
    assert Invitation.objects.count() == len(mail.outbox) == 1


def test_reading_the_form_invites_nobody(north: Crew) -> None:
    client_of(north.leader).get(north.address("invite_member"), OFFER)
    assert not Invitation.objects.exists()


def test_a_mail_that_cannot_be_sent_is_logged_and_undoes_nothing(
    north: Crew, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError("no mail server")

    monkeypatch.setattr("people.notices.send_mail", broken)
    with caplog.at_level(logging.INFO):
        answer = client_of(north.leader).post(north.address("invite_member"), OFFER)
    assert answer.status_code == 302
    assert Invitation.objects.count() == 1
    assert "A mail could not be sent" in caplog.text
    assert "/invitations/" not in caplog.text


def test_too_many_have_to_wait(north: Crew, settings: object) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "invite": "1/h/user"}  # type: ignore[attr-defined]
    client = client_of(north.leader)
    assert client.post(north.address("invite_member"), OFFER).status_code == 302
    answer = client.post(north.address("invite_member"), OFFER | {"email": "b@example.org"})
    assert answer.status_code == 429
    assert Invitation.objects.count() == 1


def test_a_leader_of_a_parent_does_not_invite_below(north: Crew) -> None:
    above = MembershipFactory(role="delivery_leader", system__slug="state")
    north.system.parent = above.system
    north.system.save()
    assert client_of(above.user).get(north.address("invite_member")).status_code == 404


def test_other_methods_are_refused(north: Crew) -> None:
    assert_methods(north, north.address("invite_member"), {"get", "post"})
