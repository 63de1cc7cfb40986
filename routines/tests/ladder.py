"""The same climb for every action on a stocktake: who is refused, and how."""

from typing import Any

from django.test import Client

from people.models import System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

WRITE = {"system_leader", "delivery_leader", "unit_staff", "accountable_head", "plan_owner"}
READ_ONLY = {"leader_office", "steward", "viewer"}
NOTHING = {"data_provider", "reviewer"}


def answers(
    client: Client, system: System, method: str, to: str, data: Any = None
) -> dict[str, int]:
    """The status that each kind of person gets who may not do this."""
    found = {}
    for role in sorted(READ_ONLY | NOTHING):
        enter(client, system, role)
        found[role] = getattr(client, method)(to, data).status_code
    enter(client, SystemFactory.create(), "delivery_leader")
    found["leader elsewhere"] = getattr(client, method)(to, data).status_code
    above = MembershipFactory.create(role="delivery_leader")
    System.objects.filter(pk=system.pk).update(parent=above.system)
    prove(client, above.user)
    found["leader above"] = getattr(client, method)(to, data).status_code
    prove(client, UserFactory.create(is_staff=True, is_superuser=True))
    found["administrator"] = getattr(client, method)(to, data).status_code
    client.logout()
    found["not signed in"] = getattr(client, method)(to, data).status_code
    return found


# What `answers` gives for an action that changes a stocktake.
REFUSED = {
    **dict.fromkeys(READ_ONLY, 403),
    **dict.fromkeys(NOTHING, 404),
    "leader elsewhere": 404,
    "leader above": 404,
    "administrator": 404,
    "not signed in": 302,
}
