"""Settling an action: done or dropped, on a day, with what came of it; or open again."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from people.models import AuditEntry
from people.services.actions import settle
from reviews.models import ReviewAction, Round
from reviews.tests.concluding import CLOSED_TO, closed_round, join, lead, read_trail
from reviews.tests.factories import ReviewActionFactory
from reviews.tests.ladder import address, answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring")]


@pytest.fixture
def spring() -> Any:
    with time_machine.travel("2026-05-20"):
        yield


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def agreed(row: Round) -> ReviewAction:
    action: ReviewAction = ReviewActionFactory.create(
        implication__finding__round=row, action__what="Old task"
    )
    return action


def filled(**more: Any) -> dict[str, Any]:
    return {
        "version": "1", "status": "done", "settled_on": "2026-05-12",
        "outcome": "All nine districts answered.", **more,
    }  # fmt: skip


def to(row: Round, agreed: ReviewAction) -> str:
    return address("settle_review_action", row, agreed.pk)


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_it_is_settled(client: Client, row: Round, agreed: ReviewAction, status: str) -> None:
    user = join(client, row)
    page = client.get(to(row, agreed)).content.decode()
    assert "Old task" in page
    assert "Open again" not in page
    response = client.post(to(row, agreed), filled(status=status))
    assert response["Location"] == address("findings", row)
    task = agreed.action
    task.refresh_from_db()
    assert (task.status, task.settled_on, task.outcome, task.version) == (
        status, date(2026, 5, 12), "All nine districts answered.", 2,
    )  # fmt: skip
    line = AuditEntry.objects.about(task).get()
    assert (line.action, line.actor) == ("settle action", user)
    assert "nine districts" not in read_trail(row)
    assert "Old task" not in read_trail(row)


def test_without_a_day_it_is_today(client: Client, row: Round, agreed: ReviewAction) -> None:
    lead(client, row)
    client.post(to(row, agreed), filled(settled_on="", outcome=""))
    agreed.action.refresh_from_db()
    assert agreed.action.settled_on == date(2026, 5, 20)


def test_what_is_settled_can_be_opened_again(
    client: Client, row: Round, agreed: ReviewAction
) -> None:
    settle(action=agreed.action, status="dropped", outcome="No money this year.", version=1)
    lead(client, row)
    assert "Open again" in client.get(to(row, agreed)).content.decode()
    sent = filled(version="2", status="open", outcome="")
    assert client.post(to(row, agreed), sent).status_code == 302
    task = agreed.action
    task.refresh_from_db()
    assert (task.status, task.settled_on, task.outcome) == ("open", None, "")
    assert AuditEntry.objects.about(task).first().action == "open action again"  # type: ignore[union-attr]


def test_the_second_of_two_sees_what_the_first_said(
    client: Client, row: Round, agreed: ReviewAction
) -> None:
    lead(client, row)
    settle(action=agreed.action, status="dropped", outcome="No money this year.", version=1)
    response = client.post(to(row, agreed), filled())
    page = response.content.decode()
    assert response.status_code == 409
    assert "No money this year." in page
    assert "All nine districts answered." in page
    agreed.action.refresh_from_db()
    assert agreed.action.status == "dropped"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"status": ""}, "Say whether it is done or dropped."),
        ({"status": "open"}, "Choose one of those listed."),
        ({"status": "dropped", "outcome": ""}, "needs a reason of at least 10 characters"),
        ({"status": "dropped", "outcome": "no money"}, "this one is “no money”"),
        ({"settled_on": "2026-05-21"}, "21 May 2026 is still to come."),
        ({"settled_on": "0001-01-01"}, "between the years 1900 and 2200"),
        ({"settled_on": "soon"}, "Write it as year, month and day"),
        ({"outcome": "x" * 501}, "at most 500 characters"),
        ({"version": "-1"}, "nothing was saved"),
    ],
)
def test_bad_input_is_named(
    client: Client, row: Round, agreed: ReviewAction, wrong: dict[str, str], words: str
) -> None:
    lead(client, row)
    response = client.post(to(row, agreed), filled(**wrong))
    assert response.status_code == 400
    assert words in response.content.decode()
    agreed.action.refresh_from_db()
    assert (agreed.action.status, agreed.action.version) == ("open", 1)


def test_others_are_refused(client: Client, row: Round, agreed: ReviewAction) -> None:
    assert answers(client, row, "post", to(row, agreed), filled()) == CLOSED_TO
    lead(client, row)
    foreign = ReviewActionFactory.create()
    assert client.post(to(row, foreign), filled()).status_code == 404
    agreed.action.refresh_from_db()
    assert agreed.action.status == "open"


def test_other_methods_are_refused(client: Client, row: Round, agreed: ReviewAction) -> None:
    lead(client, row)
    assert client.delete(to(row, agreed)).status_code == 405
