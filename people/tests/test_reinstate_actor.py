"""Putting a retired actor on the map again."""

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Actor, AuditEntry
from people.pages.actors import ActorsPage
from people.tests.entering import enter
from people.tests.factories import ActorFactory, RelationFactory
from people.tests.landscape import REFUSED, address, answers, methods

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Actor:
    row: Actor = ActorFactory.create(name="Board", retired_at=timezone.now())
    return row


def to(row: Actor) -> str:
    return address("reinstate_actor", row.system, row.pk)


def test_it_is_back_with_its_relations(client: Client, board: Actor) -> None:
    relation = RelationFactory.create(system=board.system, source=board)
    enter(client, board.system, "unit_staff")
    answer = client.post(to(board), follow=True)
    assert answer.status_code == 200
    assert "Board is on the map again." in answer.content.decode()
    board.refresh_from_db()
    assert (board.retired_at, board.version) == (None, 2)
    assert ActorsPage(board.system, {}).relations == [relation]
    line = AuditEntry.objects.get(object_type="people.Actor")
    assert (line.action, line.object_key) == ("reinstate", "Board")


def test_twice_is_told_and_changes_nothing(client: Client, board: Actor) -> None:
    enter(client, board.system, "unit_staff")
    client.post(to(board))
    answer = client.post(to(board), follow=True)
    assert "“Board” is on the map, not retired." in answer.content.decode()
    board.refresh_from_db()
    assert board.version == 2


def test_an_actor_of_another_system_is_not_there(client: Client, board: Actor) -> None:
    enter(client, ActorFactory.create().system, "unit_staff")
    assert client.post(to(board)).status_code == 404


def test_who_may_not(client: Client, board: Actor) -> None:
    assert answers(client, board.system, "post", to(board)) == REFUSED
    board.refresh_from_db()
    assert board.retired_at is not None


def test_it_is_a_button(client: Client, board: Actor) -> None:
    enter(client, board.system, "unit_staff")
    assert methods(client, to(board)) == {"post"}
