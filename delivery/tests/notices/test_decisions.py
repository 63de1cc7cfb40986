"""Sheets, paths, doubts, people and stocktakes: each to those who can act on it, and only them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aspirations.models import Assessment, AssessmentRound, Assessor, Challenge, Trajectory
from aspirations.tests.factories import AspirationFactory, agreed_path
from delivery.notices.kinds import CHALLENGE, PATH, PEOPLE, SHEET, STOCKTAKE
from delivery.tests.notices.scene import TODAY, member, metric, of_kind, series, system, told
from people.models import Appointment, Invitation, Role, System, User
from people.services.invitations import withdraw
from people.tests.factories import MembershipFactory, UserFactory
from routines.models import Stocktake

pytestmark = pytest.mark.django_db


@pytest.fixture
def meridian() -> System:
    return system()


# --- sheets ------------------------------------------------------------------------------------
def asked(place: System, *users: User) -> AssessmentRound:
    row = AssessmentRound.objects.create(system=place, title="Spring", due=TODAY)
    for user in users:
        Assessor.objects.create(round=row, user=user)
    return row


def test_sheets_that_are_owed_are_one_notice_for_a_round(meridian: System) -> None:
    first, _second = (AspirationFactory.create(system=meridian) for _ in range(2))
    user, other = member(meridian), member(meridian)
    row = asked(meridian, user)
    assert told(user, SHEET) == ["2 sheets of “Spring” are yours to write, due on 14 Mar 2026."]
    Assessment.objects.create(
        system=meridian, aspiration=first, round=row, author=user, light="G", reason="All is well",
        submitted_at=timezone.now(), expires_on=TODAY,
    )  # fmt: skip
    assert told(user, SHEET) == ["1 sheet of “Spring” is yours to write, due on 14 Mar 2026."]
    assert told(other, SHEET) == []


def test_who_may_no_longer_assess_is_not_asked(meridian: System) -> None:
    AspirationFactory.create(system=meridian)
    user = member(meridian)
    asked(meridian, user)
    user.memberships.update(role=Role.VIEWER)
    assert told(user, SHEET) == []


# --- paths and doubts --------------------------------------------------------------------------
def draft(place: System, author: User, *, sent: bool = True) -> Trajectory:
    row = series(metric(place, slug="reading"))
    agreed = agreed_path(row, (TODAY, 50.0), (TODAY.replace(year=2028), 70.0))
    return Trajectory.objects.create(
        series=row, version=2, baseline=agreed.baseline, target=agreed.target, author=author,
        reason="A later start", sent_at=timezone.now() if sent else None,
        sent_by=author if sent else None,
    )  # fmt: skip


def test_a_path_that_was_sent_waits_for_leaders(meridian: System) -> None:
    author = member(meridian, user__name="Analyst")
    draft(meridian, author)
    [notice] = of_kind(member(meridian, Role.SYSTEM_LEADER), PATH)
    assert notice.what == "A path of Reading was sent for challenge by Analyst."
    assert told(author, PATH) == told(member(meridian, Role.PLAN_OWNER), PATH) == []


def test_a_draft_that_was_not_sent_is_its_author_s_alone(meridian: System) -> None:
    draft(meridian, member(meridian), sent=False)
    assert told(member(meridian, Role.DELIVERY_LEADER)) == []


def test_a_doubt_of_a_draft_waits_for_its_author_until_it_is_answered(meridian: System) -> None:
    author, doubter = member(meridian), member(meridian, user__name="Doubter")
    row = Challenge.objects.create(
        system=meridian, trajectory=draft(meridian, author), author=doubter, text="Too steep"
    )
    assert told(author, CHALLENGE) == ["Doubter doubts your draft of the path of Reading."]
    assert told(doubter, CHALLENGE) == []
    row.answer, row.outcome, row.answered_at = "It is not", "kept", timezone.now()
    row.save()
    assert told(author, CHALLENGE) == []


def test_a_doubt_of_a_judgment_waits_for_who_judged(meridian: System) -> None:
    author, doubter = member(meridian), member(meridian, user__name="Doubter")
    sheet = Assessment.objects.create(
        system=meridian, metric=metric(meridian), author=author, light="G", reason="All is well",
        submitted_at=timezone.now(), expires_on=TODAY,
    )  # fmt: skip
    Challenge.objects.create(
        system=meridian, assessment=sheet, author=doubter, text="Not at all well"
    )
    assert told(author, CHALLENGE) == ["Doubter doubts your judgment of Reading."]
    author.memberships.all().delete()
    assert told(author, CHALLENGE) == []


# --- people ------------------------------------------------------------------------------------
def proposed(place: System) -> Appointment:
    return Appointment.objects.create(
        system=place, role=Role.SYSTEM_LEADER,
        user=member(place, user__name="Candidate"), proposed_by=UserFactory.create(name="Office"),
    )  # fmt: skip


def test_a_proposed_leader_waits_for_a_leader_in_post(meridian: System) -> None:
    leader, staff = member(meridian, Role.DELIVERY_LEADER), member(meridian)
    row = proposed(meridian)
    assert told(leader, PEOPLE) == ["Office proposes Candidate as System leader."]
    assert told(staff, PEOPLE) == told(row.user, PEOPLE) == []
    assert told(UserFactory.create(is_staff=True), PEOPLE) == []


def test_without_a_leader_it_waits_for_another_administrator(meridian: System) -> None:
    row = proposed(meridian)
    User.objects.filter(pk=row.proposed_by.pk).update(is_staff=True)
    row.proposed_by.refresh_from_db()
    assert told(UserFactory.create(is_staff=True), PEOPLE)
    assert told(row.proposed_by, PEOPLE) == []


def test_an_invitation_that_ran_out_waits_for_who_may_renew_it(meridian: System) -> None:
    leader, staff = member(meridian, Role.DELIVERY_LEADER), member(meridian)
    now = timezone.now()
    row = Invitation.objects.create(
        system=meridian, email="late@example.org", role=Role.VIEWER, digest="x", invited_by=leader,
        invited_at=now - timedelta(days=20), expires_at=now - timedelta(days=6),
    )  # fmt: skip
    assert told(leader, PEOPLE) == ["late@example.org did not take up the invitation in time."]
    assert told(staff, PEOPLE) == []
    withdraw(invitation=row, actor=leader)
    assert told(leader, PEOPLE) == []


# --- stocktakes --------------------------------------------------------------------------------
DAYS = [(-1, False), (0, True), (1, True), (7, True), (8, False), (300, False)]


@pytest.mark.parametrize(("days", "is_told"), DAYS)
def test_a_stocktake_of_the_next_seven_days_is_told(
    meridian: System, days: int, is_told: bool
) -> None:
    Stocktake.objects.create(system=meridian, date=TODAY + timedelta(days=days), title="Spring")
    assert bool(told(member(meridian, Role.VIEWER), STOCKTAKE)) is is_told


def test_a_cancelled_stocktake_is_not_told_nor_is_any_to_who_reads_none(meridian: System) -> None:
    Stocktake.objects.create(
        system=meridian, date=TODAY, cancelled_at=timezone.now(), cancelled_reason="Budget week"
    )
    assert told(member(meridian, Role.VIEWER), STOCKTAKE) == []
    Stocktake.objects.create(system=meridian, date=TODAY)
    assert told(member(meridian, Role.VIEWER), STOCKTAKE) == ["Stocktake on 14 Mar 2026."]
    assert told(member(meridian, Role.DATA_PROVIDER), STOCKTAKE) == []


def test_systems_on_other_days_each_count_from_their_own(meridian: System) -> None:
    later = system("later", reporting_date=TODAY + timedelta(days=900))
    user = member(meridian, Role.VIEWER)
    MembershipFactory.create(user=user, system=later, role=Role.VIEWER)
    Stocktake.objects.create(system=meridian, date=TODAY + timedelta(days=2))
    Stocktake.objects.create(system=later, date=TODAY + timedelta(days=903))
    assert len(told(user, STOCKTAKE)) == 2
