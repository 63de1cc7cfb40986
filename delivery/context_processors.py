"""What the frame of every page shows: theme, and the way to the pages of this system."""

from typing import Any

from django.http import HttpRequest

THEMES = ("light", "dark")


def frame(request: HttpRequest) -> dict[str, Any]:
    theme = request.COOKIES.get("theme", "")
    return {
        "theme": theme if theme in THEMES else "",
        "next_theme": "light" if theme == "dark" else "dark",
    }
