"""Changing a round: what another saved meanwhile is shown, and nothing typed is lost."""

import pytest
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Round
from reviews.services import rounds
from reviews.tests.factories import RoundFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db
FILLED = {
    "title": "Round 2, spring", "purpose": "Whether plans are live.", "aspiration": "",
    "starts": "2026-03-02", "due": "2026-03-31", "version": "1",
}  # fmt: skip


@pytest.fixture
def row() -> Round:
    return RoundFactory.create(title="Round 2")


def test_a_round_is_changed(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert 'value="Round 2"' in client.get(address("edit_round", row)).content.decode()
    response = client.post(address("edit_round", row), FILLED)
    assert response["Location"] == address("review", row)
    row.refresh_from_db()
    assert (row.title, row.due.isoformat(), row.version) == ("Round 2, spring", "2026-03-31", 2)
    line = AuditEntry.objects.about(row).get()
    assert line.before["title"] == "Round 2"
    assert line.after["due"] == "2026-03-31"


def test_the_second_of_two_editors_sees_both_and_loses_nothing(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    rounds.change(round=row, values={"title": "Round 2 of 2026"}, version=1)
    response = client.post(address("edit_round", row), FILLED)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Round 2 of 2026" in page
    assert 'value="Round 2, spring"' in page
    assert 'name="version" value="2"' in page
    assert client.post(address("edit_round", row), {**FILLED, "version": "2"}).status_code == 302
    row.refresh_from_db()
    assert row.title == "Round 2, spring"


@pytest.mark.parametrize("wrong", [{"version": ""}, {"version": "x"}, {"due": "2025-01-01"},
                                   {"title": ""}])  # fmt: skip
def test_bad_input_changes_nothing(client: Client, row: Round, wrong: dict[str, str]) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("edit_round", row), {**FILLED, **wrong})
    assert response.status_code == 400
    assert "Whether plans are live." in response.content.decode()
    row.refresh_from_db()
    assert (row.title, row.version) == ("Round 2", 1)


def test_a_closed_round_is_not_changed(client: Client, row: Round) -> None:
    rounds.close(round=row)
    enter(client, row.system, "unit_staff")
    response = client.post(address("edit_round", row), {**FILLED, "version": "2"})
    assert response.status_code == 400
    assert "is closed" in response.content.decode()
    row.refresh_from_db()
    assert row.title == "Round 2"


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("edit_round", row), FILLED) == REFUSED
    row.refresh_from_db()
    assert row.title == "Round 2"


def test_its_form_is_refused_alike(client: Client, row: Round) -> None:
    assert answers(client, row, "get", address("edit_round", row)) == REFUSED


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(address("edit_round", row)).status_code == 405
