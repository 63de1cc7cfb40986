"""The plan of a round: everyone on the round reads it, the unit changes it."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from people.models import System
from people.tests.entering import enter
from reviews.models import Round
from reviews.services import plan
from reviews.tests.factories import RoundFactory
from reviews.tests.ladder import address, answers, take_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    row: Round = RoundFactory.create(
        starts=date(2026, 3, 2), due=date(2026, 3, 27), next_due=date(2027, 12, 31)
    )
    plan.draw_up(row)
    System.objects.update(reporting_date=date(2026, 3, 12))
    return row


def seen(client: Client, row: Round) -> str:
    response = client.get(address("review_plan", row))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_it_says_how_each_step_stands(client: Client, row: Round) -> None:
    row.steps.filter(kind="introduction").update(done_on=date(2026, 3, 2))
    enter(client, row.system, "system_leader")
    page = seen(client, row)
    assert "One step is late: Self-review." in page
    for words in (
        "Self-review", "1–2 days", "10–13 Mar 2026", "13–25 Mar 2026", "26–27 Mar 2026",
        "29–31 Dec 2027",
        "2–3 days, every 18–24 months", "Done", "Late", "Under way", "Ahead",
    ):  # fmt: skip
        assert words in page
    assert "Done today" not in page
    assert address("edit_step", row, row.steps.first().pk) not in page  # type: ignore[union-attr]


def test_the_first_line_says_what_is_next(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    row.steps.filter(kind__in=["introduction", "self_review"]).update(done_on=date(2026, 3, 10))
    page = seen(client, row)
    assert "2 of 6 steps are done; next by 13 March 2026: Focus groups." in page
    assert address("finish_step", row, row.steps.get(kind="interviews").pk) in page
    row.steps.update(done_on=date(2026, 3, 10))
    assert "Every step is done." in seen(client, row)


def test_a_round_without_a_plan_says_what_to_do(client: Client, row: Round) -> None:
    row.steps.all().delete()
    enter(client, row.system, "unit_staff")
    page = seen(client, row)
    assert "There is no plan yet." in page
    assert "Save the review once more" in page


def test_who_takes_part_reads_it(client: Client, row: Round) -> None:
    take_part(client, row)
    page = seen(client, row)
    assert "Self-review" in page
    assert "Done today" not in page


def test_who_was_taken_off_does_not(client: Client, row: Round) -> None:
    take_part(client, row, left_at=timezone.now())
    assert client.get(address("review_plan", row)).status_code == 404


def test_everybody_else_finds_nothing(client: Client, row: Round) -> None:
    found = answers(client, row, "get", address("review_plan", row))
    assert found.pop("system_leader") == 200
    assert found.pop("named reviewer") == 200
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


def test_it_is_only_read(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.post(address("review_plan", row)).status_code == 405
