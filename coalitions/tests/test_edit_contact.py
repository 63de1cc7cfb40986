"""Changing a contact: what came of it, and with whom it was."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition, Contact
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CoalitionFactory, ContactFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead, named
from people.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    return row


@pytest.fixture
def one(row: Coalition) -> Candidate:
    return named(row, "Union leader")


@pytest.fixture
def contact(row: Coalition, one: Candidate) -> Contact:
    contact: Contact = ContactFactory.create(coalition=row, purpose=f"Hear of the {SECRET}.")
    contact.candidates.set([one])
    return contact


def filled(*candidates: Candidate, version: Any = 1, **more: Any) -> dict[str, Any]:
    return {
        "version": version, "held_on": "2025-03-03", "kind": "one_to_one", "by": "Superintendent",
        "purpose": f"Hear of the {SECRET}.", "outcome": "A visit.",
        "candidates": [one.pk for one in candidates], **more,
    }  # fmt: skip


def to(contact: Contact) -> str:
    return address("edit_contact", contact.coalition, contact.pk)


def test_what_came_of_it_is_written_later(
    client: Client, row: Coalition, contact: Contact, one: Candidate
) -> None:
    lead(client, row)
    form = client.get(to(contact)).content.decode()
    assert SECRET in form
    assert form.count("checked") == 1
    response = client.post(to(contact), filled(one))
    assert response["Location"] == f"{address('building', row)}#contacts"
    contact.refresh_from_db()
    assert (contact.outcome, contact.version) == ("A visit.", 2)
    line = AuditEntry.objects.about(contact).get()
    assert line.after == {"outcome": "changed"}
    working.the_trail_says_nothing_of(contact, "visit")


def test_with_whom_it_was_can_be_corrected(
    client: Client, row: Coalition, contact: Contact, one: Candidate
) -> None:
    other = named(row, "Board chair")
    lead(client, row)
    client.post(to(contact), filled(one, other, outcome=""))
    assert set(contact.candidates.all()) == {one, other}
    line = AuditEntry.objects.about(contact).get()
    assert line.after == {"candidates": "changed"}
    working.the_trail_says_nothing_of(contact, "Board", "Union")


def test_leaders_and_the_delegate_change_it(
    client: Client, row: Coalition, contact: Contact, one: Candidate
) -> None:
    def again() -> dict[str, Any]:
        contact.refresh_from_db()
        return filled(one, version=contact.version)

    working.everybody_who_may_writes(client, row, to(contact), again)


def test_two_who_change_it_at_once_see_both(
    client: Client, row: Coalition, contact: Contact, one: Candidate
) -> None:
    other = named(row, "Board chair")
    lead(client, row)
    seen = {"initial-candidates": str(one.pk), "initial-outcome": ""}
    client.post(to(contact), {**filled(one, other, outcome="Theirs."), **seen})
    response = client.post(to(contact), {**filled(one, outcome="Mine."), **seen})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    assert text.count("checked") == 2, "whom the second did not touch is as the first left it"
    contact.refresh_from_db()
    assert contact.outcome == "Theirs."


def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, contact: Contact, one: Candidate
) -> None:
    lead(client, row)
    working.refused_with(client, to(contact), filled(one, held_on="2199-01-01"), "still to come")
    working.refused_with(client, to(contact), filled(), "Choose whom it was with")
    working.refused_with(client, to(contact), filled(one, version="x"), "which version it showed")
    contact.refresh_from_db()
    assert (contact.held_on, contact.version) == (date(2025, 3, 3), 1)


def test_one_of_another_coalition_is_not_found(
    client: Client, row: Coalition, contact: Contact, one: Candidate
) -> None:
    other = CoalitionFactory.create(aspiration__system=row.system)
    lead(client, row)
    assert client.get(address("edit_contact", other, contact.pk)).status_code == 404
    assert client.post(address("edit_contact", other, contact.pk), filled(one)).status_code == 404
    assert client.get(address("edit_contact", row, contact.pk + 1)).status_code == 404
    with pytest.raises(ValidationError, match="This is gone"):
        service.change_work(row=contact, coalition=other, values={}, version=1)


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, contact: Contact, one: Candidate, settings: Settings
) -> None:
    lead(client, row)
    kept = settings.CONFIDENTIAL_KEYS
    working.without_the_key_what_was_typed_stays(client, settings, to(contact), filled(one))
    assert client.get(to(contact)).status_code == 503
    settings.CONFIDENTIAL_KEYS = kept
    contact.refresh_from_db()
    assert (contact.outcome, contact.version) == ("", 1)


def test_others_are_refused(
    client: Client, row: Coalition, contact: Contact, one: Candidate
) -> None:
    working.nobody_else_writes(client, row, to(contact), filled(one))


def test_other_methods_are_refused(client: Client, row: Coalition, contact: Contact) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(contact))
