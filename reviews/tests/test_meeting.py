"""The agenda of the joint team: what lies furthest apart comes first."""

import pytest
from django.test import Client

from people.tests.entering import enter
from reviews.models import Round
from reviews.tests.factories import RoundFactory
from reviews.tests.ladder import address, answers, take_part
from reviews.tests.told import agreed, asked, closed, frozen, release

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    row = closed(asked("1A 1B 2A 2B"))
    agreed(row, {"1A": 3})
    frozen(row, "1A", self=3, all={"spread": "discuss"})
    frozen(row, "2A", self=3, all={"low": 2, "high": 4, "spread": "discuss"})
    frozen(row, "2B", self=3, all={"low": 1, "high": 4, "spread": "discuss"})
    return row


def test_what_is_far_apart_comes_first_and_what_is_agreed_last(client: Client, row: Round) -> None:
    take_part(client, row, "viewer", joint_team=True)
    response = client.get(address("meeting", row))
    assert response.status_code == 200
    page = response.context["meeting"]
    parts = (page.to_discuss, page.to_agree, page.agreed)
    found = [[item.line.element.code for item in part] for part in parts]
    assert found == [["2B", "2A"], ["1B"], ["1A"]]
    assert (
        "Views are far apart on two elements: talk about them first." in response.content.decode()
    )
    assert address("agree_score", row, "2B") in response.content.decode()


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ("1A 1B 2A 2B", "All elements are agreed: draw the conclusions."),
        ("1A 2A 2B", "One element is still to be agreed."),
        ("1A 1B 2A", "Views are far apart on one element: talk about it first."),
    ],
)
def test_the_first_line_says_what_is_left(
    client: Client, row: Round, codes: str, words: str
) -> None:
    agreed(row, dict.fromkeys(codes.split(), 2))
    enter(client, row.system, "delivery_leader")
    assert words in client.get(address("meeting", row)).content.decode()


def test_only_who_draws_the_conclusions_comes_in_released_or_not(
    client: Client, row: Round
) -> None:
    release(row)
    enter(client, row.system, "delivery_leader")
    assert client.get(address("meeting", row)).status_code == 200
    found = answers(client, row, "get", address("meeting", row))
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


@pytest.mark.parametrize("state", ["draft", "open"])
def test_before_the_closing_there_is_no_meeting(client: Client, state: str) -> None:
    row = RoundFactory.create(state=state)
    enter(client, row.system, "delivery_leader")
    assert client.get(address("meeting", row)).status_code == 404
