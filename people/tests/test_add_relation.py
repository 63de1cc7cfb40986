"""Writing down how one actor stands to another."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from people.models import Actor, AuditEntry, Relation, System
from people.services.actors import relate
from people.tests.entering import enter
from people.tests.factories import ActorFactory, SystemFactory, UserFactory
from people.tests.landscape import REFUSED, address, answers, methods
from people.tests.pages import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> System:
    row: System = SystemFactory.create(slug="north", name="North")
    return row


@pytest.fixture
def pair(north: System) -> tuple[Actor, Actor]:
    first: Actor = ActorFactory.create(system=north, name="Board", sphere="Board")
    second: Actor = ActorFactory.create(system=north, name="Superintendent")
    return first, second


Pair = tuple[Actor, Actor]


def facts(pair: Pair, **other: Any) -> dict[str, str]:
    held = {"source": pair[0].pk, "kind": "authority", "target": pair[1].pk, "note": "Appoints"}
    return {name: str(value) for name, value in {**held, **other}.items()}


def test_a_relation_is_on_the_map(client: Client, north: System, pair: Pair) -> None:
    user = enter(client, north, "unit_staff")
    answer = client.post(address("add_relation", north), facts(pair))
    assert (answer.status_code, answer["Location"]) == (302, address("actors", north))
    row = Relation.objects.get()
    assert (row.source, row.target, row.kind, row.note) == (*pair, "authority", "Appoints")
    line = AuditEntry.objects.get(object_type="people.Relation")
    assert (line.action, line.object_key, line.actor) == ("create", "Board → Superintendent", user)
    assert line.after["target"] == "Superintendent"


def test_two_may_be_related_in_several_kinds_and_both_ways(
    client: Client, north: System, pair: Pair
) -> None:
    enter(client, north, "unit_staff")
    to = address("add_relation", north)
    back = facts((pair[1], pair[0]))
    for data in (facts(pair), facts(pair, kind="funding"), back):
        assert client.post(to, data).status_code == 302
    assert Relation.objects.count() == 3


def test_a_link_says_from_whom(client: Client, north: System, pair: Pair) -> None:
    enter(client, north, "unit_staff")
    to = address("add_relation", north)
    assert opened(client, f"{to}?from={pair[0].pk}")["source"] == str(pair[0].pk)
    assert opened(client, f"{to}?from=x")["source"] == ""
    answer = client.post(f"{to}?from={pair[0].pk}", {**facts(pair), "again": "1"})
    assert answer["Location"] == to


def wrong_ends(pair: Pair) -> list[tuple[dict[str, Any], str]]:
    elsewhere = ActorFactory.create()
    gone = ActorFactory.create(system=pair[0].system, retired_at=timezone.now())
    return [
        ({"source": ""}, "Choose an actor."),
        ({"target": elsewhere.pk}, "Choose an actor that is on the map."),
        ({"target": gone.pk}, "Choose an actor that is on the map."),
        ({"target": pair[0].pk}, "Choose another actor: this is the same one."),
        ({"kind": ""}, "Choose the relation."),
        ({"kind": "friendship"}, "Choose one of the five."),
        ({"note": "x" * 201}, "at most 200 characters"),
        ({"note": "a\u202eb"}, "a sign that cannot be seen"),
    ]


def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, north: System, pair: Pair
) -> None:
    enter(client, north, "unit_staff")
    for wrong, told in wrong_ends(pair):
        answer = client.post(address("add_relation", north), facts(pair, **wrong))
        page = answer.content.decode()
        assert (answer.status_code, told in page) == (400, True), wrong
        assert "note" in wrong or 'value="Appoints"' in page, wrong
        assert "violated" not in page
    assert not Relation.objects.exists()


def test_the_same_twice_is_told(client: Client, north: System, pair: Pair) -> None:
    relate(source=pair[0], target=pair[1], kind="authority")
    enter(client, north, "unit_staff")
    answer = client.post(address("add_relation", north), facts(pair))
    assert answer.status_code == 400
    assert "of “Board” and “Superintendent” is there already." in answer.content.decode()
    assert Relation.objects.count() == 1


def test_who_may_not(client: Client, north: System, pair: Pair) -> None:
    for method in ("get", "post"):
        to = address("add_relation", north)
        assert answers(client, north, method, to, facts(pair)) == REFUSED
    assert not Relation.objects.exists()


def test_wrong_methods(client: Client, north: System) -> None:
    enter(client, north, "unit_staff")
    assert methods(client, address("add_relation", north)) == {"get", "post"}


def test_the_service_asks_on_its_own(north: System, pair: Pair) -> None:
    with pytest.raises(PermissionDenied):
        relate(source=pair[0], target=pair[1], kind="funding", actor=UserFactory.create())
    gone = ActorFactory.create(system=north, retired_at=timezone.now())
    with pytest.raises(ValidationError, match="retired"):
        relate(source=pair[0], target=gone, kind="funding")
    with pytest.raises(ValidationError, match="belong to the system"):
        relate(source=pair[0], target=ActorFactory.create(), kind="funding")
    assert not Relation.objects.exists()
