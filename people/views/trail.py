"""The trail: who did what, when, before and after, and why."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people.gate import administrators_only, system_or_404
from people.pages.trail import installation_page, trail_page
from people.permissions import may


@require_safe
def trail(request: HttpRequest, system: str) -> HttpResponse:
    """The trail of a system, newest first; filters and the place in it live in the address."""
    place = system_or_404(request, system, "trail.read")
    context = {
        "system": place,
        "page": trail_page(request.user, place, request.GET),
        "may_export": may(request.user, "trail.export", place),
    }
    with timezone.override(ZoneInfo(place.time_zone)):
        return render(request, "people/trail.html", context)


@require_safe
def installation_trail(request: HttpRequest) -> HttpResponse:
    """What was done to the installation as a whole; nothing of any system."""
    administrators_only(request)
    page = installation_page(request.user, request.GET)
    return render(request, "people/trail_installation.html", {"page": page})
