"""With whom a conversation was stays sealed, as its notes do."""

from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Value
from django.test import Client
from pytest_django import Settings

from people.confidential.sealing import SealedError
from people.models import Opening
from people.tests.entering import enter
from reviews.models import Conversation, InterviewNote
from reviews.tests.factories import ConversationFactory, InterviewNoteFactory
from reviews.tests.ladder import address

pytestmark = pytest.mark.django_db
WORD = "quillon"


@pytest.fixture
def talk() -> Conversation:
    talk: Conversation = ConversationFactory.create(label=f"The {WORD} office")
    InterviewNoteFactory.create(round=talk.round, conversation=talk, body="They fear it.")
    return talk


def raw(talk: Conversation) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT label FROM reviews_conversation WHERE id = %s", [talk.pk])
        return str(cursor.fetchone()[0])


def test_the_database_holds_no_word_of_it(talk: Conversation) -> None:
    assert WORD not in raw(talk)
    assert raw(talk).startswith("gAAAA")
    with pytest.raises(IntegrityError), transaction.atomic():
        Conversation.objects.update(label=Value("plain"))
    with pytest.raises(FieldError, match="sealed"):
        Conversation.objects.filter(label=WORD).exists()


def test_it_says_nothing_of_itself_and_is_not_written_out(talk: Conversation) -> None:
    assert WORD not in f"{talk!r} {talk}"
    out = StringIO()
    with pytest.raises(CommandError, match="--exclude"):
        call_command("dumpdata", "reviews.Conversation", stdout=out)
    assert WORD not in out.getvalue()


def test_a_label_does_not_open_as_a_note(talk: Conversation) -> None:
    """What was sealed in one place and moved to another stays closed."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE reviews_interviewnote SET body = %s", [raw(talk)])
    with pytest.raises(SealedError, match="another place"):
        InterviewNote.objects.get()


@pytest.mark.parametrize("by", ["element", "conversation"])
@pytest.mark.parametrize("keys", [[], [Fernet.generate_key().decode()]])
def test_where_only_a_label_cannot_be_opened_the_page_says_so(
    client: Client, talk: Conversation, settings: Settings, keys: list[str], by: str
) -> None:
    InterviewNote.objects.all().delete()
    enter(client, talk.system, "delivery_leader")
    before, kept = raw(talk), settings.CONFIDENTIAL_KEYS
    settings.CONFIDENTIAL_KEYS = keys
    response = client.get(f"{address('interview_notes', talk.round)}?by={by}")
    assert response.status_code == 503
    assert "Nothing was overwritten" in response.content.decode()
    assert not Opening.objects.exists(), "nothing was shown"
    assert raw(talk) == before
    settings.CONFIDENTIAL_KEYS = kept
    assert Conversation.objects.get().label == f"The {WORD} office"


def test_with_another_key_the_rest_of_a_conversation_may_be_saved(
    talk: Conversation, settings: Settings
) -> None:
    before = raw(talk)
    settings.CONFIDENTIAL_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(SealedError):
        Conversation.objects.get()
    row = Conversation.objects.defer("label").get()
    row.people = 3
    row.save()
    assert raw(talk) == before
