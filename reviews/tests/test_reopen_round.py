"""Opening a closed round again takes a reason, and leaves it in the trail."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Round
from reviews.services import moves
from reviews.tests.factories import (
    ActionFactory,
    PublicationFactory,
    ReviewActionFactory,
    RoundFactory,
)
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WHY = {"reason": "Two interviews were left out."}


@pytest.fixture
def row() -> Round:
    row: Round = RoundFactory.create()
    return moves.close(round=row)


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
    moves.reopen(round=row, reason=WHY["reason"])
    enter(client, row.system, "unit_staff")
    response = client.post(address("reopen_round", row), WHY)
    assert response.status_code == 400
    assert "is not closed" in response.content.decode()


def test_after_the_scores_are_destroyed_it_stays_closed(client: Client, row: Round) -> None:
    Round.objects.filter(pk=row.pk).update(purged_at=timezone.now())
    enter(client, row.system, "unit_staff")
    response = client.post(address("reopen_round", row), WHY)
    assert response.status_code == 400
    assert "were destroyed, so it stays closed" in response.content.decode()
    assert WHY["reason"] in response.content.decode()
    row.refresh_from_db()
    assert row.state == "closed"


def test_scores_are_not_kept_for_longer_by_opening_it_again(client: Client, row: Round) -> None:
    """Closed, opened again and closed: the days count from the first closing."""
    PublicationFactory.create(round=row, at=timezone.now() - timedelta(days=90))
    enter(client, row.system, "unit_staff")
    response = client.post(address("reopen_round", row), WHY)
    assert response.status_code == 400
    page = response.content.decode()
    assert "was first closed 90 days ago or more" in page
    assert WHY["reason"] in page
    row.refresh_from_db()
    assert row.state == "closed"


def test_a_day_earlier_it_is_opened_again(client: Client, row: Round) -> None:
    PublicationFactory.create(round=row, at=timezone.now() - timedelta(days=89))
    enter(client, row.system, "unit_staff")
    assert client.post(address("reopen_round", row), WHY).status_code == 302


def test_its_results_are_hidden_until_they_are_released_anew(client: Client, row: Round) -> None:
    """What was released is told in the trail; actions that were shared stay on the list."""
    Round.objects.filter(pk=row.pk).update(leader_at=timezone.now(), team_at=timezone.now())
    action = ReviewActionFactory.create(
        implication__finding__round=row, action=ActionFactory.create(system=row.system)
    ).action
    leader = enter(client, row.system, "delivery_leader")
    client.post(address("reopen_round", row), WHY)
    row.refresh_from_db()
    assert (row.leader_at, row.team_at) == (None, None)
    line = AuditEntry.objects.about(row).first()
    assert line
    assert line.before["leader_at"]
    assert line.before["team_at"]
    action.refresh_from_db()
    assert action.shared
    moves.close(round=row)
    assert not Round.objects.filter(pk=row.pk, leader_at__isnull=False).exists()
    assert Round.objects.with_results_for(leader).filter(pk=row.pk).exists()


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("reopen_round", row), WHY) == REFUSED
    row.refresh_from_db()
    assert row.state == "closed"


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(address("reopen_round", row)).status_code == 405
