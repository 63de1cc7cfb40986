"""Putting an office or body on the map."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from people.models import Actor, AuditEntry, System
from people.services.actors import add_actor
from people.tests.entering import enter
from people.tests.factories import ActorFactory, SystemFactory, UserFactory
from people.tests.landscape import REFUSED, WRITERS, address, answers, methods
from people.tests.pages import opened

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
FACTS = {
    "name": "Teachers’ union", "kind": "body", "sphere": "Teachers", "role": "Speaks for teachers",
    "term_ends": "2026-06-30",
}  # fmt: skip


@pytest.fixture
def north() -> System:
    row: System = SystemFactory.create(slug="north", name="North", kind="schools")
    return row


def sent(client: Client, system: System, **facts: str) -> Any:
    to = address("new_actor", system)
    return client.post(to, {**opened(client, to), **FACTS, **facts})


@pytest.mark.parametrize("role", sorted(WRITERS))
def test_the_unit_puts_an_actor_on_the_map(client: Client, north: System, role: str) -> None:
    user = enter(client, north, role)
    answer = sent(client, north)
    assert (answer.status_code, answer["Location"]) == (302, address("actors", north))
    row = Actor.objects.get()
    assert (row.system, row.name, row.kind, row.sphere) == (
        north, "Teachers’ union", "body", "Teachers",
    )  # fmt: skip
    assert str(row.term_ends) == "2026-06-30"
    line = AuditEntry.objects.get(object_type="people.Actor")
    assert (line.action, line.object_key, line.actor) == ("create", "Teachers’ union", user)
    assert line.after["sphere"] == "Teachers"


def test_it_goes_on_to_another(client: Client, north: System) -> None:
    enter(client, north, "unit_staff")
    assert sent(client, north, again="1")["Location"] == address("new_actor", north)
    page = client.get(address("new_actor", north)).content.decode()
    assert page.index("Add the actor</button>") < page.index("Add the actor, then another</button>")


def test_a_prompt_fills_in_its_sphere(client: Client, north: System) -> None:
    enter(client, north, "unit_staff")
    to = address("new_actor", north)
    assert opened(client, to + "?sphere=State+board")["sphere"] == "State board"
    assert opened(client, to + "?sphere=%00a%0A" + "b" * 300)["sphere"] == "a" + "b" * 79
    page = client.get(to).content.decode()
    assert "Where a say usually comes from" in page
    assert '<option value="Districts">' in page


def test_role_and_term_may_be_left_open(client: Client, north: System) -> None:
    enter(client, north, "unit_staff")
    assert sent(client, north, role="", term_ends="").status_code == 302
    assert Actor.objects.get().term_ends is None


def test_a_sphere_is_spelled_as_others_spell_it(client: Client, north: System) -> None:
    ActorFactory.create(system=north, sphere="Teachers")
    enter(client, north, "unit_staff")
    sent(client, north, sphere="  tEACHERS ")
    assert Actor.objects.get(name="Teachers’ union").sphere == "Teachers"


WRONG = [
    ({"name": " "}, "Give the office or body a name."),
    ({"name": "x" * 121}, "at most 120 characters"),
    ({"name": "Uni\u200bon"}, "a sign that cannot be seen"),
    ({"name": "TEACHERS’ COUNCIL"}, "“Teachers’ council” is on the map already."),
    ({"name": "old council"}, "“Old council” is there and retired. Take it up again"),
    ({"sphere": ""}, "Say from which sphere it has its say."),
    ({"sphere": "a\u202eb"}, "a sign that cannot be seen"),
    ({"sphere": "x" * 81}, "at most 80 characters"),
    ({"kind": "party"}, "Choose one of the two."),
    ({"role": "x" * 301}, "at most 300 characters"),
    ({"term_ends": "30/06/2026"}, "That is no day."),
    ({"term_ends": "1066-10-14"}, "1066 is no year of a term."),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "told"), WRONG)
def test_bad_input_is_named_and_what_was_typed_stays(
    client: Client, north: System, wrong: dict[str, str], told: str
) -> None:
    ActorFactory.create(system=north, name="Teachers’ council")
    ActorFactory.create(system=north, name="Old council", retired_at=timezone.now())
    enter(client, north, "unit_staff")
    answer = sent(client, north, **wrong)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert told in page
    kept = "Teachers’ union" if "name" not in wrong else "Speaks for teachers"
    assert f'value="{kept}"' in page
    assert Actor.objects.count() == 2
    assert not AuditEntry.objects.filter(object_type="people.Actor").exists()


def test_another_system_may_use_the_name(client: Client, north: System) -> None:
    ActorFactory.create(name="Teachers’ union")
    enter(client, north, "unit_staff")
    assert sent(client, north).status_code == 302


def test_who_may_not(client: Client, north: System) -> None:
    for method in ("get", "post"):
        assert answers(client, north, method, address("new_actor", north), FACTS) == REFUSED
    assert not Actor.objects.exists()


def test_wrong_methods(client: Client, north: System) -> None:
    enter(client, north, "unit_staff")
    assert methods(client, address("new_actor", north)) == {"get", "post"}


def test_the_service_asks_and_takes_no_other_facts(north: System) -> None:
    with pytest.raises(PermissionDenied):
        add_actor(system=north, values=FACTS, actor=UserFactory.create())
    with pytest.raises(ValidationError, match="retired_at"):
        add_actor(system=north, values={**FACTS, "retired_at": None})
    with pytest.raises(ValidationError):
        add_actor(system=north, values={"name": "Alone"})
    assert not Actor.objects.exists()
