"""Changing a round: what another saved meanwhile is shown, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from factory.django import DjangoModelFactory

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Round
from reviews.services import moves, plan, rounds
from reviews.tests.factories import (
    AgreedScoreFactory,
    ConclusionFactory,
    FindingFactory,
    ParticipantFactory,
    RoundFactory,
    RubricFactory,
    ScoreFactory,
)
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return RoundFactory.create(title="Round 2")


def filled(row: Round, **more: str) -> dict[str, str]:
    return {
        "title": "Round 2, spring", "purpose": "Whether plans are live.", "aspiration": "",
        "rubric": str(row.rubric_id), "follows": "", "starts": "2026-03-02", "due": "2026-03-31",
        "version": "1", **more,
    }  # fmt: skip


def test_a_round_is_changed(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert 'value="Round 2"' in client.get(address("edit_round", row)).content.decode()
    response = client.post(address("edit_round", row), filled(row))
    assert response["Location"] == address("review", row)
    row.refresh_from_db()
    assert (row.title, row.due.isoformat(), row.version) == ("Round 2, spring", "2026-03-31", 2)
    line = AuditEntry.objects.about(row).get(action="change")
    assert line.before["title"] == "Round 2"
    assert line.after["due"] == "2026-03-31"


def test_the_plan_follows_the_dates_until_a_step_is_ones_own(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    client.post(address("edit_round", row), filled(row))
    last = row.steps.get(kind="conclusions")
    assert last.ends.isoformat() == "2026-03-31"
    plan.finish_step(step=row.steps.get(kind="introduction"))
    client.post(address("edit_round", row), filled(row, due="2026-04-30", version="2"))
    last.refresh_from_db()
    assert last.ends.isoformat() == "2026-03-31"
    row.refresh_from_db()
    assert row.due.isoformat() == "2026-04-30"


def test_what_is_asked_stays_once_somebody_is_asked(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    other = RubricFactory.create(system=row.system)
    client.post(address("edit_round", row), filled(row, rubric=str(other.pk)))
    row.refresh_from_db()
    assert row.rubric == other
    ScoreFactory.create(participant__round=row)
    response = client.post(
        address("edit_round", row),
        filled(row, rubric="supplied:delivery-capacity-review", version="2"),
    )
    assert response.status_code == 400
    assert "so this stays as it is" in response.content.decode()
    row.refresh_from_db()
    assert (row.rubric, row.system.rubrics.count()) == (other, 2)
    kept = filled(row, title="Round 2, late", version="2", rubric=str(other.pk))
    assert client.post(address("edit_round", row), kept).status_code == 302


def test_the_refusal_does_not_tell_whether_anybody_scored(client: Client, row: Round) -> None:
    part = ParticipantFactory.create(round=row, kind="survey")
    other = RubricFactory.create(system=row.system)
    enter(client, row.system, "unit_staff")
    sent = filled(row, rubric=str(other.pk))
    before = client.post(address("edit_round", row), sent)
    ScoreFactory.create(participant=part)
    after = client.post(address("edit_round", row), sent)
    assert (before.status_code, after.status_code) == (400, 400)
    assert "People are asked for scores" in before.content.decode()
    row.refresh_from_db()
    assert row.rubric != other


@pytest.mark.parametrize("made", [AgreedScoreFactory, FindingFactory, ConclusionFactory])
def test_what_was_concluded_from_it_keeps_what_was_asked(
    client: Client, row: Round, made: type[DjangoModelFactory[Any]]
) -> None:
    """A light review, opened again: nobody was asked for scores, and yet it came to something."""
    rubric, other = row.rubric, RubricFactory.create(system=row.system)
    made.create(round=row)
    enter(client, row.system, "unit_staff")
    response = client.post(address("edit_round", row), filled(row, rubric=str(other.pk)))
    assert response.status_code == 400
    assert "something is agreed or concluded from it" in response.content.decode()
    row.refresh_from_db()
    assert row.rubric == rubric


def test_what_it_is_compared_with_stays_while_that_is_open_again(
    client: Client, row: Round
) -> None:
    times = {"system": row.system, "state": "closed", "closed_at": timezone.now()}
    before = RoundFactory.create(rubric=row.rubric, **times)
    Round.objects.filter(pk=row.pk).update(follows=before)
    moves.reopen(round=before, reason="Two interviews were left out.")
    RoundFactory.create(rubric=row.rubric, **times)
    enter(client, row.system, "unit_staff")
    form = client.get(address("edit_round", row)).context["form"]
    assert form["follows"].value() == str(before.pk)
    assert form.fields["follows"].choices[0][0] == ""
    sent = filled(row, follows=str(before.pk))
    assert client.post(address("edit_round", row), sent).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.follows) == ("Round 2, spring", before)
    anew = filled(row, follows="latest", version="2")
    assert client.post(address("edit_round", row), anew).status_code == 302
    row.refresh_from_db()
    assert row.follows not in (None, before), "a choice anew is of closed ones"


def test_a_round_of_an_earlier_time_gets_its_rubric(client: Client, row: Round) -> None:
    Round.objects.update(rubric=None)
    rubric = row.rubric_id
    enter(client, row.system, "unit_staff")
    assert client.get(address("edit_round", row)).status_code == 200
    client.post(address("edit_round", row), filled(row, rubric=str(rubric)))
    row.refresh_from_db()
    assert row.rubric_id == rubric


def test_the_second_of_two_editors_sees_both_and_loses_nothing(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    rounds.change(round=row, values={"title": "Round 2 of 2026"}, version=1)
    response = client.post(address("edit_round", row), filled(row))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Round 2 of 2026" in page
    assert 'value="Round 2, spring"' in page
    assert 'name="version" value="2"' in page
    assert client.post(address("edit_round", row), filled(row, version="2")).status_code == 302
    row.refresh_from_db()
    assert row.title == "Round 2, spring"


@pytest.mark.parametrize("wrong", [{"version": ""}, {"version": "x"}, {"due": "2025-01-01"},
                                   {"title": ""}])  # fmt: skip
def test_bad_input_changes_nothing(client: Client, row: Round, wrong: dict[str, str]) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("edit_round", row), filled(row, **wrong))
    assert response.status_code == 400
    assert "Whether plans are live." in response.content.decode()
    row.refresh_from_db()
    assert (row.title, row.version) == ("Round 2", 1)


def test_a_closed_round_is_not_changed(client: Client, row: Round) -> None:
    moves.close(round=row)
    enter(client, row.system, "unit_staff")
    response = client.post(address("edit_round", row), filled(row, version="2"))
    assert response.status_code == 400
    assert "is closed" in response.content.decode()
    row.refresh_from_db()
    assert row.title == "Round 2"


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("edit_round", row), filled(row)) == REFUSED
    row.refresh_from_db()
    assert row.title == "Round 2"


def test_its_form_is_refused_alike(client: Client, row: Round) -> None:
    assert answers(client, row, "get", address("edit_round", row)) == REFUSED


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(address("edit_round", row)).status_code == 405
