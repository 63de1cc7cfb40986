"""Roles given, changed and taken away; each counts from the next request on."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from people import notices, tokens
from people.models import LEADERS, Appointment, Membership, Role, System, Token, User
from people.permissions import administers, may
from people.services.reasons import check_reason
from people.services.trail import Conflict, record


@transaction.atomic
def grant(
    *, user: User, system: System, role: str, actor: User | None = None, door: str = "command",
    office: str = "",
) -> Membership:  # fmt: skip
    """Give a role in a system, with the office it is held for; giving it twice changes nothing.

    For doors that answer for it themselves: the operator's command, a new system, an invitation.
    """
    membership, new = Membership.objects.get_or_create(
        user=user, system=system, role=role, defaults={"office": office}
    )
    if new:
        held_for = {"office": office} if office else {}
        note("grant role", membership, actor, door, after={"role": role, **held_for})
    return membership


@transaction.atomic
def give(
    *, user: User, system: System, role: str, actor: User, reason: str = "", door: str = "page",
    office: str = "",
) -> Membership | Appointment:  # fmt: skip
    """Give a role by somebody's word: at once, or proposed where it takes a leader in post.

    Raises ValidationError where it is one's own, or the giver may not. A proposal keeps no office:
    it is set once the proposed leader is accepted.
    """
    hold(system)
    if user.pk == actor.pk:
        raise ValidationError(_("Nobody gives a role to themselves. Ask another leader."))
    check_may_give(actor, system)
    if role not in LEADERS or is_leader(actor, system):
        return grant(user=user, system=system, role=role, actor=actor, door=door, office=office)
    return propose(user=user, system=system, role=role, actor=actor, reason=reason, door=door)


def propose(
    *, user: User, system: System, role: str, actor: User, reason: str, door: str
) -> Appointment:
    """Put someone forward as a leader, for a leader in post to decide."""
    row, new = Appointment.objects.get_or_create(
        user=user, system=system, role=role, decided_at=None,
        defaults={"proposed_by": actor, "reason": reason},
    )  # fmt: skip
    if new:
        note("propose leader", row, actor, door, after={"role": role}, reason=reason)
    return row


@transaction.atomic
def change_role(
    *, membership: Membership, role: str, seen: str, reason: str, actor: User, door: str = "page"
) -> Membership | Appointment:
    """Turn one role of a person into another, with a reason.

    `seen` is the role its writer saw: Conflict where it is another by now. A leader's role that the
    writer may not give is proposed, and the role stays until that is decided. A changed role is
    held anew: who was named for something confidential is named again.
    """
    reason = check_reason(reason, _("Changing a role"))
    row = held(membership, seen)
    check_may_give(actor, row.system)
    check_other_role(row, role)
    own = row.user_id == actor.pk
    if role in LEADERS and (own or not is_leader(actor, row.system)):
        return propose(
            user=row.user, system=row.system, role=role, actor=actor, reason=reason, door=door
        )
    check_leader_stays(row, actor, becomes=role)
    if own and role not in LEADERS and row.role not in LEADERS:
        raise ValidationError(_("Nobody gives a role to themselves. Ask another leader."))
    roles = {"before": {"role": row.role}, "after": {"role": role}}
    note("change role", row, actor, door, **roles, reason=reason)
    row.role, row.since = role, timezone.now()
    row.save(update_fields=["role", "since"])
    return row


def check_other_role(row: Membership, role: str) -> None:
    if role == row.role:
        raise ValidationError(
            {"role": _("%(person)s is %(role)s already. Choose another role.")
             % {"person": row.user, "role": row.get_role_display()}}
        )  # fmt: skip
    if Membership.objects.filter(user=row.user, system=row.system, role=role).exists():
        raise ValidationError(
            {"role": _("%(person)s is %(role)s too already. Remove one of the roles instead.")
             % {"person": row.user, "role": Role(role).label}}
        )  # fmt: skip


@transaction.atomic
def remove_role(
    *, membership: Membership, seen: str, reason: str, actor: User, door: str = "page"
) -> None:
    """Take a role away, with a reason."""
    reason = check_reason(reason, _("Removing someone"))
    row = held(membership, seen)
    check_may_give(actor, row.system)
    check_leader_stays(row, actor)
    end(row, "remove role", actor, reason, door)


@transaction.atomic
def leave(*, membership: Membership, actor: User, door: str = "page") -> None:
    """Give one's own role back. The last leader hands over first."""
    row = held(membership, membership.role)
    if row.user_id != actor.pk:
        raise ValidationError(_("Only %s can give this role back.") % row.user)
    check_leader_stays(row, actor)
    end(row, "leave", actor, "", door)


def end(row: Membership, action: str, actor: User, reason: str, door: str) -> None:
    note(action, row, actor, door, before={"role": row.role}, reason=reason)
    row.delete()
    if not Membership.objects.filter(user=row.user, system=row.system).exists():
        end_tokens(row, actor, door)


def end_tokens(row: Membership, actor: User, door: str) -> None:
    """Who comes back later does not bring back the programs they let in."""
    reason = _("%s has no role left here.") % row.user
    for token in Token.objects.filter(user=row.user, system=row.system):
        tokens.revoke(token, actor=actor, door=door, reason=reason)


def note(
    action: str, row: Membership | Appointment, actor: User | None, door: str, **change: Any
) -> None:
    """A line in the trail; the leaders are told by mail of what an administrator does to others."""
    line = record(
        system=row.system, action=action, on=row, key=row.user.email, actor=actor, door=door,
        **change,
    )  # fmt: skip
    if actor is None or actor.pk == row.user_id:
        return
    leaders = User.objects.filter(pk__in=leaders_in_post(row.system))
    if actor not in leaders:
        notices.tell_leaders(line, leaders)


def held(membership: Membership, seen: str) -> Membership:
    """The membership as it is now, its system locked; Conflict or ValidationError if it moved."""
    hold(membership.system)
    row = Membership.objects.filter(pk=membership.pk).select_related("user", "system").first()
    if row is None:
        raise ValidationError(_("%s no longer has this role.") % membership.user)
    if row.role != seen:
        raise Conflict(row)
    return row


def hold(system: System) -> None:
    """One change of roles at a time in a system, until the transaction ends."""
    System.objects.select_for_update(no_key=True).get(pk=system.pk)


def check_may_give(actor: User, system: System) -> None:
    """Asked again within the lock: who was removed a moment ago gives nothing any more."""
    if not may(actor, "members.write", system):
        raise ValidationError(_("You may no longer change who works in %s.") % system)


def leading(system: System) -> QuerySet[Membership]:
    """Roles of leaders who can act: their accounts are open."""
    return Membership.objects.filter(system=system, role__in=LEADERS, user__is_active=True)


def leaders_in_post(system: System) -> set[int]:
    """Keys of the people who lead the system and can act."""
    return set(leading(system).values_list("user", flat=True))


def is_leader(user: User, system: System) -> bool:
    return user.pk in leaders_in_post(system)


def check_leader_stays(row: Membership, actor: User, becomes: str = "") -> None:
    """Nobody but an administrator leaves a system without anyone to lead it."""
    if row.role not in LEADERS or becomes in LEADERS:
        return
    others = leading(row.system).exclude(pk=row.pk)
    administrator = administers(actor) and actor.pk != row.user_id
    if not others.exists() and not administrator:
        raise ValidationError(
            _("%(person)s is the last leader of %(system)s. Make someone else a leader first.")
            % {"person": row.user, "system": row.system}
        )
