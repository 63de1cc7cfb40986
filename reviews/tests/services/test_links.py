"""Links for guests: opened once, late, twice, at once; renewed, ended, and never told of."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from people.models import AuditEntry
from people.tests.factories import MembershipFactory
from reviews.models import Participant, Round, ScoringLink
from reviews.services import links, participants
from reviews.services.links import LinkOver
from reviews.tests.factories import GuestFactory, ParticipantFactory, RoundFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
SECRET = re.compile(r"/link/([\w-]+)/")


@pytest.fixture
def guest() -> Participant:
    part: Participant = GuestFactory.create(round__title="Spring pass")
    return part


@pytest.fixture
def post(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Any:
    """Do something, and hand back the secrets that were mailed."""

    def done(act: Any, *given: Any, **named: Any) -> list[str]:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            act(*given, **named)
        return [SECRET.findall(str(one.body))[0] for one in mail.outbox[before:]]

    return done


def test_only_the_hash_of_the_secret_is_kept(guest: Participant, post: Any) -> None:
    (secret,) = post(links.send, guest)
    link = guest.links.get()
    assert len(secret) >= 43
    assert secret not in str(ScoringLink.objects.values().get())
    assert link.digest == links.digest(secret)
    assert link.expires_at - link.sent_at == timedelta(days=14)


def test_a_link_opens_once(guest: Participant, post: Any) -> None:
    (secret,) = post(links.send, guest)
    assert links.open_link(secret) == guest
    with pytest.raises(LinkOver, match="was used before") as refusal:
        links.open_link(secret)
    assert (refusal.value.code, refusal.value.renews) == ("used", True)


def moved(link: ScoringLink, why: str) -> None:
    part = Participant.objects.filter(pk=link.participant_id)
    rounds = Round.objects.filter(pk=link.participant.round_id)
    now = timezone.now()
    acts: dict[str, Any] = {
        "expired": lambda: ScoringLink.objects.update(
            sent_at=now - timedelta(days=15), expires_at=now - timedelta(days=1)
        ),
        "ended": lambda: links.end(link.participant),
        "left": lambda: part.update(left_at=now),
        "closed": lambda: rounds.update(state="closed", closed_at=now),
        "draft": lambda: rounds.update(state="draft"),
        "used": lambda: ScoringLink.objects.update(used_at=now),
    }
    acts[why]()


@pytest.mark.parametrize(("why", "renews"), [
    ("expired", True), ("ended", True), ("used", True),
    ("left", False), ("closed", False), ("draft", False),
])  # fmt: skip
def test_a_link_that_is_over_says_why_and_whether_another_helps(
    guest: Participant, post: Any, why: str, renews: bool
) -> None:
    (secret,) = post(links.send, guest)
    moved(guest.links.get(), why)
    with pytest.raises(LinkOver) as refusal:
        links.open_link(secret)
    assert (refusal.value.code, refusal.value.renews) == (why, renews)
    ScoringLink.objects.update(sent_at=timezone.now() - timedelta(days=30))
    assert len(post(links.renew, secret)) == renews


def test_an_unknown_secret_opens_nothing_and_asks_for_nothing(post: Any) -> None:
    for secret in ("", "x" * 5000, "a\x00b"):
        assert links.find(secret) is None
        with pytest.raises(LinkOver, match="No review knows this link"):
            links.open_link(secret)
        assert post(links.renew, secret) == []


def test_a_newer_link_ends_the_older(guest: Participant, post: Any) -> None:
    (old,) = post(links.send, guest)
    (new,) = post(links.send, guest)
    with pytest.raises(LinkOver, match="A newer link"):
        links.open_link(old)
    assert links.open_link(new) == guest


def test_no_new_link_is_sent_while_one_that_works_is_on_its_way(
    guest: Participant, post: Any
) -> None:
    (secret,) = post(links.send, guest)
    assert post(links.renew, secret) == []
    links.open_link(secret)
    (new,) = post(links.renew, secret)
    assert mail.outbox[-1].to == [guest.email]
    assert post(links.renew, secret) == []
    ScoringLink.objects.update(sent_at=timezone.now() - timedelta(minutes=11))
    (newest,) = post(links.renew, secret)
    assert links.open_link(newest) == guest
    assert new != newest


def test_no_line_of_the_trail_tells_that_a_guest_came(guest: Participant, post: Any) -> None:
    (secret,) = post(links.send, guest)
    links.open_link(secret)
    ScoringLink.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    post(links.renew, secret)
    assert not AuditEntry.objects.exists()


def test_the_opening_sends_every_guest_who_scores_a_link(post: Any) -> None:
    row = RoundFactory.create()
    asked = GuestFactory.create_batch(3, round=row)
    signer = GuestFactory.create(round=row, kind="independent", signs=True)
    GuestFactory.create(round=row, left_at=timezone.now())
    GuestFactory.create()
    ParticipantFactory.create(round=row, kind="self")
    assert len(post(links.send_all, round=row)) == 4
    assert {to for one in mail.outbox for to in one.to} == {
        part.email for part in (*asked, signer)
    }  # fmt: skip


def test_the_closing_ends_every_link_of_the_round(guest: Participant, post: Any) -> None:
    other = GuestFactory.create()
    post(links.send, guest)
    post(links.send, other)
    links.end_all(guest.round)
    live = ScoringLink.objects.filter(ended_at=None)
    assert [link.participant for link in live] == [other]


def test_only_the_unit_sends_a_new_link(guest: Participant) -> None:
    reader = MembershipFactory.create(system=guest.round.system, role="system_leader").user
    with pytest.raises(PermissionDenied):
        links.send_again(participant=guest, actor=reader)
    assert not guest.links.exists()


def test_who_has_an_account_needs_no_link() -> None:
    part = ParticipantFactory.create()
    with pytest.raises(ValidationError, match="has an account, and needs no link"):
        links.send_again(participant=part)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="row locks")
def test_two_who_open_a_link_at_once_come_in_once() -> None:
    part = GuestFactory.create()
    secret = "s" * 43
    ScoringLink.objects.create(
        participant=part, digest=links.digest(secret),
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip

    def attempt(_number: int) -> str:
        try:
            return str(links.open_link(secret).pk)
        except LinkOver as problem:
            return str(problem.code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        found = sorted(pool.map(attempt, range(4)))
    assert found == sorted([str(part.pk), "used", "used", "used"])


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="row locks")
def test_two_who_ask_at_once_get_one_mail() -> None:
    part = GuestFactory.create()
    hour_ago = timezone.now() - timedelta(hours=1)
    ScoringLink.objects.create(
        participant=part, digest=links.digest("old"), sent_at=hour_ago, used_at=hour_ago,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip

    def attempt(_number: int) -> None:
        try:
            links.renew("old")
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(attempt, range(3)))
    assert len(mail.outbox) == 1
    assert part.links.count() == 2


def test_taken_off_means_the_link_is_over(guest: Participant, post: Any) -> None:
    (secret,) = post(links.send, guest)
    participants.take_off(participant=guest, reason="Moved to another town.")
    with pytest.raises(LinkOver) as refusal:
        links.open_link(secret)
    assert refusal.value.code == "left"
