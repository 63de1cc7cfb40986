"""Pages kept as they were rendered, while nothing that they say can have changed.

PostgreSQL names the state of the whole server: which transactions are visible now
(`pg_current_snapshot`). While that name is the same, every row that can be read is the same,
however it was written and by whom. A page is kept under this name, its reader, its address and
whatever else of the request shapes it; any write at all gives the state another name, and the
page is made anew. Nothing is ever thrown away by hand, so nothing can be forgotten.

Pages are kept in the memory of a process, the latest first. On SQLite, which is for trials,
nothing is kept.
"""

import time
from collections.abc import Callable, Mapping
from hashlib import sha256
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language

from people.signing_in import sessions

STEP = 15 * 60
"""Seconds. Days begin on such steps in every time zone, so a kept page never outlives its day."""
SHAPING = ("HTTP_HX_TARGET", "HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_HX_REQUEST")
STATE = "SELECT pg_current_snapshot()::text || ' ' || pg_postmaster_start_time()::text"
# Stand in a kept page for what belongs to one request alone; nobody can guess or write them.
TOKEN, LEFT = f"t{token_hex(20)}", f"l{token_hex(20)}"
MARKS: Mapping[str, Any] = {"csrf_token": TOKEN, "session_left": LEFT}


def kept(request: HttpRequest, make: Callable[[Mapping[str, Any]], HttpResponse]) -> HttpResponse:
    """The page, made by `make` unless it was kept.

    `make` takes context to render the page with: marks in place of what is this request's own.
    """
    name = name_of(request)
    if name is None:
        return make({})
    body = caches["pages"].get(name)
    if body is None:
        made = make(MARKS)
        body = made.content
        if made.status_code != 200:
            return HttpResponse(filled(body, request), status=made.status_code)
        caches["pages"].set(name, body)
    return HttpResponse(filled(body, request))


def name_of(request: HttpRequest) -> str | None:
    """Under which a page is kept; None for one that must be made."""
    if len(messages.get_messages(request)):
        return None
    state = state_of_database()
    if state is None:
        return None
    person = request.user
    shaping = (request.META.get(header, "") for header in SHAPING)
    chosen = (request.COOKIES.get(name, "") for name in settings.SHAPING_COOKIES)
    named = repr((
        state, person.pk, getattr(person, "lacks_second_factor", False), request.get_full_path(),
        request.get_host(), get_language(), int(time.time()) // STEP, *shaping, *chosen,
    ))  # fmt: skip
    return sha256(named.encode()).hexdigest()


def state_of_database() -> str | None:
    """The name of all that can be read now; None where it has none.

    TRAP: within a transaction its own writes can be read and do not show in the name.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        state: str = cursor.fetchone()[0]
    return state


def filled(body: bytes, request: HttpRequest) -> bytes:
    """The page with what is this request's own in the place of its marks."""
    own = {TOKEN: get_token(request), LEFT: str(sessions.left(request))}
    for mark, value in own.items():
        body = body.replace(mark.encode(), value.encode())
    return body
