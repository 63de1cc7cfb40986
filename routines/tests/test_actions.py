"""The one list of actions: what is shared, late first, by office and state, at a fixed price."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Action, System
from people.tests.entering import enter
from people.tests.factories import SystemFactory
from reviews.models import Round
from reviews.tests.factories import ActionFactory, ReviewActionFactory
from routines.pages.actions import SHOWN
from routines.tests.ladder import NOTHING, READ_ONLY, WRITE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring")]


@pytest.fixture
def spring() -> Any:
    with time_machine.travel("2026-05-20"):
        yield


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create()
    return row


def page(client: Client, system: System, **query: Any) -> str:
    response = client.get(reverse("actions", args=[system.slug]), query)
    assert response.status_code == 200
    return response.content.decode()


def add(system: System, what: str, **fields: Any) -> Action:
    row: Action = ActionFactory.create(system=system, what=what, **fields)
    return row


def crowd(system: System) -> None:
    add(system, "Later one", due=date(2026, 9, 1))
    add(system, "Late one", due=date(2026, 5, 19))
    add(system, "Due today", due=date(2026, 5, 20), owner="Registrar")
    add(system, "Done one", status="done", settled_on=date(2026, 5, 1), outcome="All answered.")
    add(system, "Dropped one", status="dropped", settled_on=date(2026, 5, 2), outcome="No money.")
    add(system, "Kept back", shared=False)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["Late one", "Due today", "Later one"]),
        ({"state": "late"}, ["Late one"]),
        ({"state": "done"}, ["Done one"]),
        ({"state": "dropped"}, ["Dropped one"]),
        ({"state": "all"}, ["Late one", "Due today", "Later one", "Dropped one", "Done one"]),
        ({"owner": "Registrar"}, ["Due today"]),
        ({"owner": "Head of Delivery", "state": "late"}, ["Late one"]),
        ({"owner": "Nobody\x00"}, ["Late one", "Due today", "Later one"]),
        ({"state": "lost", "page": "-1"}, ["Late one", "Due today", "Later one"]),
        ({"page": "9" * 40}, ["Late one", "Due today", "Later one"]),
    ],
)
def test_it_is_narrowed(
    client: Client, system: System, query: dict[str, str], shown: list[str]
) -> None:
    crowd(system)
    enter(client, system, "viewer")
    text = page(client, system, **query)
    found = sorted((what for what in (
        "Later one", "Late one", "Due today", "Done one", "Dropped one", "Kept back"
    ) if what in text), key=text.index)  # fmt: skip
    assert found == shown


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "No action is agreed on yet."),
        ([("2026-06-01", "open")], "One action is open; it is due on 1 June 2026."),
        ([("2026-06-01", "open"), ("2026-05-20", "open")],
         "2 actions are open; the next is due on 20 May 2026."),
        ([("2026-06-01", "open"), ("2026-05-19", "open")], "1 of 2 open actions is late."),
        ([("2026-05-01", "open"), ("2026-05-19", "open")], "2 of 2 open actions are late."),
        ([("2026-05-01", "done")], "No action is open: all that was agreed on is settled."),
    ],
)  # fmt: skip
def test_the_headline_says_how_they_stand(
    client: Client, system: System, rows: list[tuple[str, str]], words: str
) -> None:
    for due, status in rows:
        settled = None if status == "open" else date(2026, 5, 1)
        add(system, "Task", due=date.fromisoformat(due), status=status, settled_on=settled)
    enter(client, system, "viewer")
    assert words in page(client, system)


@pytest.mark.parametrize("role", sorted(WRITE | READ_ONLY))
def test_whoever_reads_the_routines_reads_it(client: Client, system: System, role: str) -> None:
    crowd(system)
    enter(client, system, role)
    text = page(client, system)
    assert "Late one" in text
    assert "Kept back" not in text
    unit = {"system_leader", "delivery_leader", "unit_staff"}
    assert ("/settle/" in text) == (role in unit)


def test_the_office_that_owns_it_is_offered_to_settle_its_own(
    client: Client, system: System
) -> None:
    crowd(system)
    enter(client, system, "plan_owner", office="REGISTRAR")
    assert page(client, system).count("/settle/") == 1


def test_it_leads_to_the_review_for_who_reads_its_results(client: Client) -> None:
    agreed = ReviewActionFactory.create(
        action__shared=True, implication__finding__round__title="Round 7"
    )
    round: Round = agreed.implication.finding.round
    enter(client, round.system, "viewer")
    assert "Round 7" not in page(client, round.system)
    enter(client, round.system, "unit_staff")
    assert "Round 7" not in page(client, round.system)
    Round.objects.filter(pk=round.pk).update(leader_at=timezone.now(), team_at=timezone.now())
    assert "From Round 7" in page(client, round.system)


def test_a_long_list_goes_by_pages_and_costs_the_same(client: Client) -> None:
    first = ReviewActionFactory.create(action__shared=True)
    finding = first.implication.finding
    system = finding.round.system
    enter(client, system, "unit_staff")
    page(client, system)
    with CaptureQueriesContext(connection) as few:
        page(client, system)
    for _one in range(SHOWN + 9):
        ReviewActionFactory.create(action__shared=True, implication=first.implication)
    with CaptureQueriesContext(connection) as many:
        text = page(client, system)
    assert len(many) == len(few)
    assert "Page 1 of 2" in text
    assert page(client, system, page="2").count("/settle/") == 10


def test_others_find_nothing(client: Client, system: System) -> None:
    to = reverse("actions", args=[system.slug])
    for role in sorted(NOTHING):
        enter(client, system, role)
        assert client.get(to).status_code == 404
    other = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=other)
    enter(client, other, "delivery_leader")
    assert client.get(to).status_code == 404
    client.logout()
    assert client.get(to).status_code == 302


def test_other_methods_are_refused(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    assert client.post(reverse("actions", args=[system.slug])).status_code == 405
