"""Changing what a finding means, and answering its question."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import Implication, Round
from reviews.services.findings import change_implication
from reviews.tests.concluding import CLOSED_TO, closed_round, join, lead, read_trail
from reviews.tests.factories import ImplicationFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


@pytest.fixture
def meant(row: Round) -> Implication:
    implication: Implication = ImplicationFactory.create(
        finding__round=row, text="Who owns data?", is_question=True, order=1
    )
    return implication


def filled(**more: Any) -> dict[str, Any]:
    return {
        "version": "1", "text": "Who owns data?", "is_question": "on", "answer": "solve",
        "answer_reason": "The registrar can say by May.", "order": "1", **more,
    }  # fmt: skip


def test_a_question_is_answered(client: Client, row: Round, meant: Implication) -> None:
    join(client, row)
    to = address("edit_implication", row, meant.pk)
    assert "Who owns data?" in client.get(to).content.decode()
    assert client.post(to, filled())["Location"] == address("findings", row)
    meant.refresh_from_db()
    assert (meant.answer, meant.version) == ("solve", 2)
    assert "registrar" not in read_trail(row)


def test_the_second_of_two_writers_sees_both(
    client: Client, row: Round, meant: Implication
) -> None:
    lead(client, row)
    change_implication(implication=meant, values={"text": "Who keeps data?"}, version=1)
    to = address("edit_implication", row, meant.pk)
    response = client.post(to, filled(text="Who cleans data?"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Who keeps data?" in page
    assert "Who cleans data?" in page
    assert client.post(to, filled(text="Who cleans data?", version="2")).status_code == 302


def test_bad_input_changes_nothing(client: Client, row: Round, meant: Implication) -> None:
    lead(client, row)
    to = address("edit_implication", row, meant.pk)
    for wrong in ({"text": ""}, {"answer_reason": ""}, {"is_question": ""}, {"version": "0x1"}):
        assert client.post(to, filled(**wrong)).status_code == 400
    meant.refresh_from_db()
    assert (meant.answer, meant.version) == ("", 1)


def test_what_was_withdrawn_meanwhile_comes_back_typed(
    client: Client, row: Round, meant: Implication
) -> None:
    lead(client, row)
    Implication.objects.filter(pk=meant.pk).update(withdrawn_at=timezone.now())
    response = client.post(address("edit_implication", row, meant.pk), filled())
    assert response.status_code == 400
    assert "The registrar can say by May." in response.content.decode()


def test_others_are_refused(client: Client, row: Round, meant: Implication) -> None:
    to = address("edit_implication", row, meant.pk)
    assert answers(client, row, "post", to, filled()) == CLOSED_TO
    lead(client, row)
    foreign = ImplicationFactory.create(finding__round__system=row.system)
    assert client.post(address("edit_implication", row, foreign.pk), filled()).status_code == 404
    meant.refresh_from_db()
    assert meant.version == 1


def test_other_methods_are_refused(client: Client, row: Round, meant: Implication) -> None:
    lead(client, row)
    assert client.delete(address("edit_implication", row, meant.pk)).status_code == 405
