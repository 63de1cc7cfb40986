"""So what: an implication follows from a finding; only a question is answered, with why."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from reviews.models import Finding, Implication, Round
from reviews.services.findings import add_implication
from reviews.tests.concluding import CLOSED_TO, SECRET, closed_round, join, lead, read_trail
from reviews.tests.factories import FindingFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def found(row: Round) -> Finding:
    finding: Finding = FindingFactory.create(round=row, text="Nobody answers plans.")
    return finding


def filled(**more: Any) -> dict[str, Any]:
    return {"version": "1", "text": SECRET, "answer": "", "answer_reason": "", "order": "", **more}


def test_it_is_added(client: Client, row: Round, found: Finding) -> None:
    join(client, row)
    to = address("add_implication", row, found.pk)
    assert "Nobody answers plans." in client.get(to).content.decode()
    assert client.post(to, filled())["Location"] == address("findings", row)
    meant = Implication.objects.get()
    assert (meant.finding, meant.text, meant.is_question, meant.order) == (found, SECRET, False, 1)
    assert SECRET not in read_trail(row)
    assert "Nobody answers" not in read_trail(row)


@pytest.mark.parametrize(("answer", "why"), [
    ("", ""), ("solve", "It can be found out in a week."), ("work_around", "The law is fixed."),
])  # fmt: skip
def test_a_question_is_solved_or_worked_around(
    client: Client, row: Round, found: Finding, answer: str, why: str
) -> None:
    lead(client, row)
    sent = filled(is_question="on", answer=answer, answer_reason=why)
    assert client.post(address("add_implication", row, found.pk), sent).status_code == 302
    meant = Implication.objects.get()
    assert (meant.is_question, meant.answer, meant.answer_reason) == (True, answer, why)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"text": ""}, "Say what the finding means."),
        ({"answer": "solve", "answer_reason": "Why not"}, "Only a question is solved"),
        ({"is_question": "on", "answer": "solve"}, "Say why it is solved"),
        ({"is_question": "on", "answer": "shrug"}, "is not one of the available choices"),
        ({"answer_reason": "x" * 501}, "at most 500 characters"),
    ],
)
def test_bad_input_is_named(
    client: Client, row: Round, found: Finding, wrong: dict[str, str], words: str
) -> None:
    lead(client, row)
    response = client.post(address("add_implication", row, found.pk), filled(**wrong))
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Implication.objects.exists()


def test_nothing_follows_from_what_was_withdrawn(
    client: Client, row: Round, found: Finding
) -> None:
    lead(client, row)
    Finding.objects.filter(pk=found.pk).update(withdrawn_at=timezone.now())
    to = address("add_implication", row, found.pk)
    assert client.get(to).status_code == 404
    response = client.post(to, filled())
    assert response.status_code == 400
    assert SECRET in response.content.decode()
    with pytest.raises(ValidationError, match="withdrawn meanwhile"):
        add_implication(finding=found, text=SECRET)


def test_others_are_refused(client: Client, row: Round, found: Finding) -> None:
    to = address("add_implication", row, found.pk)
    assert answers(client, row, "post", to, filled()) == CLOSED_TO
    lead(client, row)
    foreign = FindingFactory.create()
    assert client.post(address("add_implication", row, foreign.pk), filled()).status_code == 404
    assert not Implication.objects.exists()


def test_other_methods_are_refused(client: Client, row: Round, found: Finding) -> None:
    lead(client, row)
    assert client.delete(address("add_implication", row, found.pk)).status_code == 405
