"""Copying a version in use, under a title of its own."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from people.models import AuditEntry
from people.tests.entering import enter
from people.tests.factories import MembershipFactory
from reviews.models import Rubric
from reviews.services import drafts
from reviews.tests.drafting import REFUSED, draft, refusals, text, to
from reviews.tests.factories import ElementFactory, RubricFactory

pytestmark = pytest.mark.django_db
FILLED = {"title": "In districts"}


@pytest.fixture
def row() -> Rubric:
    row: Rubric = RubricFactory.create(title="Our own", key="own", source="Our wording.")
    ElementFactory.create(rubric=row, code="1A", asks=["Who?"])
    return row


def test_the_copy_is_a_draft_and_the_original_stays(client: Client, row: Rubric) -> None:
    user = enter(client, row.system, "unit_staff")
    assert "Copy “Our own”" in text(client.get(to("copy_rubric", row)))
    response = client.post(to("copy_rubric", row), FILLED)
    made = Rubric.objects.get(title="In districts")
    assert response["Location"] == to("rubric", made)
    assert (made.key, made.number, made.is_draft, made.based_on, made.source) == (
        "in-districts", 1, True, row, "Our wording.",
    )  # fmt: skip
    assert [one.asks for one in made.elements.all()] == [["Who?"]]
    line = AuditEntry.objects.about(made, "in-districts v1").get()
    assert (line.actor, line.action, line.after["based_on"]) == (
        user,
        "draft",
        "Our own, version 1",
    )


KEYS = [
    ("Our own", "our-own-2"),
    ("Delivery-capacity review!", "delivery-capacity-review-2"),
    ("評価", "rubric"),
    ("y" * 120, "y" * 54),
]


@pytest.mark.parametrize(("title", "key"), KEYS)
def test_its_key_is_made_of_its_title_and_is_free(row: Rubric, title: str, key: str) -> None:
    RubricFactory.create(system=row.system, key="our-own", title="Once called our own")
    row.title = "Renamed"
    row.save()
    assert drafts.copy(rubric=row, title=title).key == key


@pytest.mark.parametrize("title", ["", "our OWN", "Delivery capacity review"])
def test_a_title_that_is_none_or_taken_is_refused(client: Client, row: Rubric, title: str) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(to("copy_rubric", row), {"title": title})
    assert response.status_code == 400
    assert "There is a problem" in text(response)
    assert Rubric.objects.count() == 1


def test_a_draft_is_not_copied(client: Client) -> None:
    row = draft("1A")
    enter(client, row.system, "unit_staff")
    response = client.post(to("copy_rubric", row), FILLED)
    assert response.status_code == 400
    assert "is a draft still" in text(response)


@pytest.mark.parametrize("title", ["", " ", "a\x00b", "x" * 121])
def test_the_service_refuses_what_is_no_title(row: Rubric, title: str) -> None:
    with pytest.raises(ValidationError, match="A title has 1 to 120 characters"):
        drafts.copy(rubric=row, title=title)


def test_the_service_asks_who_copies(row: Rubric) -> None:
    reader = MembershipFactory.create(system=row.system, role="system_leader").user
    with pytest.raises(PermissionDenied):
        drafts.copy(rubric=row, title="In districts", actor=reader)


def test_others_are_refused(client: Client, row: Rubric) -> None:
    assert refusals(client, row, "post", to("copy_rubric", row), FILLED) == REFUSED
    assert Rubric.objects.count() == 1


def test_other_methods_are_refused(client: Client, row: Rubric) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(to("copy_rubric", row)).status_code == 405
