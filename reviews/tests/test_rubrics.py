"""The list of rubrics: in use, being drafted, and ready to be taken up."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from people.models import System
from people.tests.entering import enter
from people.tests.factories import SystemFactory
from reviews.services import rubrics
from reviews.tests.drafting import draft, refusals, text
from reviews.tests.factories import ElementFactory, RoundFactory, RubricFactory
from reviews.tests.ladder import REFUSED

pytestmark = pytest.mark.django_db
MOST_QUERIES = 6


@pytest.fixture
def system() -> System:
    return SystemFactory.create()


def listed(client: Client, system: System) -> str:
    response = client.get(reverse("rubrics", args=[system.slug]))
    assert response.status_code == 200
    return text(response)


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff"])
def test_the_unit_sees_what_is_in_use_and_what_could_be(
    client: Client, system: System, role: str
) -> None:
    RubricFactory.create(system=system, key="own", title="Our own")
    RubricFactory.create(title="Of another system")
    draft(system=system, title="Unfinished")
    enter(client, system, role)
    page = listed(client, system)
    assert "One rubric is in use here." in page
    for title in ("Our own", "Unfinished", "Delivery capacity review", "15 elements"):
        assert title in page
    assert "Of another system" not in page
    assert ("Copy and adapt" in page) is (role != "system_leader")


def test_one_taken_up_is_no_longer_offered(client: Client, system: System) -> None:
    enter(client, system, "unit_staff")
    assert "No rubric is in use here yet." in listed(client, system)
    row = rubrics.adopt(system=system, key="delivery-capacity-review")
    RoundFactory.create_batch(2, system=system, rubric=row)
    page = listed(client, system)
    assert page.count("Delivery capacity review") == 2  # its link, and whom its action copies
    assert "2 reviews" in page
    assert reverse("supplied_rubric", args=[system.slug, row.key]) not in page


def test_earlier_versions_stand_beside_the_latest(client: Client, system: System) -> None:
    first = RubricFactory.create(system=system, key="own", title="Our own")
    RubricFactory.create(system=system, key="own", title="Our own", number=2)
    enter(client, system, "unit_staff")
    page = listed(client, system)
    assert "One rubric is in use here." in page
    assert page.index("Version 2") < page.index(reverse("rubric", args=[system.slug, first.pk]))


def test_others_find_nothing(client: Client, system: System) -> None:
    row = RubricFactory.create(system=system)
    found = refusals(client, row, "get", reverse("rubrics", args=[system.slug]))
    assert found == {**REFUSED, "named reviewer": 404, "system_leader": 200}


def test_it_is_only_read(client: Client, system: System) -> None:
    enter(client, system, "delivery_leader")
    assert client.post(reverse("rubrics", args=[system.slug])).status_code == 405


def test_queries_do_not_grow_with_the_list(
    client: Client, system: System, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for row in RubricFactory.create_batch(15, system=system):
        ElementFactory.create_batch(2, rubric=row)
        draft("1A", system=system, based_on=row)
    enter(client, system, "unit_staff")
    listed(client, system)
    with django_assert_max_num_queries(MOST_QUERIES):
        listed(client, system)
