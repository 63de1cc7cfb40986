"""Changing a next step: that it is done."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition, NextStep
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CoalitionFactory, NextStepFactory
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
def step(row: Coalition, one: Candidate) -> NextStep:
    step: NextStep = NextStepFactory.create(
        coalition=row, what=f"Ask about the {SECRET}.", due=date(2026, 3, 20)
    )
    return step


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


def to(row: Coalition, step: NextStep) -> str:
    return address("edit_next_step", row, step.pk)


def test_it_is_changed_and_the_trail_names_the_fields_alone(
    client: Client, row: Coalition, step: NextStep, one: Candidate
) -> None:
    lead(client, row)
    assert SECRET in client.get(to(row, step)).content.decode()
    response = client.post(
        to(row, step), filled(one, **{"done_on": "2026-03-10", "outcome": "They will visit."})
    )
    assert response["Location"] == f"{address('building', row)}#steps"
    step.refresh_from_db()
    assert (step.done_on, step.outcome) == (date(2026, 3, 10), "They will visit.")
    assert step.version == 2
    assert AuditEntry.objects.about(step).get().after == {
        "done_on": "changed",
        "outcome": "changed",
    }
    working.the_trail_says_nothing_of(step, "will visit")


def test_leaders_and_the_delegate_change_it(
    client: Client, row: Coalition, step: NextStep, one: Candidate
) -> None:
    def again() -> dict[str, Any]:
        step.refresh_from_db()
        return filled(one, version=step.version)

    working.everybody_who_may_writes(client, row, to(row, step), again)


def test_two_who_change_it_at_once_see_both(
    client: Client, row: Coalition, step: NextStep, one: Candidate
) -> None:
    lead(client, row)
    assert client.post(to(row, step), filled(one, what="Theirs.")).status_code == 302
    response = client.post(to(row, step), filled(one, what="Mine."))
    assert response.status_code == 409
    assert "Theirs." in response.content.decode()
    assert "Mine." in response.content.decode()
    step.refresh_from_db()
    assert step.what == "Theirs."


def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, step: NextStep, one: Candidate
) -> None:
    lead(client, row)
    values = filled(one, version="x")
    working.refused_with(client, to(row, step), values, "which version it showed")
    step.refresh_from_db()
    assert step.version == 1


def test_one_of_another_coalition_is_not_found(
    client: Client, row: Coalition, step: NextStep, one: Candidate
) -> None:
    other = CoalitionFactory.create(aspiration__system=row.system)
    lead(client, row)
    assert client.get(to(other, step)).status_code == 404
    assert client.post(to(other, step), filled(one)).status_code == 404
    with pytest.raises(ValidationError, match="This is gone"):
        service.change_work(row=step, coalition=other, values={}, version=1)


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, step: NextStep, one: Candidate, settings: Settings
) -> None:
    lead(client, row)
    kept, values = (
        settings.CONFIDENTIAL_KEYS,
        filled(one, **{"done_on": "2026-03-10", "outcome": "They will visit."}),
    )
    working.without_the_key_what_was_typed_stays(client, settings, to(row, step), values)
    assert client.get(to(row, step)).status_code == 503
    settings.CONFIDENTIAL_KEYS = kept
    step.refresh_from_db()
    assert step.version == 1


def test_others_are_refused(client: Client, row: Coalition, step: NextStep, one: Candidate) -> None:
    working.nobody_else_writes(client, row, to(row, step), filled(one))


def test_other_methods_are_refused(client: Client, row: Coalition, step: NextStep) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row, step))
