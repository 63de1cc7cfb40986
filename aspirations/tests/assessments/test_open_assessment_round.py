"""Opening a round from the page."""

import pytest
from django.test import Client

from aspirations.models import AssessmentRound
from aspirations.tests.assessments.ladder import MODERATES, answers, expected
from aspirations.tests.assessments.scene import Scene, signed_in
from people.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/meridian/assessments/new/"


def filled(*people: User, **changed: str) -> dict[str, object]:
    return {"title": "March 2025", "due": "2025-03-28", "assessors": [row.pk for row in people],
            **changed}  # fmt: skip


def test_a_leader_opens_it(client: Client, stage: Scene, leader: User, ana: User) -> None:
    page = signed_in(client, leader).get(ADDRESS).content.decode()
    # Everyone who may assess is offered, and nobody else.
    assert page.count('name="assessors"') == 2
    response = client.post(ADDRESS, filled(ana), follow=True)
    assert "“March 2025” is open." in response.content.decode()
    row = AssessmentRound.objects.get()
    assert (row.title, row.status, row.opened_by) == ("March 2025", "open", leader)
    assert [one.user for one in row.assessors.all()] == [ana]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Give the round a title"),
        ({"due": ""}, "Give the day."),
        ({"due": "28/03/2025"}, "Write it as year, month and day"),
        ({"due": "2025-03-01"}, "1 March 2025 has passed. Give a day from 14 March 2025 on."),
    ],
)
def test_what_is_refused_keeps_the_typing(
    client: Client, stage: Scene, leader: User, ana: User, changed: dict[str, str], words: str
) -> None:
    response = signed_in(client, leader).post(ADDRESS, filled(ana, **changed))
    body = response.content.decode()
    assert (response.status_code, words in body) == (400, True)
    assert "There is a problem" in body
    assert "checked" in body
    assert not AssessmentRound.objects.exists()


def test_it_asks_someone_who_may(
    client: Client, stage: Scene, leader: User, viewer: User, stranger: User
) -> None:
    signed_in(client, leader)
    assert "Ask at least one person." in client.post(ADDRESS, filled()).content.decode()
    for other in (viewer, stranger):
        response = client.post(ADDRESS, filled(other))
        assert response.status_code == 400
        assert "may not assess here" in response.content.decode()


def test_a_second_round_waits_for_the_first(
    client: Client, stage: Scene, leader: User, ana: User
) -> None:
    stage.round(leader, ana)
    response = signed_in(client, leader).post(ADDRESS, filled(ana))
    assert response.status_code == 400
    assert "is not locked yet" in response.content.decode()


def test_who_may(client: Client, stage: Scene, stranger: User) -> None:
    assert answers(client, stage, stranger, ADDRESS) == expected(MODERATES, 200)
    assert answers(client, stage, stranger, ADDRESS, filled()) == expected(MODERATES, 400)
    assert not AssessmentRound.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: Client, stage: Scene, leader: User, method: str) -> None:
    assert getattr(signed_in(client, leader), method)(ADDRESS).status_code == 405
