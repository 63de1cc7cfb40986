"""The same climb for every action on a round: who is refused, and how."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from reviews.models import Participant, Round
from reviews.tests.factories import ParticipantFactory

READ_ONLY = {"system_leader"}
WRITE = {"delivery_leader", "unit_staff"}
OTHERS = {
    "leader_office", "accountable_head", "plan_owner", "data_provider", "reviewer", "steward",
    "viewer",
}  # fmt: skip


def address(name: str, round: Round, *more: Any) -> str:
    return reverse(name, args=[round.system.slug, round.pk, *more])


def take_part(client: Client, round: Round, role: str = "reviewer", **fields: Any) -> Participant:
    """Sign in as someone who is named on the round."""
    part: Participant = ParticipantFactory.create(round=round, role=role, **fields)
    assert part.user
    prove(client, part.user)
    return part


def send(client: Client, method: str, to: str, data: Any = None) -> HttpResponse:
    response: HttpResponse = getattr(client, method)(to, data)
    return response


def answers(client: Client, round: Round, method: str, to: str, data: Any = None) -> dict[str, int]:
    """The status that each kind of person gets who may not do this."""
    found = {}
    for role in sorted(READ_ONLY | OTHERS):
        enter(client, round.system, role)
        found[role] = send(client, method, to, data).status_code
    take_part(client, round)
    found["named reviewer"] = send(client, method, to, data).status_code
    enter(client, SystemFactory.create(), "delivery_leader")
    found["leader elsewhere"] = send(client, method, to, data).status_code
    parent = SystemFactory.create()
    type(parent).objects.filter(pk=round.system.pk).update(parent=parent)
    enter(client, parent, "delivery_leader")
    found["leader above"] = send(client, method, to, data).status_code
    prove(client, UserFactory.create(is_staff=True, is_superuser=True))
    found["administrator"] = send(client, method, to, data).status_code
    gone = MembershipFactory.create(system=round.system, role="delivery_leader")
    prove(client, gone.user)
    gone.delete()
    found["removed"] = send(client, method, to, data).status_code
    client.logout()
    found["not signed in"] = send(client, method, to, data).status_code
    return found


# What `answers` gives for an action that changes a round.
REFUSED = {
    **dict.fromkeys(OTHERS, 404),
    "system_leader": 403,
    "named reviewer": 403,
    "leader elsewhere": 404,
    "leader above": 404,
    "administrator": 404,
    "removed": 404,
    "not signed in": 302,
}
