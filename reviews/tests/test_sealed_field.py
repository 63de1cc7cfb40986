"""What a sealed field keeps, gives, and refuses, by whatever way it is written or asked."""

from io import StringIO
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Upper
from pytest_django import Settings

from people.confidential.sealing import SealedError
from reviews.models import InterviewNote
from reviews.tests.factories import InterviewNoteFactory, RoundFactory, UserFactory

pytestmark = pytest.mark.django_db
WORD = "quillon"


@pytest.fixture
def note() -> InterviewNote:
    return InterviewNoteFactory.create(body=f"The {WORD} matters.")


def raw(note: InterviewNote) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM reviews_interviewnote WHERE id = %s", [note.pk])
        return str(cursor.fetchone()[0])


@pytest.mark.embedded
def test_the_database_holds_no_word_of_it(note: InterviewNote) -> None:
    assert WORD not in raw(note)
    assert raw(note).startswith("gAAAA")
    assert InterviewNote.objects.get().body == f"The {WORD} matters."


def test_every_way_of_writing_seals(note: InterviewNote) -> None:
    InterviewNote.objects.filter(pk=note.pk).update(body="updated")
    assert raw(note).startswith("gAAAA")
    note.body = "in bulk"
    InterviewNote.objects.bulk_update([note], ["body"])
    assert raw(note).startswith("gAAAA")
    other = InterviewNote(round=note.round, author=note.author, body="made in bulk")
    InterviewNote.objects.bulk_create([other])
    assert sorted(row.body for row in InterviewNote.objects.all()) == ["in bulk", "made in bulk"]


@pytest.mark.embedded
def test_plain_text_in_the_column_is_refused_by_the_database(note: InterviewNote) -> None:
    rows = InterviewNote.objects.filter(pk=note.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(body=Value("plain"))
    with pytest.raises((IntegrityError, FieldError)), transaction.atomic():
        rows.update(body=Upper(F("round__title")))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_interviewnote SET body = 'plain'")
    assert WORD in InterviewNote.objects.get().body


@pytest.mark.parametrize(
    "lookup", ["body", "body__contains", "body__startswith", "body__in", "body__gt", "body__regex",
               "body__isnull", "body__lower", "body__length__gt"],
)  # fmt: skip
def test_it_cannot_be_searched_or_compared(note: InterviewNote, lookup: str) -> None:
    sought: Any = [WORD] if lookup.endswith("__in") else WORD
    with pytest.raises(FieldError, match="sealed"):
        list(InterviewNote.objects.filter(**{lookup: sought}))


def test_a_note_says_nothing_of_itself(note: InterviewNote) -> None:
    for row in (note, InterviewNote.objects.get(), InterviewNote.objects.defer("body").get()):
        assert WORD not in f"{row!r} {row}"


def test_with_another_key_it_stays_closed_and_is_not_overwritten(
    note: InterviewNote, settings: Settings
) -> None:
    kept, before = settings.CONFIDENTIAL_KEYS, raw(note)
    settings.CONFIDENTIAL_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(SealedError):
        InterviewNote.objects.get()
    InterviewNote.objects.defer("body").get().save()
    assert raw(note) == before
    settings.CONFIDENTIAL_KEYS = kept
    assert WORD in InterviewNote.objects.get().body


@pytest.mark.parametrize("save", ["save", "full_clean"])
def test_without_a_key_nothing_is_written(
    note: InterviewNote, settings: Settings, save: str
) -> None:
    before = raw(note)
    settings.CONFIDENTIAL_KEYS = []
    note.body = "another text"
    with pytest.raises(SealedError), transaction.atomic():
        getattr(note, save)()
    assert raw(note) == before


def test_a_key_may_be_changed_while_notes_stay_readable(
    note: InterviewNote, settings: Settings
) -> None:
    settings.CONFIDENTIAL_KEYS = [Fernet.generate_key().decode(), *settings.CONFIDENTIAL_KEYS]
    InterviewNoteFactory.create(round=note.round, body="after")
    assert {row.body for row in InterviewNote.objects.all()} == {f"The {WORD} matters.", "after"}


def test_checking_a_note_sends_no_plain_text_to_the_database() -> None:
    row = InterviewNote(round=RoundFactory.create(), author=UserFactory.create(), body=WORD)
    connection.force_debug_cursor = True
    try:
        row.full_clean()
        row.save()
        said = " ".join(query["sql"] for query in connection.queries)
    finally:
        connection.force_debug_cursor = False
    assert "gAAAA" in said
    assert WORD not in said


def test_an_empty_note_and_one_too_long_are_refused() -> None:
    row = InterviewNote(round=RoundFactory.create(), author=UserFactory.create())
    for body in ("", "x" * 10_001):
        row.body = body
        with pytest.raises(ValidationError):
            row.full_clean()


def test_no_open_copy_is_written_out(note: InterviewNote) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="--exclude"):
        call_command("dumpdata", "reviews.InterviewNote", stdout=out)
    assert WORD not in out.getvalue()
