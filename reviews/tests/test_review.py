"""One round: the unit sees who takes part, everyone else their own part alone."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import Membership, System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory
from reviews.models import Participant, Round, ScoringLink
from reviews.services import participants, plan
from reviews.tests.factories import (
    GuestFactory,
    ParticipantFactory,
    RoundFactory,
    ScoreFactory,
    ScoringLinkFactory,
)
from reviews.tests.ladder import OTHERS, address, answers, take_part

pytestmark = pytest.mark.django_db
QUERIES = 12


@pytest.fixture
def row() -> Round:
    row: Round = RoundFactory.create(
        title="Spring pass", purpose="Whether plans are live.", due=date(2099, 3, 27)
    )
    ParticipantFactory.create(round=row, user=member(row, "Inspector"))
    return row


def member(row: Round, name: str) -> object:
    return MembershipFactory.create(system=row.system, role="reviewer", user__name=name).user


def seen(client: Client, row: Round) -> str:
    response = client.get(address("review", row))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff"])
def test_the_unit_sees_who_takes_part(client: Client, row: Round, role: str) -> None:
    enter(client, row.system, role)
    page = seen(client, row)
    assert "Whether plans are live." in page
    assert "This review is open until 27 March 2099." in page
    assert "Inspector" in page
    assert (address("edit_round", row) in page) is (role != "system_leader")
    assert (address("interview_notes", row) in page) is (role != "unit_staff")


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_who_is_named_sees_the_purpose_and_no_other_participant(
    client: Client, row: Round, role: str
) -> None:
    take_part(client, row, role)
    page = seen(client, row)
    assert "Whether plans are live." in page
    assert "You take part for: Independent." in page
    assert "Inspector" not in page
    assert "One person takes part" not in page
    for name in ("edit_round", "close_round", "name_participant", "interview_notes"):
        assert address(name, row) not in page


def test_everybody_else_finds_nothing(client: Client, row: Round) -> None:
    found = answers(client, row, "get", address("review", row))
    assert found.pop("system_leader") == 200
    assert found.pop("named reviewer") == 200
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


def test_a_name_on_one_round_opens_no_other(client: Client, row: Round) -> None:
    take_part(client, row)
    other = RoundFactory.create(system=row.system)
    assert client.get(address("review", other)).status_code == 404


def test_an_address_of_another_system_leads_nowhere(client: Client, row: Round) -> None:
    part = take_part(client, row)
    other = MembershipFactory.create(user=part.user, role="delivery_leader").system
    assert client.get(reverse("review", args=[other.slug, row.pk])).status_code == 404


def test_removal_closes_it_at_once_and_coming_back_does_not_reopen_it(
    client: Client, row: Round
) -> None:
    part = take_part(client, row)
    assert client.get(address("review", row)).status_code == 200
    Membership.objects.filter(user=part.user).delete()
    assert client.get(address("review", row)).status_code == 404
    MembershipFactory.create(user=part.user, system=row.system, role="reviewer")
    assert client.get(address("review", row)).status_code == 404
    enter(client, row.system, "unit_staff")
    assert "No role now" in seen(client, row)


def test_a_reviewer_sees_their_review_and_nothing_else(client: Client, row: Round) -> None:
    take_part(client, row)
    assert client.get(reverse("dashboard", args=[row.system.slug])).status_code == 404
    assert client.get(reverse("coalitions", args=[row.system.slug])).status_code == 404
    assert client.get("/api/v1/systems/").json()["results"] == []
    assert client.get(f"/api/v1/systems/{row.system.slug}/metrics/").status_code == 404
    assert client.get("/")["Location"] == address("review", row)


def test_a_second_factor_is_asked_of_who_would_come_in_with_it(client: Client, row: Round) -> None:
    part = take_part(client, row, "viewer")
    System.objects.filter(pk=row.system.pk).update(second_factor="leaders")
    response = client.get(address("review", row))
    assert response["Location"].startswith(reverse("second_factor"))
    assert part.user
    prove(client, part.user, "mfa")
    assert client.get(address("review", row)).status_code == 200


def test_a_review_open_after_its_day_says_so(client: Client, row: Round) -> None:
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2099, 3, 28))
    enter(client, row.system, "unit_staff")
    assert "was due on 27 March 2099 and is still open" in seen(client, row)


def test_findings_of_an_open_light_review_are_at_hand(client: Client, row: Round) -> None:
    to = address("findings", row)
    take_part(client, row, "viewer", joint_team=True)
    assert to not in seen(client, row)
    Round.objects.filter(pk=row.pk).update(is_light=True)
    assert seen(client, row).count(to) == 2, "as what comes next, and among what can be done"
    take_part(client, row, "viewer")
    assert to not in seen(client, row)
    enter(client, row.system, "unit_staff")
    page = seen(client, row)
    assert "Hold the talks, write down what they show, then close the review." in page
    assert to not in page


def test_who_took_their_scores_back_is_left_in_peace(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    assert "Your sheet waits for you." in seen(client, row)
    Participant.objects.filter(pk=part.pk).update(taken_back_at=timezone.now())
    assert "Your sheet waits for you." not in seen(client, row)


@pytest.mark.parametrize(("role", "will_read"), [
    ("reviewer", True), ("viewer", False), ("data_provider", False), ("leader_office", False),
])  # fmt: skip
def test_only_who_will_read_the_results_is_told_to_wait_for_them(
    client: Client, row: Round, role: str, will_read: bool
) -> None:
    take_part(client, row, role, kind="self")
    now = timezone.now()
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=now)
    assert ("Results are here once released." in seen(client, row)) is will_read
    Round.objects.filter(pk=row.pk).update(leader_at=now, team_at=now)
    page = seen(client, row)
    assert "Results are here once released." not in page
    assert ("Its results go to the leaders, the unit and the reviewers." in page) is not will_read


def test_times_are_those_of_the_system(client: Client, row: Round) -> None:
    System.objects.filter(pk=row.system.pk).update(time_zone="Pacific/Kiritimati")
    Round.objects.update(state="closed", closed_at="2026-03-27T12:00Z")
    enter(client, row.system, "unit_staff")
    assert "This review closed on 28 March 2026." in seen(client, row)


def test_what_a_closed_review_says(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    client.post(address("close_round", row))
    page = seen(client, row)
    assert "This review closed on" in page
    assert address("reopen_round", row) in page
    assert address("name_participant", row) not in page


def test_a_round_of_an_earlier_time_has_neither_rubric_nor_plan(client: Client, row: Round) -> None:
    Round.objects.update(rubric=None)
    enter(client, row.system, "unit_staff")
    page = seen(client, row)
    assert "There is no plan yet" in page
    assert address("protocol", row) not in page


def test_people_are_listed_with_all_that_is_said_of_them(client: Client, row: Round) -> None:
    ParticipantFactory.create(round=row, kind="unit", signs=True, body="Delivery Unit")
    GuestFactory.create(round=row, name="A principal", tier="front_line")
    gone = GuestFactory.create(round=row, name="Somebody else", left_at=timezone.now())
    enter(client, row.system, "unit_staff")
    page = " ".join(seen(client, row).split())
    for words in ("Signs", "Delivery Unit", "A principal", "Interviewee, Front line", "Guest"):
        assert words in page
    assert gone.name not in page
    assert "3 people take part" in page


def test_of_a_closed_review_it_is_said_who_took_part(client: Client, row: Round) -> None:
    GuestFactory.create(round=row)
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=timezone.now())
    enter(client, row.system, "unit_staff")
    page = " ".join(seen(client, row).split())
    assert "2 people took part" in page
    assert "Nobody is told who has finished" not in page


def test_the_number_finished_tells_of_nobody(client: Client, row: Round) -> None:
    """It is the same before and after somebody is taken off."""
    parts = [ParticipantFactory.create(round=row, kind="self") for _ in range(5)]
    for part in parts[:2]:
        Participant.objects.filter(pk=part.pk).update(finished_at=timezone.now())
    enter(client, row.system, "unit_staff")
    assert "2 of 5 have finished." in seen(client, row)
    participants.take_off(participant=parts[0], reason="Moved to another department.")
    participants.take_off(participant=parts[4], reason="Moved to another department.")
    assert "2 of 5 have finished." in seen(client, row)


def test_nothing_on_the_page_tells_who_finished(client: Client, row: Round) -> None:
    one, other = (ParticipantFactory.create(round=row, kind="self") for _ in range(2))
    guest = GuestFactory.create(round=row)
    ScoringLinkFactory.create(participant=guest)
    enter(client, row.system, "unit_staff")
    before = seen(client, row)
    Participant.objects.filter(pk__in=[one.pk, guest.pk]).update(finished_at=timezone.now())
    Participant.objects.filter(pk=other.pk).update(taken_back_at=timezone.now())
    ScoringLink.objects.update(used_at=timezone.now())
    ScoreFactory.create(participant=one)
    assert lasting(seen(client, row)) == lasting(before)


def lasting(page: str) -> str:
    """The page without what every answer has of its own."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|data-left="[0-9]+"', "", page)


def test_queries_do_not_grow_with_the_people(
    client: Client, row: Round, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, row.system, "delivery_leader")
    earlier = RoundFactory.create(system=row.system)
    Round.objects.filter(pk=row.pk).update(follows=earlier)
    plan.draw_up(row)
    for number in (2, 57):
        for _ in range(number // 2):
            ParticipantFactory.create(round=row, kind="self")
            ScoringLinkFactory.create(participant=GuestFactory.create(round=row))
        seen(client, row)
        with django_assert_num_queries(QUERIES):
            seen(client, row)


def test_it_is_only_read(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.post(address("review", row)).status_code == 405
