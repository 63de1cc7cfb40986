"""Writing down what one of us does next, about a member or the whole group."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition, NextStep
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CoalitionFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead, named
from people.models import System
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2026, 3, 14))
    return row


@pytest.fixture
def one(row: Coalition) -> Candidate:
    return named(row, "Union leader")


def filled(one: Candidate, **more: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "candidate": "",
        "what": f"Ask about the {SECRET}.",
        "owner": "Superintendent",
        "due": "2026-03-20",
        "kind": "step",
        "done_on": "",
        "outcome": "",
        **more,
    }


def to(row: Coalition) -> str:
    return address("add_next_step", row)


def test_leaders_and_the_delegate_write_one_down(
    client: Client, row: Coalition, one: Candidate
) -> None:
    working.everybody_who_may_writes(client, row, to(row), lambda: filled(one))
    assert NextStep.objects.count() == 3


def test_it_is_kept_as_it_was_typed(client: Client, row: Coalition, one: Candidate) -> None:
    lead(client, row)
    response = client.post(to(row), filled(one))
    assert response["Location"] == f"{address('building', row)}#steps"
    found = NextStep.objects.get()
    assert (found.coalition, found.candidate, found.owner) == (row, None, "Superintendent")
    assert (found.due, found.done_on, found.kind) == (date(2026, 3, 20), None, "step")
    working.the_trail_says_nothing_of(found)


@pytest.mark.parametrize(("more", "words"), [
    ({"due": "1850-01-01"}, "The year 1850 cannot be right"),
    ({"due": ""}, "Give the day."),
    ({"owner": ""}, "Name the office that does it."),
    ({"owner": "x" * 121}, "at most 120"),
    ({"candidate": "999999"}, "not among what this coalition knows"),
    ({"done_on": "2026-03-15"}, "2026-03-15 is still to come"),
    ({"kind": "wish"}, "Select a valid choice"),
    ({"outcome": "x" * 1001}, "at most 1000"),
])  # fmt: skip
def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, one: Candidate, more: dict[str, Any], words: str
) -> None:
    lead(client, row)
    values = filled(one, **more)
    working.refused_with(client, to(row), values, words)
    assert not NextStep.objects.exists()


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, one: Candidate, settings: Settings
) -> None:
    lead(client, row)
    working.without_the_key_what_was_typed_stays(client, settings, to(row), filled(one))
    assert not NextStep.objects.exists()


def test_others_are_refused(client: Client, row: Coalition, one: Candidate) -> None:
    working.nobody_else_writes(client, row, to(row), filled(one))
    assert NextStep.objects.count() == 1, "the delegate’s"


def test_the_service_refuses_whom_the_page_would(row: Coalition) -> None:
    user = MembershipFactory.create(system=row.system).user
    with pytest.raises(PermissionDenied):
        service.add_work(kind=NextStep, coalition=row, values={}, actor=user)


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row))
