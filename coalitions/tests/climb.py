"""Steps of the ladder that every page of a coalition climbs."""

from typing import Any

from django.test import Client

from coalitions.models import Coalition
from coalitions.tests.ladder import answers
from people.models import AuditEntry, Opening, User
from people.tests.factories import MembershipFactory

METHODS = ("put", "patch", "delete")


def only_its_own_people(
    client: Client, row: Coalition, method: str, to: str, data: Any = None, *, delegate: int
) -> None:
    """A delegate gets `delegate`; whoever has no part in the coalition finds nothing."""
    found = answers(client, row, method, to, data)
    assert found.pop("delegate") == delegate
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


def trail() -> str:
    """All that the trail holds, of everything."""
    return " ".join(
        f"{line.action} {line.object_type} {line.object_key} {line.before} {line.after} "
        f"{line.reason}"
        for line in AuditEntry.objects.all()
    )


def openings_of(row: Coalition) -> int:
    return Opening.objects.filter(
        object_type="coalitions.Coalition", object_key=str(row.pk)
    ).count()


def outsider(row: Coalition) -> User:
    """Someone of the system who has no part in the coalition."""
    user: User = MembershipFactory.create(system=row.system, role="viewer").user
    return user


def leader(row: Coalition) -> User:
    user: User = MembershipFactory.create(system=row.system, role="delivery_leader").user
    return user
