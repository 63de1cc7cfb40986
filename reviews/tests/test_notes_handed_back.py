"""What was typed of a conversation is never lost, though its writer was taken off meanwhile."""

import re

import pytest
from django.test import Client

from reviews.models import Conversation, InterviewNote, Participant
from reviews.tests.factories import ConversationFactory
from reviews.tests.ladder import address, take_part

pytestmark = pytest.mark.django_db
PASSING = re.compile(r'csrfmiddlewaretoken" value="\w+"|data-left="\d+"')
SENT = {"body": "They fear the hearing.", "element": "", "label": "The treasury"}


@pytest.fixture
def talk() -> Conversation:
    talk: Conversation = ConversationFactory.create(label="The brandling office")
    return talk


def pages(talk: Conversation) -> list[str]:
    return [
        address("interview_notes", talk.round),
        address("new_conversation", talk.round),
        address("conversation", talk.round, talk.pk),
    ]


def test_who_left_the_joint_team_while_typing_gets_the_words_back(
    client: Client, talk: Conversation
) -> None:
    part = take_part(client, talk.round, "viewer", joint_team=True)
    Participant.objects.filter(pk=part.pk).update(joint_team=False)
    for page in pages(talk):
        assert client.get(page).status_code == 404
        response = client.post(page, SENT)
        assert response.status_code == 404
        assert response["Cache-Control"] == "no-store, private"
        words = response.content.decode()
        assert "They fear the hearing." in words
        assert "The treasury" in words
        assert "brandling" not in words
    assert not InterviewNote.objects.exists()
    assert Conversation.objects.count() == 1


def test_the_page_tells_nothing_of_what_exists(client: Client, talk: Conversation) -> None:
    take_part(client, talk.round)
    here, there = (
        PASSING.sub(
            "", client.post(address("conversation", talk.round, key), SENT).content.decode()
        )
        for key in (talk.pk, 987_654)
    )
    assert here.replace(f"conversations/{talk.pk}", "") == there.replace("conversations/987654", "")
