"""One round: the unit sees who takes part, everyone else their own part alone."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Membership, System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory
from reviews.models import Round
from reviews.tests.factories import ParticipantFactory, RoundFactory
from reviews.tests.ladder import OTHERS, address, answers, take_part

pytestmark = pytest.mark.django_db


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
    prove(client, part.user, "mfa")
    assert client.get(address("review", row)).status_code == 200


def test_a_review_open_after_its_day_says_so(client: Client, row: Round) -> None:
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2099, 3, 28))
    enter(client, row.system, "unit_staff")
    assert "was due on 27 March 2099 and is still open" in seen(client, row)


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


def test_it_is_only_read(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.post(address("review", row)).status_code == 405
