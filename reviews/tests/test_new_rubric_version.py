"""The next version of a rubric of one's own: a draft, one at a time."""

import pytest
from django.test import Client

from people.tests.entering import enter
from reviews.models import Rubric
from reviews.services import drafts, rubrics
from reviews.tests.drafting import REFUSED, refusals, text, to
from reviews.tests.factories import ElementFactory, RubricFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Rubric:
    row: Rubric = RubricFactory.create(title="Our own", key="own")
    ElementFactory.create(rubric=row, code="1A")
    return row


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_it_holds_what_the_one_before_says(client: Client, row: Rubric, role: str) -> None:
    enter(client, row.system, role)
    response = client.post(to("new_rubric_version", row))
    made = Rubric.objects.get(adopted_at=None)
    assert response["Location"] == to("rubric", made)
    assert (made.key, made.number, made.title, made.based_on) == ("own", 2, "Our own", row)
    assert [one.code for one in made.elements.all()] == ["1A"]


def test_an_earlier_one_can_be_taken_up_again_with_the_next_free_number(row: Rubric) -> None:
    drafts.put_in_use(rubric=drafts.start_version(rubric=row))
    made = drafts.start_version(rubric=row)
    assert (made.number, made.based_on) == (3, row)


def test_where_one_is_drafted_it_is_named(client: Client, row: Rubric) -> None:
    drafts.start_version(rubric=row)
    enter(client, row.system, "unit_staff")
    response = client.post(to("new_rubric_version", row))
    assert response.status_code == 400
    assert "“Our own, version 2” is being drafted already." in text(response)
    assert Rubric.objects.count() == 2


def test_a_supplied_one_has_none_of_ours(client: Client, row: Rubric) -> None:
    one = rubrics.adopt(system=row.system, key="delivery-capacity-review")
    enter(client, row.system, "unit_staff")
    response = client.post(to("new_rubric_version", one))
    assert response.status_code == 400
    assert "Copy it under a title of your own." in text(response)


def test_others_are_refused(client: Client, row: Rubric) -> None:
    assert refusals(client, row, "post", to("new_rubric_version", row)) == REFUSED
    assert Rubric.objects.count() == 1


def test_it_is_asked_for_by_a_button(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    assert client.get(to("new_rubric_version", row)).status_code == 405
