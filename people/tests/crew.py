"""Who stands before the doors of a system's members in their tests."""

import re
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.test import Client, TestCase
from django.urls import reverse

from people.models import Invitation, Membership, System, User
from people.services.invitations import invite
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import client_of

REASON = "Moves to the ministry in May"
PASSWORD = "a long and quiet phrase"
LINK = re.compile(r"http://localhost:8000(/invitations/([\w-]+)/)")


@dataclass
class Crew:
    """North, with a delivery leader, a system leader, staff and a viewer."""

    system: System
    leader: User
    head: User
    staff: User
    viewer: User

    def address(self, name: str, *keys: Any) -> str:
        return reverse(name, args=[self.system.slug, *keys])

    def role_of(self, user: User) -> Membership:
        return Membership.objects.get(system=self.system, user=user)

    def roles(self, user: User) -> set[str]:
        return set(self.system.memberships.filter(user=user).values_list("role", flat=True))


def crew(slug: str = "north", **fields: Any) -> Crew:
    system = SystemFactory(slug=slug, name=slug.title(), **fields)
    roles = ("delivery_leader", "system_leader", "unit_staff", "viewer")
    people = [
        MembershipFactory(
            system=system,
            role=role,
            user=UserFactory(name=f"{slug.title()} {role}", email=f"{role}@{slug}.example"),
        ).user
        for role in roles
    ]
    return Crew(system, *people)


def administrator() -> User:
    user: User = UserFactory(is_staff=True, name="Installation office")
    return user


def invited(
    system: System, actor: User, email: str = "new@example.org", role: str = "viewer"
) -> tuple[Invitation, str]:
    """An invitation, and the address in its mail."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        row = invite(system=system, email=email, role=role, actor=actor)
    return row, address_in(row)


def address_in(row: Invitation) -> str:
    """The address of the link in the last mail to the invited person."""
    [body] = [message.body for message in mail.outbox if message.to == [row.email]][-1:]
    found = LINK.search(str(body))
    assert found
    return found[1]


def assert_for_leaders_only(place: Crew, address: str, data: dict[str, Any]) -> None:
    """Strangers sign in, outsiders find nothing, readers may not; nothing is changed by any."""
    before = (Membership.objects.count(), Invitation.objects.count())
    assert Client().post(address, data).status_code == 302
    outside = [UserFactory(), place.viewer, MembershipFactory(role="delivery_leader").user]
    above = MembershipFactory(role="delivery_leader")
    System.objects.filter(pk=place.system.pk).update(parent=above.system)
    for user in (*outside, above.user):
        assert client_of(user).post(address, data).status_code == 404, user
    for user in (place.staff, place.head):
        assert client_of(user).post(address, data).status_code == 403, user
    assert (Membership.objects.count() - 2, Invitation.objects.count()) == before


def assert_methods(place: Crew, address: str, allowed: set[str]) -> None:
    client = client_of(place.leader)
    for method in ("get", "post", "put", "patch", "delete"):
        status = getattr(client, method)(address).status_code
        assert (status != 405) is (method in allowed), (method, status)
