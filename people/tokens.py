"""Tokens by which programs sign in: made once, kept as a hash, revoked at once."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import AuthToken
from knox.settings import CONSTANTS

from people.models import User
from people.services import record

LONGEST = 365
KEPT: int = CONSTANTS.TOKEN_KEY_LENGTH  # first letters of a token, kept in plain text


@transaction.atomic
def issue(user: User, *, days: int, actor: User | None = None, door: str = "command") -> str:
    """A new token, in plain text for the last time. Raises ValidationError with the remedy."""
    if not 1 <= days <= LONGEST:
        raise ValidationError(
            _("A token cannot last %(days)s days. Give from 1 to %(most)s.")
            % {"days": days, "most": LONGEST}
        )
    if not user.is_active:
        raise ValidationError(_("%s no longer signs in. Make the account active first.") % user)
    row, token = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
    record(
        system=None, action="create token", on=row, key=row.token_key, actor=actor, door=door,
        after={"user": user.email, "expires": row.expiry.isoformat()},
    )  # fmt: skip
    return str(token)


@transaction.atomic
def revoke(user: User, *, key: str = "", actor: User | None = None, door: str = "command") -> int:
    """End the tokens of this person, or the one whose first letters are `key`; how many ended."""
    rows = list(AuthToken.objects.filter(user=user, token_key__startswith=key))
    for row in rows:
        record(
            system=None, action="revoke token", on=row, key=row.token_key, actor=actor, door=door,
            before={"user": user.email},
        )  # fmt: skip
        row.delete()
    return len(rows)
