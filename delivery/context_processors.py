"""What the frame of every page shows beside its words."""

from functools import partial
from typing import Any

from django.http import HttpRequest

from people.signing_in import sessions

THEMES = ("light", "dark")
KEYS_COOKIE, KEYS_OFF = "keys", "off"


def frame(request: HttpRequest) -> dict[str, Any]:
    """The theme that was chosen, empty where it follows the reader's system; seconds signed in;
    whether keys lead to pages."""
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "keys": request.COOKIES.get(KEYS_COOKIE) != KEYS_OFF,
        "session_left": partial(sessions.left, request),
    }
