"""Closing a round: nothing is added to it from there on."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry, System, User
from people.tests.entering import enter
from people.tests.factories import UserFactory
from reviews.models import Round
from reviews.services import moves, participants
from reviews.services.figures import figures_of
from reviews.tests.factories import (
    ElementFactory,
    GuestFactory,
    ParticipantFactory,
    RoundFactory,
    ScoreFactory,
    ScoringLinkFactory,
)
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Round:
    return RoundFactory.create()


def test_the_unit_closes_it(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.post(address("close_round", row))["Location"] == address("review", row)
    row.refresh_from_db()
    assert (row.state, row.version, row.closed_at is None) == ("closed", 2, False)
    assert AuditEntry.objects.about(row).get().after["state"] == "closed"


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_only_an_open_one_is_closed(client: Client, row: Round, state: str) -> None:
    if state == "closed":
        moves.close(round=row)
    else:
        Round.objects.filter(pk=row.pk).update(state="draft")
    enter(client, row.system, "unit_staff")
    response = client.post(address("close_round", row))
    assert response.status_code == 400
    assert "is not open" in response.content.decode()


def test_nobody_is_named_or_taken_off_any_more(row: Round) -> None:
    part = ParticipantFactory.create(round=row)
    moves.close(round=row)
    with pytest.raises(ValidationError, match="is closed"):
        participants.name(round=row, user=part.user, kind="unit", actor=leader(row))
    with pytest.raises(ValidationError, match="is closed"):
        participants.take_off(participant=part, reason="A reason that is long enough.")


def leader(row: Round) -> User:
    user: User = UserFactory.create()
    user.memberships.create(system=row.system, role="delivery_leader")
    return user


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("close_round", row)) == REFUSED
    row.refresh_from_db()
    assert row.state == "open"


@pytest.mark.parametrize("method", ["put", "delete"])
def test_other_methods_are_refused(client: Client, row: Round, method: str) -> None:
    enter(client, row.system, "unit_staff")
    assert getattr(client, method)(address("close_round", row)).status_code == 405


def test_others_are_not_even_asked(client: Client, row: Round) -> None:
    assert answers(client, row, "get", address("close_round", row)) == REFUSED


def test_it_asks_first_and_changes_nothing(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    page = asked(client, row)
    assert "Nobody is asked for scores" in page
    row.refresh_from_db()
    assert row.state == "open"


@pytest.mark.parametrize(
    ("finished", "raters", "words"),
    [
        (5, 7, "5 of 7 have finished"),
        (0, 4, "0 of 4 have finished"),
        (4, 4, "All 4 have finished"),
        (1, 3, "Close the review now?"),
    ],
)
def test_it_says_how_many_have_finished(
    client: Client, row: Round, finished: int, raters: int, words: str
) -> None:
    """Of three or fewer raters not even that."""
    for n in range(raters):
        when = timezone.now() if n < finished else None
        GuestFactory.create(round=row, finished_at=when, name=f"Rater {n}")
    enter(client, row.system, "unit_staff")
    page = asked(client, row)
    assert words in page
    assert "fewer than 4 raters" in page
    assert "Rater 0" not in page
    assert ("have finished" in page) is (raters >= 4)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_of_one_that_is_not_open_there_is_nothing_to_ask(
    client: Client, row: Round, state: str
) -> None:
    closed_at = timezone.now() if state == "closed" else None
    Round.objects.filter(pk=row.pk).update(state=state, closed_at=closed_at)
    enter(client, row.system, "unit_staff")
    response = client.get(address("close_round", row))
    assert response.status_code == 302
    assert response["Location"] == address("review", row)


def asked(client: Client, row: Round) -> str:
    response = client.get(address("close_round", row))
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("due", "today", "was", "next_due"),
    [
        (date(2026, 3, 27), date(2026, 3, 20), None, date(2028, 3, 27)),
        (date(2026, 3, 27), date(2026, 4, 10), None, date(2028, 4, 10)),
        (date(2028, 2, 29), date(2028, 2, 29), None, date(2030, 2, 28)),
        (date(2026, 3, 27), date(2026, 4, 10), date(2027, 9, 1), date(2027, 9, 1)),
        (date.max, date(2026, 4, 10), None, None),
    ],
)
def test_the_next_is_due_two_years_later_unless_it_was_set(
    row: Round, due: date, today: date, was: date | None, next_due: date | None
) -> None:
    Round.objects.filter(pk=row.pk).update(due=due, next_due=was)
    System.objects.filter(pk=row.system.pk).update(reporting_date=today)
    row.refresh_from_db()
    assert moves.close(round=Round.objects.get(pk=row.pk)).next_due == next_due


def test_links_of_guests_stop_working(row: Round) -> None:
    link = ScoringLinkFactory.create(participant__round=row)
    elsewhere = ScoringLinkFactory.create()
    moves.close(round=row)
    link.refresh_from_db()
    elsewhere.refresh_from_db()
    assert link.ended_at
    assert elsewhere.ended_at is None


def test_scores_of_who_never_pressed_finish_count(client: Client, row: Round) -> None:
    element = ElementFactory.create(rubric=row.rubric)
    for value in (2, 2, 3, 3):
        ScoreFactory.create(participant__round=row, element=element, value=value)
    enter(client, row.system, "unit_staff")
    client.post(address("close_round", row))
    assert figures_of(row)[element.pk, "self"].median == 2.5
