"""The same climb for every action on a coalition: who is refused, and how."""

from typing import Any

from django.test import Client
from django.urls import reverse

from coalitions.models import Coalition, Delegate
from coalitions.tests.factories import DelegateFactory
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

HEADS = {"system_leader", "delivery_leader"}
DELEGATES = {
    "unit_staff", "leader_office", "accountable_head", "plan_owner", "steward", "viewer",
}  # fmt: skip
OTHERS = DELEGATES | {"data_provider", "reviewer"}
# What `answers` gives for an action of leaders; a delegate of this coalition may read, not do it.
REFUSED = {
    **dict.fromkeys(OTHERS, 404),
    "delegate": 403,
    "delegate elsewhere": 404,
    "leader elsewhere": 404,
    "leader above": 404,
    "administrator": 404,
    "removed": 404,
    "not signed in": 302,
}


def address(name: str, row: Coalition, *more: Any) -> str:
    return reverse(name, args=[row.system.slug, row.aspiration.slug, *more])


def be_delegate(client: Client, row: Coalition, role: str = "viewer", **fields: Any) -> Delegate:
    """Sign in as a named delegate of the coalition."""
    delegate: Delegate = DelegateFactory.create(coalition=row, role=role, **fields)
    prove(client, delegate.user)
    return delegate


def answers(
    client: Client, row: Coalition, method: str, to: str, data: Any = None
) -> dict[str, int]:
    """The status that each kind of person gets who does not lead the system."""
    found = {}

    def ask(who: str) -> None:
        found[who] = getattr(client, method)(to, data).status_code

    for role in sorted(OTHERS):
        enter(client, row.system, role)
        ask(role)
    be_delegate(client, row)
    ask("delegate")
    other = DelegateFactory.create(coalition__aspiration__system=row.system)
    prove(client, other.user)
    ask("delegate elsewhere")
    enter(client, SystemFactory.create(), "delivery_leader")
    ask("leader elsewhere")
    parent = SystemFactory.create()
    type(parent).objects.filter(pk=row.system.pk).update(parent=parent)
    enter(client, parent, "system_leader")
    ask("leader above")
    prove(client, UserFactory.create(is_staff=True, is_superuser=True))
    ask("administrator")
    gone = MembershipFactory.create(system=row.system, role="delivery_leader")
    prove(client, gone.user)
    gone.delete()
    ask("removed")
    client.logout()
    ask("not signed in")
    return found
