"""Rubrics other than the delivery review show their own words and shape, and never a light."""

from typing import Any

import pytest
from django.test import Client

from people.tests.entering import enter
from reviews.models import Round
from reviews.tests.ladder import address
from reviews.tests.told import add_element, agreed, asked, closed

pytestmark = pytest.mark.django_db


def seen(client: Client, row: Round, name: str = "results", *more: Any) -> str:
    response = client.get(address(name, row, *more))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("lens", ["themes", "grid", "triangle"])
def test_other_rubrics_never_show_lights(client: Client, lens: str) -> None:
    rubric = asked("", lens=lens)
    for code, corner in (("A1", "Value"), ("B1", "Support"), ("C1", "Capacity")):
        add_element(rubric, code, component=corner, perspective="Residents", corners=[corner],
                    barrier="Substance")  # fmt: skip
    row = closed(rubric, vision="One team that knows them.")
    agreed(row, {"A1": 1, "B1": 4})
    enter(client, row.system, "delivery_leader")
    page = seen(client, row)
    assert 'class="light' not in page
    assert 'href="#L-' not in page
    assert "One</small>" in page
    assert ("One team that knows them." in page) is (lens == "grid")
    assert ('class="tri"' in page) is (lens == "triangle")


def test_a_component_ahead_of_what_it_rests_on_is_flagged(client: Client) -> None:
    rubric = asked("", lens="grid", relies={"Data": ["Governance"]})
    for code, name in (("D1", "Data"), ("G1", "Governance")):
        add_element(rubric, code, component=name, perspective="Residents")
    row = closed(rubric)
    agreed(row, {"D1": 4, "G1": 2})
    enter(client, row.system, "delivery_leader")
    assert "One, two levels or more ahead of Governance (Linked)." in seen(client, row)
