"""What a coalition is for: written before anybody is named, sealed, and never over another's."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from coalitions.models import Charter, Coalition
from coalitions.services.charter import change_charter
from coalitions.tests.climb import (
    METHODS,
    leader,
    only_its_own_people,
    openings_of,
    outsider,
    trail,
)
from coalitions.tests.factories import CharterFactory, CoalitionFactory
from coalitions.tests.ladder import HEADS, address, be_delegate
from people.services import Conflict
from people.tests.entering import enter

pytestmark = pytest.mark.django_db
TEXTS = {
    "purpose": "vambrace clears the way", "criteria": "power over it", "accountability": "",
}  # fmt: skip


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


def to(row: Coalition) -> str:
    return address("edit_charter", row)


def sent(**more: Any) -> dict[str, Any]:
    return {"version": "0", **TEXTS, **more}


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_writes_and_changes_it(client: Client, row: Coalition, role: str) -> None:
    enter(client, row.system, role)
    assert client.get(to(row)).status_code == 200
    assert openings_of(row) == 1
    assert client.post(to(row), sent())["Location"] == address("coalition", row)
    assert Charter.objects.get().purpose == TEXTS["purpose"]
    assert "vambrace" in client.get(to(row)).content.decode()
    assert client.post(to(row), sent(version="1", criteria="and will")).status_code == 302
    found = Charter.objects.get()
    assert (found.criteria, found.version) == ("and will", 2)


def test_a_delegate_writes_it(client: Client, row: Coalition) -> None:
    be_delegate(client, row)
    assert client.post(to(row), sent()).status_code == 302


def test_others_find_nothing(client: Client, row: Coalition) -> None:
    only_its_own_people(client, row, "get", to(row), delegate=200)
    only_its_own_people(client, row, "post", to(row), sent(), delegate=302)
    with pytest.raises(PermissionDenied):
        change_charter(coalition=row, values=TEXTS, version=1, actor=outsider(row))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"criteria": "x" * 2001}, "at most 2000 characters"),
        ({"accountability": "a\x00b"}, "Null characters are not allowed"),
        ({"version": ""}, "nothing was saved"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, row: Coalition, wrong: dict[str, Any], words: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), sent(**wrong))
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert TEXTS["purpose"] in page
    assert not Charter.objects.exists()


@pytest.mark.parametrize("seen", ["0", "1"])
def test_another_s_writing_meanwhile_is_shown(client: Client, row: Coalition, seen: str) -> None:
    CharterFactory.create(coalition=row, purpose="Besagew wrote this", version=2)
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), sent(version=seen))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Besagew wrote this" in page
    assert TEXTS["purpose"] in page
    assert Charter.objects.get().purpose == "Besagew wrote this"
    with pytest.raises(Conflict):
        change_charter(coalition=row, values=TEXTS, version=int(seen), actor=leader(row))


def test_the_trail_names_fields_only(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    client.post(to(row), sent())
    told = trail()
    assert "create coalitions.Charter" in told
    assert "'purpose': 'changed'" in told
    assert "vambrace" not in told


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, settings: Settings
) -> None:
    CharterFactory.create(coalition=row)
    enter(client, row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    assert client.get(to(row)).status_code == 503
    response = client.post(to(row), sent(version="1"))
    assert response.status_code == 503
    assert TEXTS["purpose"] in response.content.decode()


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused(client: Client, row: Coalition, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405
