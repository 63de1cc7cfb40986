"""The same things in every system: whatever an address, a form or an answer may name.

Texts hold a word that stands nowhere else, so that it is seen where it should not be.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from aspirations.tests.factories import AspirationFactory, MembershipFactory
from coalitions.models import CandidNote, Coalition, Delegate
from delivery.tests.matrix.figures import START, TODAY, figures
from delivery.tests.matrix.judged import judged
from people import tokens
from people.files import exports as export_files
from people.models import Appointment, Export, Invitation, Membership, Opening, System, User
from people.services import record
from reviews.models import InterviewNote, Participant, Round

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
    """A round in each state and a coalition, each naming one colleague, with notes."""
    rounds = {
        key: Round.objects.create(
            system=row, title=f"reviewing {row.slug} {key}", purpose="How able are we?",
            starts=START, due=TODAY, state=state,
            closed_at=timezone.now() if state == "closed" else None,
        )
        for key, state in (("round", "draft"), ("open", "open"), ("closed", "closed"))
    }  # fmt: skip
    coalition = Coalition.objects.create(
        system=row, aspiration=row.aspirations.get(), form="network"
    )
    named = {"user": staff["colleague"], "named_by": staff["leader"]}
    part = Participant.objects.create(round=rounds["round"], kind="unit", **named)
    author = {"author": staff["leader"]}
    InterviewNote.objects.create(round=rounds["round"], body=f"listening {row.slug}", **author)
    CandidNote.objects.create(coalition=coalition, body=f"confiding {row.slug}", **author)
    record(
        system=row, action="create", on=coalition, actor=staff["leader"],
        reason=f"convening {row.slug}",
    )  # fmt: skip
    Opening.objects.create(
        system=row, user=staff["leader"], object_type="coalitions.Coalition",
        object_key=str(coalition.pk),
    )  # fmt: skip
    return {
        **{key: found.pk for key, found in rounds.items()},
        "participant": part.pk,
        "coalition": coalition.pk,
        "delegate": Delegate.objects.create(coalition=coalition, **named).pk,
        "unnamed": staff["other"].pk,
        "alone": AspirationFactory.create(system=row, slug=f"new-{row.slug}").slug,
        "retired_aspiration": AspirationFactory.create(
            system=row, slug=f"former-{row.slug}", status="retired"
        ).slug,
    }


def name_everywhere(things: Things, user: User) -> None:
    """On every round and the coalition of a system, by its leader."""
    leader = things["leader"]
    for key in ("round", "open", "closed"):
        Participant.objects.create(
            round_id=things[key], user=user, kind="unit", joint_team=True, named_by=leader
        )
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
