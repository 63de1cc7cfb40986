"""Reminding those who have not finished: to them alone, once a day, and nobody is told who."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from people.models import AuditEntry, Membership
from people.tests.entering import enter
from reviews.models import Round
from reviews.services import reminders
from reviews.tests.factories import GuestFactory, ParticipantFactory, RoundFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return RoundFactory.create(title="Spring pass")


def test_who_has_not_finished_gets_a_mail(
    client: Client, row: Round, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    now = timezone.now()
    member = ParticipantFactory.create(round=row, kind="self")
    signer = ParticipantFactory.create(round=row, kind="unit", signs=True)
    guest = GuestFactory.create(round=row)
    for fields in ({"finished_at": now}, {"taken_back_at": now}, {"left_at": now}):
        ParticipantFactory.create(round=row, kind="self", **fields)
    ParticipantFactory.create(round=row, kind="independent")
    gone = ParticipantFactory.create(round=row, kind="self")
    Membership.objects.filter(user=gone.user).delete()
    ParticipantFactory.create(kind="self")
    user = enter(client, row.system, "unit_staff")
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(address("remind_raters", row), follow=True).content.decode()
    told = {one.to[0]: one.body for one in mail.outbox}
    assert set(told) == {member.address, signer.address, guest.email}
    assert address("score_sheet", row) in told[member.address]
    assert "/invitations/review/link/" in told[guest.email]
    assert "one signed sheet" in told[signer.address]
    assert "Nobody is told who." in page
    line = AuditEntry.objects.about(row).get(action="remind")
    assert (line.actor, line.before, line.after) == (user, {}, {})


@pytest.mark.parametrize(("due", "words"), [
    (date(2099, 2, 1), "is planned to close on 1 February 2099."),
    (date(2020, 2, 1), "still takes answers until it closes."),
])  # fmt: skip
def test_no_mail_names_a_day_that_is_over(
    row: Round, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, due: date,
    words: str,
) -> None:  # fmt: skip
    Round.objects.filter(pk=row.pk).update(starts=date(2020, 1, 1), due=due)
    ParticipantFactory.create(round=row, kind="self")
    GuestFactory.create(round=row)
    with django_capture_on_commit_callbacks(execute=True):
        reminders.remind(round=row)
    assert len(mail.outbox) == 2
    for one in mail.outbox:
        assert f"{words} You have not pressed “I have finished” yet." in one.body
        assert "Answers are taken until the review closes" in one.body
        assert "2020" not in one.body


def test_once_a_day_is_enough(client: Client, row: Round) -> None:
    ParticipantFactory.create(round=row, kind="self")
    enter(client, row.system, "unit_staff")
    to = address("remind_raters", row)
    assert to in client.get(address("review", row)).content.decode()
    assert client.post(to).status_code == 302
    assert to not in client.get(address("review", row)).content.decode()
    response = client.post(to)
    assert response.status_code == 400
    assert "Send the next ones tomorrow." in response.content.decode()
    tomorrow = timezone.now() + timedelta(hours=25)
    with patch.object(timezone, "now", return_value=tomorrow):
        reminders.remind(round=row)
    assert AuditEntry.objects.filter(action="remind").count() == 2


@pytest.mark.parametrize("fields", [
    {"state": "draft"}, {"state": "closed", "closed_at": "2026-03-27T12:00Z"},
])  # fmt: skip
def test_only_an_open_review_reminds(client: Client, row: Round, fields: dict[str, str]) -> None:
    Round.objects.update(**fields)
    enter(client, row.system, "unit_staff")
    response = client.post(address("remind_raters", row))
    assert response.status_code == 400
    assert "is not open" in response.content.decode()


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("remind_raters", row)) == REFUSED
    assert not AuditEntry.objects.filter(action="remind").exists()


def test_it_is_only_posted(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.get(address("remind_raters", row)).status_code == 405
