"""The morning's mail: to whom, when, with what, and once only."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aspirations.models import Metric
from aspirations.tests.factories import AspirationFactory
from coalitions.models import Coalition
from delivery import tasks
from delivery.notices.digest import is_due, send_digests
from delivery.tests.notices.scene import late, member, metric, series, system
from people.models import NoticeChoice, Role, System, User
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 16, 7, 5, tzinfo=UTC)


@pytest.fixture
def meridian() -> System:
    place = system()
    late(series(metric(place, "Reading", slug="reading")))
    return place


def chosen(place: System, digest: str = "daily", **fields: Any) -> User:
    user = member(place, fields.pop("role", Role.UNIT_STAFF))
    NoticeChoice.objects.create(user=user, digest=digest, **fields)
    return user


def send(now: datetime = MONDAY) -> list[str]:
    """Who gets a mail now."""
    mail.outbox.clear()
    send_digests(now=now)
    return [to for message in mail.outbox for to in message.to]


def body() -> str:
    [message] = mail.outbox
    assert not getattr(message, "alternatives", [])
    return str(message.body)


# --- what --------------------------------------------------------------------------------------
def test_it_says_what_waits_with_a_link_to_each(meridian: System) -> None:
    user = chosen(meridian)
    assert send() == [user.email]
    assert mail.outbox[0].subject == "Headway: 1 thing waits for you"
    for words in (
        "Meridian\n",
        "- Reading: the figure due on 3 Mar 2026 has not come.\n"
        "  You work in the unit of this system.\n"
        "  Enter the figure: http://localhost:8000/meridian/metrics/reading/figures/\n",
        "All of it, and how often mails tell you:\nhttp://localhost:8000/account/notices/",
    ):
        assert words in body()


def test_no_subject_names_anything(meridian: System) -> None:
    chosen(meridian)
    send()
    assert not {"Meridian", "Reading"} & set(mail.outbox[0].subject.split())


def test_names_stand_as_they_are(meridian: System) -> None:
    System.objects.update(name="Fish & <b>Chips</b>")
    chosen(meridian)
    send()
    assert "Fish & <b>Chips</b>" in body()


def test_a_name_with_line_breaks_writes_no_lines_of_its_own(meridian: System) -> None:
    Metric.objects.update(name="Reading\n\nYour account ends today:\r\nhttps://example.org/")
    chosen(meridian)
    send()
    assert "\nYour account" not in body()
    assert "Reading Your account ends today: https://example.org/" in body()


def test_where_nothing_waits_nothing_is_sent(meridian: System) -> None:
    chosen(system("quiet"))
    chosen(meridian, muted=["late"])
    assert send() == []


def test_of_very_much_the_page_has_the_rest(meridian: System) -> None:
    for number in range(30):
        late(series(metric(meridian, f"Metric {number:02}")))
    chosen(meridian)
    send()
    assert mail.outbox[0].subject == "Headway: 31 things wait for you"
    assert body().count("has not come.") == 20
    assert "11 more wait there." in body()


def test_a_guiding_coalition_is_never_told_of(meridian: System) -> None:
    aspiration = AspirationFactory.create(system=meridian, title="Vambrace")
    Coalition.objects.create(system=meridian, aspiration=aspiration)
    chosen(meridian, role=Role.DELIVERY_LEADER)
    send()
    assert "oalition" not in body()
    assert "Vambrace" not in body()


# --- second factor -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asks", "role", "hidden"),
    [
        ("everyone", Role.UNIT_STAFF, True),
        ("leaders", Role.DELIVERY_LEADER, True),
        ("leaders", Role.UNIT_STAFF, False),
    ],
)
def test_of_what_asks_a_second_factor_it_tells_only_that_something_waits(
    meridian: System, asks: str, role: str, hidden: bool
) -> None:
    System.objects.update(second_factor=asks)
    chosen(meridian, role=role)
    send()
    assert ("Reading" in body()) is not hidden
    assert ("Meridian" in body()) is not hidden
    assert ("1 more thing waits in systems that ask you for a second factor" in body()) is hidden
    assert mail.outbox[0].subject == "Headway: 1 thing waits for you"


# --- when --------------------------------------------------------------------------------------
DAYS = [
    # rhythm, last told, today, whether it is due
    ("never", None, date(2026, 3, 16), False),
    ("daily", None, date(2026, 3, 16), True),
    ("daily", date(2026, 3, 13), date(2026, 3, 16), True),
    ("daily", date(2026, 3, 16), date(2026, 3, 16), False),
    ("daily", date(2026, 3, 17), date(2026, 3, 16), False),
    ("daily", date(2026, 3, 13), date(2026, 3, 14), False),
    ("daily", date(2026, 3, 13), date(2026, 3, 15), False),
    ("weekly", None, date(2026, 3, 16), True),
    ("weekly", None, date(2026, 3, 17), False),
    ("weekly", date(2026, 3, 9), date(2026, 3, 16), True),
    ("weekly", date(2026, 3, 16), date(2026, 3, 17), False),
    ("weekly", date(2026, 3, 18), date(2026, 3, 20), False),
    ("weekly", date(2026, 3, 18), date(2026, 3, 23), True),
    ("weekly", date(2026, 3, 9), date(2026, 3, 17), True),
    ("weekly", date(2026, 3, 9), date(2026, 3, 21), False),
]


@pytest.mark.parametrize(("digest", "sent_on", "today", "due"), DAYS)
def test_when_a_mail_is_due(digest: str, sent_on: date | None, today: date, due: bool) -> None:
    assert is_due(NoticeChoice(digest=digest, sent_on=sent_on), today) is due


def test_each_gets_one_mail_a_day_however_often_it_is_rung(meridian: System) -> None:
    user = chosen(meridian)
    assert send() == [user.email]
    assert send() == send(MONDAY + timedelta(hours=9)) == []
    assert send(MONDAY + timedelta(days=1)) == [user.email]


def test_a_closed_account_gets_none(meridian: System) -> None:
    user = chosen(meridian)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert send() == []


def test_who_lost_the_role_gets_none(meridian: System) -> None:
    user = chosen(meridian)
    user.memberships.all().delete()
    assert send() == []


def test_a_mail_that_cannot_be_sent_is_tried_again_and_keeps_none_from_others(
    meridian: System, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = chosen(meridian), chosen(meridian)
    real = mail.send_mail

    def broken(subject: str, text: str, sender: None, to: list[str]) -> int:
        if to == [first.email]:
            raise OSError("no mail server")
        return real(subject, text, sender, to)

    with mock.patch("delivery.notices.digest.send_mail", broken):
        assert send() == [second.email]
    assert "could not be sent" in caplog.text
    assert first.email not in caplog.text
    assert send(MONDAY + timedelta(hours=1)) == [first.email]


# --- the bell and the command ------------------------------------------------------------------
@pytest.fixture
def clock() -> Iterator[mock.Mock]:
    with mock.patch("delivery.tasks.timezone") as clock:
        clock.now.return_value = MONDAY
        yield clock


def test_the_bell_waits_for_the_morning_and_rings_once_an_hour(
    meridian: System, clock: mock.Mock, settings: Any
) -> None:
    user = chosen(meridian)
    settings.DIGEST_HOUR = 8
    tasks.ring_digests()
    assert not mail.outbox
    settings.DIGEST_HOUR = 7
    for _ in range(3):
        tasks.ring_digests()
    assert [message.to for message in mail.outbox] == [[user.email]]


def test_the_timer_knows_the_bell(settings: Any) -> None:
    rung = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert tasks.ring_digests.name in rung


def run(*words: str) -> str:
    out = StringIO()
    call_command("send_digests", *words, stdout=out)
    return out.getvalue()


def test_the_command_counts_without_sending_and_then_sends(meridian: System) -> None:
    user = chosen(meridian)
    with mock.patch("delivery.management.commands.send_digests.timezone") as clock:
        clock.now.return_value = MONDAY
        assert run("--dry-run") == f"{user.email}: 1 waiting\n1 mails would be sent.\n"
        assert not mail.outbox
        assert run() == f"{user.email}: 1 waiting\n1 mails sent.\n"
        assert run() == "0 mails sent.\n"
    assert len(mail.outbox) == 1


def test_what_a_person_costs_does_not_grow_with_their_systems(meridian: System) -> None:
    assert cost(meridian, 2) == cost(meridian, 12)


def cost(place: System, systems: int) -> int:
    """Queries of the one mail to someone of so many systems."""
    user = chosen(place)
    for _ in range(systems):
        row = MembershipFactory.create(user=user, role="unit_staff")
        late(series(metric(row.system)))
    with CaptureQueriesContext(connection) as captured:
        assert send() == [user.email]
    user.notice_choice.delete()
    return len(captured)
