"""Putting a doubt to a judgment, from the page."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Assessment, Challenge
from aspirations.services import assessments
from aspirations.tests.assessments.ladder import ASSESSES, answers, expected
from aspirations.tests.assessments.scene import Scene, signed_in
from aspirations.tests.assessments.test_services import locked_round
from people.models import User

pytestmark = pytest.mark.django_db
FILLED = {"text": "The budget letter says otherwise."}


@pytest.fixture
def row(stage: Scene, ana: User) -> Assessment:
    return assessments.record_view(
        metric=stage.metric, author=ana, values={"light": "AR", "reason": "The coaches leave."}
    )


def address(row: Assessment) -> str:
    return reverse("challenge_assessment", args=["meridian", row.pk])


def test_a_colleague_doubts_it(client: Client, row: Assessment, ben: User) -> None:
    page = signed_in(client, ben).get(address(row)).content.decode()
    assert "Put your doubt to Ana" in page
    assert "The coaches leave." in page
    body = client.post(address(row), FILLED, follow=True).content.decode()
    assert "Your challenge stands beside the judgment" in body
    assert "Not answered yet" in body
    doubt = Challenge.objects.get()
    assert (doubt.author, doubt.assessment, doubt.text) == (ben, row, FILLED["text"])


@pytest.mark.parametrize(
    ("text", "words"), [("", "Say what you doubt"), ("No!", "at least 10 characters")]
)
def test_a_doubt_argues(client: Client, row: Assessment, ben: User, text: str, words: str) -> None:
    response = signed_in(client, ben).post(address(row), {"text": text})
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Challenge.objects.exists()


def test_nobody_challenges_their_own(client: Client, row: Assessment, ana: User) -> None:
    response = signed_in(client, ana).post(address(row), FILLED)
    assert response.status_code == 400
    assert "This is your own." in response.content.decode()


def test_a_result_is_doubted_too(client: Client, stage: Scene, leader: User, ana: User) -> None:
    round_ = locked_round(stage, leader, ana)
    final = Assessment.objects.finals().first()
    assert final is not None
    response = signed_in(client, ana).post(address(final), FILLED)
    assert response["Location"] == reverse("assessment_round", args=["meridian", round_.pk])


def test_a_hidden_sheet_is_not_there(
    client: Client, stage: Scene, leader: User, ana: User, ben: User
) -> None:
    round_ = stage.round(leader, ana)
    sent = stage.write(round_, stage.reading, ana, send=True)
    draft = stage.write(round_, stage.writing, ana)
    for sheet in (sent, draft):
        assert signed_in(client, ben).get(address(sheet)).status_code == 404
        assert signed_in(client, leader).post(address(sheet), FILLED).status_code == 404
    assert signed_in(client, ana).get(address(draft)).status_code == 404


def test_who_may(client: Client, stage: Scene, row: Assessment, stranger: User) -> None:
    assert answers(client, stage, stranger, address(row)) == expected(ASSESSES, 200)
    assert answers(client, stage, stranger, address(row), FILLED) == expected(ASSESSES, 302)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: Client, row: Assessment, ben: User, method: str) -> None:
    assert getattr(signed_in(client, ben), method)(address(row)).status_code == 405
