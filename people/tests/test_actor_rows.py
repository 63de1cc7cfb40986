"""Actors are named once, by office and sphere; a relation lies between two of one system."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from people.models import Relation
from people.tests.factories import ActorFactory, RelationFactory, SystemFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def named_twice() -> None:
    row = ActorFactory.create(name="Budget director")
    ActorFactory.create(name="budget Director", system=row.system)


def related_twice() -> None:
    row = RelationFactory.create()
    Relation.objects.create(system=row.system, source=row.source, target=row.target, kind=row.kind)


def to_itself() -> None:
    row = ActorFactory.create()
    RelationFactory.create(system=row.system, source=row, target=row)


VIOLATIONS: list[Callable[[], Any]] = [
    named_twice,
    lambda: ActorFactory(name=""),
    lambda: ActorFactory(sphere=""),
    lambda: ActorFactory(kind="crowd"),
    related_twice,
    to_itself,
    lambda: RelationFactory(kind="kinship"),
]


@pytest.mark.parametrize("violate", VIOLATIONS)
def test_the_database_refuses(violate: Callable[[], Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        violate()


def test_two_systems_may_know_an_office_of_one_name() -> None:
    ActorFactory.create(name="Budget director")
    ActorFactory.create(name="Budget director")


def test_two_may_stand_in_several_relations() -> None:
    row = RelationFactory.create(kind="authority")
    RelationFactory.create(system=row.system, source=row.source, target=row.target, kind="funding")
    RelationFactory.create(
        system=row.system, source=row.target, target=row.source, kind="authority"
    )
    assert Relation.objects.count() == 3


def test_a_relation_stays_within_its_system() -> None:
    stranger, row = ActorFactory.create(), Relation(system=SystemFactory.create())
    row.source, row.target = stranger, ActorFactory.create(system=row.system)
    with pytest.raises(ValidationError, match="system whose map"):
        row.clean()


def test_an_actor_that_stands_in_a_relation_is_not_deleted() -> None:
    row = RelationFactory.create()
    for actor in (row.source, row.target):
        with pytest.raises(models.ProtectedError):
            actor.delete()
