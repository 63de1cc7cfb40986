"""Taking an actor off the map, with a reason."""

import pytest
from django.test import Client

from people.models import Actor, AuditEntry, Relation
from people.pages.actors import ActorsPage
from people.tests.entering import enter
from people.tests.factories import ActorFactory, RelationFactory
from people.tests.landscape import REFUSED, address, answers, methods

pytestmark = pytest.mark.django_db
REASON = "Abolished in June 2025"


@pytest.fixture
def board() -> Actor:
    row: Actor = ActorFactory.create(name="Board")
    return row


def to(row: Actor) -> str:
    return address("retire_actor", row.system, row.pk)


def test_it_leaves_the_map_with_its_relations_and_nothing_is_deleted(
    client: Client, board: Actor
) -> None:
    RelationFactory.create(system=board.system, source=board)
    enter(client, board.system, "unit_staff")
    answer = client.post(to(board), {"reason": REASON})
    assert (answer.status_code, answer["Location"]) == (302, address("actors", board.system))
    board.refresh_from_db()
    assert board.retired_at is not None
    assert board.version == 2
    page = ActorsPage(board.system, {})
    assert board not in page.actors
    assert page.retired == [board]
    assert page.relations == []
    assert Relation.objects.count() == 1
    line = AuditEntry.objects.get(object_type="people.Actor")
    assert (line.action, line.object_key, line.reason) == ("retire", "Board", REASON)


@pytest.mark.parametrize("reason", ["", "  ", "too short"])
def test_it_needs_a_reason_and_keeps_what_was_typed(
    client: Client, board: Actor, reason: str
) -> None:
    enter(client, board.system, "unit_staff")
    answer = client.post(to(board), {"reason": reason})
    assert answer.status_code == 400
    assert reason in answer.content.decode()
    board.refresh_from_db()
    assert board.retired_at is None


def test_twice_is_said_to_be_done_already(client: Client, board: Actor) -> None:
    enter(client, board.system, "unit_staff")
    client.post(to(board), {"reason": REASON})
    answer = client.post(to(board), {"reason": REASON})
    assert answer.status_code == 400
    assert "“Board” is retired already." in answer.content.decode()
    assert AuditEntry.objects.filter(action="retire").count() == 1


def test_who_may_not(client: Client, board: Actor) -> None:
    for method in ("get", "post"):
        assert answers(client, board.system, method, to(board), {"reason": REASON}) == REFUSED
    board.refresh_from_db()
    assert board.retired_at is None


def test_wrong_methods(client: Client, board: Actor) -> None:
    enter(client, board.system, "unit_staff")
    assert methods(client, to(board)) == {"get", "post"}
