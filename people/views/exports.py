"""Files of the trail: asked for, listed, taken."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people.files.exports import path_of
from people.gate import system_or_404, system_to_act_in
from people.models import Export, System
from people.services import exports
from people.trail.filters import TrailFilters

SHOWN = 100


@require_POST
def trail_export(request: HttpRequest, system: str) -> HttpResponse:
    """Ask for a file of what the trail shows with these filters."""
    place = system_to_act_in(request, system, read="trail.read", act="trail.export")
    filters = TrailFilters.from_query(request.POST)
    try:
        exports.ask(system=place, filters=filters, actor=request.user)  # type: ignore[arg-type]
    except ValidationError as problem:
        return listed(request, place, status=400, problems=problem.messages)
    messages.success(request, _("Your file will be ready in a minute or so."))
    return redirect("trail_exports", place.slug)


@require_safe
def trail_exports(request: HttpRequest, system: str) -> HttpResponse:
    """The reader's own files of this system, and where each stands."""
    place = system_to_act_in(request, system, read="trail.read", act="trail.export")
    return listed(request, place)


def listed(
    request: HttpRequest, place: System, status: int = 200, problems: Any = ()
) -> HttpResponse:
    rows = Export.objects.visible_to(request.user).filter(system=place, kind=Export.Kind.TRAIL)
    context = {"system": place, "exports": rows[:SHOWN], "problems": problems}
    with timezone.override(ZoneInfo(place.time_zone)):
        return render(request, "people/trail_exports.html", context, status=status)


@require_safe
def trail_export_file(request: HttpRequest, system: str, pk: int) -> FileResponse:
    """A finished file for the person who asked for it, while they may still ask for it."""
    place = system_or_404(request, system, "trail.export")
    own = Export.objects.visible_to(request.user).filter(system=place, kind=Export.Kind.TRAIL)
    row = get_object_or_404(own.to_take(), pk=pk)
    try:
        file = path_of(row.file).open("rb")
    except FileNotFoundError as problem:
        raise Http404 from problem
    day = place.day_of(row.asked_at)
    return FileResponse(
        file, as_attachment=True, filename=f"{place.slug}-trail-{day.isoformat()}.csv",
        content_type="text/csv; charset=utf-8",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store, private"},
    )  # fmt: skip
