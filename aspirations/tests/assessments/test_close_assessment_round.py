"""Closing the sheets for moderation, from the page."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import AssessmentRound
from aspirations.tests.assessments.ladder import MODERATES, answers, expected
from aspirations.tests.assessments.scene import Scene, signed_in
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(stage: Scene, leader: User, ana: User, ben: User) -> AssessmentRound:
    found: AssessmentRound = stage.round(leader, ana, ben)
    stage.send(found, ana)
    return found


def address(row: AssessmentRound) -> str:
    return reverse("close_assessment_round", args=["meridian", row.pk])


def test_with_every_sheet_in_it_takes_one_press(
    client: Client, stage: Scene, row: AssessmentRound, leader: User, ben: User
) -> None:
    stage.send(row, ben)
    page = signed_in(client, leader).get(address(row)).content.decode()
    assert "All sheets of “March 2025” are in" in page
    assert 'name="reason"' not in page
    response = client.post(address(row))
    assert response["Location"] == reverse("moderate_assessments", args=["meridian", row.pk])
    row.refresh_from_db()
    assert (row.status, row.moderated_at is None, row.version) == ("moderation", False, 2)


def test_while_sheets_are_missing_it_asks_why(
    client: Client, row: AssessmentRound, leader: User
) -> None:
    page = signed_in(client, leader).get(address(row)).content.decode()
    assert "1 of 2 have sent in all of their sheets" in page
    response = client.post(address(row), {"reason": "Late"})
    assert response.status_code == 400
    assert "Closing while sheets are missing needs a reason" in response.content.decode()
    assert client.post(address(row), {"reason": "Ben is ill this month."}).status_code == 302


def test_it_closes_once(client: Client, row: AssessmentRound, leader: User) -> None:
    data = {"reason": "Ben is ill this month."}
    signed_in(client, leader).post(address(row), data)
    response = client.post(address(row), data)
    assert response.status_code == 400
    assert "in moderation or locked already" in response.content.decode()


def test_who_may(client: Client, stage: Scene, row: AssessmentRound, stranger: User) -> None:
    assert answers(client, stage, stranger, address(row)) == expected(MODERATES, 200)
    assert answers(client, stage, stranger, address(row), {}) == expected(MODERATES, 400)
    row.refresh_from_db()
    assert row.status == "open"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: Client, row: AssessmentRound, leader: User, method: str) -> None:
    assert getattr(signed_in(client, leader), method)(address(row)).status_code == 405
