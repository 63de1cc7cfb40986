"""Opening a round that is set up."""

import pytest
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Round, Rubric, ScoringLink
from reviews.tests.factories import GuestFactory, RoundFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return RoundFactory.create(state="draft")


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_the_unit_opens_it(client: Client, row: Round, role: str) -> None:
    enter(client, row.system, role)
    assert client.post(address("open_round", row))["Location"] == address("review", row)
    row.refresh_from_db()
    assert (row.state, row.version) == ("open", 2)
    assert AuditEntry.objects.about(row).get().after["state"] == "open"


@pytest.mark.parametrize("state", ["open", "closed"])
def test_what_was_opened_before_is_not_opened_like_this(client: Client, state: str) -> None:
    row = RoundFactory.create(
        state=state, closed_at="2026-03-27T10:00Z" if state == "closed" else None
    )
    enter(client, row.system, "unit_staff")
    response = client.post(address("open_round", row))
    assert response.status_code == 400
    assert "was opened before" in response.content.decode()
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize(("rubric", "words"), [("none", "has no rubric"), ("draft", "not in use")])
def test_it_needs_a_rubric_in_use(client: Client, row: Round, rubric: str, words: str) -> None:
    if rubric == "none":
        Round.objects.filter(pk=row.pk).update(rubric=None)
    else:
        Rubric.objects.filter(rounds=row).update(adopted_at=None)
    enter(client, row.system, "unit_staff")
    response = client.post(address("open_round", row))
    assert response.status_code == 400
    assert words in response.content.decode()
    row.refresh_from_db()
    assert row.state == "draft"


def test_guests_are_sent_their_links(client: Client, row: Round) -> None:
    guest = GuestFactory.create(round=row)
    GuestFactory.create()
    enter(client, row.system, "unit_staff")
    client.post(address("open_round", row))
    assert ScoringLink.objects.get().participant == guest


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("open_round", row)) == REFUSED
    row.refresh_from_db()
    assert row.state == "draft"


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_it_takes_a_post(client: Client, row: Round, method: str) -> None:
    enter(client, row.system, "unit_staff")
    assert getattr(client, method)(address("open_round", row)).status_code == 405
    row.refresh_from_db()
    assert row.state == "draft"
