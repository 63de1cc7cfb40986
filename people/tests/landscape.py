"""Who may read and who may write the actors of a system, for tests of each of its pages."""

from typing import Any

from django.test import Client
from django.urls import reverse

from people.models import Role, System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

WRITERS = {"system_leader", "delivery_leader", "unit_staff"}
READERS = WRITERS | {
    "leader_office", "accountable_head", "plan_owner", "steward", "viewer",
}  # fmt: skip
OUTSIDE = {"leader elsewhere": 404, "leader above": 404, "administrator": 404, "removed": 404,
           "not signed in": 302}  # fmt: skip
CLOSED = dict.fromkeys(set(Role.values) - READERS, 404)
# What `answers` gives where all who read are let in, and where only those who write are.
READ = {**OUTSIDE, **CLOSED, **dict.fromkeys(READERS, 200)}
REFUSED = {**OUTSIDE, **CLOSED, **dict.fromkeys(READERS - WRITERS, 403)}


def address(name: str, system: System, *keys: Any) -> str:
    return reverse(name, args=[system.slug, *keys])


def answers(
    client: Client, system: System, method: str, to: str, data: Any = None, *,
    roles: set[str] | None = None,
) -> dict[str, int]:  # fmt: skip
    """The status that each kind of person gets; of members those with `roles`, else who may not."""
    found = {}

    def ask(who: str) -> None:
        found[who] = getattr(client, method)(to, data).status_code

    for role in sorted(set(Role.values) - WRITERS if roles is None else roles):
        enter(client, system, role)
        ask(role)
    enter(client, SystemFactory.create(), "delivery_leader")
    ask("leader elsewhere")
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    enter(client, parent, "system_leader")
    ask("leader above")
    prove(client, UserFactory.create(is_staff=True, is_superuser=True))
    ask("administrator")
    gone = MembershipFactory.create(system=system, role="delivery_leader")
    prove(client, gone.user)
    gone.delete()
    ask("removed")
    client.logout()
    ask("not signed in")
    return found


def methods(client: Client, to: str) -> set[str]:
    """The methods that an address does not refuse as such."""
    asked = ("get", "post", "put", "patch", "delete")
    return {name for name in asked if getattr(client, name)(to).status_code != 405}
