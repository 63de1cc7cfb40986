"""Copying a supplied rubric: it is taken up as it is, and the copy is a draft of one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import System
from people.tests.entering import enter
from people.tests.factories import SystemFactory
from reviews.models import Rubric
from reviews.tests.drafting import REFUSED, refusals, text, to
from reviews.tests.factories import RubricFactory

pytestmark = pytest.mark.django_db
KEY = "place-system-infrastructure"
FILLED = {"title": "How our places work together"}


@pytest.fixture
def system() -> System:
    return SystemFactory.create()


def at(system: System, key: str = KEY) -> str:
    return reverse("copy_supplied_rubric", args=[system.slug, key])


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_a_copy_is_a_draft_with_all_of_it(client: Client, system: System, role: str) -> None:
    enter(client, system, role)
    assert "Copy “Place-based system infrastructure”" in text(client.get(at(system)))
    response = client.post(at(system), FILLED)
    row = Rubric.objects.get(adopted_at=None)
    assert response["Location"] == to("rubric", row)
    assert (row.title, row.key, row.number, row.supplied, row.lens) == (
        FILLED["title"], "how-our-places-work-together", 1, False, "grid",
    )  # fmt: skip
    assert row.based_on is not None
    assert (row.based_on.key, row.based_on.supplied) == (KEY, True)
    names = ("code", "section", "question", "asks", "component", "perspective", "order")
    assert list(row.elements.values(*names)) == list(row.based_on.elements.values(*names))
    assert row.relies == row.based_on.relies


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("", "Give your rubric a title."),
        ("place-based SYSTEM  infrastructure", "Another rubric is called"),
        ("x" * 121, "at most 120"),
        ("a\x00b", "Null characters"),
    ],
)
def test_bad_input_is_named_and_nothing_is_taken_up(
    client: Client, system: System, title: str, said: str
) -> None:
    enter(client, system, "unit_staff")
    response = client.post(at(system), {"title": title})
    assert response.status_code == 400
    assert said in text(response)
    assert not Rubric.objects.exists()


def test_an_unknown_one_is_not_found(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    assert client.post(at(system, "horoscope"), FILLED).status_code == 404


def test_others_are_refused(client: Client) -> None:
    row = RubricFactory.create()
    assert refusals(client, row, "post", at(row.system), FILLED) == REFUSED
    assert Rubric.objects.filter(system=row.system).count() == 1


def test_other_methods_are_refused(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    assert client.delete(at(system)).status_code == 405
