"""Changing what is known of an actor."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Actor, AuditEntry
from people.services.actors import change_actor, retire_actor
from people.tests.entering import enter
from people.tests.factories import ActorFactory
from people.tests.landscape import REFUSED, address, answers, methods
from people.tests.pages import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Actor:
    row: Actor = ActorFactory.create(name="Board", sphere="Board", role="Sets standards")
    return row


def to(row: Actor) -> str:
    return address("edit_actor", row.system, row.pk)


def save(client: Client, row: Actor, seen: dict[str, str] | None = None, **facts: str) -> Any:
    return client.post(to(row), {**(seen or opened(client, to(row))), **facts})


def test_it_is_changed_with_a_trail_of_what_changed(client: Client, board: Actor) -> None:
    enter(client, board.system, "unit_staff")
    assert save(client, board, name="State Board").status_code == 302
    board.refresh_from_db()
    assert (board.name, board.sphere, board.version) == ("State Board", "Board", 2)
    line = AuditEntry.objects.get(object_type="people.Actor")
    assert (line.action, line.object_key) == ("change", "State Board")
    assert (line.before, line.after) == ({"name": "Board"}, {"name": "State Board"})


def test_capitals_alone_can_be_changed(client: Client, board: Actor) -> None:
    enter(client, board.system, "unit_staff")
    assert save(client, board, name="BOARD", sphere="board").status_code == 302
    board.refresh_from_db()
    assert (board.name, board.sphere) == ("BOARD", "board")


def test_a_sphere_spelled_anew_is_spelled_so_by_all_of_it(client: Client, board: Actor) -> None:
    gone = ActorFactory.create(system=board.system, sphere="Board", retired_at=timezone.now())
    other = ActorFactory.create(system=board.system, sphere="Board")
    apart, foreign = (
        ActorFactory.create(system=board.system, sphere="Boards"),
        ActorFactory.create(sphere="Board"),
    )
    leader = enter(client, board.system, "unit_staff")
    assert save(client, board, sphere="BOARD").status_code == 302
    spheres = {row.pk: row.sphere for row in Actor.objects.all()}
    assert [spheres[row.pk] for row in (board, other, gone)] == ["BOARD"] * 3
    assert [spheres[row.pk] for row in (apart, foreign)] == ["Boards", "Board"]
    lines = AuditEntry.objects.filter(object_type="people.Actor", actor=leader)
    assert [line.after for line in lines] == [{"sphere": "BOARD"}] * 3
    # Another's spelling is still the one in use for who comes to the sphere.
    assert save(client, apart, sphere="board").status_code == 302
    apart.refresh_from_db()
    assert apart.sphere == "BOARD"


def test_a_name_that_another_has_is_refused(client: Client, board: Actor) -> None:
    ActorFactory.create(system=board.system, name="Legislature")
    enter(client, board.system, "unit_staff")
    answer = save(client, board, name="legislature", role="Typed anew")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "“Legislature” is on the map already." in page
    assert 'value="Typed anew"' in page
    board.refresh_from_db()
    assert (board.name, board.version) == ("Board", 1)


def test_the_second_of_two_writers_sees_both_versions(client: Client, board: Actor) -> None:
    enter(client, board.system, "unit_staff")
    seen = opened(client, to(board))
    change_actor(office=board, values={"name": "State Board"}, version=1)
    answer = save(client, board, seen, name="Board of Education")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Someone saved this before you" in page
    assert "State Board" in page
    assert 'value="Board of Education"' in page
    board.refresh_from_db()
    assert board.name == "State Board"


def test_a_retired_actor_is_not_changed_and_what_was_typed_stays(
    client: Client, board: Actor
) -> None:
    enter(client, board.system, "unit_staff")
    seen = opened(client, to(board))
    retire_actor(office=board, reason="Abolished in June")
    answer = save(client, board, seen, role="Typed anew")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "“Board” is retired. Take it up again first" in page
    assert 'value="Typed anew"' in page
    assert client.get(to(board)).status_code == 404


def test_an_actor_of_another_system_is_not_there(client: Client, board: Actor) -> None:
    other = ActorFactory.create(retired_at=timezone.now())
    enter(client, board.system, "unit_staff")
    for method in (client.get, client.post):
        assert method(address("edit_actor", board.system, other.pk)).status_code == 404


def test_who_may_not(client: Client, board: Actor) -> None:
    for method in ("get", "post"):
        assert answers(client, board.system, method, to(board), {"name": "X"}) == REFUSED
    board.refresh_from_db()
    assert board.name == "Board"


def test_wrong_methods(client: Client, board: Actor) -> None:
    enter(client, board.system, "unit_staff")
    assert methods(client, to(board)) == {"get", "post"}


def test_a_reader_is_refused_before_being_told_what_is_there(client: Client, board: Actor) -> None:
    enter(client, board.system, "viewer")
    assert client.get(address("edit_actor", board.system, 0)).status_code == 403
