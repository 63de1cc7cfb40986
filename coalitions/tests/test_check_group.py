"""Checking a choice while it is ticked: parts of the page come back, and nothing is stored."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from coalitions.models import Coalition, Standing, Status
from coalitions.tests.choosing import WORD, candidate
from coalitions.tests.factories import CoalitionFactory, DifficultyFactory
from coalitions.tests.ladder import HEADS, address, answers, be_delegate
from people.models import AuditEntry, Opening
from people.tests.entering import enter, grow_old

pytestmark = pytest.mark.django_db
QUERIES = 12
AS_HTMX = {"HX-Request": "true"}


@pytest.fixture
def row() -> Coalition:
    """A: short list, B: proposed, C: excluded, D: member."""
    row: Coalition = CoalitionFactory.create()
    for status in (Status.SHORTLISTED, Status.PROPOSED, Status.EXCLUDED, Status.MEMBER):
        candidate(row, status)
    return row


def to(row: Coalition) -> str:
    return address("check_group", row)


def checked(client: Client, row: Coalition, *on: int) -> str:
    response = client.post(to(row), {"on": list(on)})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("role", sorted(HEADS))
def test_the_map_the_checks_and_the_heading_come_back(
    client: Client, row: Coalition, role: str
) -> None:
    enter(client, row.system, role)
    part = checked(client, row, 1, 2)
    assert "<html" not in part
    assert "A group of three" in part
    assert "Group checks, a group of 3" in part
    assert part.count('class="pin-on" cx="8"') == 1
    assert part.count("<g><title>") == 4
    assert part.count('hx-swap-oob="innerHTML"') == 2


def test_nothing_is_stored(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    before = list(Standing.objects.values_list("pk", flat=True))
    checked(client, row, 2)
    assert list(Standing.objects.values_list("pk", flat=True)) == before
    assert not AuditEntry.objects.exists()
    assert WORD not in str(dict(client.session))


def test_a_member_stays_and_who_is_set_aside_stays_out(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    assert "Group checks, a group of 1" in checked(client, row)
    assert "Group checks, a group of 2" in checked(client, row, 2, 3)


def test_a_pair_shows_once_both_are_ticked(client: Client, row: Coalition) -> None:
    first, second = (row.candidates.get(number=number).actor_id for number in (1, 2))
    between = f"{min(first, second)},{max(first, second)}"
    DifficultyFactory.create(coalition=row, between=between, plan="Both meet the chair.")
    enter(client, row.system, "delivery_leader")
    assert "A and B. Both meet the chair." in checked(client, row, 1, 2)
    assert "No difficult pair inside the group" in checked(client, row, 1)


def test_a_delegate_checks_too(client: Client, row: Coalition) -> None:
    be_delegate(client, row)
    assert "Group checks" in checked(client, row, 1)


def test_each_check_is_logged(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    checked(client, row, 1)
    checked(client, row, 1, 2)
    assert Opening.objects.filter(user=user, object_key=str(row.pk)).count() == 2


@pytest.mark.parametrize("on", ["99", "x", ""])
def test_who_is_not_on_the_list_is_refused(client: Client, row: Coalition, on: str) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"on": [on]})
    assert response.status_code == 400
    assert "is not on the long list" in response.content.decode()
    assert not Opening.objects.exists()


def test_everybody_else_finds_nothing(client: Client, row: Coalition) -> None:
    found = answers(client, row, "post", to(row), {"on": ["1"]})
    assert (found.pop("delegate"), found.pop("not signed in")) == (200, 302)
    assert set(found.values()) == {404}


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_other_methods_are_refused(client: Client, row: Coalition, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405


def test_without_fresh_proof_the_whole_page_asks_for_it(client: Client, row: Coalition) -> None:
    """This address takes no GET, so proof has to lead back to the page."""
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    grow_old(client, 1)
    page = address("choose_group", row)
    assert client.post(to(row), {"on": ["1"]})["Location"] == page
    response = client.post(to(row), {"on": ["1"]}, headers=AS_HTMX)
    assert (response.status_code, response["HX-Redirect"]) == (204, page)
    assert client.get(page)["Location"].startswith(reverse("account_reauthenticate"))
    assert not Opening.objects.exists()


def test_without_the_key_it_says_so(client: Client, row: Coalition, settings: Settings) -> None:
    enter(client, row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    assert client.post(to(row), {"on": ["1"]}).status_code == 503
    assert not Opening.objects.exists()


def test_few_and_many_take_as_many_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (2, 20):
        row = CoalitionFactory.create()
        for _number in range(count):
            candidate(row, Status.SHORTLISTED)
        enter(client, row.system, "delivery_leader")
        checked(client, row, 1)
        with django_assert_num_queries(QUERIES):
            checked(client, row, 1, 2)
