"""What the frame of every page shows beside its words."""

from typing import Any

from django.http import HttpRequest

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The theme that was chosen; empty follows the reader's system."""
    theme = request.COOKIES.get("theme", "")
    return {"theme": theme if theme in THEMES else ""}
