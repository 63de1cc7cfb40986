"""Notes are destroyed 24 months after the closing, with or without the key."""

from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from pytest_django import Settings

from people.models import AuditEntry
from people.trail.words import sentence
from reviews.models import Conversation, InterviewNote, Round
from reviews.services.note_retention import purge_notes
from reviews.tests.factories import ConversationFactory, InterviewNoteFactory, RoundFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
CLOSED = datetime(2024, 3, 10, 9, tzinfo=UTC)
DUE = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def row() -> Round:
    row: Round = RoundFactory.create(state="closed", closed_at=CLOSED)
    filled(row)
    return row


def filled(row: Round) -> None:
    talk = ConversationFactory.create(round=row)
    InterviewNoteFactory.create(round=row, conversation=talk)
    InterviewNoteFactory.create(round=row)


def left(row: Round) -> tuple[int, int]:
    notes = InterviewNote.objects.filter(round=row)
    return notes.count(), Conversation.objects.filter(round=row).count()


def test_not_a_moment_before_and_once_only(row: Round) -> None:
    assert purge_notes(now=datetime(2026, 3, 10, 8, 59, tzinfo=UTC)) == 0
    assert left(row) == (2, 1)
    assert purge_notes(now=DUE) == 1
    assert left(row) == (0, 0)
    assert purge_notes(now=DUE) == 0
    assert AuditEntry.objects.filter(action="destroy notes").count() == 1


def test_the_trail_says_that_and_nothing_of_them(row: Round) -> None:
    purge_notes(now=DUE, door="job")
    line = AuditEntry.objects.get(action="destroy notes")
    assert (line.actor, line.system, line.door) == (None, row.system, "job")
    assert (line.object_type, line.object_key) == ("reviews.Round", str(row.pk))
    assert (line.before, line.after, line.reason) == ({}, {}, "")
    assert sentence(line) == f"The program destroyed the interview notes of the round {row.pk}"


def test_other_reviews_keep_theirs(row: Round) -> None:
    young = RoundFactory.create(state="closed", closed_at=datetime(2024, 3, 11, 9, tzinfo=UTC))
    still_open = RoundFactory.create()
    bare = RoundFactory.create(state="closed", closed_at=CLOSED)
    filled(young)
    filled(still_open)
    assert purge_notes(now=DUE) == 1
    assert left(young) == left(still_open) == (2, 1)
    assert not AuditEntry.objects.about(bare).exists()


def test_what_was_opened_again_is_kept(row: Round) -> None:
    Round.objects.filter(pk=row.pk).update(state="open", closed_at=None)
    assert purge_notes(now=DUE) == 0
    assert left(row) == (2, 1)


def test_conversations_without_a_note_go_too() -> None:
    row = RoundFactory.create(state="closed", closed_at=CLOSED)
    ConversationFactory.create(round=row)
    assert purge_notes(now=DUE) == 1
    assert left(row) == (0, 0)


def test_it_needs_no_key(row: Round, settings: Settings) -> None:
    settings.CONFIDENTIAL_KEYS = []
    assert purge_notes(now=DUE) == 1
    assert left(row) == (0, 0)


@pytest.mark.parametrize(("count", "words"), [(0, "of 0 reviews."), (1, "of 1 review.")])
def test_the_command_says_how_many(row: Round, count: int, words: str) -> None:
    out = StringIO()
    with time_machine.travel(DUE if count else CLOSED):
        call_command("purge_notes", stdout=out)
    assert words in out.getvalue()
