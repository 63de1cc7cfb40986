"""The same things in every system: whatever an address, a form or an answer may name.

Texts hold a word that stands nowhere else, so that it is seen where it should not be.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from aspirations.tests.factories import AspirationFactory, MembershipFactory
from coalitions.models import Coalition, Delegate
from delivery.tests.matrix.confided import confided
from delivery.tests.matrix.figures import TODAY, figures
from delivery.tests.matrix.judged import judged
from delivery.tests.matrix.reviewed import STATES, begin_sheet, reviewed
from people import tokens
from people.files import exports as export_files
from people.models import Action, Appointment, Export, Invitation, Membership, System, User
from people.services import record
from reviews.models import Participant

Things = dict[str, Any]


def furnish(row: System) -> Things:
    staff = {name: person(row, name) for name in ("leader", "colleague", "other")}
    things = {"system": row, "slug": row.slug, "leader": staff["leader"], **figures(row, staff)}
    things |= judged(row, staff, things)
    return things | rooms(row, staff) | floor(row, staff)


def person(row: System, name: str) -> User:
    role = "delivery_leader" if name == "leader" else "viewer"
    email = f"{name}@{row.slug}.example.org"
    user: User = MembershipFactory.create(system=row, role=role, user__email=email).user
    return user


def rooms(row: System, staff: dict[str, User]) -> Things:
    """The system's coalition and its reviews, which name one colleague, and its actions."""
    return {
        **reviewed(row, staff),
        **confided(row, staff),
        "action": Action.objects.create(
            system=row, what=f"acting {row.slug}", owner="Data Office", due=TODAY
        ).pk,
        "unnamed": staff["other"].pk,
        "alone": AspirationFactory.create(system=row, slug=f"new-{row.slug}").slug,
        "retired_aspiration": AspirationFactory.create(
            system=row, slug=f"former-{row.slug}", status="retired"
        ).slug,
    }


def name_everywhere(things: Things, user: User) -> None:
    """On every round and the coalition of a system, by its leader."""
    leader = things["leader"]
    for key in STATES:
        Participant.objects.create(
            round_id=things[key], user=user, kind="self", joint_team=True, named_by=leader
        )
    begin_sheet(Participant.objects.get(round=things["open"], user=user))
    coalition = Coalition.objects.get(system=things["system"])
    Delegate.objects.create(coalition=coalition, user=user, named_by=leader)


def floor(row: System, staff: dict[str, User]) -> Things:
    """A program's token, a file of the trail, an account and what may be done about it."""
    token, _secret = tokens.issue(
        user=staff["leader"], system=row, role="viewer", name=f"fetching {row.slug}", days=30
    )
    record(
        system=row, action="change", on=row, key=row.slug, actor=staff["leader"],
        reason=f"tracing {row.slug}",
    )  # fmt: skip
    offer = Invitation.objects.create(
        system=row, email=f"invited@{row.slug}.example.org", role="viewer", digest=row.slug,
        invited_by=staff["leader"], expires_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip
    proposal = Appointment.objects.create(
        system=row, user=staff["colleague"], role="system_leader", proposed_by=staff["other"]
    )
    return {
        "member": Membership.objects.get(system=row, user=staff["other"]).pk,
        "role": Membership.objects.get(system=row, user=staff["other"]).pk,
        "invitation": offer.pk,
        "appointment": proposal.pk,
        "token": token.token_key,
        "export": export(row, staff["leader"]),
        "person": staff["colleague"].pk,
        "act": "disable",
    }


def export(row: System, asker: User) -> int:
    """A file that is ready."""
    written = export_files.write_csv(("at",), [])
    return Export.objects.create(
        system=row, kind="trail", asked_by=asker, state="done", finished_at=timezone.now(),
        file=written.name, sha256=written.sha256, size=written.size,
    ).pk  # fmt: skip
