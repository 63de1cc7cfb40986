"""The results of a closed round: what stands on the page, and for whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from people.tests.entering import enter
from people.tests.factories import UserFactory
from reviews.models import Conclusion, Round
from reviews.tests.factories import (
    ConversationFactory,
    FindingFactory,
    ParticipantFactory,
    RoundFactory,
    ScoreFactory,
)
from reviews.tests.ladder import address, take_part
from reviews.tests.told import agreed, asked, closed, frozen, release

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
MOST_QUERIES = 32


@pytest.fixture
def row() -> Round:
    row = closed(asked("1A 1B 2A"), title="Round 2", next_due=date(2027, 9, 1))
    agreed(row, {"1A": 3, "1B": 1})
    frozen(row, "1A", self=3, unit=3, independent=2, interviewee=None,
           all={"low": 2, "high": 3, "spread": "close"})  # fmt: skip
    frozen(row, "2A", self=3.5, unit=1, independent=1, all={"spread": "discuss"})
    return row


def seen(client: Client, row: Round, name: str = "results", *more: Any) -> str:
    response = client.get(address(name, row, *more))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_joint_team_sees_signed_sheets_and_the_rest_never(client: Client, row: Round) -> None:
    release(row)
    enter(client, row.system, "delivery_leader")
    assert "Independent<small>signed</small>" in seen(client, row)
    for role in ("system_leader", "unit_staff"):
        enter(client, row.system, role)
        page = seen(client, row)
        assert "<small>signed" not in page
        assert "Self<small>median, 4 or more</small>" in page


def test_single_scores_and_their_words_stand_nowhere_here(client: Client, row: Round) -> None:
    part = ParticipantFactory.create(round=row, kind="self", user__name="Rater by Name")
    element = row.rubric.elements.get(code="1A")  # type: ignore[union-attr]
    ScoreFactory.create(participant=part, element=element, reason="Canary of one rater.")
    release(row)
    for role in ("delivery_leader", "system_leader", "unit_staff"):
        enter(client, row.system, role)
        for name in ("results", "report", "comparison"):
            page = seen(client, row, name)
            assert "Canary" not in page
            assert "Rater by Name" not in page


def test_the_heat_map_tells_what_may_be_told(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "Confidential</div>" in page
    assert 'aria-label="Groups’ middles lie from 2 to 3"' in page
    assert "<small>groups’ middles, 6 or more</small>" in page
    assert "iddle half" not in page, "of two groups it is none"
    assert '<span class="pill pill-alert">Discuss</span>' in page
    assert 'Open<span class="vh">: agree on 2A' in page
    assert "Survey" not in page, "a group that nobody was asked of has no column"
    assert "Next review due by September 2027." in page


def test_what_was_far_apart_is_not_to_discuss_once_it_is_agreed(client: Client, row: Round) -> None:
    agreed(row, {"2A": 2})
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "Far apart" in page
    assert ">Discuss<" not in page


def test_none_is_due_after_a_review_that_another_follows(client: Client, row: Round) -> None:
    RoundFactory.create(
        system=row.system, rubric=row.rubric, follows=row,
        starts=row.due + timedelta(days=365), due=row.due + timedelta(days=370),
    )  # fmt: skip
    enter(client, row.system, "delivery_leader")
    assert "Next review due" not in seen(client, row)


def test_a_bound_is_told_as_one(client: Client, row: Round) -> None:
    frozen(row, "1B", self={"median": 3.5, "bound": "high"})
    enter(client, row.system, "delivery_leader")
    assert "3.5 or higher" in seen(client, row)


def test_the_first_line_counts_how_it_stands(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    assert "1 of 3 elements is Amber-Green or Green. One is still open." in seen(client, row)


def test_the_first_line_counts_what_moved(client: Client, row: Round) -> None:
    assert row.rubric
    before = closed(row.rubric, year=2024)
    agreed(before, {"1A": 2, "1B": 1, "2A": 2})
    Round.objects.filter(pk=row.pk).update(follows=before)
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert (
        "Stronger in 1 of 3 elements since 2024. “Title 1B” has not moved, and one is still open."
    ) in page
    assert "2024 agreed" in page
    assert "same rubric" in page


def test_the_first_line_before_anything_is_agreed(client: Client) -> None:
    row = closed(asked("1A 1B"))
    frozen(row, "1A", self=2, all={"spread": "discuss"})
    enter(client, row.system, "delivery_leader")
    assert "Nothing is agreed yet. Views are far apart on 1 of 2 elements." in seen(client, row)


def test_an_earlier_round_that_one_may_not_read_is_not_told(client: Client, row: Round) -> None:
    assert row.rubric
    before = closed(row.rubric, year=2024)
    agreed(before, {"1A": 2, "1B": 1, "2A": 2}, "Canary of the earlier round.")
    Round.objects.filter(pk=row.pk).update(follows=before)
    take_part(client, row, "viewer", joint_team=True)
    page = seen(client, row)
    assert "2024" not in page
    assert "1 of 3 elements is Amber-Green or Green." in page
    assert "Canary" not in seen(client, row, "report")


@pytest.mark.parametrize(
    ("order", "first"),
    [("rubric", "1A"), ("apart", "2A"), ("gap", "2A"), ("nonsense", "1A"), ("\x00", "1A")],
)
def test_elements_come_in_the_order_asked_for(
    client: Client, row: Round, order: str, first: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.get(address("results", row), {"order": order})
    assert response.context["heat"].sections[0].lines[0].element.code == first


def test_where_we_see_ourselves_stronger(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "We see ourselves stronger than others do in 2 elements" in page
    assert "self 3.5, independent 1" in page
    release(row)
    enter(client, row.system, "unit_staff")
    assert "We see ourselves stronger" not in seen(client, row), "signed figures stay closed"


def test_what_was_heard_is_counted(client: Client, row: Round) -> None:
    ConversationFactory.create_batch(3, round=row, author=UserFactory.create())
    ConversationFactory.create(round=row, kind="focus_group", author=UserFactory.create())
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "interviews and one focus group </dt> <dd> 3 </dd>" in page


def test_a_light_review_leads_with_its_findings(client: Client) -> None:
    row = closed(asked("1A"), is_light=True)
    enter(client, row.system, "delivery_leader")
    assert "nothing is concluded from it yet" in seen(client, row)
    FindingFactory.create_batch(2, round=row)
    page = seen(client, row)
    assert "This review comes to 2 findings." in page
    assert "<table" not in page
    assert "Scores were given in private" not in page


def test_a_light_review_counts_what_it_judged(client: Client) -> None:
    rubric = asked("1A 1B 2A 2B")
    row = closed(rubric, is_light=True)
    agreed(row, {"1A": 3, "1B": 1})
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert "1 of 2 elements is Amber-Green or Green." in page
    assert "still open" not in page
    assert "<dt>elements agreed</dt> <dd> 2 </dd>" in page
    later = closed(rubric, is_light=True, follows=row)
    agreed(later, {"1A": 4, "2A": 1})
    page = seen(client, later)
    assert "Stronger in 1 of 1 elements since" in page
    assert "still open" not in page


def test_scores_are_told_of_where_there_are_figures(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    assert "Scores were given in private and appeared together" in seen(client, row)


def test_a_round_of_an_earlier_time_without_a_rubric_is_shown(client: Client) -> None:
    row = RoundFactory.create(rubric=None, state="closed", closed_at=timezone.now())
    FindingFactory.create(round=row)
    enter(client, row.system, "delivery_leader")
    for name in ("results", "report", "comparison", "meeting"):
        assert seen(client, row, name)
    assert "This review comes to one finding." in seen(client, row)


def test_who_may_release_is_led_there_until_it_is_done(client: Client, row: Round) -> None:
    to = address("release_results", row)
    enter(client, row.system, "delivery_leader")
    assert to in seen(client, row)
    release(row)
    assert to not in seen(client, row)


def test_it_is_only_read(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    for name in ("results", "report", "comparison", "meeting"):
        assert client.post(address(name, row)).status_code == 405


@pytest.mark.parametrize("name", ["results", "report", "comparison", "meeting"])
def test_queries_do_not_grow_with_elements(
    client: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def asked_of(count: int) -> int:
        rubric = asked(" ".join(f"{number}A" for number in range(count)))
        before = closed(rubric, year=2024)
        row = closed(rubric, follows=before)
        for one in (before, row):
            agreed(one, {f"{number}A": 2 for number in range(count)})
        frozen(row, "1A", self=3, independent=1, all={"spread": "discuss"})
        Conclusion.objects.create(round=row, kind="stop", text="Weekly reports.")
        enter(client, row.system, "delivery_leader")
        seen(client, row, name)
        with django_assert_max_num_queries(MOST_QUERIES) as asked_for:
            seen(client, row, name)
        return len(asked_for)

    assert asked_of(15) == asked_of(150)
