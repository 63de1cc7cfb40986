"""Noting that two find it hard to work together, candidates or not."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition, Difficulty
from coalitions.services.difficulties import note_difficulty
from coalitions.tests.climb import (
    METHODS,
    leader,
    only_its_own_people,
    openings_of,
    outsider,
    trail,
)
from coalitions.tests.factories import CandidateFactory, CoalitionFactory, DifficultyFactory
from coalitions.tests.ladder import HEADS, address, be_delegate
from people.models import Actor
from people.tests.entering import enter
from people.tests.factories import ActorFactory

pytestmark = pytest.mark.django_db
NOTE = "vambrace: the budget of 2023"
PLAN = "besagew: the Superintendent meets both"


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


@pytest.fixture
def candidate(row: Coalition) -> Candidate:
    office = ActorFactory.create(system=row.system, name="Teachers’ union leader")
    return CandidateFactory.create(coalition=row, actor=office)


@pytest.fixture
def stranger(row: Coalition) -> Actor:
    return ActorFactory.create(system=row.system, name="Chief state school officer")


def to(row: Coalition) -> str:
    return address("add_difficulty", row)


def sent(first: int, second: int, **more: Any) -> dict[str, Any]:
    return {
        "version": "1", "first": first, "second": second, "note": NOTE, "plan": PLAN,
        "settled_on": "", **more,
    }  # fmt: skip


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_notes_a_pair_of_which_one_is_no_candidate(
    client: Client, candidate: Candidate, stranger: Actor, role: str
) -> None:
    row = candidate.coalition
    enter(client, row.system, role)
    page = client.get(to(row)).content.decode()
    assert page.index("A Teachers’ union leader") < page.index("Chief state school officer")
    assert openings_of(row) == 1
    response = client.post(to(row), sent(stranger.pk, candidate.actor_id))
    assert response["Location"] == address("coalition", row)
    found = Difficulty.objects.get()
    assert found.pair == tuple(sorted((stranger.pk, candidate.actor_id)))
    assert (found.note, found.plan, found.settled_on) == (NOTE, PLAN, None)


def test_a_delegate_notes_one(client: Client, candidate: Candidate, stranger: Actor) -> None:
    be_delegate(client, candidate.coalition)
    data = sent(candidate.actor_id, stranger.pk)
    assert client.post(to(candidate.coalition), data).status_code == 302


def test_others_find_nothing(client: Client, candidate: Candidate, stranger: Actor) -> None:
    row, data = candidate.coalition, sent(candidate.actor_id, stranger.pk)
    only_its_own_people(client, row, "get", to(row), delegate=200)
    only_its_own_people(client, row, "post", to(row), data, delegate=302)
    with pytest.raises(PermissionDenied):
        note_difficulty(coalition=row, values=data, actor=outsider(row))
    assert Difficulty.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"note": ""}, "Say what stands between them."),
        ({"note": "x" * 1001}, "at most 1000 characters"),
        ({"first": ""}, "Choose one."),
        ({"second": "999999"}, "That is not among what this coalition knows."),
        ({"settled_on": "03/04/2026"}, "That is no day."),
        ({"settled_on": "2031-01-01"}, "is still to come"),
        ({"settled_on": "0031-01-01"}, "is too long ago"),
        ({"version": "x"}, "nothing was saved"),
    ],
)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, candidate: Candidate, stranger: Actor, wrong: dict[str, Any], words: str
) -> None:
    row = candidate.coalition
    enter(client, row.system, "delivery_leader")
    data = {**sent(candidate.actor_id, stranger.pk), **wrong}
    with time_machine.travel(date(2026, 3, 1)):
        enter(client, row.system, "delivery_leader")
        response = client.post(to(row), data)
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert PLAN in page
    assert "A Teachers’ union leader" not in page, "unlogged, it does not tell who is a candidate"
    assert not Difficulty.objects.exists()


def test_nobody_is_at_odds_with_oneself(client: Client, candidate: Candidate) -> None:
    row, key = candidate.coalition, candidate.actor_id
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), sent(key, key))
    assert response.status_code == 400
    assert "Choose another office: this is the same one." in response.content.decode()


def test_a_pair_is_open_once_either_way_round(
    client: Client, candidate: Candidate, stranger: Actor
) -> None:
    row = candidate.coalition
    keys = sorted((candidate.actor_id, stranger.pk))
    old = DifficultyFactory.create(coalition=row, between=f"{keys[0]},{keys[1]}")
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), sent(keys[1], keys[0]))
    assert response.status_code == 400
    assert "are noted already" in response.content.decode()
    Difficulty.objects.filter(pk=old.pk).update(settled_on=date(2025, 1, 1))
    assert client.post(to(row), sent(keys[1], keys[0])).status_code == 302


def test_offices_of_elsewhere_are_unknown(client: Client, candidate: Candidate) -> None:
    row, foreign = candidate.coalition, ActorFactory.create(name="Of elsewhere")
    enter(client, row.system, "delivery_leader")
    assert "Of elsewhere" not in client.get(to(row)).content.decode()
    data = sent(candidate.actor_id, foreign.pk)
    assert client.post(to(row), data).status_code == 400
    with pytest.raises(ValidationError, match="two offices of this system"):
        note_difficulty(coalition=row, values={**data, "settled_on": None}, actor=leader(row))


def test_the_trail_holds_nothing_of_it(
    client: Client, candidate: Candidate, stranger: Actor
) -> None:
    enter(client, candidate.system, "delivery_leader")
    client.post(to(candidate.coalition), sent(candidate.actor_id, stranger.pk))
    told = trail()
    assert "create coalitions.Difficulty" in told
    for word in ("vambrace", "besagew", "Teachers", f"{candidate.actor_id},"):
        assert word not in told


def test_without_the_key_what_was_typed_stays(
    client: Client, candidate: Candidate, stranger: Actor, settings: Settings
) -> None:
    enter(client, candidate.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    response = client.post(to(candidate.coalition), sent(candidate.actor_id, stranger.pk))
    assert response.status_code == 503
    assert NOTE in response.content.decode()
    assert not Difficulty.objects.exists()


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused(client: Client, row: Coalition, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405
