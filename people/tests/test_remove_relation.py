"""Taking a relation off the map."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from people.models import AuditEntry, Relation
from people.services.actors import end_relation
from people.tests.entering import enter
from people.tests.factories import ActorFactory, RelationFactory
from people.tests.landscape import REFUSED, address, answers, methods

pytestmark = pytest.mark.django_db


@pytest.fixture
def relation() -> Relation:
    board = ActorFactory.create(name="Board")
    head = ActorFactory.create(name="Superintendent", system=board.system)
    row: Relation = RelationFactory.create(
        system=board.system, source=board, target=head, note="Appoints"
    )
    return row


def to(row: Relation) -> str:
    return address("remove_relation", row.system, row.pk)


@pytest.mark.parametrize("reason", ["", "The law was changed in May"])
def test_it_is_gone_and_the_trail_keeps_what_it_was(
    client: Client, relation: Relation, reason: str
) -> None:
    key = relation.pk
    enter(client, relation.system, "unit_staff")
    assert "Board → Superintendent: Authority" in client.get(to(relation)).content.decode()
    answer = client.post(to(relation), {"reason": reason})
    assert (answer.status_code, answer["Location"]) == (302, address("actors", relation.system))
    assert not Relation.objects.exists()
    line = AuditEntry.objects.get(object_type="people.Relation")
    assert (line.action, line.object_key, line.reason) == (
        "remove", "Board → Superintendent", reason,
    )  # fmt: skip
    assert line.before == {
        "source": "Board", "target": "Superintendent", "kind": "authority", "note": "Appoints",
    }  # fmt: skip
    assert client.get(address("remove_relation", relation.system, key)).status_code == 404


def test_too_long_a_reason_is_refused_and_kept(client: Client, relation: Relation) -> None:
    enter(client, relation.system, "unit_staff")
    answer = client.post(to(relation), {"reason": "y" * 501})
    assert answer.status_code == 400
    assert "y" * 501 in answer.content.decode()
    assert Relation.objects.exists()


def test_gone_already_is_told(relation: Relation) -> None:
    end_relation(relation=Relation.objects.get())
    with pytest.raises(ValidationError, match="gone already"):
        end_relation(relation=relation)
    assert AuditEntry.objects.filter(action="remove").count() == 1


def test_one_of_another_system_is_not_there(client: Client, relation: Relation) -> None:
    other = ActorFactory.create().system
    enter(client, other, "unit_staff")
    assert client.post(address("remove_relation", other, relation.pk)).status_code == 404
    assert Relation.objects.exists()


def test_who_may_not(client: Client, relation: Relation) -> None:
    for method in ("get", "post"):
        assert answers(client, relation.system, method, to(relation)) == REFUSED
    assert Relation.objects.exists()


def test_wrong_methods(client: Client, relation: Relation) -> None:
    enter(client, relation.system, "unit_staff")
    assert methods(client, to(relation)) == {"get"} | {"post"}
