"""Taking an element out of a draft."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from reviews.models import Element, Rubric
from reviews.services import elements
from reviews.tests.drafting import REFUSED, draft, order_of, refusals, text, to
from reviews.tests.factories import ElementFactory, RubricFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Rubric:
    return draft("1A", "1B", "2A", title="Our own", key="own")


@pytest.fixture
def one(row: Rubric) -> Element:
    return row.elements.get(code="1B")


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_it_is_asked_once_more_and_then_gone(client: Client, one: Element, role: str) -> None:
    row = one.rubric
    enter(client, row.system, role)
    assert f"Remove {one}?" in text(client.get(to("remove_element", row, one.pk)))
    assert order_of(row) == ["1A", "1B", "2A"]
    response = client.post(to("remove_element", row, one.pk))
    assert response["Location"] == to("rubric", row)
    assert list(row.elements.values_list("code", "order")) == [("1A", 0), ("2A", 1)]
    line = AuditEntry.objects.about(one, "own v1 1B").get()
    assert (line.action, line.before["title"], line.after) == ("remove", one.title, {})


def test_twice_is_told(one: Element) -> None:
    elements.remove(element=one)
    with pytest.raises(ValidationError, match="was removed meanwhile"):
        elements.remove(element=one)


def test_the_version_it_was_copied_from_keeps_its_own(row: Rubric, one: Element) -> None:
    base = RubricFactory.create(system=row.system)
    ElementFactory.create(rubric=base, code="1B")
    elements.remove(element=one)
    assert order_of(base) == ["1B"]


def test_one_in_use_keeps_them_all(client: Client) -> None:
    one = ElementFactory.create(rubric=RubricFactory.create())
    enter(client, one.system, "unit_staff")
    assert client.get(to("remove_element", one.rubric, one.pk)).status_code == 400
    assert client.post(to("remove_element", one.rubric, one.pk)).status_code == 400
    assert Element.objects.filter(pk=one.pk).exists()


def test_one_of_another_rubric_is_not_found(client: Client, row: Rubric) -> None:
    foreign = ElementFactory.create()
    enter(client, row.system, "unit_staff")
    assert client.post(to("remove_element", row, foreign.pk)).status_code == 404


def test_others_are_refused(client: Client, row: Rubric, one: Element) -> None:
    assert refusals(client, row, "post", to("remove_element", row, one.pk)) == REFUSED
    assert order_of(row) == ["1A", "1B", "2A"]


def test_other_methods_are_refused(client: Client, row: Rubric, one: Element) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(to("remove_element", row, one.pk)).status_code == 405
