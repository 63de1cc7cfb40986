"""Writing down a circle of leadership."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from coalitions.models import Circle, Coalition
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CircleFactory, CoalitionFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead
from people.models import System
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2026, 3, 14))
    return row


def filled(**more: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "order": 1,
        "name": "Principals",
        "size": "1215",
        "message": f"The {SECRET} block.",
        "channel": "Calls",
        "state": "2",
        **more,
    }


def to(row: Coalition) -> str:
    return address("add_circle", row)


def test_leaders_and_the_delegate_write_one_down(client: Client, row: Coalition) -> None:
    working.everybody_who_may_writes(
        client, row, to(row), lambda: filled(order=Circle.objects.count() + 1)
    )
    assert Circle.objects.count() == 3


def test_it_is_kept_as_it_was_typed(client: Client, row: Coalition) -> None:
    lead(client, row)
    response = client.post(to(row), filled())
    assert response["Location"] == f"{address('building', row)}#circles"
    found = Circle.objects.get()
    assert (found.coalition, found.order, found.size) == (row, 1, 1215)
    assert (found.name, found.channel, found.state) == ("Principals", "Calls", "2")
    working.the_trail_says_nothing_of(found)


def test_the_next_free_number_is_offered(client: Client, row: Coalition) -> None:
    for order in (1, 2, 4):
        CircleFactory.create(coalition=row, order=order)
    lead(client, row)
    assert 'name="order" value="3"' in client.get(to(row)).content.decode()
    for order in (3, 5, 6, 7, 8, 9):
        CircleFactory.create(coalition=row, order=order)
    assert client.get(to(row)).status_code == 200


@pytest.mark.parametrize(("more", "words"), [
    ({"order": "0"}, "Give a number from 1 to 9."),
    ({"order": "10"}, "Give a number from 1 to 9."),
    ({"order": "x"}, "Give a number from 1 to 9."),
    ({"order": ""}, "Give a number from 1 to 9."),
    ({"order": "7"}, "There is a circle with the number 7 already."),
    ({"name": ""}, "Say who they are."),
    ({"size": "0"}, "greater than or equal to 1"),
    ({"size": "9" * 12}, "less than or equal to"),
    ({"state": "5"}, "5 is no level"),
    ({"state": ""}, "Choose one of the four."),
])  # fmt: skip
def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, more: dict[str, Any], words: str
) -> None:
    lead(client, row)
    CircleFactory.create(coalition=row, order=7)
    values = filled(**more)
    working.refused_with(client, to(row), values, words)
    assert not Circle.objects.exclude(order=7).exists()


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, settings: Settings
) -> None:
    lead(client, row)
    working.without_the_key_what_was_typed_stays(client, settings, to(row), filled())
    assert not Circle.objects.exists()


def test_others_are_refused(client: Client, row: Coalition) -> None:
    working.nobody_else_writes(client, row, to(row), filled())
    assert Circle.objects.count() == 1, "the delegate’s"


def test_the_service_refuses_whom_the_page_would(row: Coalition) -> None:
    user = MembershipFactory.create(system=row.system).user
    with pytest.raises(PermissionDenied):
        service.add_work(kind=Circle, coalition=row, values={}, actor=user)


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row))
