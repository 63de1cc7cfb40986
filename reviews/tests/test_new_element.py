"""Adding an element to a draft."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Rubric
from reviews.services import elements
from reviews.tests.drafting import (
    REFUSED,
    draft,
    element_form,
    order_of,
    refusals,
    text,
    to,
)
from reviews.tests.factories import ElementFactory, RubricFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Rubric:
    return draft("1A", "1B", "2A", title="Our own", key="own")


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_it_stands_at_the_end_of_its_section(client: Client, row: Rubric, role: str) -> None:
    user = enter(client, row.system, role)
    response = client.post(to("new_element", row), element_form())
    assert response["Location"] == to("rubric", row) + "#e-9Z"
    assert order_of(row) == ["1A", "1B", "9Z", "2A"]
    one = row.elements.get(code="9Z")
    assert (one.evidence, one.asks, one.weak) == (
        ["Workings", "Change log"], ["Show me the path."], "Wishes.",
    )  # fmt: skip
    line = AuditEntry.objects.about(one, "own v1 9Z").get()
    assert (line.actor, line.action, line.after["title"]) == (user, "create", "Targets")


def test_a_new_section_comes_last(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    client.post(to("new_element", row), element_form(section="Culture"))
    assert order_of(row) == ["1A", "1B", "2A", "9Z"]


def test_the_form_offers_the_section_it_was_opened_from(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    page = text(client.get(to("new_element", row) + "?section=Section+2"))
    assert 'value="Section 2"' in page
    assert '<option value="Section 1">' in page


def test_in_a_grid_it_has_a_place(client: Client) -> None:
    row = draft(lens="grid")
    enter(client, row.system, "unit_staff")
    response = client.post(to("new_element", row), element_form())
    assert response.status_code == 400
    assert "Say which component it belongs to." in text(response)
    placed = element_form(component="Data", perspective="Residents")
    assert client.post(to("new_element", row), placed).status_code == 302
    one = row.elements.get()
    assert (one.component, one.perspective) == ("Data", "Residents")


def test_in_a_triangle_it_has_corners_and_a_barrier(client: Client) -> None:
    row = draft(lens="triangle")
    enter(client, row.system, "unit_staff")
    page = text(client.post(to("new_element", row), element_form()))
    assert "Tick the corner it stands at" in page
    assert "Choose the barrier." in page
    placed = element_form(corner_1="on", corner_3="on", barrier="Teaming")
    assert client.post(to("new_element", row), placed).status_code == 302
    one = row.elements.get()
    assert (one.corners, one.barrier) == (["Public value", "Operational capacity"], "Teaming")


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"code": ""}, "Give the element a code"),
    ({"code": "1a"}, "Another element has the code “1a”."),
    ({"code": "1 A"}, "is no code"),
    ({"code": "-1"}, "is no code"),
    ({"code": "1/A"}, "is no code"),
    ({"code": "1À"}, "is no code"),
    ({"code": "x" * 13}, "at most 12"),
    ({"section": ""}, "Say which section"),
    ({"title": ""}, "Give the element a title."),
    ({"title": "x" * 161}, "at most 160"),
    ({"question": " "}, "Say what the element asks."),
    ({"weak": ""}, "Say what weak looks like."),
    ({"strong": ""}, "Say what strong looks like."),
    ({"weak": "a\x00b"}, "Null characters"),
    ({"asks": "a\x00b"}, "Null characters"),
    ({"asks": "x" * 301}, "At most 12 lines of at most 300"),
    ({"evidence": "\r\n".join("x" * 13)}, "At most 12 lines of at most 300"),
    ({"version": "x"}, "which version it showed"),
]


@pytest.mark.parametrize(("wrong", "said"), WRONG)
def test_bad_input_is_named_and_nothing_typed_is_lost(
    client: Client, row: Rubric, wrong: dict[str, Any], said: str
) -> None:
    enter(client, row.system, "unit_staff")
    typed = element_form(**{"question": "Is there a path?", "strong": "A path.", **wrong})
    response = client.post(to("new_element", row), typed)
    assert response.status_code == 400
    assert said in text(response)
    assert "Is there a path?" in text(response) or "A path." in text(response)
    assert row.elements.count() == 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": 7}, "code"),
        ({"code": "1B"}, "code"),
        ({"code": "9Z", "asks": "one"}, "asks"),
        ({"code": "9Z", "evidence": [""]}, "evidence"),
        ({"code": "9Z", "evidence": [1]}, "evidence"),
        ({"code": "9Z", "corners": ["Top"]}, "corners"),
        ({"code": "9Z", "barrier": "Wall"}, "barrier"),
        ({"code": "9Z", "section": "S"}, "title"),
    ],
)
def test_the_service_names_the_field(row: Rubric, values: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as problem:
        elements.add(rubric=row, values=values)
    assert field in problem.value.error_dict


def test_a_rubric_has_an_end(row: Rubric, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elements, "MOST_ELEMENTS", 3)
    with pytest.raises(ValidationError, match="at most 3 elements"):
        elements.add(rubric=row, values={"code": "9Z"})


def test_nothing_is_added_to_one_in_use(client: Client) -> None:
    row = RubricFactory.create()
    ElementFactory.create(rubric=row)
    enter(client, row.system, "unit_staff")
    assert client.get(to("new_element", row)).status_code == 400
    response = client.post(to("new_element", row), element_form())
    assert response.status_code == 400
    assert "Draft its next version instead." in text(response)
    assert "Show me the path." in text(response)
    assert row.elements.count() == 1


def test_others_are_refused(client: Client, row: Rubric) -> None:
    assert refusals(client, row, "post", to("new_element", row), element_form()) == REFUSED
    assert refusals(client, row, "get", to("new_element", row)) == REFUSED
    assert row.elements.count() == 3


def test_other_methods_are_refused(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(to("new_element", row)).status_code == 405
