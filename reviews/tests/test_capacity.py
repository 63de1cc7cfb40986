"""The list of rounds: all of them to the unit, to others those on which they are named."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.models import System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from reviews.models import Round
from reviews.tests.factories import GuestFactory, ParticipantFactory, RoundFactory
from reviews.tests.ladder import OTHERS, take_part

pytestmark = pytest.mark.django_db
MOST_QUERIES = 9


@pytest.fixture
def system() -> System:
    return SystemFactory.create(name="Meridian")


def listed(client: Client, system: System) -> str:
    response = client.get(reverse("capacity", args=[system.slug]))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff"])
def test_the_unit_sees_every_round_of_its_system(client: Client, system: System, role: str) -> None:
    RoundFactory.create(system=system, title="Spring pass")
    RoundFactory.create(title="Of another system")
    enter(client, system, role)
    page = listed(client, system)
    assert "One capacity review is open." in page
    assert "Spring pass" in page
    assert "Of another system" not in page
    assert (reverse("new_round", args=[system.slug]) in page) is (role != "system_leader")


def test_the_first_line_says_when_there_is_none(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    assert "No capacity review has been set up yet." in listed(client, system)
    RoundFactory.create(system=system, state="draft")
    assert "No capacity review is open now." in listed(client, system)


def test_a_reviewer_sees_their_round_alone(client: Client, system: System) -> None:
    mine = RoundFactory.create(system=system, title="Spring pass")
    RoundFactory.create(system=system, title="Autumn pass")
    take_part(client, mine)
    page = listed(client, system)
    assert "Spring pass" in page
    assert "Autumn pass" not in page
    assert reverse("new_round", args=[system.slug]) not in page


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_who_is_named_nowhere_finds_no_such_page(client: Client, system: System, role: str) -> None:
    RoundFactory.create(system=system)
    enter(client, system, role)
    assert client.get(reverse("capacity", args=[system.slug])).status_code == 404


def test_strangers_members_of_a_parent_and_administrators_find_nothing(
    client: Client, system: System
) -> None:
    RoundFactory.create(system=system)
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    for user in (
        UserFactory.create(),
        MembershipFactory.create(system=parent, role="delivery_leader").user,
        UserFactory.create(is_staff=True, is_superuser=True),
    ):
        prove(client, user)
        assert client.get(reverse("capacity", args=[system.slug])).status_code == 404
    client.logout()
    assert client.get(reverse("capacity", args=[system.slug])).status_code == 302


def test_a_second_factor_is_asked_of_who_would_come_in_with_it(
    client: Client, system: System
) -> None:
    part = ParticipantFactory.create(round__system=system, role="viewer")
    System.objects.filter(pk=system.pk).update(second_factor="leaders")
    prove(client, part.user)
    to = reverse("capacity", args=[system.slug])
    assert client.get(to)["Location"].startswith(reverse("second_factor"))
    prove(client, part.user, "mfa")
    assert client.get(to).status_code == 200


def test_it_is_only_read(client: Client, system: System) -> None:
    enter(client, system, "delivery_leader")
    assert client.post(reverse("capacity", args=[system.slug])).status_code == 405


def test_an_open_round_says_how_many_have_finished(client: Client, system: System) -> None:
    row = RoundFactory.create(system=system)
    for finished_at in (timezone.now(), None, None):
        ParticipantFactory.create(round=row, kind="self", finished_at=finished_at)
    enter(client, system, "unit_staff")
    page = listed(client, system)
    assert "3 people are asked for scores." in page
    assert "have finished" not in page
    GuestFactory.create(round=row, finished_at=timezone.now())
    ParticipantFactory.create(round=row, kind="unit")
    assert "2 of 4 have finished." in listed(client, system)


def test_results_are_linked_for_who_may_read_them(client: Client, system: System) -> None:
    row = RoundFactory.create(system=system, state="closed", closed_at=timezone.now())
    to = reverse("results", args=[system.slug, row.pk])
    enter(client, system, "delivery_leader")
    assert to in listed(client, system)
    enter(client, system, "unit_staff")
    assert to not in listed(client, system)
    Round.objects.update(leader_at=timezone.now(), team_at=timezone.now())
    assert to in listed(client, system)


def closed(system: System, **fields: Any) -> Round:
    row: Round = RoundFactory.create(
        system=system, state="closed", closed_at="2026-03-27T12:00Z",
        next_due=date(2028, 3, 27), **fields,
    )  # fmt: skip
    return row


@pytest.mark.parametrize(("today", "said"), [
    ("2026-11-23", "The next is due by March 2028."),
    ("2028-03-27", "The next is due by March 2028."),
    ("2028-03-28", "The next capacity review was due on 27 March 2028."),
])  # fmt: skip
def test_the_unit_is_told_when_the_next_is_due(
    client: Client, system: System, today: str, said: str
) -> None:
    row = closed(system)
    System.objects.update(reporting_date=date.fromisoformat(today))
    enter(client, system, "unit_staff")
    assert said in listed(client, system)
    take_part(client, row)
    assert said not in listed(client, system)


def test_a_review_that_is_followed_asks_for_no_other(client: Client, system: System) -> None:
    row = closed(system)
    other = closed(system, title="Of other questions")
    Round.objects.filter(pk=other.pk).update(next_due=date(2029, 1, 31))
    RoundFactory.create(
        system=system, rubric=row.rubric, starts=date(2028, 3, 1), due=date(2028, 3, 9)
    )
    enter(client, system, "unit_staff")
    page = listed(client, system)
    assert "The next review is due by January 2029." in page
    assert "The next review is due by March 2028." not in page


def test_rounds_of_an_earlier_time_stand_in_the_list(client: Client, system: System) -> None:
    closed(system, rubric=None, title="Before rubrics")
    enter(client, system, "unit_staff")
    assert "Before rubrics" in listed(client, system)


def test_queries_do_not_grow_with_the_list(
    client: Client, system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, system, "unit_staff")
    for number in (2, 30):
        for row in RoundFactory.create_batch(number, system=system):
            ParticipantFactory.create(round=row, kind="self")
        closed(system)
        listed(client, system)
        with django_assert_max_num_queries(MOST_QUERIES):
            listed(client, system)
