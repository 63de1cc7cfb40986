"""The page of all rounds: the one that runs, what the last settled, and what to do first."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aspirations.models import Aspiration
from aspirations.services import assessments
from aspirations.tests.assessments.ladder import EVERY_READER, answers, expected
from aspirations.tests.assessments.scene import Scene, signed_in
from aspirations.tests.assessments.test_services import locked_round
from aspirations.tests.factories import AspirationFactory, place
from people.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/meridian/assessments/"


def read(client: Client, user: User) -> str:
    response = signed_in(client, user).get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_page_teaches(client: Client, stage: Scene, leader: User, ana: User) -> None:
    body = read(client, leader)
    assert "No round of human judgment has been held yet." in body
    assert reverse("open_assessment_round", args=["meridian"]) in body
    other = read(client, ana)
    assert "A delivery leader opens a round." in other
    assert reverse("open_assessment_round", args=["meridian"]) not in other


def test_a_running_round_names_what_waits(
    client: Client, stage: Scene, leader: User, ana: User, ben: User, viewer: User
) -> None:
    row = stage.round(leader, ana)
    assert "Two sheets of “March 2025” wait for you" in read(client, ana)
    stage.write(row, stage.reading, ana)
    assert "Draft, not sent" in read(client, ana)
    stage.send(row, ana)
    body = read(client, ana)
    assert "“March 2025” is open" in body
    assert "1 of 1 person has sent in every sheet." in body
    assert "You are not asked in this round; you may still write" in read(client, ben)
    body = read(client, viewer)
    assert "Your sheets" not in body
    assert reverse("close_assessment_round", args=["meridian", row.pk]) not in body


def test_the_last_round_stands_as_a_league_with_its_warnings(
    client: Client, stage: Scene, leader: User, ana: User, ben: User, viewer: User
) -> None:
    stage.judge("R")
    row = stage.round(leader, ana, ben)
    stage.send(row, ana, light="AG")
    stage.send(row, ben, light="R", difference_reason="")
    close_and_lock(stage, row, leader, light="G")
    body = read(client, ana)
    assert "People judge all two aspirations Amber-Green or better." in body
    assert "Two sheets, from Red to Amber-Green, two steps apart." in body
    assert "green outside, red inside" in body
    assert body.index("Reading") < body.index("Writing")
    # Whoever does not assess reads the result without the sheets.
    other = read(client, viewer)
    assert "green outside, red inside" in other
    assert "two steps apart." not in other


def close_and_lock(stage: Scene, row: Any, leader: User, **values: Any) -> None:

    assessments.close_round(round=row, reason="All who could have sent.", actor=leader)
    stage.settle(row, leader, **values)
    assessments.lock_round(round=row, actor=leader)


def test_earlier_rounds_are_folded(client: Client, stage: Scene, leader: User, ana: User) -> None:
    first = locked_round(stage, leader, ana)
    locked_round(stage, leader, ana)
    body = read(client, ana)
    assert "One earlier round" in body
    assert reverse("assessment_round", args=["meridian", first.pk]) in body


def test_who_reads_it(client: Client, stage: Scene, stranger: User) -> None:
    assert answers(client, stage, stranger, ADDRESS) == expected(EVERY_READER, 200)


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_is_only_read(client: Client, stage: Scene, leader: User, method: str) -> None:
    assert getattr(signed_in(client, leader), method)(ADDRESS).status_code == 405


def queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(ADDRESS).status_code == 200
    return len(found)


def test_queries_do_not_grow_with_aspirations(
    client: Client, stage: Scene, leader: User, ana: User
) -> None:
    stage.judge("AG")
    several(stage, 1)
    locked(stage, leader, ana)
    stage.round(leader, ana)
    signed_in(client, ana)
    few = queries(client)
    assert few <= 26
    other = Client()
    # The same with ten times as many.

    row = stage.system.assessment_rounds.running().get()
    several(stage, 27)
    assessments.write_sheet(round=row, aspiration=stage.reading, author=ana, values={})
    stage.send(row, ana)
    signed_in(other, ana)
    assert queries(other) <= few


def several(stage: Scene, count: int) -> None:
    for _number in range(count):
        place(stage.metric, AspirationFactory.create(system=stage.system))


def locked(stage: Scene, leader: User, ana: User) -> None:

    row = stage.round(leader, ana)
    for about in Aspiration.objects.all():
        stage.write(row, about, ana, send=True)
    assessments.close_round(round=row, actor=leader)
    for rank, about in enumerate(Aspiration.objects.all(), start=1):
        values = {"light": "AG", "rank": rank, "reason": "Most sheets say so."}
        assessments.moderate(round=row, aspiration=about, values=values, actor=leader)
    assessments.lock_round(round=row, actor=leader)
