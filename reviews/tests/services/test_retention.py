"""Single scores are destroyed 90 days after the closing; what was published stays."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from unittest import mock

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from people.trail.words import sentence
from reviews import tasks
from reviews.models import Figure, Round, Score, ScoringLink
from reviews.services import moves
from reviews.services.figures import figures_of
from reviews.services.retention import purge_scores
from reviews.tests.factories import (
    ElementFactory,
    RoundFactory,
    ScoreFactory,
    ScoringLinkFactory,
)
from reviews.tests.ladder import address

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
CLOSED = datetime(2026, 3, 27, 9, tzinfo=UTC)
DUE = CLOSED + timedelta(days=90)


@pytest.fixture
def row() -> Round:
    return closed(CLOSED)


def closed(at: datetime) -> Round:
    row: Round = RoundFactory.create()
    element = ElementFactory.create(rubric=row.rubric)
    for value in (2, 2, 3, 3):
        ScoreFactory.create(participant__round=row, element=element, value=value)
    ScoreFactory.create(
        participant__round=row, participant__kind="unit", participant__signs=True,
        element=element, value=4,
    )  # fmt: skip
    with time_machine.travel(at, tick=False):
        return moves.close(round=row)


def reopened(row: Round) -> None:
    with time_machine.travel(CLOSED + timedelta(days=1), tick=False):
        moves.reopen(round=row, reason="Two interviews were left out.")


def left(row: Round) -> int:
    return Score.objects.filter(participant__round=row).count()


def test_not_a_moment_before_and_once_only(row: Round) -> None:
    assert purge_scores(now=DUE - timedelta(seconds=1)) == 0
    assert left(row) == 5
    assert purge_scores(now=DUE) == 1
    assert left(row) == 0
    row.refresh_from_db()
    assert row.purged_at == DUE
    assert purge_scores(now=DUE + timedelta(days=1)) == 0
    assert AuditEntry.objects.filter(action="destroy scores").count() == 1


def test_figures_stay_and_name_no_score_any_more(row: Round) -> None:
    before = {key: figure.median for key, figure in figures_of(row).items()}
    assert sum(bool(figure.basis) for figure in figures_of(row).values()) >= 2
    purge_scores(now=DUE)
    after = figures_of(row)
    assert {key: figure.median for key, figure in after.items()} == before
    assert all(figure.basis == [] for figure in after.values())


def test_the_trail_says_that_and_nothing_of_the_scores(row: Round) -> None:
    purge_scores(now=DUE, door="job")
    line = AuditEntry.objects.get(action="destroy scores")
    assert (line.actor, line.system, line.door) == (None, row.system, "job")
    assert (line.before, line.after, line.reason) == ({}, {}, "")
    assert sentence(line) == f"The program destroyed the single scores of the round {row.pk}"


def test_nothing_tells_any_more_who_came_in_finished_or_took_back(row: Round) -> None:
    other = closed(CLOSED + timedelta(days=1))
    for one in (row, other):
        ScoringLinkFactory.create(participant__round=one, used_at=CLOSED)
        one.participants.update(finished_at=CLOSED, taken_back_at=CLOSED)
    purge_scores(now=DUE)
    times = Q(finished_at__isnull=False) | Q(taken_back_at__isnull=False)
    assert not row.participants.filter(times).exists()
    assert row.participants.count() == other.participants.filter(times).count() == 6
    assert [link.participant.round for link in ScoringLink.objects.all()] == [other]


def test_its_page_then_says_nothing_of_it(client: Client, row: Round) -> None:
    ScoringLinkFactory.create(participant__round=row, used_at=CLOSED)
    row.participants.update(finished_at=CLOSED)
    purge_scores(now=DUE)
    enter(client, row.system, "unit_staff")
    page = client.get(address("review", row)).content.decode()
    assert "have finished" not in page
    assert "Goes out at the opening" not in page
    assert "Destroyed with the scores" in page


def test_other_reviews_keep_theirs(row: Round) -> None:
    young = closed(CLOSED + timedelta(days=1))
    again = closed(CLOSED)
    reopened(again)
    assert purge_scores(now=DUE) == 1
    assert (left(row), left(young), left(again)) == (0, 5, 5)


def test_what_was_opened_again_waits_for_its_next_closing(row: Round) -> None:
    reopened(row)
    with time_machine.travel(DUE, tick=False):
        moves.close(round=Round.objects.get(pk=row.pk))
    assert purge_scores(now=DUE + timedelta(days=89)) == 0
    assert purge_scores(now=DUE + timedelta(days=90)) == 1


def test_the_database_guards_scores_and_figures_again_afterwards(row: Round) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("not run: only PostgreSQL guards these tables itself")
    other = closed(CLOSED + timedelta(days=1))
    purge_scores(now=DUE)
    for rows in (
        Score.objects.filter(participant__round=other),
        Figure.objects.filter(publication__round=other),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            rows.delete()


def test_where_one_step_fails_nothing_is_destroyed(row: Round) -> None:
    failing = mock.patch("reviews.services.retention.record", side_effect=OSError("disk full"))
    with failing, pytest.raises(OSError, match="disk full"):
        purge_scores(now=DUE)
    assert left(row) == 5
    row.refresh_from_db()
    assert row.purged_at is None


def test_the_command_says_of_how_many(row: Round) -> None:
    with time_machine.travel(DUE, tick=False):
        assert said() == "Single scores destroyed of 1 review.\n"
        assert said() == "Single scores destroyed of 0 reviews.\n"


def said() -> str:
    out = StringIO()
    call_command("purge_scores", stdout=out)
    return out.getvalue()


def test_the_timer_destroys_them_once_an_hour(row: Round) -> None:
    assert tasks.destroy_old.name in {
        entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }
    with time_machine.travel(DUE, tick=False):
        tasks.destroy_old()
        assert left(row) == 0
        with mock.patch("reviews.tasks.purge_scores") as purge:
            tasks.destroy_old()
        assert not purge.called
    with time_machine.travel(DUE + timedelta(hours=1), tick=False):
        with mock.patch("reviews.tasks.purge_scores") as purge:
            tasks.destroy_old()
        assert purge.called
