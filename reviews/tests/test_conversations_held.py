"""How many were heard, told without saying who; as tables."""

import pytest

from reviews.models import Round
from reviews.services.notes import conversations_held, people_by_level
from reviews.tests.factories import ConversationFactory, RoundFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    row: Round = RoundFactory.create()
    ConversationFactory.create(kind="interview", people=40)
    return row


def heard(row: Round, *talks: tuple[str, int, str]) -> Round:
    for kind, people, tier in talks:
        ConversationFactory.create(round=row, kind=kind, people=people, tier=tier)
    return row


def test_both_kinds_are_counted_with_their_people_and_no_other_round(row: Round) -> None:
    assert conversations_held(row) == {"interview": (0, 0), "focus_group": (0, 0)}
    heard(row, ("interview", 1, ""), ("interview", 2, "middle"), ("focus_group", 9, ""))
    assert conversations_held(row) == {"interview": (2, 3), "focus_group": (1, 9)}


def test_counting_needs_no_key(row: Round, settings: pytest.FixtureRequest) -> None:
    heard(row, ("interview", 4, "middle"))
    settings.CONFIDENTIAL_KEYS = []  # type: ignore[attr-defined]
    assert conversations_held(row)["interview"] == (1, 4)
    assert people_by_level(row) == {"middle": 4}


@pytest.mark.parametrize(
    ("people", "told"),
    [
        # people heard of each level, and what is told of them
        ({}, {}),
        ({"middle": 3}, {}),
        ({"middle": 4}, {"middle": 4}),
        ({"": 9}, {}),
        ({"middle": 4, "": 9}, {"middle": 4}),
        ({"middle": 4, "outside": 5}, {"middle": 4, "outside": 5}),
        # one of the leadership: the total less the shown would tell of them
        ({"middle": 4, "outside": 5, "leadership": 1}, {"outside": 5}),
        ({"middle": 4, "leadership": 3}, {}),
        (
            {"middle": 4, "outside": 5, "leadership": 2, "front_line": 2},
            {"middle": 4, "outside": 5},
        ),
    ],
)
def test_a_level_is_told_apart_where_it_tells_of_nobody(
    row: Round, people: dict[str, int], told: dict[str, int]
) -> None:
    heard(row, *(("interview", count, tier) for tier, count in people.items()))
    assert people_by_level(row) == told
