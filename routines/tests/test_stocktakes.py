"""The list of stocktakes: the next one first, then those held, then those called off."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory
from routines.services import cancel
from routines.tests.factories import StocktakeFactory
from routines.tests.ladder import NOTHING, READ_ONLY, WRITE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 14)
MOST_QUERIES = 8


@pytest.fixture
def system() -> System:
    return SystemFactory.create(reporting_date=TODAY)


def listed(client: Client, system: System) -> str:
    response = client.get(reverse("stocktakes", args=[system.slug]))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("role", sorted(WRITE | READ_ONLY))
def test_readers_see_it_and_writers_the_way_to_plan(
    client: Client, system: System, role: str
) -> None:
    StocktakeFactory.create(system=system)
    StocktakeFactory.create(title="Of another system")
    enter(client, system, role)
    page = listed(client, system)
    assert "Stock is taken next in 10 days, on Tuesday 24 March 2026." in page
    assert "Spring · chaired by Superintendent" in page
    assert "Of another system" not in page
    assert (reverse("plan_stocktake", args=[system.slug]) in page) is (role in WRITE)
    assert ("Call off" in page) is (role in WRITE)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Stock is taken today, Saturday 14 March 2026."),
        (1, "Stock is taken next in 1 day, on Sunday 15 March 2026."),
        (-1, "No stocktake is planned."),
    ],
)
def test_the_first_line_counts_the_days(
    client: Client, system: System, days: int, words: str
) -> None:
    StocktakeFactory.create(system=system, date=TODAY + timedelta(days=days))
    enter(client, system, "viewer")
    assert words in listed(client, system)


def test_an_empty_list_teaches(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    page = listed(client, system)
    assert "A rhythm is what turns figures into decisions" in page
    assert page.count(reverse("plan_stocktake", args=[system.slug])) == 1
    enter(client, system, "viewer")
    assert reverse("plan_stocktake", args=[system.slug]) not in listed(client, system)


def test_one_that_was_held_leads_to_the_dashboard_of_its_day(
    client: Client, system: System
) -> None:
    StocktakeFactory.create(system=system, date=date(2025, 12, 16))
    enter(client, system, "viewer")
    page = listed(client, system)
    assert f'href="/{system.slug}/?as_at=2025-12-16"' in page
    assert page.index("Nothing is planned yet") < page.index("Held")


def test_one_that_was_called_off_stays_with_its_reason(client: Client, system: System) -> None:
    cancel(stocktake=StocktakeFactory.create(system=system), reason="The leader is <abroad>")
    enter(client, system, "delivery_leader")
    page = listed(client, system)
    assert "Called off: The leader is &lt;abroad&gt;" in page
    assert "/cancel/" not in page


def test_strangers_find_nothing(client: Client, system: System) -> None:
    to = reverse("stocktakes", args=[system.slug])
    for role in sorted(NOTHING):
        enter(client, system, role)
        assert client.get(to).status_code == 404
    above = MembershipFactory.create(role="delivery_leader")
    System.objects.filter(pk=system.pk).update(parent=above.system)
    prove(client, above.user)
    assert client.get(to).status_code == 404
    client.logout()
    assert client.get(to).status_code == 302


def test_it_is_only_read(client: Client, system: System) -> None:
    enter(client, system, "delivery_leader")
    assert client.post(reverse("stocktakes", args=[system.slug])).status_code == 405


def test_queries_do_not_grow_with_the_list(
    client: Client, system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, system, "unit_staff")
    listed(client, system)
    for count in (3, 30):
        for n in range(count):
            day = TODAY + timedelta(days=count * 100 + n)
            StocktakeFactory.create(system=system, date=day)
        with django_assert_max_num_queries(MOST_QUERIES):
            listed(client, system)
