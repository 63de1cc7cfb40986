"""Tokens by which programs sign in: made once, kept as a hash, revoked at once."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from people.models import System, Token, User
from people.permissions import may
from people.services.trail import record

LONGEST = 365


@sensitive_variables("token")
@transaction.atomic
def issue(
    *, user: User, system: System, role: str, name: str, days: int, door: str = "command"
) -> tuple[Token, str]:
    """A new token of this person, and its plain text for the last time.

    Raises ValidationError with the remedy. Two live tokens of a system never share a name: so a
    form sent twice makes one token, and the list says which is which.
    """
    System.objects.select_for_update().get(pk=system.pk)
    check_days(days)
    check_maker(user, system)
    name = name.strip()
    given = {"name": name, "system": system, "role": role}
    Token(user=user, digest="-", expiry=None, **given).clean_fields(exclude=["expiry", "token_key"])
    check_name(system, name)
    row, token = Token.objects.make(user=user, lasts=timedelta(days=days), **given)
    record(
        system=system, action="create token", on=row, key=row.token_key, actor=user, door=door,
        after={"name": row.name, "role": role, "expires": row.expiry.isoformat()},
    )  # fmt: skip
    return row, str(token)


def check_days(days: int) -> None:
    if not 1 <= days <= LONGEST:
        words = _("A token cannot last %(days)s days. Give from 1 to %(most)s.")
        raise ValidationError({"days": words % {"days": days, "most": LONGEST}})


def check_maker(user: User, system: System) -> None:
    """Who makes a token answers for it, and may do so now."""
    if not user.is_active:
        raise ValidationError(_("%s no longer signs in. Make the account active first.") % user)
    if not may(user, "token.write", system):
        words = _("%(user)s may not make tokens for %(system)s. Ask its delivery leader.")
        raise ValidationError(words % {"user": user, "system": system})


def check_name(system: System, name: str) -> None:
    if Token.objects.live().filter(system=system, name=name).exists():
        words = _(
            "“%(name)s” is the name of a token that works. Choose another name, or revoke that one "
            "first."
        )
        raise ValidationError({"name": words % {"name": name}})


@transaction.atomic
def revoke(
    token: Token, *, actor: User | None = None, door: str = "command", reason: str = ""
) -> bool:
    """End a token: the next request with it is refused. False where it had ended meanwhile."""
    row = Token.objects.select_for_update().filter(pk=token.pk).first()
    if row is None:
        return False
    record(
        system=row.system, action="revoke token", on=row, key=row.token_key, actor=actor,
        door=door, before={"name": row.name, "role": row.role, "maker": row.user.email},
        reason=reason,
    )  # fmt: skip
    row.delete()
    return True


def revoke_all(
    user: User,
    *,
    key: str = "",
    actor: User | None = None,
    door: str = "command",
    reason: str = "",
) -> int:
    """End the tokens of this person, or the one whose first letters are `key`; how many ended."""
    rows = list(Token.objects.filter(user=user, token_key__startswith=key).order_by("pk"))
    return sum(revoke(row, actor=actor, door=door, reason=reason) for row in rows)
