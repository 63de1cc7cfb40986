"""Answering a doubt, from the page: by its author or who moderates, once."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Challenge
from aspirations.services import assessments
from aspirations.tests.assessments.ladder import MODERATES, answers, expected
from aspirations.tests.assessments.scene import Scene, signed_in
from people.models import User

pytestmark = pytest.mark.django_db
FILLED = {"outcome": "kept", "text": "The letter is of last year."}


@pytest.fixture
def row(stage: Scene, ana: User, ben: User) -> Challenge:
    view = assessments.record_view(
        metric=stage.metric, author=ana, values={"light": "AR", "reason": "The coaches leave."}
    )
    return assessments.challenge(about=view, text="The budget says otherwise.", actor=ben)


def address(row: Challenge) -> str:
    return reverse("answer_challenge", args=["meridian", row.pk])


def test_its_author_answers(client: Client, row: Challenge, ana: User) -> None:
    page = signed_in(client, ana).get(address(row)).content.decode()
    assert "The budget says otherwise." in page
    body = client.post(address(row), FILLED, follow=True).content.decode()
    assert "The letter is of last year." in body
    assert "Kept as it was" in body
    row.refresh_from_db()
    assert (row.outcome, row.answered_by, row.answered_at is None) == ("kept", ana, False)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"outcome": ""}, "Say whether it was kept as it was, or changed."),
        ({"outcome": "melted"}, "Choose one of the two."),
        ({"text": ""}, "Answer the doubt in a sentence or two."),
        ({"text": "Yes."}, "at least 10 characters"),
    ],
)
def test_what_an_answer_needs(
    client: Client, row: Challenge, ana: User, changed: dict[str, str], words: str
) -> None:
    response = signed_in(client, ana).post(address(row), {**FILLED, **changed})
    assert response.status_code == 400
    assert words in response.content.decode()
    row.refresh_from_db()
    assert row.answered_at is None


def test_it_is_answered_once(client: Client, row: Challenge, ana: User) -> None:
    signed_in(client, ana).post(address(row), FILLED)
    response = client.post(address(row), {**FILLED, "outcome": "changed"})
    assert response.status_code == 400
    assert "was answered already" in response.content.decode()


def test_who_may(client: Client, stage: Scene, row: Challenge, ben: User, stranger: User) -> None:
    assert signed_in(client, ben).get(address(row)).status_code == 403
    assert answers(client, stage, stranger, address(row)) == expected(MODERATES, 200)
    assert answers(client, stage, stranger, address(row), FILLED) == expected(MODERATES, 302)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: Client, row: Challenge, ana: User, method: str) -> None:
    assert getattr(signed_in(client, ana), method)(address(row)).status_code == 405
