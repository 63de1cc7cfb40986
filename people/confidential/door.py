"""The door of confidential pages, behind the gate: fresh proof of who is there, and the key."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from people.confidential.sealing import SealedError

View = Callable[..., HttpResponse]
# When the organisation's sign-in last asked the person, as a record of signing in.
ASKED_THERE = "asked by organisation"


class ProveAgain(Exception):
    """Too long ago that this person showed who they are."""


def prove_lately(request: HttpRequest) -> None:
    """ProveAgain unless the person signed in, or confirmed it, in the last fifteen minutes.

    Being let through by the organisation counts from when it asked them, and setting up a second
    factor not at all: whoever finds the browser open could do both.

    TRAP: allauth's own check lets pass who has no password here, and keeps what a form sent in
    the session, in plain text, until they have proven who they are.
    """
    records = get_authentication_records(request, request.user)
    latest = max((record.get("at", 0) for record in records if shows_who(record)), default=0)
    if not 0 <= time.time() - latest < settings.CONFIDENTIAL_PROOF_SECONDS:
        raise ProveAgain


def shows_who(record: dict[str, Any]) -> bool:
    by_itself = record.get("method") in {"password", "mfa", ASKED_THERE}
    return by_itself and not record.get("added")


def confidential(view: View) -> View:
    """A page whose content is sealed: asks for proof, and says so where the key is not there."""

    @wraps(view)
    @sensitive_post_parameters()
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ProveAgain:
            return ask_for_proof(request)
        except SealedError as problem:
            return render(request, "people/sealed.html", {"problem": problem}, status=503)

    return guarded


def ask_for_proof(request: HttpRequest) -> HttpResponse:
    """To allauth's page, and back to this address; who signs in elsewhere does so once more."""
    ways = get_adapter(request).get_reauthentication_methods(request.user)
    if ways:
        back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
        return HttpResponseRedirect(f"{ways[0]['url']}?{back}")
    safe = request.method in {"GET", "HEAD"}
    context = {
        "next": request.get_full_path() if safe else reverse("home"),
        "organisation": settings.OIDC.get("name", ""),
    }
    return render(request, "people/prove_again.html", context, status=403)


def not_kept(problem: SealedError) -> str:
    """Beside what was typed, so that nothing of it is lost."""
    return (
        _(
            "This cannot be kept now. %s Nothing was saved: copy what you wrote, and tell "
            "whoever runs Headway."
        )
        % problem
    )
