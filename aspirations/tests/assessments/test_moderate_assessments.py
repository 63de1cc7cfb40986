"""Moderation from the page: order, lights, and two who moderate at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Assessment, AssessmentRound
from aspirations.services import assessments
from aspirations.tests.assessments.ladder import MODERATES, answers, expected
from aspirations.tests.assessments.scene import Scene, signed_in
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(stage: Scene, leader: User, ana: User, ben: User) -> AssessmentRound:
    stage.judge("AR")
    found: AssessmentRound = stage.round(leader, ana, ben)
    stage.send(found, ana, light="G")
    stage.write(found, stage.reading, ben, send=True, light="AR", difference_reason="")
    closed: AssessmentRound = assessments.close_round(
        round=found, reason="Ben is ill this month.", actor=leader
    )
    return closed


def address(row: AssessmentRound) -> str:
    return reverse("moderate_assessments", args=["meridian", row.pk])


def typed(stage: Scene, row: AssessmentRound, **changed: Any) -> dict[str, Any]:
    """What a moderator sends who places reading second; keys as `reading_rank`."""
    row.refresh_from_db()
    found: dict[str, Any] = {}
    for rank, name in ((2, "reading"), (1, "writing")):
        values = {"rank": rank, "light": "AG", "reason": "Most sheets say so.", "planning": "3",
                  "difference_reason": "The figures lag behind.", "dissent": "",
                  "version": row.version}  # fmt: skip
        for key, value in values.items():
            value = changed.get(f"{name}_{key}", value)
            found[f"a{getattr(stage, name).pk}-{key}"] = value
    return found


def test_what_to_discuss_comes_first(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    body = signed_in(client, leader).get(address(row)).content.decode()
    assert "On one aspiration the sheets are two steps apart or more: discuss it first." in body
    assert "Two sheets, from Amber-Red to Green, two steps apart." in body
    assert body.count("Half of the schools are reached, half not.") == 3


def test_it_saves_order_and_lights(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    signed_in(client, leader)
    body = client.post(address(row), typed(stage, row), follow=True).content.decode()
    assert "Nothing is final until the round is locked." in body
    # Writing was placed first and stands first from now on.
    assert body.index(">Writing</h2>") < body.index(">Reading</h2>")
    final = Assessment.objects.get(aspiration=stage.reading, kind="final")
    assert (final.light, final.rank, final.planning, final.author) == ("AG", 2, 3, leader)
    assert final.submitted_at is None


def test_a_light_far_from_the_rules_is_marked(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    signed_in(client, leader)
    sent = typed(stage, row, reading_light="G")
    body = client.post(address(row), sent, follow=True).content.decode()
    assert "marks two steps higher than the rules: Green beside Amber-Red" in body


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"reading_rank": "first"}, "Give the place as a whole number."),
        ({"reading_rank": "0"}, "Places start at 1."),
        ({"reading_light": "N"}, "Select a valid choice"),
        ({"writing_planning": "9"}, "Select a valid choice"),
        ({"reading_version": "x"}, "no longer says which version"),
    ],
)
def test_what_is_refused_keeps_the_typing(
    client: Client, stage: Scene, row: AssessmentRound, leader: User, changed: dict[str, str],
    words: str,
) -> None:  # fmt: skip
    sent = typed(stage, row, writing_dissent="The office disagrees.", **changed)
    response = signed_in(client, leader).post(address(row), sent)
    body = response.content.decode()
    assert (response.status_code, words in body) == (400, True)
    assert "The office disagrees." in body
    assert not Assessment.objects.filter(kind="final").exists()


def test_the_second_of_two_sees_both(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    second = stage.member("delivery_leader", "Second")
    first_page = typed(stage, row)
    second_page = typed(stage, row, reading_light="AR", reading_dissent="Two offices object.")
    signed_in(client, leader).post(address(row), first_page)
    response = signed_in(client, second).post(address(row), second_page)
    body = response.content.decode()
    assert response.status_code == 409
    assert "Someone moderated since you opened this page." in body
    assert "Two offices object." in body
    assert Assessment.objects.get(aspiration=stage.reading, kind="final").light == "AG"
    # The page has moved on: what is sent from it now is deliberate.
    again = {**second_page, **dict.fromkeys([key for key in second_page if "version" in key],
                                            AssessmentRound.objects.get().version)}  # fmt: skip
    assert client.post(address(row), again).status_code == 302
    assert Assessment.objects.get(aspiration=stage.reading, kind="final").light == "AR"


def test_an_open_round_is_closed_first_and_a_locked_one_only_read(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    signed_in(client, leader)
    stage.settle(row, leader)
    assessments.lock_round(round=row, actor=leader)
    response = client.post(address(row), typed(stage, row))
    assert response["Location"] == reverse("assessment_round", args=["meridian", row.pk])
    fresh = stage.round(leader, leader)
    response = client.get(address(fresh))
    assert response["Location"] == reverse("close_assessment_round", args=["meridian", fresh.pk])


def test_who_may(client: Client, stage: Scene, row: AssessmentRound, stranger: User) -> None:
    assert answers(client, stage, stranger, address(row)) == expected(MODERATES, 200)
    sent = typed(stage, row)
    assert answers(client, stage, stranger, address(row), sent) == expected(MODERATES, 302)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: Client, row: AssessmentRound, leader: User, method: str) -> None:
    assert getattr(signed_in(client, leader), method)(address(row)).status_code == 405
