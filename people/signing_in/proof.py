"""Proof that who sits there now is the person: asked for before ways to sign in are changed."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from people.confidential.door import ASKED_THERE, ProveAgain, ask_for_proof, prove_lately
from people.signing_in.id_tokens import CLOCKS_APART
from people.signing_in.second_factor import has_one, proven

View = Callable[..., HttpResponse]
# What makes the provider ask the person, though it may still know the browser.
ASK_ANEW = {"prompt": "login", "max_age": "0"}


def sure_of_who(view: View) -> View:
    """A page that shows or changes ways to sign in: for who gave all they have, and lately."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if has_one(request.user) and not proven(request):
            return to_give_it_first(request)
        try:
            prove_lately(request)
        except ProveAgain:
            return ask_for_proof(request)
        return view(request, *args, **kwargs)

    return guarded


def to_give_it_first(request: HttpRequest) -> HttpResponse:
    safe = request.method in {"GET", "HEAD"}
    back = request.get_full_path() if safe else reverse("mfa_index")
    return redirect(f"{reverse('second_factor')}?{urlencode({'next': back})}")


def remember_asked(request: HttpRequest, user: Any, claims: dict[str, Any]) -> None:
    """Note in the session when the organisation last asked the person who they are."""
    at = asked_at(claims)
    if at:
        record_authentication(request, user, ASKED_THERE, at=min(at, int(time.time())))


def asked_since(claims: dict[str, Any], began: int) -> bool:
    """Whether the provider asked the person after we sent them there."""
    return asked_at(claims) >= began - CLOCKS_APART


def asked_at(claims: dict[str, Any]) -> int:
    """Seconds since 1970; 0 where the provider does not say."""
    at = claims.get("auth_time")
    return at if isinstance(at, int) else 0
