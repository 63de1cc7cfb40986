"""A sheet from the page: drafted, sent in, refused with every word kept."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aspirations.models import Assessment, AssessmentRound, Event
from aspirations.services import assessments
from aspirations.tests.assessments.ladder import ASSESSES, answers, expected
from aspirations.tests.assessments.scene import SHEET, TODAY, Scene, signed_in
from aspirations.tests.factories import MetricFactory, SeriesFactory, place
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(stage: Scene, leader: User, ana: User) -> AssessmentRound:
    found: AssessmentRound = stage.round(leader, ana)
    return found


def address(row: AssessmentRound, about: str = "reading") -> str:
    return reverse("assessment_sheet", args=["meridian", row.pk, about])


def test_a_draft_and_then_the_sheet(
    client: Client, stage: Scene, row: AssessmentRound, ana: User
) -> None:
    signed_in(client, ana)
    body = client.post(address(row), {"reason": "Half", "keep": "1"}, follow=True).content.decode()
    assert "Your draft on “Reading” is kept. Nobody else reads it." in body
    assert "Half" in client.get(address(row)).content.decode()
    body = client.post(address(row), {**SHEET, "send": "1"}, follow=True).content.decode()
    assert "Your sheet on “Reading” is in." in body
    sheet = Assessment.objects.get()
    assert (sheet.author, sheet.light, sheet.planning, sheet.stage) == (ana, "AG", 3, 2)
    assert (sheet.kind, sheet.submitted_at is None) == ("peer", False)
    assert "You sent in Amber-Green" in client.get(address(row)).content.decode()


def test_the_computed_side_stands_beside(
    client: Client, stage: Scene, row: AssessmentRound, ana: User
) -> None:
    stage.judge("AR")
    Event.objects.create(series=stage.series, date=TODAY.replace(day=1), kind="milestone",
                         label="Coaches hired", author=ana)  # fmt: skip
    body = signed_in(client, ana).get(address(row)).content.decode()
    assert "Reading, Grade 3" in body
    assert "50.0%" in body
    assert "Coaches hired" in body
    assert "overdue" in body


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"light": ""}, "Choose a light."),
        ({"light": "G", "recent_performance": ""}, "Green needs evidence."),
        ({"stage": "4"}, "Irreversible progress needs evidence"),
        ({"difference_reason": ""}, "The rules say Red and you say Amber-Green."),
        ({"planning": "7"}, "Choose one of those offered."),
        ({"light": "N"}, "Choose one of those offered."),
        ({"kind": "final"}, "Choose one of those offered."),
        ({"reason": "No\x00pe, not in a text."}, "Null characters are not allowed."),
    ],
)
def test_what_is_missing_is_named_and_nothing_typed_is_lost(
    client: Client, stage: Scene, row: AssessmentRound, ana: User, changed: dict[str, str],
    words: str,
) -> None:  # fmt: skip
    stage.judge("R")
    response = signed_in(client, ana).post(address(row), {**SHEET, **changed, "send": "1"})
    body = response.content.decode()
    assert (response.status_code, words in body) == (400, True)
    assert "A third coach who stays." in body
    assert not Assessment.objects.exists()


def test_a_round_that_closed_meanwhile_refuses_it_with_its_text(
    client: Client, stage: Scene, row: AssessmentRound, leader: User, ana: User
) -> None:
    stage.write(row, stage.reading, ana, send=True)
    assessments.close_round(round=row, reason="The stocktake was moved up.", actor=leader)
    response = signed_in(client, ana).post(address(row), {**SHEET, "light": "R", "send": "1"})
    body = response.content.decode()
    assert response.status_code == 400
    assert "was closed meanwhile, so this sheet was not taken" in body
    assert "A third coach who stays." in body
    assert Assessment.objects.get().light == "AG"


def test_after_the_close_it_is_only_read(
    client: Client, stage: Scene, row: AssessmentRound, leader: User, ana: User
) -> None:
    stage.write(row, stage.reading, ana, send=True)
    stage.write(row, stage.writing, ana)
    assessments.close_round(round=row, reason="The stocktake was moved up.", actor=leader)
    body = signed_in(client, ana).get(address(row)).content.decode()
    assert "One sheet was sent in on “Reading”." in body
    assert "<textarea" not in body
    body = client.get(address(row, "writing")).content.decode()
    assert "Your own draft was not sent in before the round closed" in body


def test_nothing_of_it_is_taken_from_the_request(
    client: Client, stage: Scene, row: AssessmentRound, ana: User, ben: User
) -> None:
    sent = {**SHEET, "send": "1", "author": ben.pk, "system": 999, "revision": 7,
            "submitted_at": "2020-01-01", "computed_light": "G", "rank": 1, "boldness": 4,
            "expires_on": "2099-01-01"}  # fmt: skip
    signed_in(client, ana).post(address(row), sent)
    sheet = Assessment.objects.get()
    assert (sheet.author, sheet.system, sheet.revision) == (ana, stage.system, 1)
    assert (sheet.rank, sheet.boldness, sheet.computed_light) == (None, None, "")
    assert sheet.expires_on is not None
    assert sheet.expires_on.year == 2025


def test_who_may(client: Client, stage: Scene, row: AssessmentRound, stranger: User) -> None:
    assert answers(client, stage, stranger, address(row)) == expected(ASSESSES, 200)
    data = {**SHEET, "send": "1"}
    assert answers(client, stage, stranger, address(row), data) == expected(ASSESSES, 302)
    assert Assessment.objects.count() == 3


def test_an_unknown_aspiration_is_not_there(
    client: Client, stage: Scene, row: AssessmentRound, ana: User
) -> None:
    assert signed_in(client, ana).get(address(row, "nothing")).status_code == 404


def test_queries_do_not_grow(client: Client, stage: Scene, row: AssessmentRound, ana: User) -> None:

    signed_in(client, ana)
    counts = []
    for more in (2, 27):
        for _number in range(more):
            metric = MetricFactory.create(system=stage.system)
            place(metric, stage.reading)
            SeriesFactory.create(metric=metric)
        with CaptureQueriesContext(connection) as found:
            client.get(address(row))
        counts.append(len(found))
    assert counts[0] == counts[1] <= 14


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: Client, row: AssessmentRound, ana: User, method: str) -> None:
    assert getattr(signed_in(client, ana), method)(address(row)).status_code == 405
