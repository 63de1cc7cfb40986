"""Guiding coalitions: whoever can open one is told that something is due, and nothing more."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from coalitions.models import Coalition
from coalitions.tests.factories import (
    CandidateFactory,
    CoalitionFactory,
    ContactFactory,
    DelegateFactory,
    NextStepFactory,
    StandingFactory,
)
from delivery.notices.digest import send_digests
from delivery.notices.gathering import notices_of, without_second_factor
from delivery.notices.kinds import CONFIDENTIAL
from delivery.tests.notices.scene import TODAY, member, of_kind, system, told
from people.models import Membership, NoticeChoice, Role, System, User
from people.tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WORDS = "A confidential page has something due."
MONDAY = datetime(2026, 3, 16, 7, 5, tzinfo=UTC)
LONG_AGO = datetime(2025, 6, 1, tzinfo=UTC)


@pytest.fixture
def meridian() -> System:
    return system()


def coalition(place: System, **fields: Any) -> Coalition:
    row: Coalition = CoalitionFactory.create(
        aspiration__system=place, aspiration__title="Vambrace", **fields
    )
    return row


def overdue(place: System) -> Coalition:
    return coalition(place, review_due=TODAY)


def leader(place: System, role: str = Role.DELIVERY_LEADER) -> User:
    return member(place, role)


def stands(row: Coalition, *statuses: str, last_met: int | None = None, kind: str = "") -> None:
    """A candidate who has stood so, one after the other for long; met so many days ago."""
    candidate = CandidateFactory.create(coalition=row)
    for status in statuses:
        StandingFactory.create(candidate=candidate, status=status, at=LONG_AGO)
    if last_met is not None:
        day = TODAY - timedelta(days=last_met)
        contact = ContactFactory.create(coalition=row, held_on=day, kind=kind or "one_to_one")
        contact.candidates.add(candidate)


# --- to whom ------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["system_leader", "delivery_leader"])
def test_leaders_are_told(meridian: System, role: str) -> None:
    overdue(meridian)
    [notice] = of_kind(leader(meridian, role), CONFIDENTIAL)
    assert notice.what == WORDS
    assert notice.address == reverse("coalitions", args=["meridian"])
    assert notice.since == TODAY


def test_so_is_a_delegate_of_that_one(meridian: System) -> None:
    named = DelegateFactory.create(coalition=overdue(meridian)).user
    elsewhere = DelegateFactory.create(coalition=coalition(meridian)).user
    assert told(named, CONFIDENTIAL) == [WORDS]
    assert told(elsewhere, CONFIDENTIAL) == []
    Membership.objects.filter(user=named).delete()
    assert told(named, CONFIDENTIAL) == []


@pytest.mark.parametrize(
    "role", ["unit_staff", "viewer", "reviewer", "data_provider", "plan_owner"]
)
def test_nobody_else_is(meridian: System, role: str) -> None:
    overdue(meridian)
    assert told(member(meridian, role), CONFIDENTIAL) == []


def test_a_leader_above_is_not_told(meridian: System) -> None:
    overdue(meridian)
    above = system("above")
    System.objects.filter(pk=meridian.pk).update(parent=above)
    assert told(leader(above), CONFIDENTIAL) == []


# --- of what ------------------------------------------------------------------------------------
REVIEWS = [(None, False), (1, False), (0, True), (-1, True)]
STEPS = [({"due": TODAY}, False), ({"due": TODAY - timedelta(days=1)}, True)]
MEMBERS = [
    # stood as, met so many days ago, by, whether it is due
    (["member"], 29, "one_to_one", False),
    (["member"], 30, "one_to_one", True),
    (["member"], 60, "meeting", True),
    (["member"], None, "", True),
    (["member"], 3, "message", True),
    (["shortlisted"], None, "", False),
    (["member", "left"], 90, "meeting", False),
    (["proposed", "member"], 90, "meeting", True),
    ([], None, "", False),
]


@pytest.mark.parametrize(("ahead", "due"), REVIEWS)
def test_the_day_of_the_review(meridian: System, ahead: int | None, due: bool) -> None:
    day = None if ahead is None else TODAY + timedelta(days=ahead)
    coalition(meridian, review_due=day)
    assert told(leader(meridian), CONFIDENTIAL) == [WORDS] * due


@pytest.mark.parametrize(("fields", "due"), STEPS)
def test_a_step_past_its_day(meridian: System, fields: dict[str, Any], due: bool) -> None:
    step = NextStepFactory.create(coalition=coalition(meridian), **fields)
    assert told(leader(meridian), CONFIDENTIAL) == [WORDS] * due
    step.done_on = TODAY
    step.save()
    assert told(leader(meridian), CONFIDENTIAL) == []


@pytest.mark.parametrize(("statuses", "last_met", "kind", "due"), MEMBERS)
def test_a_member_whom_nobody_has_met(
    meridian: System, statuses: list[str], last_met: int | None, kind: str, due: bool
) -> None:
    stands(coalition(meridian), *statuses, last_met=last_met, kind=kind)
    assert told(leader(meridian), CONFIDENTIAL) == [WORDS] * due


def test_a_new_member_has_time_and_each_coalition_its_own_limit(meridian: System) -> None:
    row = coalition(meridian, fading_after=10, lapsed_after=20)
    candidate = CandidateFactory.create(coalition=row)
    days = [date(2025, 1, 1), date(2025, 2, 1), TODAY - timedelta(days=9)]
    for status, day in zip(["member", "left", "member"], days, strict=True):
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        StandingFactory.create(candidate=candidate, status=status, at=at)
    assert told(leader(meridian), CONFIDENTIAL) == []
    Coalition.objects.update(fading_after=9)
    assert told(leader(meridian), CONFIDENTIAL) == [WORDS]


def test_what_is_retired_is_left_in_peace(meridian: System) -> None:
    row = overdue(meridian)
    type(row.aspiration).objects.filter(pk=row.aspiration_id).update(status="retired")
    assert told(leader(meridian), CONFIDENTIAL) == []


def test_the_day_is_the_systems_own(meridian: System) -> None:
    overdue(meridian)
    System.objects.update(reporting_date=TODAY - timedelta(days=1))
    assert told(leader(meridian), CONFIDENTIAL) == []


# --- how little it tells ------------------------------------------------------------------------
def test_however_many_are_due_it_is_told_once_for_each_system(meridian: System) -> None:
    user = leader(meridian)
    north = MembershipFactory.create(user=user, system=system("north"), role="system_leader").system
    for place in (meridian, meridian, north):
        overdue(place)
    assert told(user, CONFIDENTIAL) == [WORDS, WORDS]
    assert [one.system for one in of_kind(user, CONFIDENTIAL)] == [meridian, north]


def test_a_mail_names_nothing_of_it(meridian: System) -> None:
    row = overdue(meridian)
    NextStepFactory.create(coalition=row, due=date(2026, 1, 2), what="Gauntlet", owner="Gorget")
    stands(row, "member")
    user = leader(meridian)
    NoticeChoice.objects.create(user=user, digest="daily")
    send_digests(now=MONDAY)
    [message] = mail.outbox
    text = f"{message.subject} {message.body}"
    assert WORDS in text
    for word in ("Vambrace", row.aspiration.slug, "Gauntlet", "Gorget", "Actor", "Jan", "2026"):
        assert word not in text


def test_it_can_be_left_out(meridian: System) -> None:
    overdue(meridian)
    assert notices_of(leader(meridian), muted=[CONFIDENTIAL]) == []


def test_a_mail_keeps_it_back_where_a_second_factor_is_asked_for(meridian: System) -> None:
    overdue(meridian)
    System.objects.update(second_factor="leaders")
    user = leader(meridian)
    assert told(user, CONFIDENTIAL) == [WORDS]
    assert notices_of(without_second_factor(user)) == []


def test_without_the_key_it_is_not_told_and_all_else_is(
    meridian: System, settings: Settings
) -> None:
    stands(overdue(meridian), "member")
    settings.CONFIDENTIAL_KEYS = []
    assert notices_of(leader(meridian)) == []


# --- price --------------------------------------------------------------------------------------
def test_it_asks_as_often_for_ten_as_for_one(meridian: System) -> None:
    user = leader(meridian)
    grow(meridian, 1)
    few = asked(user)
    grow(meridian, 9)
    assert asked(user) == few


def test_where_nothing_is_open_it_asks_once(meridian: System) -> None:
    grow(meridian, 1)
    reader, muted = member(meridian), member(meridian)
    with CaptureQueriesContext(connection) as without:
        notices_of(muted, muted=[CONFIDENTIAL])
    assert asked(reader) == len(without) + 1


def asked(user: User) -> int:
    with CaptureQueriesContext(connection) as queries:
        notices_of(user)
    return len(queries)


def grow(place: System, count: int) -> None:
    for _turn in range(count):
        row = coalition(place, review_due=TODAY)
        NextStepFactory.create_batch(count, coalition=row)
        for _member in range(count):
            stands(row, "proposed", "member", last_met=40)
