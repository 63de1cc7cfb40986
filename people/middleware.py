"""What every request passes on its way in: an id, the limits of its session, the second factor."""

import logging
from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people import request_ids
from people.confidential.sealing import SealedError
from people.gate import SecondFactorNeeded
from people.signing_in import sessions
from people.signing_in.second_factor import proven

log = logging.getLogger(__name__)
Reply = Callable[[HttpRequest], HttpResponse]


class RequestIds:
    """Gives each request an id of our own, for the trail and for whoever reports a fault.

    An id sent along from outside is not taken: it could be made to look like another's.
    """

    def __init__(self, get_response: Reply) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = str(uuid4())
        before = request_ids.current.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_ids.current.reset(before)
        response["X-Request-ID"] = name
        return response


class SessionLimits:
    """Ends sessions that are over; notes that the person is here where they are not."""

    def __init__(self, get_response: Reply) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if sessions.left(request) <= 0:
                end(request)
            elif request.path != reverse("session_left"):
                # Asking how long is left, as scripts do on their own, is not being here.
                sessions.touch(request)
        return self.get_response(request)


def end(request: HttpRequest) -> None:
    """Sign out, and say why on the page that asks to sign in again."""
    idle = sessions.idle_left(request) <= 0
    logout(request)
    if idle:
        why = _("You were signed out after an hour without a request. Sign in to go on.")
    else:
        why = _("You were signed out 12 hours after you signed in. Sign in to go on.")
    messages.info(request, why)


class SecondFactor:
    """Marks who came without a second factor, and sends them to give one where it is asked for."""

    def __init__(self, get_response: Reply) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            request.user.lacks_second_factor = not proven(request)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        if isinstance(fault, SealedError):
            log.error("A second factor cannot be checked: %s", fault)
            return render(request, "people/sealed_factor.html", {"problem": fault}, status=503)
        if not isinstance(fault, SecondFactorNeeded):
            return None
        back = request.get_full_path() if request.method in {"GET", "HEAD"} else reverse("home")
        return redirect(f"{reverse('second_factor')}?{urlencode({'next': back})}")
