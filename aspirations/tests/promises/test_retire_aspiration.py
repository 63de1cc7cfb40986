"""Retiring an aspiration and taking it up again, each with a reason."""

import pytest
from django.test import Client

from aspirations.models import Aspiration
from aspirations.tests.promises.makers import (
    REFUSED,
    address,
    answers,
    aspiration,
    judged,
    system,
    told,
)
from people.models import AuditEntry
from people.tests.entering import enter

pytestmark = pytest.mark.django_db
REASON = {"reason": "The law that asked for it is gone."}


@pytest.fixture
def row() -> Aspiration:
    found = aspiration(system())
    judged(found, "G")
    return found


def test_it_is_retired_and_taken_up_again(client: Client, row: Aspiration) -> None:
    enter(client, row.system, "unit_staff")
    page = told(client.get(address("retire_aspiration", row)))
    assert "Its 1 metric stays, with figures, path and judgments." in page
    response = client.post(address("retire_aspiration", row), REASON)
    assert response["Location"] == address("aspiration", row)
    row.refresh_from_db()
    assert (row.status, row.version, row.placements.count()) == ("retired", 2, 1)
    assert AuditEntry.objects.about(row, "reading").latest("pk").reason == REASON["reason"]
    assert client.get(address("reinstate_aspiration", row)).status_code == 200
    again = {"reason": "A new law asks for it."}
    assert client.post(address("reinstate_aspiration", row), again).status_code == 302
    row.refresh_from_db()
    assert row.status == "adopted"


def test_neither_is_done_twice(client: Client, row: Aspiration) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("reinstate_aspiration", row), REASON)
    assert response.status_code == 400
    assert "is active, not retired" in told(response)
    client.post(address("retire_aspiration", row), REASON)
    response = client.post(address("retire_aspiration", row), REASON)
    assert response.status_code == 400
    assert "is retired already" in told(response)


@pytest.mark.parametrize("reason", ["", "Done with"])
@pytest.mark.parametrize("name", ["retire_aspiration", "reinstate_aspiration"])
def test_a_reason_is_needed(client: Client, row: Aspiration, name: str, reason: str) -> None:
    status = "retired" if name == "reinstate_aspiration" else "adopted"
    Aspiration.objects.filter(pk=row.pk).update(status=status)
    enter(client, row.system, "unit_staff")
    assert client.post(address(name, row), {"reason": reason}).status_code == 400
    row.refresh_from_db()
    assert row.status == status


@pytest.mark.parametrize("name", ["retire_aspiration", "reinstate_aspiration"])
def test_others_are_refused(client: Client, row: Aspiration, name: str) -> None:
    assert answers(client, row.system, "get", address(name, row)) == REFUSED
    assert answers(client, row.system, "post", address(name, row), REASON) == REFUSED
    row.refresh_from_db()
    assert row.status == "adopted"
    enter(client, row.system, "unit_staff")
    assert client.delete(address(name, row)).status_code == 405
