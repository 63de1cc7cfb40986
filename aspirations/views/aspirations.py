"""The list of aspirations, the page of one, and the forms that word it and place its metrics."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.forms.aspirations import AspirationForm, PlacesForm
from aspirations.models import Aspiration, Metric
from aspirations.pages.aspiration import AspirationPage
from aspirations.pages.aspirations import AspirationList
from aspirations.sentences.aspirations import too_many
from aspirations.services.aspirations import (
    MOST_ACTIVE,
    change_aspiration,
    place_metrics,
    write_aspiration,
)
from people import labels
from people.gate import by, row_or_404, row_to_act_on, system_or_404, system_to_act_in
from people.local_time import render_there
from people.models import System
from people.services import Conflict
from people.versions import VersionedForm, after_conflict, filled, status_of


@require_safe
def aspirations(request: HttpRequest, system: str) -> HttpResponse:
    """All aspirations of a system: how each stands, and what it lacks."""
    place = system_or_404(request, system, "dashboard.read")
    page = AspirationList(place, request.user)
    return render(request, "aspirations/aspiration_list.html", {"system": place, "page": page})


@require_safe
def aspiration(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """One aspiration: what it says, how it stands, and how it came about."""
    row = row_or_404(request, Aspiration, "dashboard.read", system__slug=system, slug=aspiration)
    page = AspirationPage(row, request.user)
    context = {"aspiration": row, "page": page, "assessment": page.assessment}
    return render_there(request, row.system, "aspirations/aspiration_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_aspiration(request: HttpRequest, system: str) -> HttpResponse:
    """Write an aspiration."""
    place = system_to_act_in(request, system, read="dashboard.read", act="plan.write")
    form = AspirationForm(filled(request), row=Aspiration(system=place))
    if request.method == "POST" and form.is_valid():
        try:
            row = write_aspiration(system=place, values=form.written(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("Written. Choose its metrics next."))
            return redirect("aspiration", place.slug, row.slug)
    active = place.aspirations.active().count() + 1
    title = _("Write a new %(aspiration)s") % {"aspiration": labels.label(place, "aspiration")}
    return form_page(request, place, form, title, warning=too_many(active, MOST_ACTIVE))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_aspiration(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Word it anew, or change who answers for it, how bold it is and how it was set."""
    row = aspiration_to_write(request, system, aspiration)
    form: Any = AspirationForm(filled(request), row=row)
    panel = None
    if request.method == "POST" and form.is_valid():
        try:
            moved = change_aspiration(
                aspiration=row, values=form.values(), version=form.seen(),
                reason=form.cleaned_data["reason"], **by(request),
            )  # fmt: skip
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict, key=row.slug)
        else:
            messages.success(request, _("Saved.") if moved else _("Nothing was changed."))
            return redirect("aspiration", system, aspiration)
    title = _("Change “%(title)s”") % {"title": row.title}
    return form_page(request, row.system, form, title, aspiration=row, conflict=panel)


@require_http_methods(["GET", "HEAD", "POST"])
def place_metrics_of(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Choose the metrics of an aspiration, and their order."""
    row = aspiration_to_write(request, system, aspiration)
    form: Any = PlacesForm(filled(request), row=row, metrics=may_be_placed(request, row))
    panel = None
    if request.method == "POST" and form.is_valid():
        try:
            moved = place_metrics(
                aspiration=row, metrics=form.chosen(), version=form.seen(), **by(request)
            )
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict, key=row.slug)
        else:
            messages.success(request, _("Saved.") if moved else _("Nothing was changed."))
            return redirect("aspiration", system, aspiration)
    return form_page(
        request, row.system, form, _("Choose the metrics and their order"),
        template="aspirations/aspiration_places.html", aspiration=row, conflict=panel,
    )  # fmt: skip


def may_be_placed(request: HttpRequest, row: Aspiration) -> list[Metric]:
    """Those placed already in their order, then the system's other active metrics by name."""
    rows = Metric.objects.visible_to(request.user).filter(system=row.system)
    wanted = Q(retired_at=None) | Q(placements__aspiration=row)
    placed = row.placements.order_by("order", "pk").values_list("metric", flat=True)
    numbers = {key: number for number, key in enumerate(placed)}
    found = rows.filter(wanted).distinct().order_by("name", "pk")
    return sorted(found, key=lambda metric: numbers.get(metric.pk, len(numbers)))


def aspiration_to_write(
    request: HttpRequest, system: str, slug: str, read: str = "dashboard.read"
) -> Aspiration:
    """404 where it may not be read, 403 where only read."""
    row: Aspiration = row_to_act_on(
        request, Aspiration, read=read, act="plan.write", system__slug=system, slug=slug
    )
    return row


def form_page(
    request: HttpRequest, place: System, form: VersionedForm, title: str,
    template: str = "aspirations/aspiration_form.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """The form with what was typed: 400 with what is wrong, 409 beside what another saved."""
    context = {"system": place, "form": form, "title": title, **more}
    status = status_of(request, more.get("conflict"))
    return render(request, template, context, status=status)
