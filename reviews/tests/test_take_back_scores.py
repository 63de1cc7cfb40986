"""Taking one's own scores back."""

import pytest
from django.test import Client
from django.utils import timezone

from people.models import AuditEntry
from reviews.models import Participant, Round
from reviews.services.scores import progress, save_score, sheet_of
from reviews.tests.ladder import answers, take_part
from reviews.tests.scoring import address, asked_round, element, held, said

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Round:
    return asked_round()


@pytest.fixture
def part(client: Client, row: Round) -> Participant:
    found = take_part(client, row, kind="self")
    for code in ("1A", "1B"):
        save_score(participant=found, element=element(row, code), values=said())
    return found


def test_it_says_what_follows_and_asks_no_reason(
    client: Client, row: Round, part: Participant
) -> None:
    page = client.get(address("take_back_scores", row)).content.decode()
    assert "Taken back, none of your 2 answers counts." in page
    assert "No reason is asked, and nobody is told." in page
    part.refresh_from_db()
    assert part.taken_back_at is None, "reading changes nothing"


def test_none_of_them_counts_then_and_all_of_them_are_kept(
    client: Client, row: Round, part: Participant
) -> None:
    before = AuditEntry.objects.count()
    response = client.post(address("take_back_scores", row))
    assert response["Location"] == address("score_sheet", row)
    part.refresh_from_db()
    assert part.taken_back_at is not None
    assert progress(sheet_of(part)) == 0
    assert held(part) == [("1A", 1, 2), ("1B", 1, 2)]
    assert AuditEntry.objects.count() == before


def test_after_the_closing_it_is_too_late(client: Client, row: Round, part: Participant) -> None:
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=timezone.now())
    response = client.post(address("take_back_scores", row))
    assert response.status_code == 400
    assert "“Round 2” closed on" in response.content.decode()
    part.refresh_from_db()
    assert part.taken_back_at is None


def test_others_are_refused(client: Client, row: Round) -> None:
    found = answers(client, row, "post", address("take_back_scores", row))
    assert found.pop("named reviewer") == 400, "no scores are asked of this one"
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


def test_other_methods_are_refused(client: Client, row: Round, part: Participant) -> None:
    assert client.delete(address("take_back_scores", row)).status_code == 405
