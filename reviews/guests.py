"""Guests of a review: a session that opens one sheet and nothing else of the house.

It holds the key of the participant, and when it began and was last used. There is no account in
it, so every page that asks for one stays closed; each request asks anew whether the guest still
takes part.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import render

from people.signing_in.sessions import IDLE, MINUTE, WHOLE
from reviews.forms.scores import typed
from reviews.models import Participant
from reviews.pages.scoring import Sheet
from reviews.pages.ways import for_guest

KEY = "guest_of_review"
View = Callable[..., HttpResponse]


def enter(request: HttpRequest, part: Participant) -> None:
    """Begin the guest's session, under a new key; whoever was signed in here is signed out."""
    logout(request)  # empties the session and drops its key, with or without an account in it
    rotate_token(request)
    request.session[KEY] = {"part": part.pk, "began": now(), "seen": now()}


def leave(request: HttpRequest) -> None:
    request.session.flush()


def guest_of(request: HttpRequest) -> Participant | None:
    """Whose sheet this browser opens; None where it opens none, or does not any more."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    if request.user.is_authenticated:
        # Someone signed in here since: one browser is never both.
        del request.session[KEY]
        return None
    part = None if is_over(kept) else taking_part(kept["part"])
    if part is None:
        leave(request)
    elif now() - kept["seen"] >= MINUTE:
        request.session[KEY] = {**kept, "seen": now()}
    return part


def is_over(kept: dict[str, int]) -> bool:
    """The same limits as for members: an hour after the last page, half a day in all."""
    return now() >= min(kept["seen"] + IDLE, kept["began"] + WHOLE)


def taking_part(key: int) -> Participant | None:
    rows = Participant.objects.present().raters().filter(pk=key, user=None)
    return rows.select_related("round__system", "round__rubric").first()


def as_guest(view: View) -> View:
    """A page for guests alone, given their sheet; 403 to everyone else, members too.

    What a guest typed in before the session ended is handed back there.
    """

    @login_not_required
    @wraps(view)
    def inner(request: HttpRequest, **where: Any) -> HttpResponse:
        part = guest_of(request)
        if part is None:
            context = {"typed": typed(request.POST)}
            return unkept(render(request, "reviews/guest_closed.html", context, status=403))
        return unkept(view(request, Sheet(for_guest(), part), **where))

    return inner


def unkept(response: HttpResponse) -> HttpResponse:
    """No browser or proxy keeps a guest's page."""
    response["Cache-Control"] = "no-store, private"
    return response


def addressed(response: HttpResponse) -> HttpResponse:
    """The same for a page with a secret in its address, which goes along to nobody.

    TRAP: under “no-referrer” browsers send the origin “null”, and no form could be posted.
    """
    response["Referrer-Policy"] = "strict-origin"
    return unkept(response)


def now() -> int:
    return int(time.time())
