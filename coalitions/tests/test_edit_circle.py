"""Changing a circle: how far it has come."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Circle, Coalition
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CircleFactory, CoalitionFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2026, 3, 14))
    return row


@pytest.fixture
def circle(row: Coalition) -> Circle:
    circle: Circle = CircleFactory.create(
        coalition=row,
        order=1,
        name="Principals",
        size=1215,
        message=f"The {SECRET} block.",
        channel="Calls",
    )
    return circle


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


def to(row: Coalition, circle: Circle) -> str:
    return address("edit_circle", row, circle.pk)


def test_it_is_changed_and_the_trail_names_the_fields_alone(
    client: Client, row: Coalition, circle: Circle
) -> None:
    lead(client, row)
    assert SECRET in client.get(to(row, circle)).content.decode()
    response = client.post(to(row, circle), filled(**{"state": "3", "channel": "Visits"}))
    assert response["Location"] == f"{address('building', row)}#circles"
    circle.refresh_from_db()
    assert (circle.state, circle.channel) == ("3", "Visits")
    assert circle.version == 2
    assert AuditEntry.objects.about(circle).get().after == {
        "state": "changed",
        "channel": "changed",
    }
    working.the_trail_says_nothing_of(circle, "Visits")


def test_leaders_and_the_delegate_change_it(client: Client, row: Coalition, circle: Circle) -> None:
    def again() -> dict[str, Any]:
        circle.refresh_from_db()
        return filled(version=circle.version)

    working.everybody_who_may_writes(client, row, to(row, circle), again)


def test_two_who_change_it_at_once_see_both(client: Client, row: Coalition, circle: Circle) -> None:
    lead(client, row)
    assert client.post(to(row, circle), filled(channel="Theirs.")).status_code == 302
    response = client.post(to(row, circle), filled(channel="Mine."))
    assert response.status_code == 409
    assert "Theirs." in response.content.decode()
    assert "Mine." in response.content.decode()
    circle.refresh_from_db()
    assert circle.channel == "Theirs."


def test_bad_input_is_named_and_kept(client: Client, row: Coalition, circle: Circle) -> None:
    lead(client, row)
    values = filled(version="x")
    working.refused_with(client, to(row, circle), values, "which version it showed")
    circle.refresh_from_db()
    assert circle.version == 1


def test_one_of_another_coalition_is_not_found(
    client: Client, row: Coalition, circle: Circle
) -> None:
    other = CoalitionFactory.create(aspiration__system=row.system)
    lead(client, row)
    assert client.get(to(other, circle)).status_code == 404
    assert client.post(to(other, circle), filled()).status_code == 404
    with pytest.raises(ValidationError, match="This is gone"):
        service.change_work(row=circle, coalition=other, values={}, version=1)


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, circle: Circle, settings: Settings
) -> None:
    lead(client, row)
    kept, values = settings.CONFIDENTIAL_KEYS, filled(**{"state": "3", "channel": "Visits"})
    working.without_the_key_what_was_typed_stays(client, settings, to(row, circle), values)
    assert client.get(to(row, circle)).status_code == 503
    settings.CONFIDENTIAL_KEYS = kept
    circle.refresh_from_db()
    assert circle.version == 1


def test_others_are_refused(client: Client, row: Coalition, circle: Circle) -> None:
    working.nobody_else_writes(client, row, to(row, circle), filled())


def test_other_methods_are_refused(client: Client, row: Coalition, circle: Circle) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row, circle))
