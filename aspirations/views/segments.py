"""The list of segments, and the forms that make and change one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.forms.segments import NewSegmentForm, SegmentForm
from aspirations.models import Segment
from aspirations.pages.definitions import SegmentList
from aspirations.services.segments import change_segment, create_segment
from people.gate import by, refuse_unless, system_or_404, system_to_act_in
from people.models import System
from people.services import Conflict
from people.versions import after_conflict, filled, status_of


@require_safe
def segments(request: HttpRequest, system: str) -> HttpResponse:
    """The groups and places that figures can be split by."""
    place = system_or_404(request, system, "dashboard.read")
    page = SegmentList(place, request.user, request.GET.get("page", ""))
    return render(request, "aspirations/segment_list.html", {"system": place, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_segment(request: HttpRequest, system: str) -> HttpResponse:
    """Name a group or place."""
    place = system_to_act_in(request, system, read="dashboard.read", act="plan.write")
    form = NewSegmentForm(filled(request), row=Segment(system=place))
    if request.method == "POST" and form.is_valid():
        try:
            row = create_segment(system=place, values=form.new_values(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            words = _("“%(name)s” can have figures now; files call it “%(code)s”.")
            messages.success(request, words % {"name": row.name, "code": row.code})
            return redirect("segments", place.slug)
    return form_page(request, place, form, {"title": _("Name a group or place")})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_segment(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Change what a segment is called, what makes it, and where it stands in lists."""
    place = system_or_404(request, system, "dashboard.read")
    row = get_object_or_404(Segment.objects.visible_to(request.user), system=place, pk=pk)
    refuse_unless(request, "plan.write", place)
    form, panel = SegmentForm(filled(request), row=row), None
    if request.method == "POST" and form.is_valid():
        try:
            moved = change_segment(
                segment=row, values=form.values(), version=form.seen(), **by(request)
            )
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict, key=row.code)  # type: ignore[assignment]
        else:
            messages.success(request, _("Saved.") if moved else _("Nothing was changed."))
            return redirect("segments", place.slug)
    title = _("Change %(name)s") % {"name": row.name}
    return form_page(request, place, form, {"title": title, "conflict": panel, "row": row})


def form_page(
    request: HttpRequest, place: System, form: SegmentForm, words: dict[str, Any]
) -> HttpResponse:
    status = status_of(request, words.get("conflict"))
    context = {"system": place, "form": form, **words}
    return render(request, "aspirations/segment_form.html", context, status=status)
