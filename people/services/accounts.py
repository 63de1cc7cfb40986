"""What administrators do to accounts. Each act needs a reason and stands in the trail.

Nobody does these things to themselves, and only an administrator of this very moment does them:
so there is always one administrator left, also where two act at once.
"""

from typing import Any

from allauth.account.internal.stagekit import LOGIN_SESSION_KEY
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import tokens
from people.models import LEADERS, AuditEntry, System, User
from people.notices import tell_administrators, tell_leaders, tell_second_factor_ended
from people.services.reasons import check_reason
from people.services.roles import leaders_in_post
from people.services.trail import record, save_with_trail


@transaction.atomic
def disable(*, user: User, reason: str, actor: User, door: str = "command") -> None:
    """Close an account: its sessions end, and its tokens answer as if they never were."""
    row = held(user, actor)
    if not row.is_active:
        raise ValidationError(_("The account of %s is closed already.") % row)
    note_in_systems(row, change(row, "disable account", reason, actor, door, is_active=False))
    end_sessions(row)


@transaction.atomic
def enable(*, user: User, reason: str, actor: User, door: str = "command") -> None:
    """Open an account again, with the roles and the tokens it has."""
    row = held(user, actor)
    if row.is_active:
        raise ValidationError(_("The account of %s is open already.") % row)
    note_in_systems(row, change(row, "enable account", reason, actor, door, is_active=True))


@transaction.atomic
def make_administrator(*, user: User, reason: str, actor: User, door: str = "command") -> None:
    row = held(user, actor)
    if row.is_staff:
        raise ValidationError(_("%s is an administrator already.") % row)
    if not row.is_active:
        raise ValidationError(_("The account of %s is closed. Open it first.") % row)
    tell_administrators(change(row, "make administrator", reason, actor, door, is_staff=True))


@transaction.atomic
def end_administrator(*, user: User, reason: str, actor: User, door: str = "command") -> None:
    row = held(user, actor)
    if not row.is_staff:
        raise ValidationError(_("%s is no administrator.") % row)
    change(row, "end administrator", reason, actor, door, is_staff=False)


@transaction.atomic
def end_second_factor(*, user: User, reason: str, actor: User, door: str = "command") -> None:
    """Take away every second factor of who lost theirs; they set one up anew.

    Sessions end too: whoever holds the lost phone may be signed in.
    """
    row = held(user, actor)
    reason = check_reason(reason, _("This"))
    own = apps.get_model("mfa", "Authenticator").objects.filter(user=row.pk)
    kinds = sorted(own.values_list("type", flat=True))
    if not kinds:
        raise ValidationError(_("%s has set up no second factor.") % row)
    own.delete()
    end_sessions(row)
    note("end second factor", row, reason, actor, door, before={"second_factor": kinds})
    tell_second_factor_ended(row)


@transaction.atomic
def revoke_tokens(*, user: User, reason: str, actor: User, door: str = "command") -> int:
    """End every token this person made, in every system; how many ended."""
    row = held(user, actor)
    reason = check_reason(reason, _("This"))
    ended = tokens.revoke_all(row, actor=actor, door=door, reason=reason)
    if not ended:
        raise ValidationError(_("%s has no token.") % row)
    return ended


def held(user: User, actor: User) -> User:
    """The account as it is now, locked together with all administrators until all is done."""
    rows = User.objects.select_for_update().order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk=user.pk) | rows.administrators()}
    if user.pk == actor.pk:
        raise ValidationError(
            _("Nobody does this to their own account. Ask another administrator.")
        )
    if actor.pk not in locked:
        raise ValidationError(_("You are no longer an administrator. Nothing was changed."))
    return locked[user.pk]


def change(
    row: User, action: str, reason: str, actor: User, door: str, **flags: bool
) -> AuditEntry:
    """Set these flags of an account, with a line in the trail."""
    reason = check_reason(reason, _("This"))
    before = {name: getattr(row, name) for name in flags}
    for name, value in flags.items():
        setattr(row, name, value)
    row.save(update_fields=[*flags])
    return note(action, row, reason, actor, door, before=before, after=flags)


def note(
    action: str,
    row: User,
    reason: str,
    actor: User | None,
    door: str,
    *,
    system: System | None = None,
    **change: dict[str, Any],
) -> AuditEntry:
    """A line in the trail of the installation, or of a system."""
    return record(
        system=system, action=action, on=row, key=row.email, actor=actor, door=door, reason=reason,
        **change,
    )  # fmt: skip


def note_in_systems(row: User, line: AuditEntry) -> None:
    """The same line in each system where the person has a role; where they lead, by mail too."""
    values = {"before": line.before, "after": line.after}
    for system in System.objects.filter(memberships__user=row).distinct():
        copy = note(line.action, row, line.reason, line.actor, line.door, system=system, **values)
        if row.memberships.filter(system=system, role__in=LEADERS).exists():
            leaders = User.objects.filter(pk__in=leaders_in_post(system) | {row.pk})
            tell_leaders(copy, leaders)


@transaction.atomic
def rename(*, user: User, name: str, door: str = "page") -> bool:
    """What others read of a person, set by themselves; False where it was that already."""
    return save_with_trail(user, {"name": name}, system=None, key=user.email, actor=user, door=door)


def end_other_sessions(user: User, kept: str) -> int:
    """End this person's sessions but the one with the key `kept`; how many ended."""
    return end_sessions(user, but=kept)


def end_sessions(user: User, but: str = "") -> int:
    """End every session of this person, also one still waiting for their code; how many.

    TRAP: a closed account's sessions are refused while it is closed, and would come back to life
    with it. Sessions keep their owner inside, so each is opened to see.
    """
    live = Session.objects.filter(expire_date__gt=timezone.now())
    theirs = [
        row.pk
        for row in live.exclude(pk=but).iterator()
        if str(user.pk) in owners(row.get_decoded())
    ]
    return Session.objects.filter(pk__in=theirs).delete()[0]


def owners(session: dict[str, Any]) -> set[str | None]:
    """Who is signed in there, and who gave a password there and no code yet."""
    begun = session.get(LOGIN_SESSION_KEY) or {}
    return {session.get(SESSION_KEY), begun.get("user_pk")}
