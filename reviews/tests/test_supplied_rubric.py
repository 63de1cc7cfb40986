"""One that comes with Headway, read before it is chosen."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import System
from people.tests.entering import enter
from people.tests.factories import SystemFactory
from reviews.models import Rubric
from reviews.services import rubrics
from reviews.services.supplied import supplied
from reviews.tests.drafting import REFUSED, refusals, text
from reviews.tests.factories import RubricFactory

pytestmark = pytest.mark.django_db
KEY = "delivery-capacity-review"


@pytest.fixture
def system() -> System:
    return SystemFactory.create()


def at(system: System, key: str = KEY) -> str:
    return reverse("supplied_rubric", args=[system.slug, key])


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff"])
def test_it_is_read_through_and_nothing_is_taken_up(
    client: Client, system: System, role: str
) -> None:
    enter(client, system, role)
    page = text(client.get(at(system)))
    assert "“Delivery capacity review” asks 15 things." in page
    assert "No review here was scored with it." in page
    for element in supplied()[KEY].elements:
        assert f'id="e-{element.code}"' in page
    assert "Show me the path for one metric." in page
    assert ("Copy and adapt" in page) is (role != "system_leader")
    assert not Rubric.objects.exists()


@pytest.mark.parametrize("key", sorted(supplied()))
def test_each_of_them_can_be_read(client: Client, system: System, key: str) -> None:
    enter(client, system, "unit_staff")
    page = text(client.get(at(system, key) + "?open=all"))
    assert page.count('class="card rubric-element"') == len(supplied()[key].elements)


def test_once_taken_up_it_leads_to_the_systems_own(client: Client, system: System) -> None:
    row = rubrics.adopt(system=system, key=KEY)
    enter(client, system, "unit_staff")
    page = text(client.get(at(system)))
    assert reverse("rubric", args=[system.slug, row.pk]) in page
    assert "No review here" not in page


def test_an_unknown_one_is_not_found(client: Client, system: System) -> None:
    enter(client, system, "delivery_leader")
    assert client.get(at(system, "horoscope")).status_code == 404


def test_others_find_nothing(client: Client) -> None:
    row = RubricFactory.create()
    found = refusals(client, row, "get", at(row.system))
    assert found == {**REFUSED, "system_leader": 200}


def test_it_is_only_read(client: Client, system: System) -> None:
    enter(client, system, "delivery_leader")
    assert client.post(at(system)).status_code == 405
