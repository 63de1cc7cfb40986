"""Opening a closed round again takes a reason, and leaves it in the trail."""

import pytest
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Round
from reviews.services import rounds
from reviews.tests.factories import RoundFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db
WHY = {"reason": "Two interviews were left out."}


@pytest.fixture
def row() -> Round:
    row: Round = RoundFactory.create()
    return rounds.close(round=row)


def test_the_unit_opens_it_again_with_a_reason(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.get(address("reopen_round", row)).status_code == 200
    assert client.post(address("reopen_round", row), WHY)["Location"] == address("review", row)
    row.refresh_from_db()
    assert (row.state, row.closed_at, row.version) == ("open", None, 3)
    line = AuditEntry.objects.about(row).first()
    assert line
    assert (line.reason, line.after["state"]) == (WHY["reason"], "open")


@pytest.mark.parametrize("reason", ["", "   ", "too short", "ten chars\x00!"])
def test_a_reason_must_say_something(client: Client, row: Round, reason: str) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("reopen_round", row), {"reason": reason})
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
    row.refresh_from_db()
    assert row.state == "closed"


def test_what_is_open_is_not_opened_again(client: Client, row: Round) -> None:
    rounds.reopen(round=row, reason=WHY["reason"])
    enter(client, row.system, "unit_staff")
    response = client.post(address("reopen_round", row), WHY)
    assert response.status_code == 400
    assert "is not closed" in response.content.decode()


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("reopen_round", row), WHY) == REFUSED
    row.refresh_from_db()
    assert row.state == "closed"


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(address("reopen_round", row)).status_code == 405
