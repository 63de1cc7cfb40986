"""Changing what is noted of a pair, and settling it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from coalitions.models import Coalition, Difficulty
from coalitions.services.difficulties import change_difficulty
from coalitions.tests.climb import METHODS, only_its_own_people, openings_of, outsider, trail
from coalitions.tests.factories import CoalitionFactory, DifficultyFactory
from coalitions.tests.ladder import HEADS, address, be_delegate
from people.models import Actor
from people.tests.entering import enter

pytestmark = pytest.mark.django_db
NOTE = "vambrace: the budget of 2023"


@pytest.fixture
def found() -> Difficulty:
    row: Coalition = CoalitionFactory.create()
    return DifficultyFactory.create(coalition=row, note="An old quarrel", plan="Nobody yet")


def to(found: Difficulty) -> str:
    return address("edit_difficulty", found.coalition, found.pk)


def sent(found: Difficulty, **more: Any) -> dict[str, Any]:
    first, second = found.pair
    return {
        "version": "1", "first": first, "second": second, "note": NOTE, "plan": "Nobody yet",
        "settled_on": "", **more,
    }  # fmt: skip


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_changes_it(client: Client, found: Difficulty, role: str) -> None:
    enter(client, found.system, role)
    assert "An old quarrel" in client.get(to(found)).content.decode()
    assert openings_of(found.coalition) == 1
    response = client.post(to(found), sent(found, settled_on="2025-02-01"))
    assert response["Location"] == address("coalition", found.coalition)
    found.refresh_from_db()
    assert (found.note, found.settled_on, found.version) == (NOTE, date(2025, 2, 1), 2)


def test_a_delegate_changes_it(client: Client, found: Difficulty) -> None:
    be_delegate(client, found.coalition)
    assert client.post(to(found), sent(found)).status_code == 302


def test_others_find_nothing(client: Client, found: Difficulty) -> None:
    row = found.coalition
    only_its_own_people(client, row, "get", to(found), delegate=200)
    only_its_own_people(client, row, "post", to(found), sent(found), delegate=302)
    with pytest.raises(PermissionDenied):
        change_difficulty(difficulty=found, values=sent(found), version=2, actor=outsider(row))


def test_one_of_another_coalition_is_unknown(client: Client, found: Difficulty) -> None:
    other = DifficultyFactory.create(coalition__aspiration__system=found.system)
    enter(client, found.system, "delivery_leader")
    there = address("edit_difficulty", found.coalition, other.pk)
    assert client.get(there).status_code == 404
    assert client.post(there, sent(found)).status_code == 404


def test_a_retired_office_can_still_be_chosen_where_it_stands(
    client: Client, found: Difficulty
) -> None:
    found.coalition.candidates.filter(actor=found.pair[0]).delete()
    Actor.objects.filter(pk=found.pair[0]).update(retired_at="2025-01-01T00:00Z")
    enter(client, found.system, "delivery_leader")
    assert f'<option value="{found.pair[0]}" selected>' in client.get(to(found)).content.decode()
    assert client.post(to(found), sent(found)).status_code == 302


def test_bad_input_is_named_and_what_was_typed_stays(client: Client, found: Difficulty) -> None:
    enter(client, found.system, "delivery_leader")
    response = client.post(to(found), sent(found, settled_on="soon"))
    page = response.content.decode()
    assert response.status_code == 400
    assert "That is no day." in page
    assert NOTE in page
    assert "An old quarrel" not in page


def test_another_s_change_meanwhile_is_shown_beside_one_s_own(
    client: Client, found: Difficulty
) -> None:
    user = enter(client, found.system, "delivery_leader")
    first, second = found.pair
    theirs = {"first": first, "second": second, "note": "Besagew said so", "plan": "The chair"}
    change_difficulty(difficulty=found, values=theirs, version=1, actor=user)
    response = client.post(to(found), sent(found))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Besagew said so" in page
    assert NOTE in page
    found.refresh_from_db()
    assert found.note == "Besagew said so"
    assert client.post(to(found), sent(found, version="2")).status_code == 302


def test_the_trail_holds_nothing_of_it(client: Client, found: Difficulty) -> None:
    enter(client, found.system, "delivery_leader")
    client.post(to(found), sent(found))
    told = trail()
    assert "change coalitions.Difficulty" in told
    assert "vambrace" not in told
    assert "old quarrel" not in told


def test_without_the_key_what_was_typed_stays(
    client: Client, found: Difficulty, settings: Settings
) -> None:
    data = sent(found)
    enter(client, found.system, "delivery_leader")
    kept, settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS, []
    assert client.get(to(found)).status_code == 503
    response = client.post(to(found), data)
    assert response.status_code == 503
    assert NOTE in response.content.decode()
    settings.CONFIDENTIAL_KEYS = kept
    found.refresh_from_db()
    assert found.note == "An old quarrel"


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused(client: Client, found: Difficulty, method: str) -> None:
    enter(client, found.system, "delivery_leader")
    assert getattr(client, method)(to(found)).status_code == 405
