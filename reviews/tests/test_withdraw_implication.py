"""Withdrawing an implication: not while an action that follows from it is open."""

import pytest
from django.test import Client

from people.models import AuditEntry
from reviews.models import Implication, Round
from reviews.tests.concluding import CLOSED_TO, SECRET, closed_round, join, lead, read_trail
from reviews.tests.factories import ImplicationFactory, ReviewActionFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def meant(row: Round) -> Implication:
    implication: Implication = ImplicationFactory.create(finding__round=row, text=SECRET)
    return implication


def to(row: Round, meant: Implication) -> str:
    return address("withdraw_implication", row, meant.pk)


def test_it_is_withdrawn(client: Client, row: Round, meant: Implication) -> None:
    join(client, row)
    assert SECRET in client.get(to(row, meant)).content.decode()
    assert client.post(to(row, meant))["Location"] == address("findings", row)
    meant.refresh_from_db()
    assert meant.withdrawn_at is not None
    assert AuditEntry.objects.about(meant).get().action == "withdraw"
    assert SECRET not in read_trail(row)


def test_open_actions_are_named_and_hold_it(client: Client, row: Round, meant: Implication) -> None:
    lead(client, row)
    for what in ("Train two people", "Publish what was done"):
        ReviewActionFactory.create(implication=meant, action__what=what)
    response = client.post(to(row, meant))
    assert response.status_code == 400
    page = response.content.decode()
    assert "These actions are still open: “Train two people”, “Publish what was done”." in page
    meant.refresh_from_db()
    assert meant.withdrawn_at is None


def test_others_are_refused(client: Client, row: Round, meant: Implication) -> None:
    assert answers(client, row, "post", to(row, meant)) == CLOSED_TO
    meant.refresh_from_db()
    assert meant.withdrawn_at is None


def test_other_methods_are_refused(client: Client, row: Round, meant: Implication) -> None:
    lead(client, row)
    assert client.delete(to(row, meant)).status_code == 405
