"""Saying that one's sheet is complete."""

import pytest
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry
from reviews.models import Participant, Round
from reviews.services.scores import save_score
from reviews.tests.ladder import answers, take_part
from reviews.tests.scoring import address, asked_round, element, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return asked_round()


def test_a_sheet_is_finished_with_what_it_has(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    save_score(participant=part, element=element(row), values=said())
    before = AuditEntry.objects.count()
    response = client.post(address("finish_scores", row))
    assert response["Location"] == address("score_sheet", row)
    page = client.get(address("score_sheet", row)).content.decode()
    assert "Your sheet is finished: 1 of 4 have your answer." in page
    part.refresh_from_db()
    assert part.finished_at is not None
    assert AuditEntry.objects.count() == before


def test_an_empty_sheet_is_not_finished(client: Client, row: Round) -> None:
    take_part(client, row, kind="self")
    response = client.post(address("finish_scores", row))
    assert response.status_code == 400
    assert "Nothing is scored yet" in response.content.decode()
    assert Participant.objects.get().finished_at is None


def test_after_the_closing_it_is_too_late(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    save_score(participant=part, element=element(row), values=said())
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=timezone.now())
    response = client.post(address("finish_scores", row))
    assert response.status_code == 400
    assert "“Round 2” closed on" in response.content.decode()
    part.refresh_from_db()
    assert part.finished_at is None


def test_others_are_refused(client: Client, row: Round) -> None:
    found = answers(client, row, "post", address("finish_scores", row))
    assert found.pop("named reviewer") == 400, "no scores are asked of this one"
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    take_part(client, row, kind="self")
    assert client.get(address("finish_scores", row)).status_code == 405
