"""Adding a conclusion: what leaders choose, stop or leave alone, and what it means for the unit."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from reviews.models import Conclusion, Round
from reviews.services.conclusions import add_conclusion
from reviews.tests.concluding import (
    CLOSED_TO,
    SECRET,
    closed_round,
    element,
    join,
    lead,
    read_trail,
)
from reviews.tests.factories import ElementFactory
from reviews.tests.ladder import address, answers

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Round:
    return closed_round()


def filled(**more: Any) -> dict[str, Any]:
    return {"version": "1", "kind": "stop", "text": SECRET, "office": "", "order": "", **more}


@pytest.mark.parametrize("kind", Conclusion.Kind.values)
def test_one_of_each_kind_is_added(client: Client, row: Round, kind: str) -> None:
    user = join(client, row)
    sent = filled(kind=kind, office="Head of Delivery", elements=[element(row, "5A").pk])
    response = client.post(address("add_conclusion", row), sent)
    assert response["Location"] == address("findings", row)
    drawn = Conclusion.objects.get()
    assert (drawn.round, drawn.kind, drawn.text, drawn.office, drawn.by) == (
        row, kind, SECRET, "Head of Delivery", user,
    )  # fmt: skip
    assert list(drawn.elements.all()) == [element(row, "5A")]
    page = client.get(address("findings", row)).content.decode()
    assert SECRET in page
    for word in (SECRET, "Head of Delivery", "5A", f"'{kind}'"):
        assert word not in read_trail(row)


def test_each_kind_has_its_own_order(client: Client, row: Round) -> None:
    lead(client, row)
    for kind in ("stop", "focus", "stop"):
        client.post(address("add_conclusion", row), filled(kind=kind))
    drawn = Conclusion.objects.order_by("pk").values_list("kind", "order")
    assert list(drawn) == [("stop", 1), ("focus", 1), ("stop", 2)]


@pytest.mark.parametrize(
    ("asked", "chosen"), [("leave", "leave"), ("crown", "focus"), ("", "focus")]
)
def test_the_address_chooses_the_kind(client: Client, row: Round, asked: str, chosen: str) -> None:
    lead(client, row)
    page = client.get(address("add_conclusion", row), {"kind": asked}).content.decode()
    assert f'value="{chosen}" selected' in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"kind": "crown"}, "Choose one of those listed."),
        ({"text": ""}, "Say what is concluded."),
        ({"office": "x" * 121}, "at most 120 characters"),
        ({"order": "-1"}, "greater than or equal to 1"),
        ({"elements": ["0"]}, "is not in the rubric of this review"),
    ],
)
def test_bad_input_is_named(client: Client, row: Round, wrong: dict[str, Any], words: str) -> None:
    lead(client, row)
    response = client.post(address("add_conclusion", row), filled(**wrong))
    assert response.status_code == 400
    assert words in response.content.decode()
    assert not Conclusion.objects.exists()


def test_the_service_refuses_what_the_form_would(row: Round) -> None:
    with pytest.raises(ValidationError, match="kind"):
        add_conclusion(round=row, kind="crown", text=SECRET)
    with pytest.raises(ValidationError, match="not in the rubric"):
        add_conclusion(round=row, kind="stop", text=SECRET, elements=[ElementFactory.create()])
    assert not Conclusion.objects.exists()


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", address("add_conclusion", row), filled()) == CLOSED_TO
    assert not Conclusion.objects.exists()


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    lead(client, row)
    assert client.delete(address("add_conclusion", row)).status_code == 405
