"""What to ask: from the rubric, for a level, in so many minutes; and who may read it."""

from collections.abc import Iterable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from people.tests.entering import enter
from reviews.models import Element, Round
from reviews.pages.protocol import Asking, Protocol, asks_of, time_in_words
from reviews.tests.factories import (
    ConversationFactory,
    ElementFactory,
    InterviewNoteFactory,
    RoundFactory,
)
from reviews.tests.ladder import READ_ONLY, WRITE, address, answers, take_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    """A rubric of three sections with two elements each, of which one brings its own questions."""
    row: Round = RoundFactory.create()
    for section in ("1 Ground", "2 Plan", "3 Drive"):
        for letter in "AB":
            code = section[0] + letter
            ElementFactory.create(
                rubric=row.rubric, section=section, code=code, title=f"Of {code}",
                question=f"Is {code} so?", evidence=["minutes", "charts"],
                asks=["What did you see?"] if code == "1A" else [],
            )  # fmt: skip
    return row


def shown(client: Client, row: Round, query: str = "") -> str:
    response = client.get(address("protocol", row) + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def asked(row: Round, codes: Iterable[str] = (), kind: str = "interview") -> Protocol:
    return Protocol(row, Asking(kind, "", tuple(codes)))


def codes(page: Protocol) -> list[str]:
    return [element.code for element in page.elements]


# --------------------------------------------------------------------------- who
@pytest.mark.parametrize("role", sorted(READ_ONLY | WRITE))
def test_the_unit_reads_it(client: Client, row: Round, role: str) -> None:
    enter(client, row.system, role)
    assert "Is 1B so?" in shown(client, row)


@pytest.mark.parametrize("role", ["reviewer", "viewer", "data_provider"])
def test_so_does_everyone_who_takes_part(client: Client, row: Round, role: str) -> None:
    take_part(client, row, role)
    page = shown(client, row)
    assert "Is 1B so?" in page
    assert address("interview_notes", row) not in page
    assert address("new_conversation", row) not in page


def test_nobody_else_does(client: Client, row: Round) -> None:
    found = answers(client, row, "get", address("protocol", row))
    assert found.pop("system_leader") == found.pop("named reviewer") == 200
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client: Client, row: Round, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(address("protocol", row)).status_code == 405


def test_it_tells_nothing_of_what_was_said(client: Client, row: Round) -> None:
    talk = ConversationFactory.create(round=row, label="brandling")
    InterviewNoteFactory.create(round=row, conversation=talk, body="quillon")
    enter(client, row.system, "delivery_leader")
    page = shown(client, row)
    assert "brandling" not in page
    assert "quillon" not in page


# --------------------------------------------------------------------------- what is asked
def test_an_element_brings_its_questions_or_is_asked_as_any(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = shown(client, row, "?level=front_line")
    assert page.count("What did you see?") == 1
    assert page.count("<li>Where do you meet this in your own work?") == 5
    assert "<b>Ask to see:</b> minutes; charts." in page


@pytest.mark.parametrize(
    ("asks", "level", "first", "count"),
    [
        (["One?", "Two?"], "middle", "One?", 2),
        ([], "", "Is it so?", 3),
        ([], "outside", "Is it so?", 3),
        ([" ", 7, None], "middle", "Is it so?", 3),
    ],
)
def test_questions(asks: list[object], level: str, first: str, count: int) -> None:
    found = asks_of(Element(question="Is it so?", asks=asks), level)
    assert (found[0], len(found)) == (first, count)


def test_no_two_levels_are_asked_alike(row: Round) -> None:
    element = Element(question="Is it so?", asks=[])
    levels = ["", "leadership", "middle", "front_line", "outside"]
    assert len({str(asks_of(element, level)[1]) for level in levels}) == len(levels)


@pytest.mark.parametrize(
    ("sent", "found"),
    [
        ("", ["1A", "1B", "2A", "2B", "3A", "3B"]),
        ("?elements=2B&elements=1A", ["1A", "2B"]),
        ("?elements=2B,1A", ["1A", "2B"]),
        ("?elements=9Z", ["1A", "1B", "2A", "2B", "3A", "3B"]),
        ("?elements=%00&elements=" + "9" * 5000, ["1A", "1B", "2A", "2B", "3A", "3B"]),
    ],
)
def test_elements_are_chosen_in_the_address(
    client: Client, row: Round, sent: str, found: list[str]
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.get(address("protocol", row) + sent)
    assert codes(response.context["page"]) == found


def test_an_unknown_code_is_said(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    page = shown(client, row, "?elements=1A&elements=9Z<b>")
    assert "Not in this review’s rubric, and left out: 9Z&lt;b&gt;." in page


def test_a_light_round_asks_one_of_each_section_and_six_at_most(row: Round) -> None:
    row.is_light = True
    assert codes(asked(row)) == ["1A", "2A", "3A"]
    assert codes(asked(row, ["1B", "3B"])) == ["1B", "3B"]
    for number in range(4, 10):
        ElementFactory.create(rubric=row.rubric, section=f"{number} More", code=f"{number}A")
    assert codes(asked(row)) == ["1A", "2A", "3A", "4A", "5A", "6A"]


# --------------------------------------------------------------------------- how long
@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "about 0 minutes"),
        (16, "about 15 minutes"),
        (48, "about 50 minutes"),
        (58, "about 1 hour"),
        (100, "about 1 hour 40 minutes"),
        (235, "about 3 hours 55 minutes"),
    ],
)
def test_time_in_words(minutes: int, words: str) -> None:
    assert time_in_words(minutes) == words


@pytest.mark.parametrize(
    ("kind", "chosen", "minutes"),
    [
        # 10 around an interview and 6 each; 25 around a group, 3 parts of 30, and 8 each
        ("interview", ["1A"], 16),
        ("interview", [], 46),
        ("focus_group", ["1A"], 123),
        ("focus_group", [], 163),
    ],
)
def test_minutes(row: Round, kind: str, chosen: list[str], minutes: int) -> None:
    assert asked(row, chosen, kind).minutes == minutes


def test_what_takes_too_long_is_said(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    assert "An interview on 6 elements takes about 45 minutes." in shown(client, row)
    for number in range(6):
        ElementFactory.create(rubric=row.rubric, code=f"X{number}")
    page = shown(client, row)
    assert "An interview on 12 elements takes about 1 hour 20 minutes." in page
    assert "That is more than people keep up with." in page


# --------------------------------------------------------------------------- what is promised
def test_who_reads_the_notes_is_said_as_it_is(client: Client, row: Round) -> None:
    type(row.system).objects.filter(pk=row.system.pk).update(
        labels={"system_leader": "Superintendent"}
    )
    enter(client, row.system, "unit_staff")
    page = shown(client, row)
    assert "and by their office: Delivery leader, Superintendent." in page
    assert "are destroyed 24 months after the review closes" in page


def test_a_focus_group_hears_that_it_hears_each_other(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert "Everyone in this room hears it." not in shown(client, row)
    page = shown(client, row, "?for=focus_group")
    for words in (
        "Everyone in this room hears it.", "1. History", "2. Approach", "3. Barriers",
        "4. Exercise", "from 1 to 4 on paper", "Marking sheet",
    ):  # fmt: skip
        assert words in page


@pytest.mark.parametrize("query", ["?for=seance", "?for=%00", "?level=clergy", "?for=&level="])
def test_what_is_unknown_in_the_address_is_left_aside(
    client: Client, row: Round, query: str
) -> None:
    enter(client, row.system, "unit_staff")
    assert "An interview on 6 elements" in shown(client, row, query)


def test_a_round_without_a_rubric_says_so(client: Client) -> None:
    row = RoundFactory.create(rubric=None)
    enter(client, row.system, "unit_staff")
    page = shown(client, row)
    assert "There is nothing to ask yet" in page
    assert address("edit_round", row) in page


def test_a_longer_rubric_asks_no_query_more(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    shown(client, row)
    with CaptureQueriesContext(connection) as few:
        shown(client, row, "?for=focus_group")
    for number in range(54):
        ElementFactory.create(rubric=row.rubric, code=f"X{number}")
    with CaptureQueriesContext(connection) as many:
        shown(client, row, "?for=focus_group")
    assert len(many) == len(few)
