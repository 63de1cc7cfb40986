"""A locked round: results, facts, and the sheets for those who assess."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import AssessmentRound
from aspirations.tests.assessments.ladder import EVERY_READER, answers, expected
from aspirations.tests.assessments.scene import Scene, signed_in
from aspirations.tests.assessments.test_services import locked_round
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(stage: Scene, leader: User, ana: User) -> AssessmentRound:
    return locked_round(stage, leader, ana)


def address(row: AssessmentRound) -> str:
    return reverse("assessment_round", args=["meridian", row.pk])


def test_it_tells_what_was_settled(
    client: Client, stage: Scene, row: AssessmentRound, ana: User, viewer: User
) -> None:
    body = signed_in(client, ana).get(address(row)).content.decode()
    assert "People judge all two aspirations Amber-Green or better." in body
    assert "2 of 4: Some able people" in body
    assert "Lapses on 10 September 2025" in body
    assert "Challenge this" in body
    other = signed_in(client, viewer).get(address(row)).content.decode()
    assert "Most sheets say so." in other
    assert "2 of 4: Some able people" not in other
    assert "Challenge this" not in other


def test_queries_do_not_grow_with_sheets(
    client: Client, stage: Scene, leader: User, ana: User, ben: User,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    row = locked_round(stage, leader, ana, ben, *[stage.member("unit_staff") for _n in range(8)])
    signed_in(client, ana)
    with django_assert_max_num_queries(16):
        client.get(address(row))


def test_a_running_round_has_the_page_of_all(
    client: Client, stage: Scene, leader: User, ana: User
) -> None:
    running = stage.round(leader, ana)
    response = signed_in(client, ana).get(address(running))
    assert response["Location"] == reverse("assessments", args=["meridian"])


def test_who_reads_it(client: Client, stage: Scene, row: AssessmentRound, stranger: User) -> None:
    assert answers(client, stage, stranger, address(row)) == expected(EVERY_READER, 200)


def test_a_round_of_another_system_is_not_there(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    elsewhere = reverse("assessment_round", args=["elsewhere", row.pk])
    assert signed_in(client, leader).get(elsewhere).status_code == 404
    assert signed_in(client, leader).get(address(row) + "9/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, row: AssessmentRound, leader: User, method: str) -> None:
    assert getattr(signed_in(client, leader), method)(address(row)).status_code == 405
