"""Writing the notes of one conversation, element by element, without opening any."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from people.models import AuditEntry, Opening
from people.tests.entering import enter
from reviews.models import Conversation, Element, InterviewNote, Round
from reviews.tests.factories import (
    ConversationFactory,
    ElementFactory,
    InterviewNoteFactory,
    RoundFactory,
)
from reviews.tests.ladder import address, answers, take_part

pytestmark = pytest.mark.django_db
WORD, WHO = "quillon", "brandling"
MOST_QUERIES = 20


@pytest.fixture
def talk() -> Conversation:
    talk: Conversation = ConversationFactory.create(label=f"The {WHO} office")
    for code in ("1A", "1B", "2A"):
        ElementFactory.create(rubric=talk.round.rubric, code=code, title=f"Of {code}")
    InterviewNoteFactory.create(round=talk.round, conversation=talk, body=f"A {WORD}.")
    return talk


def to(talk: Conversation) -> str:
    return address("conversation", talk.round, talk.pk)


def element(talk: Conversation, code: str) -> Element:
    return Element.objects.get(rubric=talk.round.rubric, code=code)


def note(talk: Conversation, code: str) -> InterviewNote:
    row: InterviewNote = InterviewNoteFactory.create(
        round=talk.round, conversation=talk, element=element(talk, code)
    )
    return row


# --------------------------------------------------------------------------- who
@pytest.mark.parametrize("role", ["system_leader", "delivery_leader"])
def test_leaders_write_them(client: Client, talk: Conversation, role: str) -> None:
    user = enter(client, talk.system, role)
    assert client.get(to(talk)).status_code == 200
    sent = {"element": element(talk, "1A").pk, "body": "They fear the hearing."}
    assert client.post(to(talk), sent).status_code == 302
    row = InterviewNote.objects.latest("pk")
    assert (row.author, row.conversation, row.round) == (user, talk, talk.round)
    assert row.element == element(talk, "1A")
    assert row.body == "They fear the hearing."


def test_the_joint_team_writes_those_of_its_round(client: Client, talk: Conversation) -> None:
    take_part(client, talk.round, "viewer", joint_team=True)
    assert client.post(to(talk), {"body": "Heard."}).status_code == 302
    other = ConversationFactory.create(round=RoundFactory.create(system=talk.system))
    assert client.get(to(other)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_does(client: Client, talk: Conversation, method: str) -> None:
    found = answers(client, talk.round, method, to(talk), {"body": "x"})
    assert found.pop("system_leader") in {200, 302}
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_conversation_of_another_review_is_none_of_this_one(
    client: Client, talk: Conversation, method: str
) -> None:
    enter(client, talk.system, "delivery_leader")
    other = ConversationFactory.create(round=RoundFactory.create(system=talk.system))
    for key in (other.pk, 987_654_321, 10**30):
        where = address("conversation", talk.round, key)
        assert getattr(client, method)(where, {"body": "x"}).status_code == 404
    assert InterviewNote.objects.count() == 1


# --------------------------------------------------------------------------- what it shows
def test_it_opens_nothing_and_asks_for_no_fresh_proof(client: Client, talk: Conversation) -> None:
    enter(client, talk.system, "delivery_leader", user__password="a long and quiet phrase")
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        page = client.get(to(talk)).content.decode()
        assert WORD not in page
        assert WHO not in page
        failed = client.post(to(talk), {"body": " "}).content.decode()
        assert WORD not in failed
        assert WHO not in failed
        assert client.post(to(talk), {"body": "Heard."}).status_code == 302
    assert not Opening.objects.exists()


def test_it_says_how_far_it_is(client: Client, talk: Conversation) -> None:
    enter(client, talk.system, "delivery_leader")
    note(talk, "1A"), note(talk, "1A"), note(talk, "2A")
    page = client.get(to(talk)).content.decode()
    assert "Interview 1 has notes on 2 of 3 elements." in page
    assert "10 March 2026, 1 person" in page
    assert page.count("2 notes") == 1


def test_conversations_are_numbered_by_kind_as_they_were_recorded(
    client: Client, talk: Conversation
) -> None:
    enter(client, talk.system, "delivery_leader")
    group = ConversationFactory.create(round=talk.round, kind="focus_group", people=9)
    second = ConversationFactory.create(round=talk.round, held_on="2026-03-02")
    assert "Focus group 1 is recorded" in client.get(to(group)).content.decode()
    assert "Interview 2 is recorded" in client.get(to(second)).content.decode()


# --------------------------------------------------------------------------- one after the other
@pytest.mark.parametrize(
    ("written", "following"), [("1A", "1B"), ("1B", "2A"), ("2A", ""), ("", "")]
)
def test_after_a_note_the_next_element_is_at_hand(
    client: Client, talk: Conversation, written: str, following: str
) -> None:
    enter(client, talk.system, "delivery_leader")
    key = element(talk, written).pk if written else ""
    response = client.post(to(talk), {"element": key, "body": "Heard."}, follow=True)
    chosen = response.context["form"]["element"].value()
    assert response.redirect_chain[0][0].startswith(f"{to(talk)}?element=")
    assert chosen == (element(talk, following).pk if following else "")


def test_the_first_without_a_note_is_chosen_and_any_may_be_asked_for(
    client: Client, talk: Conversation
) -> None:
    enter(client, talk.system, "delivery_leader")
    note(talk, "1A")
    last = element(talk, "2A").pk
    chosen = {
        asked: client.get(f"{to(talk)}{asked}").context["form"]["element"].value()
        for asked in ("", f"?element={last}", "?element=none", "?element=%00", "?element=1e308")
    }
    first = element(talk, "1B").pk
    assert chosen == {
        "": first, f"?element={last}": last, "?element=none": "", "?element=%00": first,
        "?element=1e308": first,
    }  # fmt: skip


# --------------------------------------------------------------------------- refused
@pytest.mark.parametrize("key", ["987654321", "x", "\x00", "1e308", "-1", "9" * 40])
def test_an_element_that_is_not_of_the_rubric_is_refused(
    client: Client, talk: Conversation, key: str
) -> None:
    enter(client, talk.system, "delivery_leader")
    foreign = ElementFactory.create()
    for sent in (key, foreign.pk):
        response = client.post(to(talk), {"element": sent, "body": "They fear it."})
        assert response.status_code == 400
        assert "They fear it." in response.content.decode()
        assert foreign.title not in response.content.decode()
    assert InterviewNote.objects.count() == 1


def test_a_closed_round_takes_none_and_loses_no_typing(client: Client, talk: Conversation) -> None:
    enter(client, talk.system, "delivery_leader")
    Round.objects.filter(pk=talk.round.pk).update(state="closed", closed_at=timezone.now())
    assert "nothing is added to it" in client.get(to(talk)).content.decode()
    response = client.post(to(talk), {"body": "Too late."})
    assert response.status_code == 400
    assert "Too late." in response.content.decode()


def test_without_a_key_one_may_look_and_nothing_typed_is_lost(
    client: Client, talk: Conversation, settings: Settings
) -> None:
    enter(client, talk.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    assert client.get(to(talk)).status_code == 200
    response = client.post(to(talk), {"body": "They fear it."})
    assert response.status_code == 503
    assert "They fear it." in response.content.decode()
    assert InterviewNote.objects.count() == 1


def test_the_trail_does_not_say_on_which_element(client: Client, talk: Conversation) -> None:
    enter(client, talk.system, "delivery_leader")
    client.post(to(talk), {"element": element(talk, "1B").pk, "body": "Heard."})
    line = AuditEntry.objects.about(InterviewNote.objects.latest("pk")).get()
    assert set(line.after) == {"round", "author", "conversation", "body"}
    assert line.after["body"] == "changed"
    assert line.after["conversation"] == f"conversation {talk.pk}"


def test_a_round_without_a_rubric_takes_notes_on_none(client: Client) -> None:
    talk = ConversationFactory.create(round=RoundFactory.create(rubric=None))
    enter(client, talk.system, "delivery_leader")
    assert "On which element" not in client.get(to(talk)).content.decode()
    assert client.post(to(talk), {"body": "Heard."}).status_code == 302
    assert "has one note" in client.get(to(talk)).content.decode()


# --------------------------------------------------------------------------- manners
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, talk: Conversation, method: str) -> None:
    enter(client, talk.system, "delivery_leader")
    assert getattr(client, method)(to(talk)).status_code == 405


def test_queries_do_not_grow_with_the_page(
    client: Client, talk: Conversation, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def filled() -> Any:
        for number in range(30):
            ElementFactory.create(rubric=talk.round.rubric, code=f"X{number}")
            other = ConversationFactory.create(round=talk.round)
            InterviewNoteFactory.create(round=talk.round, conversation=other)
        return client.get(to(talk))

    filled()
    enter(client, talk.system, "delivery_leader")
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(to(talk)).status_code == 200
