"""Capacity reviews and actions: each notice to those whose it is, and nothing told too early."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from delivery.notices.gathering import without_second_factor
from delivery.notices.kinds import ACTION, REVIEW
from delivery.tests.notices.scene import TODAY, member, of_kind, system, told
from people.models import Action, Role, System, User
from reviews.models import Participant, Round
from reviews.tests.factories import (
    ActionFactory,
    FindingFactory,
    ParticipantFactory,
    ReviewActionFactory,
    RoundFactory,
    RubricFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meridian() -> System:
    return system()


def review(place: System, **fields: Any) -> Round:
    values = {"title": "Spring pass", "starts": date(2026, 3, 2), "due": date(2026, 3, 27)}
    row: Round = RoundFactory.create(system=place, **{**values, **fields})
    return row


def closed(place: System, **fields: Any) -> Round:
    values = {"state": "closed", "closed_at": timezone.now(), "starts": date(2024, 3, 4),
              "due": date(2024, 3, 29)}  # fmt: skip
    return review(place, **{**values, **fields})


def rater(round: Round, user: User, **fields: Any) -> Participant:
    values = {"kind": "self", "named_by": member(round.system, Role.DELIVERY_LEADER)}
    row: Participant = ParticipantFactory.create(round=round, user=user, **{**values, **fields})
    return row


# --- scores that are asked for -----------------------------------------------------------------
def test_whoever_rates_is_asked_until_they_finish(meridian: System) -> None:
    row, user = review(meridian), member(meridian, Role.VIEWER)
    part = rater(row, user)
    [notice] = of_kind(user, REVIEW)
    assert notice.what == "“Spring pass” asks for your scores by 27 Mar 2026."
    assert notice.address == reverse("score_sheet", args=["meridian", row.pk])
    assert told(member(meridian, Role.VIEWER), REVIEW) == []
    Participant.objects.filter(pk=part.pk).update(finished_at=timezone.now())
    assert told(user, REVIEW) == []


WITHOUT = [
    # what is so of the part, of the round
    ({"kind": "unit"}, {}),
    ({"taken_back_at": timezone.now()}, {}),
    ({"left_at": timezone.now()}, {}),
    ({}, {"state": "draft"}),
    ({}, {"state": "closed", "closed_at": timezone.now()}),
    ({}, {"rubric": None}),
]


@pytest.mark.parametrize(("part", "round"), WITHOUT)
def test_of_whom_nothing_is_asked_nothing_is_told(
    meridian: System, part: dict[str, Any], round: dict[str, Any]
) -> None:
    user = member(meridian, Role.VIEWER)
    rater(review(meridian, **round), user, **part)
    assert told(user, REVIEW) == []


def test_who_signs_for_a_body_is_asked(meridian: System) -> None:
    user = member(meridian, Role.REVIEWER)
    rater(review(meridian), user, kind="independent", signs=True)
    assert len(told(user, REVIEW)) == 1


def test_a_lost_role_or_a_missing_second_factor_asks_nothing(meridian: System) -> None:
    user = member(meridian, Role.VIEWER)
    rater(review(meridian), user)
    System.objects.filter(pk=meridian.pk).update(second_factor="leaders")
    assert told(without_second_factor(user), REVIEW) == []
    user.memberships.all().delete()
    assert told(user, REVIEW) == []


# --- results with the leaders ------------------------------------------------------------------
def test_results_wait_for_leaders_until_the_team_has_them(meridian: System) -> None:
    leader, head = member(meridian, Role.SYSTEM_LEADER), member(meridian, Role.DELIVERY_LEADER)
    staff = member(meridian)
    row = closed(meridian)
    assert told(leader, REVIEW) == []
    Round.objects.filter(pk=row.pk).update(
        leader_at=datetime.now(tz=timezone.get_current_timezone())
    )
    [notice] = of_kind(leader, REVIEW)
    assert notice.what == (
        "The results of “Spring pass” are with the leaders, and not with the team yet."
    )
    assert notice.address == reverse("results", args=["meridian", row.pk])
    assert told(head, REVIEW) == told(leader, REVIEW)
    assert told(staff, REVIEW) == told(member(meridian, Role.VIEWER), REVIEW) == []
    Round.objects.filter(pk=row.pk).update(team_at=timezone.now())
    assert told(leader, REVIEW) == []


def test_findings_are_never_told(meridian: System) -> None:
    row = closed(meridian, leader_at=timezone.now(), next_due=TODAY)
    finding = FindingFactory.create(round=row, text="Vambrace")
    ReviewActionFactory.create(
        implication__finding=finding, implication__text="Gorget", action__what="Pauldron",
        action__due=TODAY, action__shared=False,
    )  # fmt: skip
    for role in Role.values:
        notices = of_kind(member(meridian, role))
        words = " ".join(f"{one.what} {one.why} {one.address}" for one in notices)
        for secret in ("Vambrace", "Gorget", "Pauldron"):
            assert secret not in words


# --- reviews that are due ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("due", "is_told"), [(date(2026, 3, 13), True), (TODAY, False), (date(2026, 3, 15), False)]
)
def test_a_review_open_past_its_day_is_told_to_who_sets_reviews_up(
    meridian: System, due: date, is_told: bool
) -> None:
    review(meridian, due=due)
    wanted = ["“Spring pass” was due on 13 Mar 2026 and is still open."] if is_told else []
    assert told(member(meridian), REVIEW) == wanted
    assert told(member(meridian, Role.DELIVERY_LEADER), REVIEW) == wanted
    assert told(member(meridian, Role.SYSTEM_LEADER), REVIEW) == []


NEXT = [
    # days from today to the next one, words
    (61, ""),
    (60, "The capacity review after “Spring pass” is due on 13 May 2026 and is not set up yet."),
    (0, "The capacity review after “Spring pass” is due on 14 Mar 2026 and is not set up yet."),
    (-9, "The capacity review after “Spring pass” was due on 5 Mar 2026 and is not set up."),
]


@pytest.mark.parametrize(("days", "words"), NEXT)
def test_the_next_review_is_told_of_sixty_days_ahead(
    meridian: System, days: int, words: str
) -> None:
    closed(meridian, next_due=TODAY + timedelta(days=days))
    assert told(member(meridian), REVIEW) == ([words] if words else [])
    assert told(member(meridian, Role.SYSTEM_LEADER), REVIEW) == []


def test_a_review_that_has_a_next_one_is_not_told_of(meridian: System) -> None:
    staff, row = member(meridian), closed(meridian, next_due=TODAY)
    assert row.rubric
    other = review(meridian, rubric=RubricFactory.create(system=meridian, key="another"))
    assert len(told(staff, REVIEW)) == 1
    Round.objects.filter(pk=other.pk).update(follows=row)
    assert told(staff, REVIEW) == []
    newer = RubricFactory.create(system=meridian, key=row.rubric.key, number=2)
    Round.objects.filter(pk=other.pk).update(follows=None, rubric=newer)
    assert told(staff, REVIEW) == []
    Round.objects.filter(pk=other.pk).update(starts=date(2023, 1, 2))
    assert len(told(staff, REVIEW)) == 1


def test_a_review_of_an_earlier_time_without_a_rubric_is_told_of(meridian: System) -> None:
    row = closed(meridian, next_due=TODAY, rubric=None)
    staff = member(meridian)
    assert len(told(staff, REVIEW)) == 1
    review(meridian, follows=row)
    assert told(staff, REVIEW) == []


# --- actions -----------------------------------------------------------------------------------
def action(place: System, **fields: Any) -> Action:
    values = {"what": "Answer every plan", "owner": "Data Office", "due": TODAY}
    row: Action = ActionFactory.create(system=place, **{**values, **fields})
    return row


DUE = [
    (-30, ["“Answer every plan” was due on 12 Feb 2026."]),
    (0, ["“Answer every plan” is due on 14 Mar 2026."]),
    (7, ["“Answer every plan” is due on 21 Mar 2026."]),
    (8, []),
]


@pytest.mark.parametrize(("days", "words"), DUE)
def test_an_action_is_told_a_week_ahead_and_while_it_is_late(
    meridian: System, days: int, words: list[str]
) -> None:
    action(meridian, due=TODAY + timedelta(days=days))
    assert told(member(meridian, Role.VIEWER, office="data office"), ACTION) == words
    assert told(member(meridian), ACTION) == words


def test_others_are_not_told_of_an_action(meridian: System) -> None:
    action(meridian)
    for role, office in ((Role.VIEWER, ""), (Role.VIEWER, "Chief of Staff"),
                         (Role.UNIT_STAFF, "Chief of Staff"), (Role.REVIEWER, "Data Office"),
                         (Role.DATA_PROVIDER, "Data Office")):  # fmt: skip
        assert told(member(meridian, role, office=office), ACTION) == []
    assert told(member(system("elsewhere"), Role.DELIVERY_LEADER), ACTION) == []


def test_what_is_settled_or_not_shared_is_not_told(meridian: System) -> None:
    action(meridian, status="done", settled_on=TODAY)
    action(meridian, shared=False)
    for role in (Role.UNIT_STAFF, Role.DELIVERY_LEADER):
        assert told(member(meridian, role), ACTION) == []
    assert told(member(meridian, Role.VIEWER, office="Data Office"), ACTION) == []


def test_queries_do_not_grow_with_what_waits(meridian: System) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    few = asked(meridian, user, 1)
    assert asked(meridian, user, 10) == few


def asked(place: System, user: User, count: int) -> int:
    for _ in range(count):
        action(place)
        review(place, due=date(2026, 3, 3))
        closed(place, next_due=TODAY, leader_at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        assert of_kind(user, REVIEW)
    return len(captured)
