"""Moving an element within its section, and a section among the others."""

import pytest
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Rubric
from reviews.services import elements
from reviews.tests.drafting import REFUSED, draft, order_of, refusals, text, to
from reviews.tests.factories import ElementFactory, RubricFactory

pytestmark = pytest.mark.django_db
START = ["1A", "1B", "2A", "2B", "3A"]
# Which element, where to, and the order then.
MOVES = [
    ("1B", "up", ["1B", "1A", "2A", "2B", "3A"]),
    ("1A", "down", ["1B", "1A", "2A", "2B", "3A"]),
    ("1A", "up", START),
    ("1B", "down", START),
    ("2B", "down", START),
    ("3A", "up", START),
    ("2B", "section_up", ["2A", "2B", "1A", "1B", "3A"]),
    ("2A", "section_down", ["1A", "1B", "3A", "2A", "2B"]),
    ("1A", "section_up", START),
    ("3A", "section_down", START),
]


@pytest.fixture
def row() -> Rubric:
    return draft(*START, title="Our own", key="own")


@pytest.mark.parametrize(("code", "way", "after"), MOVES)
def test_where_it_stands_then(row: Rubric, code: str, way: str, after: list[str]) -> None:
    assert elements.move(element=row.elements.get(code=code), to=way) is (after != START)
    assert order_of(row) == after
    assert AuditEntry.objects.count() == int(after != START)


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_a_button_moves_it(client: Client, row: Rubric, role: str) -> None:
    enter(client, row.system, role)
    one = row.elements.get(code="1A")
    response = client.post(to("move_element", row, one.pk), {"to": "down"})
    assert response["Location"] == to("rubric", row) + "#e-1A"
    assert order_of(row)[:2] == ["1B", "1A"]
    line = AuditEntry.objects.about(one, "own v1 1A").get()
    assert (line.action, line.after) == ("move", {"to": "down"})


@pytest.mark.parametrize("way", ["", "left", "UP", "x" * 1000, "\x00"])
def test_another_way_is_refused(client: Client, row: Rubric, way: str) -> None:
    enter(client, row.system, "unit_staff")
    one = row.elements.get(code="1A")
    response = client.post(to("move_element", row, one.pk), {"to": way})
    assert response.status_code == 400
    assert "is no way to move" in text(response)
    assert order_of(row) == START


def test_in_one_in_use_nothing_moves(client: Client) -> None:
    row = RubricFactory.create()
    first, second = (ElementFactory.create(rubric=row, order=place) for place in (0, 1))
    enter(client, row.system, "unit_staff")
    response = client.post(to("move_element", row, first.pk), {"to": "down"})
    assert response.status_code == 400
    assert order_of(row) == [first.code, second.code]


def test_one_of_another_rubric_is_not_found(client: Client, row: Rubric) -> None:
    foreign = ElementFactory.create()
    enter(client, row.system, "unit_staff")
    assert client.post(to("move_element", row, foreign.pk), {"to": "up"}).status_code == 404


def test_others_are_refused(client: Client, row: Rubric) -> None:
    one = row.elements.get(code="1A")
    found = refusals(client, row, "post", to("move_element", row, one.pk), {"to": "down"})
    assert found == REFUSED
    assert order_of(row) == START


def test_it_is_asked_for_by_a_button(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    one = row.elements.get(code="1A")
    assert client.get(to("move_element", row, one.pk)).status_code == 405
