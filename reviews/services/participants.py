"""People are named on a round, invited to it as guests, and taken off it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.services.authority import require
from people.models import User
from people.permissions import people_who_may_be_named
from people.services import record, save_with_trail
from people.services.reasons import check_reason
from reviews.models import Participant, Round
from reviews.services import links
from reviews.services.admission import (
    refuse_as_guest,
    refuse_guest_of,
    refuse_other_part,
    refuse_second_signer,
    refuse_strangers,
    refuse_useless_guest,
    refuse_without_notes,
)
from reviews.services.holding import locked, refuse_closed


@transaction.atomic
def name(
    *, round: Round, user: User, kind: str, tier: str = "", body: str = "",
    joint_team: bool = False, signs: bool = False, actor: User, door: str = "command",
) -> Participant:  # fmt: skip
    """Name a member of the system on the round, or name again who was taken off it.

    The joint team reads the interview notes, so only a leader names its members. ValidationError
    where the person is no member, is named already or invited as a guest, is the one who names,
    has a role that opens no notes, or would be the second to sign for a body.
    """
    row = locked(round, actor)
    refuse_closed(row)
    refuse_strangers(row, user)
    refuse_guest_of(row, user)
    if joint_team:
        require(actor, "delegate.write", row.system)
        refuse_without_notes(row.system, user)
    values = {
        "user": user, "kind": kind, "tier": tier, "body": body, "joint_team": joint_team,
        "signs": signs,
    }  # fmt: skip
    return admit(row, row.participants.filter(user=user).first(), values, actor, door)


@transaction.atomic
def invite(
    *, round: Round, name: str, email: str, kind: str, tier: str = "", body: str = "",
    signs: bool = False, actor: User, door: str = "command",
) -> Participant:  # fmt: skip
    """Invite someone without an account to score; the link goes out once the round is open.

    ValidationError where the address is a member's or was invited already, or nothing would be
    asked of the guest.
    """
    row = locked(round, actor)
    refuse_closed(row)
    email = email.strip().lower()
    refuse_useless_guest(kind, signs)
    refuse_as_guest(row, email, actor)
    values = {
        "name": name, "email": email, "kind": kind, "tier": tier, "body": body, "signs": signs,
    }  # fmt: skip
    part = admit(row, row.participants.filter(email=email).first(), values, actor, door)
    if row.is_open:
        links.send(part, by=actor)
    return part


def admit(
    row: Round, earlier: Participant | None, values: dict[str, Any], actor: User, door: str
) -> Participant:
    """A new part, or the one that this person had before, with the scores that belong to it."""
    part = earlier or Participant()
    refuse_other_part(row, earlier, values["kind"])
    refuse_second_signer(row, part, values)
    now = {"at": timezone.now(), "left_at": None} if earlier else {}
    save_with_trail(
        part, {"round": row, **values, "named_by": actor, **now}, system=row.system, key="",
        action="name again" if earlier else "", actor=actor, door=door,
    )  # fmt: skip
    return part


@transaction.atomic
def take_off(
    *, participant: Participant, reason: str, actor: User | None = None, door: str = "command"
) -> None:
    """Take someone off the round, with a reason; from the next request on it is closed to them.

    Scores they gave stay and count. So nobody learns whether they gave any, the part is kept
    either way once the round was opened; before that there can be none, and it is deleted.
    """
    row = locked(participant.round, actor)
    refuse_closed(row)
    part = row.participants.present().select_related("user").filter(pk=participant.pk).first()
    if part is None:
        raise ValidationError(
            _("%(person)s is not named on “%(round)s” any more.")
            % {"person": participant.who, "round": row}
        )
    why = check_reason(reason, _("Taking %s off the review") % part.who)
    told = {name: getattr(part, name) for name in ("kind", "joint_team")}
    record(
        system=row.system, action="take off", on=part, actor=actor, door=door,
        before={"round": row.title, "user": part.who, **told}, reason=why,
    )  # fmt: skip
    links.end(part)
    if row.state == Round.State.DRAFT:
        part.delete()
    else:
        row.participants.filter(pk=part.pk).update(left_at=timezone.now())


def open_to_naming(round: Round) -> QuerySet[User]:
    """Members of the system who are not named on the round, by name."""
    named = round.participants.in_force().values("user")
    members = User.objects.filter(people_who_may_be_named("review.read", round.system))
    return members.exclude(pk__in=named).order_by("name", "email")
