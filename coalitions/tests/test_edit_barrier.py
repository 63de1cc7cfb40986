"""Changing a barrier: that it is removed, how and by whom."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Barrier, Candidate, Coalition
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import BarrierFactory, CoalitionFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead, named
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2026, 3, 14))
    return row


@pytest.fixture
def one(row: Coalition) -> Candidate:
    return named(row, "Union leader")


@pytest.fixture
def barrier(row: Coalition, one: Candidate) -> Barrier:
    barrier: Barrier = BarrierFactory.create(coalition=row, what=f"Two offices and a {SECRET}.")
    return barrier


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


def to(row: Coalition, barrier: Barrier) -> str:
    return address("edit_barrier", row, barrier.pk)


def test_it_is_changed_and_the_trail_names_the_fields_alone(
    client: Client, row: Coalition, barrier: Barrier, one: Candidate
) -> None:
    lead(client, row)
    assert SECRET in client.get(to(row, barrier)).content.decode()
    response = client.post(
        to(row, barrier),
        filled(
            one, **{"removed_on": "2025-03-01", "removed_by": one.pk, "how": "One office alone."}
        ),
    )
    assert response["Location"] == f"{address('building', row)}#barriers"
    barrier.refresh_from_db()
    assert (barrier.removed_on, barrier.removed_by) == (date(2025, 3, 1), one)
    assert barrier.version == 2
    assert AuditEntry.objects.about(barrier).get().after == {
        "removed_on": "changed",
        "removed_by": "changed",
        "how": "changed",
    }
    working.the_trail_says_nothing_of(barrier, "One office")


def test_leaders_and_the_delegate_change_it(
    client: Client, row: Coalition, barrier: Barrier, one: Candidate
) -> None:
    def again() -> dict[str, Any]:
        barrier.refresh_from_db()
        return filled(one, version=barrier.version)

    working.everybody_who_may_writes(client, row, to(row, barrier), again)


def test_two_who_change_it_at_once_see_both(
    client: Client, row: Coalition, barrier: Barrier, one: Candidate
) -> None:
    lead(client, row)
    assert client.post(to(row, barrier), filled(one, what="Theirs.")).status_code == 302
    response = client.post(to(row, barrier), filled(one, what="Mine."))
    assert response.status_code == 409
    assert "Theirs." in response.content.decode()
    assert "Mine." in response.content.decode()
    barrier.refresh_from_db()
    assert barrier.what == "Theirs."


def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, barrier: Barrier, one: Candidate
) -> None:
    lead(client, row)
    values = filled(one, version="x")
    working.refused_with(client, to(row, barrier), values, "which version it showed")
    barrier.refresh_from_db()
    assert barrier.version == 1


def test_one_of_another_coalition_is_not_found(
    client: Client, row: Coalition, barrier: Barrier, one: Candidate
) -> None:
    other = CoalitionFactory.create(aspiration__system=row.system)
    lead(client, row)
    assert client.get(to(other, barrier)).status_code == 404
    assert client.post(to(other, barrier), filled(one)).status_code == 404
    with pytest.raises(ValidationError, match="This is gone"):
        service.change_work(row=barrier, coalition=other, values={}, version=1)


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, barrier: Barrier, one: Candidate, settings: Settings
) -> None:
    lead(client, row)
    kept, values = (
        settings.CONFIDENTIAL_KEYS,
        filled(
            one, **{"removed_on": "2025-03-01", "removed_by": one.pk, "how": "One office alone."}
        ),
    )
    working.without_the_key_what_was_typed_stays(client, settings, to(row, barrier), values)
    assert client.get(to(row, barrier)).status_code == 503
    settings.CONFIDENTIAL_KEYS = kept
    barrier.refresh_from_db()
    assert barrier.version == 1


def test_others_are_refused(
    client: Client, row: Coalition, barrier: Barrier, one: Candidate
) -> None:
    working.nobody_else_writes(client, row, to(row, barrier), filled(one))


def test_other_methods_are_refused(client: Client, row: Coalition, barrier: Barrier) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row, barrier))
