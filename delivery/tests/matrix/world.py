"""Five systems with the same things in each, everyone who might knock, and what each may read."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from delivery.tests.matrix.cast import Person, members, outsiders, programs
from delivery.tests.matrix.figures import TODAY
from delivery.tests.matrix.furniture import (
    Things,
    export,
    furnish,
    name_everywhere,
)
from people.models import System
from people.tests.agreed import SCOPES
from people.tests.factories import SystemFactory

# Slugs of one length, so that an answer's length can be compared too.
SLUGS = dict(zip(SCOPES, ("rowan", "maple", "aspen", "cedar", "beech"), strict=True))


@dataclass
class World:
    """`things[scope]` has what an address or form may name in the system of that scope."""

    things: dict[str, Things]
    people: list[Person]
    kept: dict[tuple[str, str, bool], list[str]] = field(default_factory=dict)
    """What was told of things that are not there, by who asked."""

    def person(self, name: str) -> Person:
        return next(person for person in self.people if person.name == name)


@contextmanager
def lasting(blocker: Any) -> Iterator[World]:
    """The world for many tests; each undoes what it writes, and the end undoes the world."""
    with blocker.unblock(), transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> World:
    systems = tree()
    things = {scope: furnish(row) for scope, row in systems.items()}
    own = systems["own"]
    world = World(things, [*members(own), *outsiders(own), *programs(own)])
    for person in world.people:
        if person.named and person.user:
            name_everywhere(things["own"], person.user)
    leader, viewer = world.person("DL").user, world.person("VW").user
    assert leader is not None
    assert viewer is not None
    things["own"] |= {"export": export(own, leader), "role": viewer.memberships.get().pk}
    return world


def tree() -> dict[str, System]:
    parent = system("parent", None)
    own = system("own", parent)
    return {
        "own": own,
        "child": system("child", own),
        "parent": parent,
        "sister": system("sister", parent),
        "foreign": system("foreign", None),
    }


def system(scope: str, parent: System | None) -> System:
    slug = SLUGS[scope]
    row: System = SystemFactory.create(
        slug=slug, name=f"governing {slug}", parent=parent, reporting_date=TODAY,
        second_factor="nobody",
    )  # fmt: skip
    return row


def nothing(things: Things) -> Things:
    """Keys of the same kinds that no row has."""
    return {key: unlike(value) for key, value in things.items()}


def unlike(value: Any) -> Any:
    if isinstance(value, int):
        return value + 900_000_000
    return secrets.token_hex(len(value))[: len(value)] if isinstance(value, str) else value
