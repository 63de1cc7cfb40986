"""Tokens by which programs sign in: made once, kept as a hash, revoked at once."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import System, Token, User
from people.permissions import may
from people.services import record

LONGEST = 365


@transaction.atomic
def issue(
    *, user: User, system: System, role: str, name: str, days: int, door: str = "command"
) -> tuple[Token, str]:
    """A new token of this person, and its plain text for the last time.

    Raises ValidationError with the remedy.
    """
    if not 1 <= days <= LONGEST:
        raise ValidationError(
            {
                "days": _("A token cannot last %(days)s days. Give from 1 to %(most)s.")
                % {"days": days, "most": LONGEST}
            }
        )
    if not user.is_active:
        raise ValidationError(_("%s no longer signs in. Make the account active first.") % user)
    if not may(user, "token.write", system):
        raise ValidationError(
            _("%(user)s may not make tokens for %(system)s. Ask its delivery leader.")
            % {"user": user, "system": system}
        )
    given = {"name": name.strip(), "system": system, "role": role}
    Token(user=user, digest="-", expiry=None, **given).clean_fields(exclude=["expiry", "token_key"])
    row, token = Token.objects.create(user=user, expiry=timedelta(days=days), **given)
    record(
        system=system, action="create token", on=row, key=row.token_key, actor=user, door=door,
        after={"name": row.name, "role": role, "expires": row.expiry.isoformat()},
    )  # fmt: skip
    return row, str(token)


@transaction.atomic
def revoke(token: Token, *, actor: User | None = None, door: str = "command") -> None:
    """End a token: the next request with it is refused."""
    record(
        system=token.system, action="revoke token", on=token, key=token.token_key, actor=actor,
        door=door, before={"name": token.name, "role": token.role, "maker": token.user.email},
    )  # fmt: skip
    token.delete()


def revoke_all(
    user: User, *, key: str = "", actor: User | None = None, door: str = "command"
) -> int:
    """End the tokens of this person, or the one whose first letters are `key`; how many ended."""
    rows = list(Token.objects.filter(user=user, token_key__startswith=key).select_related("system"))
    for row in rows:
        revoke(row, actor=actor, door=door)
    return len(rows)
