"""Locking a round, and what happens to whoever writes meanwhile."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from aspirations.models import Assessment, AssessmentRound
from aspirations.pages.assessments import of_aspiration
from aspirations.services import assessments
from aspirations.services.aspirations import reinstate_aspiration, retire_aspiration
from aspirations.tests.assessments.ladder import MODERATES, answers, expected
from aspirations.tests.assessments.scene import Scene, scene, signed_in
from people.models import User


@pytest.fixture
def row(stage: Scene, leader: User, ana: User) -> AssessmentRound:
    found = stage.round(leader, ana)
    stage.send(found, ana)
    closed: AssessmentRound = assessments.close_round(round=found, actor=leader)
    return closed


def address(row: AssessmentRound) -> str:
    return reverse("lock_assessment_round", args=["meridian", row.pk])


def seen(row: AssessmentRound) -> dict[str, int]:
    row.refresh_from_db()
    return {"version": row.version}


def test_a_leader_locks_it(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    stage.settle(row, leader)
    page = signed_in(client, leader).get(address(row)).content.decode()
    assert "from then on nothing in it changes" in page
    response = client.post(address(row), seen(row))
    assert response["Location"] == reverse("assessment_round", args=["meridian", row.pk])
    assert AssessmentRound.objects.get().status == "locked"
    assert Assessment.objects.finals().count() == 2


def test_what_is_left_out_of_a_round_does_not_hide_what_was_settled_before(
    stage: Scene, row: AssessmentRound, leader: User, ana: User, viewer: User
) -> None:
    stage.settle(row, leader)
    assessments.lock_round(round=row, actor=leader)
    second = stage.round(leader, ana)
    stage.send(second, ana)
    assessments.close_round(round=second, actor=leader)
    stage.settle(second, leader, light="R", reason="It was never to be told.")
    why = "It leaves the round."
    retire_aspiration(aspiration=stage.writing, reason=why, actor=leader)
    assessments.lock_round(round=second, actor=leader)
    reinstate_aspiration(aspiration=stage.writing, reason=why, actor=leader)
    for reader in (viewer, leader):
        stage.writing.refresh_from_db()
        told = of_aspiration(reader, stage.writing)
        assert told is not None
        assert told.result is not None
        assert (told.result.row.round, told.result.row.light) == (row, "AG")


def test_what_is_not_ready_is_named(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    response = signed_in(client, leader).post(address(row), seen(row))
    body = response.content.decode()
    assert response.status_code == 400
    assert "Reading: it has no moderated light yet." in body
    assert "Writing: it has no moderated light yet." in body
    assert client.post(address(row), {}).status_code == 400


def test_what_another_settled_meanwhile_is_read_first(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    stage.settle(row, leader)
    old = seen(row)
    stage.settle(row, leader, light="AR")
    response = signed_in(client, leader).post(address(row), old)
    assert response.status_code == 409
    assert "Someone moderated since you opened this page." in response.content.decode()
    assert AssessmentRound.objects.get().status == "moderation"
    assert f'value="{seen(row)["version"]}"' in response.content.decode()


def test_a_locked_round_is_only_read(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    stage.settle(row, leader)
    assessments.lock_round(round=row, actor=leader)
    response = signed_in(client, leader).post(address(row), seen(row))
    assert response["Location"] == reverse("assessment_round", args=["meridian", row.pk])


def test_who_may(client: Client, stage: Scene, row: AssessmentRound, stranger: User) -> None:
    assert answers(client, stage, stranger, address(row)) == expected(MODERATES, 200)
    assert answers(client, stage, stranger, address(row), {}) == expected(MODERATES, 400)


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods(client: Client, row: AssessmentRound, leader: User, method: str) -> None:
    assert getattr(signed_in(client, leader), method)(address(row)).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_whoever_sends_as_it_closes_is_in_or_is_told() -> None:
    """A sheet is either sent before the close or refused; never taken after it."""
    if connection.vendor != "postgresql":
        pytest.skip("not run: SQLite writes one at a time as it is")
    stage = scene()
    leader = stage.member("delivery_leader")
    authors = [stage.member("unit_staff") for _number in range(4)]
    row = stage.round(leader, *authors)
    stage.send(row, authors[0])
    start = Barrier(4)

    def write(author: User) -> str:
        try:
            start.wait()
            stage.write(row, stage.reading, author, send=True)
        except ValidationError as problem:
            return "refused" if "closed meanwhile" in problem.messages[0] else "broken"
        finally:
            connection.close()
        return "sent"

    def close(_author: User) -> str:
        try:
            start.wait()
            assessments.close_round(round=row, reason="The stocktake is now.", actor=leader)
        finally:
            connection.close()
        return "closed"

    with ThreadPoolExecutor(4) as pool:
        acts = [(write, author) for author in authors[1:]] + [(close, leader)]
        outcomes = list(pool.map(lambda act: act[0](act[1]), acts))
    assert outcomes[-1] == "closed"
    assert set(outcomes[:-1]) <= {"sent", "refused"}
    sheets = Assessment.objects.sheets().filter(aspiration=stage.reading)
    assert sheets.submitted().count() == 1 + outcomes.count("sent")
    row.refresh_from_db()
    assert row.moderated_at is not None
    # What a refused author typed is not stored; nothing was sent after the close began.
    assert sheets.count() == sheets.submitted().count()
