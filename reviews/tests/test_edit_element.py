"""Changing an element of a draft; who changes another one is not in the way."""

from typing import Any

import pytest
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Element, Rubric
from reviews.services import drafts, elements
from reviews.services.fitness import element_stamp
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


@pytest.fixture
def one(row: Rubric) -> Element:
    found = row.elements.get(code="1A")
    Element.objects.filter(pk=found.pk).update(asks=["Who?", "When?"], evidence=["Plans"])
    found.refresh_from_db()
    return found


def at(one: Element) -> str:
    return to("edit_element", one.rubric, one.pk)


def test_an_element_is_changed(client: Client, one: Element) -> None:
    user = enter(client, one.system, "unit_staff")
    assert "Who?\r\nWhen?" in text(client.get(at(one)))
    response = client.post(at(one), element_form(one, code="1C"))
    assert response["Location"] == to("rubric", one.rubric) + "#e-1C"
    one.refresh_from_db()
    assert (one.code, one.title, one.asks) == ("1C", "Targets", ["Show me the path."])
    line = AuditEntry.objects.about(one, "own v1 1C").get()
    assert (line.actor, line.action, line.before["asks"]) == (user, "change", ["Who?", "When?"])


def test_another_section_takes_it_to_its_end(client: Client, row: Rubric, one: Element) -> None:
    enter(client, row.system, "unit_staff")
    client.post(at(one), element_form(one, section="Section 2"))
    assert order_of(row) == ["1B", "2A", "1A"]


def test_what_another_view_needs_is_kept(client: Client, row: Rubric, one: Element) -> None:
    Element.objects.filter(pk=one.pk).update(component="Data", corners=["Public value"])
    one.refresh_from_db()
    enter(client, row.system, "unit_staff")
    assert client.post(at(one), element_form(one)).status_code == 302
    one.refresh_from_db()
    assert (one.component, one.corners) == ("Data", ["Public value"])


def test_the_second_of_two_editors_sees_both_and_loses_nothing(
    client: Client, one: Element
) -> None:
    enter(client, one.system, "unit_staff")
    filled = element_form(one)
    seen = element_stamp(one)
    elements.change(element=one, values={"title": "Theirs", "asks": ["Whose?"]}, seen=seen)
    response = client.post(at(one), filled)
    assert response.status_code == 409
    assert "Theirs" in text(response)
    assert 'value="Targets"' in text(response)
    one.refresh_from_db()
    assert one.title == "Theirs"
    again = {**filled, "version": str(element_stamp(one))}
    assert client.post(at(one), again).status_code == 302
    one.refresh_from_db()
    assert one.title == "Targets"


def test_the_corners_of_both_are_compared_one_by_one(client: Client) -> None:
    row = draft(lens="triangle")
    one = ElementFactory.create(rubric=row, corners=["Public value"], barrier="Teaming")
    enter(client, row.system, "unit_staff")
    seen = {"initial-corner_1": "True", "initial-corner_2": "False", "initial-corner_3": "False"}
    filled = element_form(one, corner_1="on", corner_3="on", barrier="Teaming", **seen)
    both = ["Public value", "Legitimacy and support"]
    elements.change(element=one, values={"corners": both}, seen=element_stamp(one))
    page = text(client.post(at(one), filled))
    ticked = [place for place in (1, 2, 3) if f'id="id_corner_{place}" checked' in page]
    assert ticked == [1, 2, 3]


def test_another_element_may_be_changed_meanwhile(
    client: Client, row: Rubric, one: Element
) -> None:
    enter(client, row.system, "unit_staff")
    filled = element_form(one)
    other = row.elements.get(code="1B")
    elements.change(element=other, values={"title": "Theirs"}, seen=element_stamp(other))
    assert client.post(at(one), filled).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"code": "1b"}, "Another element has the code"), ({"weak": ""}, "Say what weak looks like."),
     ({"version": ""}, "which version it showed")],
)  # fmt: skip
def test_bad_input_changes_nothing(
    client: Client, one: Element, wrong: dict[str, Any], said: str
) -> None:
    enter(client, one.system, "unit_staff")
    response = client.post(at(one), element_form(one, **wrong))
    assert response.status_code == 400
    assert said in text(response)
    assert "Show me the path." in text(response)
    one.refresh_from_db()
    assert one.code == "1A"
    assert one.title != "Targets"


def test_what_was_typed_of_one_removed_meanwhile_is_added_anew(
    client: Client, row: Rubric, one: Element
) -> None:
    enter(client, row.system, "unit_staff")
    filled, gone = element_form(one), at(one)
    elements.remove(element=one)
    assert client.get(gone).status_code == 404
    response = client.post(gone, filled)
    assert response.status_code == 404
    assert "This element was removed meanwhile." in text(response)
    assert "Show me the path." in text(response)
    adds = to("new_element", row)
    assert f'action="{adds}"' in text(response)
    assert client.post(adds, filled).status_code == 302
    assert row.elements.get(code="1A").asks == ["Show me the path."]


def test_what_was_typed_into_a_draft_discarded_meanwhile_comes_back(
    client: Client, row: Rubric, one: Element
) -> None:
    enter(client, row.system, "unit_staff")
    filled, gone = element_form(one), at(one)
    drafts.discard(rubric=row)
    response = client.post(gone, filled)
    assert response.status_code == 404
    assert "Show me the path." in text(response)


def test_it_is_of_the_rubric_in_its_address(client: Client, row: Rubric) -> None:
    foreign = ElementFactory.create()
    enter(client, row.system, "unit_staff")
    filled = element_form(foreign)
    assert client.post(to("edit_element", row, foreign.pk), filled).status_code == 404


def test_one_in_use_keeps_its_words(client: Client) -> None:
    one = ElementFactory.create(rubric=RubricFactory.create())
    enter(client, one.system, "unit_staff")
    assert client.get(at(one)).status_code == 400
    response = client.post(at(one), element_form(one))
    assert response.status_code == 400
    assert "Draft its next version instead." in text(response)
    assert "Show me the path." in text(response)
    one.refresh_from_db()
    assert one.title != "Targets"


def test_others_are_refused(client: Client, row: Rubric, one: Element) -> None:
    assert refusals(client, row, "post", at(one), element_form(one)) == REFUSED
    one.refresh_from_db()
    assert one.title != "Targets"


def test_other_methods_are_refused(client: Client, one: Element) -> None:
    enter(client, one.system, "unit_staff")
    assert client.delete(at(one)).status_code == 405
