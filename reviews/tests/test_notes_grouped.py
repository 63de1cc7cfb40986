"""The page of all notes: under their elements or conversations, with what is still silent."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.models import Opening
from people.tests.entering import enter
from people.tests.factories import MembershipFactory
from reviews.models import InterviewNote, Round
from reviews.services import notes
from reviews.tests.factories import (
    ConversationFactory,
    ElementFactory,
    InterviewNoteFactory,
    RoundFactory,
)
from reviews.tests.ladder import address

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    """Two interviews and a focus group of nine; notes on 1A and 2A, and one on neither."""
    row: Round = RoundFactory.create()
    one, two, three = (
        ElementFactory.create(rubric=row.rubric, code=code, title=f"Of {code}")
        for code in ("1A", "1B", "2A")
    )
    assert two
    clerk = ConversationFactory.create(round=row, label="Town clerk", tier="leadership")
    ConversationFactory.create(round=row, label="Street team")
    group = ConversationFactory.create(
        round=row, kind="focus_group", people=9, label="School heads"
    )
    for talk, element, body in (
        (clerk, three, "clerk on 2A"), (clerk, one, "clerk on 1A"), (group, one, "heads on 1A"),
        (None, None, "heard in passing"),
    ):  # fmt: skip
        InterviewNoteFactory.create(round=row, conversation=talk, element=element, body=body)
    return row


def shown(client: Client, row: Round, query: str = "") -> str:
    response = client.get(address("interview_notes", row) + query)
    assert response.status_code == 200
    return response.content.decode()


def in_order(page: str, *words: str) -> bool:
    places = [page.index(word) for word in words]
    return places == sorted(places)


@pytest.mark.parametrize("query", ["", "?by=element", "?by=nonsense", "?by=%00"])
def test_by_element_is_how_they_stand(client: Client, row: Round, query: str) -> None:
    enter(client, row.system, "delivery_leader")
    page = shown(client, row, query).split('id="notes"')[1]
    assert in_order(
        page, ">1A Of 1A</h3>", "clerk on 1A", ">2A Of 2A</h3>", "clerk on 2A",
        ">On none in particular</h3>", "heard in passing",
    )  # fmt: skip
    assert ">1B Of 1B</h3>" not in page
    assert "Interview 1: Town clerk" in page


def test_it_says_on_what_nothing_is_noted(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = " ".join(shown(client, row).split())
    assert "Nothing is noted on one element yet: 1B." in page


def test_by_conversation_each_stands_with_whom_it_was(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = shown(client, row, "?by=conversation").split('id="notes"')[1]
    assert in_order(
        page, ">Focus group 1: 10 March 2026, 9 people</h3>", "School heads", "heads on 1A",
        ">Interview 2: 10 March 2026, 1 person</h3>", "Street team", "Nothing of it is noted yet.",
        ">Interview 1: 10 March 2026, 1 person, Leadership</h3>", "Town clerk", "clerk on 1A",
        "clerk on 2A", ">Of no conversation in particular</h3>", "heard in passing",
    )  # fmt: skip


def test_the_headline_counts_conversations_and_notes(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = shown(client, row)
    assert "2 interviews and 1 focus group gave 4 notes, for the joint team alone." in page


def test_one_opening_is_logged_for_notes_and_names_together(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    shown(client, row)
    assert Opening.objects.count() == 1


def test_a_note_on_an_element_of_an_earlier_rubric_is_not_lost(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    old = ElementFactory.create(code="9Z", title="Of old")
    InterviewNoteFactory.create(round=row, element=old, body="said of old")
    page = shown(client, row)
    assert in_order(page.split('id="notes"')[1], ">9Z Of old</h3>", "said of old")


def test_a_round_of_an_earlier_time_shows_its_notes(client: Client) -> None:
    row = RoundFactory.create(rubric=None)
    InterviewNoteFactory.create(round=row, body="said long ago")
    enter(client, row.system, "delivery_leader")
    for query in ("", "?by=conversation"):
        assert "said long ago" in shown(client, row, query)


# --------------------------------------------------------------------------- writing here
def test_a_note_may_say_whence_and_on_what(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    talk, element = row.conversations.first(), row.rubric.elements.get(code="1B")  # type: ignore[union-attr]
    assert talk
    sent = {"body": "More.", "conversation": talk.pk, "element": element.pk}
    response = client.post(address("interview_notes", row), sent)
    following = row.rubric.elements.get(code="2A")  # type: ignore[union-attr]
    assert response["Location"] == (
        f"{address('conversation', row, talk.pk)}?element={following.pk}"
    )
    note = InterviewNote.objects.latest("pk")
    assert (note.conversation, note.element) == (talk, element)


@pytest.mark.parametrize("field", ["conversation", "element"])
@pytest.mark.parametrize("key", ["987654321", "x", "\x00", "1e308", "9" * 40, "foreign"])
def test_what_is_of_another_review_is_refused_with_nothing_shown(
    client: Client, row: Round, field: str, key: str
) -> None:
    enter(client, row.system, "delivery_leader")
    other = RoundFactory.create(system=row.system)
    foreign = {
        "conversation": ConversationFactory.create(round=other).pk,
        "element": ElementFactory.create(rubric=other.rubric).pk,
    }
    sent = {"body": "More.", field: foreign[field] if key == "foreign" else key}
    response = client.post(address("interview_notes", row), sent)
    page = response.content.decode()
    assert response.status_code == 400
    assert "More." in page
    assert "Town clerk" not in page
    assert "clerk on 1A" not in page
    assert row.notes.count() == 4
    assert not Opening.objects.exists()


@pytest.mark.parametrize("field", ["conversation", "element"])
def test_the_service_refuses_what_is_of_another_review(row: Round, field: str) -> None:
    other = RoundFactory.create(system=row.system)
    foreign: dict[str, Any] = {
        "conversation": ConversationFactory.create(round=other),
        "element": ElementFactory.create(rubric=other.rubric),
    }
    actor = MembershipFactory.create(system=row.system, role="delivery_leader").user
    with pytest.raises(ValidationError) as refused:
        notes.add_note(round=row, body="x", actor=actor, **{field: foreign[field]})
    assert set(refused.value.error_dict) == {field}
    assert row.notes.count() == 4


# --------------------------------------------------------------------------- many
@pytest.mark.parametrize("query", ["?by=element", "?by=conversation"])
def test_three_hundred_notes_ask_no_query_more(client: Client, row: Round, query: str) -> None:
    enter(client, row.system, "delivery_leader")
    shown(client, row, query)
    with CaptureQueriesContext(connection) as few:
        shown(client, row, query)
    for number in range(296):
        InterviewNoteFactory.create(
            round=row, body=f"said {number}",
            element=ElementFactory.create(rubric=row.rubric) if number % 10 == 0 else None,
            conversation=ConversationFactory.create(round=row) if number % 10 == 1 else None,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page = shown(client, row, query)
    assert "said 295" in page
    assert "gave 300 notes" in page
    assert len(many) == len(few)
