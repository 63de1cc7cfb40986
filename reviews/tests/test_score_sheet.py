"""One's own sheet: what is asked, what was said, and how it reads in every state of the round."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from people.tests.entering import enter
from reviews.models import Participant, Round
from reviews.services.scores import save_score, take_back
from reviews.tests.factories import ElementFactory, GuestFactory, ParticipantFactory
from reviews.tests.ladder import answers, take_part
from reviews.tests.scoring import CODES, address, asked_round, element, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return asked_round()


def sheet(client: Client, row: Round) -> str:
    response = client.get(address("score_sheet", row))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def heading(page: str) -> str:
    return page[page.index("<h1>") + 4 : page.index("</h1>")].strip()


def save(part: Participant, *codes: str, value: int | None = 2) -> None:
    for code in codes:
        save_score(participant=part, element=element(part.round, code), values=said(value))


def test_it_says_what_waits_and_leads_there(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    page = sheet(client, row)
    assert heading(page) == "4 questions wait for you."
    assert "Begin: 1A" in page
    assert "I have finished" not in page
    assert page.count("No answer yet") == 4
    save(part, "1A")
    save(part, "2A", value=None)
    page = sheet(client, row)
    assert heading(page) == "2 of 4 have your answer."
    assert "Go on: 1B" in page
    assert "Amber-Red" in page
    assert page.count("Cannot judge") == 1
    assert "I have finished" in page
    save(part, "1B", "2B")
    assert heading(sheet(client, row)) == "All 4 have your answer; one press finishes your sheet."
    Participant.objects.update(finished_at=timezone.now())
    page = sheet(client, row)
    assert heading(page) == "Your sheet is finished: all 4 have your answer."
    assert "I have finished" not in page
    assert "A change takes that mark off" in page


def test_the_elements_stand_by_section_in_the_order_of_the_rubric(
    client: Client, row: Round
) -> None:
    take_part(client, row, kind="self")
    page = sheet(client, row)
    words = ("1 Foundation", "Title 1A", "Title 1B", "2 Understanding", "Title 2A", "Title 2B")
    places = [page.index(word) for word in words]
    assert places == sorted(places)


def test_what_was_taken_back_is_shown_as_that(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    save(part, "1A", "1B")
    take_back(participant=part)
    page = sheet(client, row)
    assert heading(page) == "You took your scores back; none of them counts."
    assert page.count("taken back</span>") == 2
    assert "Take my scores back" not in page
    save(part, "2A")
    page = sheet(client, row)
    assert heading(page) == "1 of 4 have your answer."
    assert page.count("taken back</span>") == 2


def test_no_rater_learns_how_many_have_finished_or_who(client: Client, row: Round) -> None:
    """A number that moves says when somebody was done: the unit alone is told it."""
    take_part(client, row, kind="survey")
    GuestFactory.create_batch(4, round=row, name="A Guest Who Waits")
    before = sheet(client, row)
    ParticipantFactory.create(round=row, kind="self", finished_at=timezone.now())
    page = sheet(client, row)
    assert "have finished" not in page + before
    assert "A Guest Who Waits" not in page


@pytest.mark.parametrize("kind", ["unit", "independent"])
def test_a_signed_sheet_says_who_will_read_it(client: Client, row: Round, kind: str) -> None:
    take_part(client, row, kind=kind, signs=True)
    page = sheet(client, row)
    assert "after the closing the joint team reads it as such" in page
    assert "four or more" not in page


@pytest.mark.parametrize(("kind", "body"), [("unit", "delivery unit"),
                                            ("independent", "independent body")])  # fmt: skip
def test_who_signs_nothing_is_told_so(client: Client, row: Round, kind: str, body: str) -> None:
    take_part(client, row, kind=kind)
    page = sheet(client, row)
    assert heading(page) == "No scores are asked of you in this review."
    assert f"One person signs for the {body}" in page
    assert "Title 1A" not in page
    assert client.get(address("take_back_scores", row)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "draft"}, "This review is not open yet."),
        ({"state": "closed", "closed_at": "2026-03-27T12:00:00Z"},
         "This review closed on 27 March 2026; you answered 1 of 4."),
        ({"state": "closed", "closed_at": "2026-03-27T12:00:00Z",
          "purged_at": "2026-06-25T12:00:00Z"},
         "The single scores of this review were destroyed on 25 June 2026."),
        ({"rubric": None}, "There is nothing to score in this review."),
    ],
)  # fmt: skip
def test_every_state_of_the_round_is_said(
    client: Client, row: Round, fields: dict[str, Any], words: str
) -> None:
    part = take_part(client, row, kind="self")
    save(part, "1A")
    Round.objects.filter(pk=row.pk).update(**fields)
    page = sheet(client, row)
    assert heading(page) == words
    assert "I have finished" not in page
    assert "Take my scores back" not in page


def test_after_the_closing_ones_own_scores_stay_readable_for_a_time(
    client: Client, row: Round
) -> None:
    part = take_part(client, row, kind="self")
    save(part, "1A")
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=timezone.now())
    page = sheet(client, row)
    assert "destroyed, 90 days after the closing" in page
    assert "Amber-Red" in page


def test_a_rubric_without_elements_has_a_page(client: Client, row: Round) -> None:
    empty = asked_round()
    assert empty.rubric
    empty.rubric.elements.all().delete()
    take_part(client, empty, kind="self")
    assert heading(sheet(client, empty)) == "There is nothing to score in this review."


def test_ten_times_the_elements_cost_no_query_more(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    save(part, *CODES)
    with CaptureQueriesContext(connection) as few:
        sheet(client, row)
    ElementFactory.create_batch(40, rubric=row.rubric, section="3 More")
    ParticipantFactory.create_batch(10, round=row, kind="self")
    with CaptureQueriesContext(connection) as many:
        sheet(client, row)
    assert len(many) == len(few)


def test_others_are_refused(client: Client, row: Round) -> None:
    found = answers(client, row, "get", address("score_sheet", row))
    assert found.pop("named reviewer") == 200
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


def test_the_unit_sees_no_sheet_of_others(client: Client, row: Round) -> None:
    ParticipantFactory.create(round=row, kind="self")
    enter(client, row.system, "unit_staff")
    assert client.get(address("score_sheet", row)).status_code == 404


def test_who_lost_the_role_and_who_was_taken_off_find_nothing(client: Client, row: Round) -> None:
    part = take_part(client, row, kind="self")
    Participant.objects.filter(pk=part.pk).update(left_at=timezone.now())
    assert client.get(address("score_sheet", row)).status_code == 404
    other = take_part(client, row, kind="self")
    assert other.user
    other.user.memberships.all().delete()
    assert client.get(address("score_sheet", row)).status_code == 404


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    take_part(client, row, kind="self")
    assert client.post(address("score_sheet", row)).status_code == 405
