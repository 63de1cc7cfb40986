"""Writing down a contact: with whom, what for, what came of it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition, Contact
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CandidateFactory, CoalitionFactory, StandingFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead, named
from people.models import Opening, System
from people.tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    System.objects.filter(pk=row.system.pk).update(reporting_date=date(2026, 3, 14))
    return row


@pytest.fixture
def one(row: Coalition) -> Candidate:
    one = named(row, "Union leader")
    StandingFactory.create(candidate=one)
    return one


def filled(*candidates: Candidate, **more: Any) -> dict[str, Any]:
    return {
        "version": "1", "held_on": "2026-03-09", "kind": "one_to_one", "by": "Superintendent",
        "purpose": f"Hear about the {SECRET}.", "outcome": "Two reports fewer.",
        "candidates": [one.pk for one in candidates], **more,
    }  # fmt: skip


def to(row: Coalition) -> str:
    return address("add_contact", row)


def test_leaders_and_the_delegate_write_one_down(
    client: Client, row: Coalition, one: Candidate
) -> None:
    working.everybody_who_may_writes(client, row, to(row), lambda: filled(one))
    assert Contact.objects.count() == 3


def test_it_is_kept_as_it_was_typed(client: Client, row: Coalition, one: Candidate) -> None:
    other, user = CandidateFactory.create(coalition=row), lead(client, row)
    response = client.post(to(row), filled(one, other))
    assert response["Location"] == f"{address('building', row)}#contacts"
    found = Contact.objects.get()
    assert set(found.candidates.all()) == {one, other}
    assert (found.coalition, found.author, found.held_on) == (row, user, date(2026, 3, 9))
    assert (found.kind, found.by, found.outcome) == (
        "one_to_one", "Superintendent", "Two reports fewer."
    )  # fmt: skip
    working.the_trail_says_nothing_of(found, "Superintendent", "reports", "one_to_one")


def test_the_form_begins_with_today_and_whom_the_address_names(
    client: Client, row: Coalition, one: Candidate
) -> None:
    named(row, "Not looked at")
    lead(client, row)
    form = client.get(f"{to(row)}?candidate={one.number}").content.decode()
    assert 'value="2026-03-14"' in form
    assert form.count("checked") == 1
    assert form.index("Union leader") < form.index("Not looked at"), "the short list comes first"
    assert 'autocomplete="off"' in form


@pytest.mark.parametrize("number", ["", "0", "99", "x", "-1", "9" * 30, "²"])
def test_an_odd_number_chooses_nobody(
    client: Client, row: Coalition, one: Candidate, number: str
) -> None:
    lead(client, row)
    response = client.get(to(row), {"candidate": number})
    assert response.status_code == 200
    assert "checked" not in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("held_on", "2026-03-15", "2026-03-15 is still to come"),
        ("held_on", "1899-12-31", "The year 1899 cannot be right"),
        ("held_on", "9.3.2026", "That is no day"),
        ("held_on", "", "Give the day."),
        ("candidates", [], "Choose whom it was with"),
        ("candidates", ["999999"], "not among what this coalition knows"),
        ("candidates", ["x"], "not among what this coalition knows"),
        ("by", "  ", "Say who of us it was."),
        ("by", "x" * 121, "at most 120"),
        ("kind", "dinner", "Select a valid choice"),
        ("outcome", "x" * 2001, "at most 2000"),
    ],
)
def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, one: Candidate, field: str, value: Any, words: str
) -> None:
    lead(client, row)
    working.refused_with(client, to(row), filled(one, **{field: value}), words)
    assert not Contact.objects.exists()


def test_a_purpose_is_asked_for(client: Client, row: Coalition, one: Candidate) -> None:
    lead(client, row)
    response = client.post(to(row), filled(one, purpose=""))
    assert response.status_code == 400
    assert "Say what it was for." in response.content.decode()


def test_the_last_day_is_today(client: Client, row: Coalition, one: Candidate) -> None:
    lead(client, row)
    assert client.post(to(row), filled(one, held_on="2026-03-14")).status_code == 302


def test_whom_another_coalition_considers_cannot_be_met_here(
    client: Client, row: Coalition, one: Candidate
) -> None:
    other, user = CandidateFactory.create(), lead(client, row)
    working.refused_with(client, to(row), filled(other), "not among what this coalition knows")
    values = {"held_on": date(2026, 3, 9), "by": "x", "purpose": "y", "candidates": [one, other]}
    with pytest.raises(ValidationError, match="candidates of this coalition"):
        service.add_work(kind=Contact, coalition=row, values=values, actor=user)


def test_a_form_sent_back_names_the_candidates_after_fresh_proof_only(
    client: Client, row: Coalition, one: Candidate
) -> None:
    lead(client, row)
    assert "Union leader" in client.post(to(row), filled(one, by="")).content.decode()
    assert Opening.objects.filter(object_key=str(row.pk)).count() == 1
    with working.later(client, row):
        response = client.post(to(row), filled(one, by=""))
        assert response.status_code == 400
        assert "Union leader" not in response.content.decode()
        assert "Candidate A" in response.content.decode()
        assert client.post(to(row), filled(one)).status_code == 302
    assert Opening.objects.filter(object_key=str(row.pk)).count() == 1


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, one: Candidate, settings: Settings
) -> None:
    lead(client, row)
    working.without_the_key_what_was_typed_stays(client, settings, to(row), filled(one))
    assert client.get(to(row)).status_code == 503
    assert not Contact.objects.exists()


def test_others_are_refused(client: Client, row: Coalition, one: Candidate) -> None:
    working.nobody_else_writes(client, row, to(row), filled(one))
    assert Contact.objects.count() == 1, "the delegate’s"


def test_the_service_refuses_whom_the_page_would(row: Coalition, one: Candidate) -> None:
    user = MembershipFactory.create(system=row.system).user
    with pytest.raises(PermissionDenied):
        service.add_work(kind=Contact, coalition=row, values={}, actor=user)
    with pytest.raises(ValidationError, match="Choose whom"):
        service.add_work(kind=Contact, coalition=row, values={"held_on": date(2026, 3, 1)})


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(row))
