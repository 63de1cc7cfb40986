"""Writing down what stands in the way."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from coalitions.models import Barrier, Candidate, Coalition
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
        "what": f"Two offices and a {SECRET}.",
        "kind": "",
        "raised_on": "2025-02-01",
        "removed_on": "",
        "removed_by": "",
        "how": "",
        **more,
    }


def to(row: Coalition) -> str:
    return address("add_barrier", row)


def test_leaders_and_the_delegate_write_one_down(
    client: Client, row: Coalition, one: Candidate
) -> None:
    working.everybody_who_may_writes(client, row, to(row), lambda: filled(one))
    assert Barrier.objects.count() == 3


def test_it_is_kept_as_it_was_typed(client: Client, row: Coalition, one: Candidate) -> None:
    lead(client, row)
    response = client.post(to(row), filled(one))
    assert response["Location"] == f"{address('building', row)}#barriers"
    found = Barrier.objects.get()
    assert (found.coalition, found.what) == (row, f"Two offices and a {SECRET}.")
    assert (found.raised_on, found.removed_on, found.kind) == (date(2025, 2, 1), None, "")
    working.the_trail_says_nothing_of(found)


@pytest.mark.parametrize(("more", "words"), [
    ({"raised_on": "2301-01-01"}, "The year 2301 cannot be right"),
    ({"raised_on": "2026-03-15"}, "2026-03-15 is still to come"),
    ({"removed_on": "2026-03-15", "how": "So."}, "2026-03-15 is still to come"),
    ({"removed_on": "2025-01-31", "how": "So."}, "before it stood there, on 2025-02-01"),
    ({"removed_on": "2025-03-01"}, "Say how it was removed."),
    ({"removed_by": "one"}, "Give the day on which it was removed"),
    ({"removed_by": "999999"}, "not among what this coalition knows"),
    ({"kind": "money"}, "Select a valid choice"),
    ({"how": "x" * 1001}, "at most 1000"),
])  # fmt: skip
def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, one: Candidate, more: dict[str, Any], words: str
) -> None:
    lead(client, row)
    values = filled(one, **more)
    if values.get("removed_by") == "one":
        values["removed_by"] = one.pk
    working.refused_with(client, to(row), values, words)
    assert not Barrier.objects.exists()


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, one: Candidate, settings: Settings
) -> None:
    lead(client, row)
    working.without_the_key_what_was_typed_stays(client, settings, to(row), filled(one))
    assert not Barrier.objects.exists()


def test_others_are_refused(client: Client, row: Coalition, one: Candidate) -> None:
    working.nobody_else_writes(client, row, to(row), filled(one))
    assert Barrier.objects.count() == 1, "the delegate’s"


def test_the_service_refuses_whom_the_page_would(row: Coalition) -> None:
    user = MembershipFactory.create(system=row.system).user
    with pytest.raises(PermissionDenied):
        service.add_work(kind=Barrier, coalition=row, values={}, actor=user)


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row))
