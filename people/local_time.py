"""Pages that tell the time of day tell it as clocks show it where the system is."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from people.models import System


def render_there(
    request: HttpRequest, place: System, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page of a system, its times in the system's zone; `system` is given to the template."""
    with timezone.override(ZoneInfo(place.time_zone)):
        return render(request, template, {"system": place, **context}, status=status)
