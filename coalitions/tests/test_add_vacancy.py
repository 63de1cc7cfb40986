"""Writing down a key post that falls vacant."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from coalitions.models import Coalition, Vacancy
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CoalitionFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead
from people.models import Actor, System
from people.tests.factories import ActorFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2026, 3, 14))
    return row


@pytest.fixture
def office(row: Coalition) -> Actor:
    office: Actor = ActorFactory.create(system=row.system, name="Board chair")
    return office


def filled(office: Actor, **more: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "actor": office.pk,
        "falls_vacant_on": "2026-06-30",
        "influencers": f"The {SECRET} board.",
        "plan": "",
        "filled_on": "",
        "outcome": "",
        **more,
    }


def to(row: Coalition) -> str:
    return address("add_vacancy", row)


def test_leaders_and_the_delegate_write_one_down(
    client: Client, row: Coalition, office: Actor
) -> None:
    working.everybody_who_may_writes(client, row, to(row), lambda: filled(office))
    assert Vacancy.objects.count() == 3


def test_it_is_kept_as_it_was_typed(client: Client, row: Coalition, office: Actor) -> None:
    lead(client, row)
    response = client.post(to(row), filled(office))
    assert response["Location"] == f"{address('building', row)}#vacancies"
    found = Vacancy.objects.get()
    assert (found.coalition, found.actor) == (row, office)
    assert (found.falls_vacant_on, found.filled_on) == (date(2026, 6, 30), None)
    working.the_trail_says_nothing_of(found)


@pytest.mark.parametrize(("more", "words"), [
    ({"falls_vacant_on": "2201-01-01"}, "The year 2201 cannot be right"),
    ({"falls_vacant_on": ""}, "Give the day."),
    ({"actor": ""}, "Choose the office that falls vacant."),
    ({"actor": "999999"}, "not among what this coalition knows"),
    ({"filled_on": "2026-03-15"}, "2026-03-15 is still to come"),
    ({"plan": "x" * 1001}, "at most 1000"),
])  # fmt: skip
def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, office: Actor, more: dict[str, Any], words: str
) -> None:
    lead(client, row)
    values = filled(office, **more)
    working.refused_with(client, to(row), values, words)
    assert not Vacancy.objects.exists()


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, office: Actor, settings: Settings
) -> None:
    lead(client, row)
    working.without_the_key_what_was_typed_stays(client, settings, to(row), filled(office))
    assert not Vacancy.objects.exists()


def test_others_are_refused(client: Client, row: Coalition, office: Actor) -> None:
    working.nobody_else_writes(client, row, to(row), filled(office))
    assert Vacancy.objects.count() == 1, "the delegate’s"


def test_the_service_refuses_whom_the_page_would(row: Coalition) -> None:
    user = MembershipFactory.create(system=row.system).user
    with pytest.raises(PermissionDenied):
        service.add_work(kind=Vacancy, coalition=row, values={}, actor=user)


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row))
