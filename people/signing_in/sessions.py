"""How long a session lasts: an hour after the last page, and half a day in all.

Both ends are kept in the session itself, in whole seconds since 1970. The last page is written at
most once a minute, so that most requests cost no query for it.
"""

import time
from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

MINUTE = 60
IDLE = 60 * MINUTE
WHOLE = 12 * 60 * MINUTE
WARNING = 5 * MINUTE
BEGAN, SEEN = "session_began", "session_seen"


@receiver(user_logged_in)
def begin(request: HttpRequest, **_: Any) -> None:
    request.session[BEGAN] = request.session[SEEN] = now()


def touch(request: HttpRequest) -> None:
    """Note that the person was here; what began before this was kept begins now."""
    seen = request.session.get(SEEN, 0)
    if now() - seen < MINUTE:
        return
    request.session[SEEN] = now()
    request.session.setdefault(BEGAN, now())


def idle_left(request: HttpRequest) -> int:
    """Seconds until the session ends if nothing more is asked; 0 or less where it is over."""
    return int(request.session.get(SEEN, now())) + IDLE - now()


def whole_left(request: HttpRequest) -> int:
    """Seconds until it ends whatever is asked."""
    return int(request.session.get(BEGAN, now())) + WHOLE - now()


def left(request: HttpRequest) -> int:
    return min(idle_left(request), whole_left(request))


def now() -> int:
    return int(time.time())
