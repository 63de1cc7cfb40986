"""Changing a commitment: whether it was kept."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition, MemberCommitment
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CoalitionFactory, CommitmentFactory
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
def promise(row: Coalition, one: Candidate) -> MemberCommitment:
    promise: MemberCommitment = CommitmentFactory.create(
        candidate=one, what=f"Speak of the {SECRET}."
    )
    return promise


def filled(one: Candidate, **more: Any) -> dict[str, Any]:
    return {
        "version": "1",
        "candidate": one.pk,
        "what": f"Speak of the {SECRET}.",
        "due": "2025-04-01",
        "state": "open",
        "settled_on": "",
        "outcome": "",
        **more,
    }


def to(row: Coalition, promise: MemberCommitment) -> str:
    return address("edit_commitment", row, promise.pk)


def test_it_is_changed_and_the_trail_names_the_fields_alone(
    client: Client, row: Coalition, promise: MemberCommitment, one: Candidate
) -> None:
    lead(client, row)
    assert SECRET in client.get(to(row, promise)).content.decode()
    response = client.post(
        to(row, promise),
        filled(one, **{"state": "broken", "settled_on": "2025-04-02", "outcome": "It fell out."}),
    )
    assert response["Location"] == f"{address('building', row)}#commitments"
    promise.refresh_from_db()
    assert (promise.state, promise.settled_on) == ("broken", date(2025, 4, 2))
    assert promise.version == 2
    assert AuditEntry.objects.about(promise).get().after == {
        "state": "changed",
        "settled_on": "changed",
        "outcome": "changed",
    }
    working.the_trail_says_nothing_of(promise, "fell out")


def test_leaders_and_the_delegate_change_it(
    client: Client, row: Coalition, promise: MemberCommitment, one: Candidate
) -> None:
    def again() -> dict[str, Any]:
        promise.refresh_from_db()
        return filled(one, version=promise.version)

    working.everybody_who_may_writes(client, row, to(row, promise), again)


def test_two_who_change_it_at_once_see_both(
    client: Client, row: Coalition, promise: MemberCommitment, one: Candidate
) -> None:
    lead(client, row)
    assert client.post(to(row, promise), filled(one, what="Theirs.")).status_code == 302
    response = client.post(to(row, promise), filled(one, what="Mine."))
    assert response.status_code == 409
    assert "Theirs." in response.content.decode()
    assert "Mine." in response.content.decode()
    promise.refresh_from_db()
    assert promise.what == "Theirs."


def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, promise: MemberCommitment, one: Candidate
) -> None:
    lead(client, row)
    values = filled(one, version="x")
    working.refused_with(client, to(row, promise), values, "which version it showed")
    promise.refresh_from_db()
    assert promise.version == 1


def test_one_of_another_coalition_is_not_found(
    client: Client, row: Coalition, promise: MemberCommitment, one: Candidate
) -> None:
    other = CoalitionFactory.create(aspiration__system=row.system)
    lead(client, row)
    assert client.get(to(other, promise)).status_code == 404
    assert client.post(to(other, promise), filled(one)).status_code == 404
    with pytest.raises(ValidationError, match="This is gone"):
        service.change_work(row=promise, coalition=other, values={}, version=1)


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, promise: MemberCommitment, one: Candidate, settings: Settings
) -> None:
    lead(client, row)
    kept, values = (
        settings.CONFIDENTIAL_KEYS,
        filled(one, **{"state": "broken", "settled_on": "2025-04-02", "outcome": "It fell out."}),
    )
    working.without_the_key_what_was_typed_stays(client, settings, to(row, promise), values)
    assert client.get(to(row, promise)).status_code == 503
    settings.CONFIDENTIAL_KEYS = kept
    promise.refresh_from_db()
    assert promise.version == 1


def test_others_are_refused(
    client: Client, row: Coalition, promise: MemberCommitment, one: Candidate
) -> None:
    working.nobody_else_writes(client, row, to(row, promise), filled(one))


def test_other_methods_are_refused(
    client: Client, row: Coalition, promise: MemberCommitment
) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row, promise))
