"""Roles given, changed and taken away."""

from django.db import transaction

from people.models import Membership, System, User
from people.services.trail import record


@transaction.atomic
def grant(
    *, user: User, system: System, role: str, actor: User | None = None, door: str = "command"
) -> Membership:
    """Give a role in a system; giving it twice changes nothing."""
    membership, new = Membership.objects.get_or_create(user=user, system=system, role=role)
    if new:
        record(
            system=system,
            action="grant role",
            on=membership,
            key=user.email,
            actor=actor,
            door=door,
            after={"role": role},
        )
    return membership
