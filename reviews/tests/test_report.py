"""The report: everything a leader needs of one review, on paper."""

from datetime import date

import pytest
from django.test import Client

from people.tests.entering import enter
from reviews.models import Round
from reviews.tests.factories import (
    AgreedScoreFactory,
    ConclusionFactory,
    ConversationFactory,
    FindingFactory,
    ImplicationFactory,
    ReviewActionFactory,
    ScoreFactory,
)
from reviews.tests.ladder import address
from reviews.tests.told import agreed, asked, closed, frozen, release

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    rubric = asked("1A 1B 2A 2B")
    before = closed(rubric, year=2024, title="Round 1")
    agreed(before, {"1A": 1})
    row = closed(rubric, follows=before, next_due=date(2028, 3, 1), purpose="Are plans live?")
    agreed(row, {"1A": 4, "1B": 1}, "Ten districts showed one.")
    frozen(row, "2A", self=3, independent=1, all={"low": 1, "high": 3, "spread": "discuss"})
    AgreedScoreFactory.create(
        round=row, element=rubric.elements.get(code="2B"), value=2, dissent="Finance: it is a 3."
    )
    finding = FindingFactory.create(round=row, text="Coaches leave.", nature="weakness")
    FindingFactory.create(round=row, text="Data come weekly.", nature="strength")
    meant = ImplicationFactory.create(finding=finding, text="Gains leave with them.")
    ReviewActionFactory.create(implication=meant, action__what="Train two in each district")
    ConclusionFactory.create(round=row, text="Weekly reports that nobody reads.")
    release(row, team=False)
    return row


def seen(client: Client, row: Round) -> str:
    response = client.get(address("report", row))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_leader_finds_all_of_it(client: Client, row: Round) -> None:
    enter(client, row.system, "system_leader")
    page = seen(client, row)
    for words in (
        "Are plans live?", "Ten districts showed one.", "Coaches leave.", "Data come weekly.",
        "1A Title 1A: Green", "1B Title 1B: Red", "Where views differ: 2 elements",
        "Scores lay two points apart or more.", "Finance: it is a 3.", "Gains leave with them.",
        "Train two in each district", "Weekly reports that nobody reads.", "30 June 2026",
        "The next review is due by March 2028.", "The leader decides when the team hears.",
    ):  # fmt: skip
        assert words in page, words


def test_who_was_heard_is_told_by_level_where_four_or_more_were(client: Client, row: Round) -> None:
    ConversationFactory.create(round=row, kind="focus_group", people=9, tier="front_line")
    ConversationFactory.create(round=row, kind="focus_group", people=5, tier="middle")
    ConversationFactory.create(round=row, kind="interview", people=1, tier="leadership")
    enter(client, row.system, "system_leader")
    page = seen(client, row)
    assert "Heard in interviews and focus groups: Front line, 9 people." in page
    assert "5 people" not in page, "the total would tell of the one leader"


def test_both_halves_of_the_scale_are_told_alike(client: Client, row: Round) -> None:
    agreed(row, {"2A": 3})
    enter(client, row.system, "delivery_leader")
    strengths, weaknesses = seen(client, row).split(">Weaknesses</h3>")
    assert "2A Title 2A: Amber-Green" in strengths
    assert "2B Title 2B: Amber-Red" in weaknesses


def test_it_offers_nothing_to_change_and_no_signed_figure(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert address("add_finding", row) not in page
    assert address("agree_score", row, "2A") not in page
    assert "<small>signed" not in page


def test_words_of_raters_stand_nowhere_in_it(client: Client, row: Round) -> None:
    ScoreFactory.create(
        participant__round=row, element=row.rubric.elements.get(code="2A"),  # type: ignore[union-attr]
        reason="Canary of a rater.",
    )  # fmt: skip
    for role in ("delivery_leader", "system_leader"):
        enter(client, row.system, role)
        assert "Canary" not in seen(client, row)


def test_what_moved_since_stands_once_the_earlier_round_is_open_to_the_reader(
    client: Client, row: Round
) -> None:
    enter(client, row.system, "system_leader")
    assert "Red to Green, three points up" not in seen(client, row)
    assert row.follows
    release(row.follows)
    assert "Red to Green, three points up" in seen(client, row)
