"""Whether a second factor was given since signing in, from the records of signing in.

The records are kept in the session by allauth, per person: how they signed in, and what they
proved since. `people.middleware` asks here on every page.
"""

from typing import Any

from allauth.account.authentication import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
)
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.models import AbstractBaseUser
from django.dispatch import receiver
from django.http import HttpRequest

from people.services.accounts import end_other_sessions

# What a provider may say of how it knew the person (RFC 8176): that it asked for more than one
# thing, or the things themselves, which count where they are of two kinds.
SEVERAL = frozenset({"mfa", "mca"})
KINDS = [
    frozenset({"pwd", "pin"}),  # known
    frozenset({"otp", "hwk", "sc"}),  # had
    frozenset({"face", "fpt", "iris", "retina", "vbm"}),  # been
]
BY_ORGANISATION = "organisation"
PROVEN_BY_ADDING = {Authenticator.Type.TOTP.value, Authenticator.Type.WEBAUTHN.value}


def proven(request: HttpRequest) -> bool:
    """Whether who signed in here gave a second factor, here or at their organisation."""
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in {"mfa", BY_ORGANISATION} for record in records)


def has_one(user: Any) -> bool:
    """Whether this person has something to give as a second factor."""
    return bool(Authenticator.objects.filter(user=user.pk, type__in=PROVEN_BY_ADDING).exists())


def is_strong(claims: dict[str, Any]) -> bool:
    """Whether a provider's ID token says that more than a password was given."""
    said = claims.get("amr")
    methods = {m for m in said if isinstance(m, str)} if isinstance(said, list) else set()
    return bool(methods & SEVERAL) or sum(bool(methods & kind) for kind in KINDS) > 1


def remember_organisation(request: HttpRequest, user: Any, claims: dict[str, Any]) -> None:
    """Note in the session that the organisation asked for a second factor."""
    if is_strong(claims):
        record_authentication(request, user, BY_ORGANISATION)


@receiver(authenticator_added)
def remember_added(
    request: HttpRequest, user: AbstractBaseUser, authenticator: Authenticator, **_: Any
) -> None:
    """A factor set up since signing in was proven in setting it up; it counts at once.

    Sessions elsewhere began without it, perhaps by a stolen password: they end. That it was added
    is marked, for it does not show who is there (`people.confidential.door`).

    TRAP: recovery codes are made without proving anything.
    """
    if authenticator.type not in PROVEN_BY_ADDING:
        return
    kind = str(authenticator.type)
    record_authentication(request, user, "mfa", id=authenticator.pk, type=kind, added=True)
    end_other_sessions(user, request.session.session_key or "")  # type: ignore[arg-type]


@receiver(authenticator_removed)
def forget_removed(request: HttpRequest, user: AbstractBaseUser, **_: Any) -> None:
    """What was given by a factor that is gone no longer counts, neither here nor elsewhere."""
    left = set(Authenticator.objects.filter(user=user.pk).values_list("pk", flat=True))
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        record
        for record in get_authentication_records(request, user)
        if record.get("method") != "mfa" or record.get("id") in left
    ]
    end_other_sessions(user, request.session.session_key or "")  # type: ignore[arg-type]
