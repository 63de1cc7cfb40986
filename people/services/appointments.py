"""Leaders proposed by who is none: a leader in post decides, and where none is left, another."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Appointment, AuditEntry, User
from people.permissions import may
from people.services.roles import grant, hold, leaders_in_post
from people.services.trail import LONGEST_KEY, cut, record


@transaction.atomic
def decide(
    *, appointment: Appointment, accepted: bool, actor: User, door: str = "page"
) -> Appointment:
    """Make the proposed person a leader, or refuse.

    Raises ValidationError where it is decided already, or not for this person to decide.
    """
    hold(appointment.system)
    row = Appointment.objects.select_related("user", "system").get(pk=appointment.pk)
    if row.decided_at is not None:
        raise ValidationError(_("%s has decided on this already.") % row.decided_by)
    refusal = why_not(
        row, actor, leaders_in_post(row.system), may(actor, "appointment.decide", row.system)
    )
    if refusal:
        raise ValidationError(refusal)
    if accepted and not row.user.is_active:
        raise ValidationError(
            _("The account of %s is closed. Refuse, or have it opened.") % row.user
        )
    row.accepted, row.decided_by, row.decided_at = accepted, actor, timezone.now()
    row.save(update_fields=["accepted", "decided_by", "decided_at"])
    record(
        system=row.system, action="accept leader" if accepted else "refuse leader", on=row,
        key=row.user.email, actor=actor, door=door, after={"role": row.role}, reason=row.reason,
    )  # fmt: skip
    if accepted:
        grant(user=row.user, system=row.system, role=row.role, actor=actor, door=door)
    return row


def why_not(row: Appointment, actor: Any, leaders: set[int], may_decide: bool) -> str:
    """Why this person cannot decide; empty where they can. `leaders` are those in post."""
    if actor.pk == row.user_id:
        return _("Nobody decides on themselves. Another leader does.")
    if actor.pk == row.proposed_by_id:
        return _("You proposed this. Someone else decides.")
    # TRAP: either of the two may lead by now, and could not decide: then nobody is in post for it.
    if leaders - {row.user_id, row.proposed_by_id} and actor.pk not in leaders:
        return _("A leader in post decides on this.")
    if not may_decide:
        return _("This is not for you to decide.")
    if actor.pk not in leaders and of_one_hand(actor, row.proposed_by):
        words = _(
            "You made %s an administrator, or they made you, or someone made both of you: one "
            "person could stand behind it. Ask whoever runs the server."
        )
        return words % row.proposed_by
    return ""


def of_one_hand(one: User, other: User) -> bool:
    """Whether one made the other an administrator, or a third made both, also through others.

    One person with several addresses could stand behind all of these. Administrators made on the
    server owe it to nobody here.
    """
    made = AuditEntry.objects.filter(action="make administrator", actor__isnull=False)
    ties = [{*map(shortened, pair)} for pair in made.values_list("actor__email", "object_key")]
    hand = {shortened(one.email)}
    while joined := set().union(*(tie for tie in ties if tie & hand)) - hand:
        hand |= joined
    return shortened(other.email) in hand


def shortened(email: str) -> str:
    """An address as the trail keeps it."""
    return cut(email, LONGEST_KEY)
