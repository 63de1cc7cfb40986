"""Events beside the figures of a metric: written down, reached, taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aspirations.forms.events import DoneForm, EventForm
from aspirations.models import Event, Series
from aspirations.models.metrics import WHOLE
from aspirations.pages.definitions import address
from aspirations.services import events
from people.forms.confidential import ReasonForm
from people.gate import by, refuse_unless, system_or_404
from people.versions import filled


@require_http_methods(["GET", "HEAD", "POST"])
def add_event(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Write down what happened or is due, for the series of `?segment=`."""
    series = series_to_write(request, system, metric)
    form = EventForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            row = events.add_event(series=series, values=form.cleaned_data, **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            words = _("“%(event)s” stands on the chart now.")
            messages.success(request, words % {"event": row.label})
            return redirect(address("metric", series.metric, series.segment))
    return form_page(request, series, form, {
        "title": _("Add an event to %(metric)s") % {"metric": series.metric.name},
        "act": _("Add the event"),
        "lead": _("It is numbered on the chart and listed beneath it, so that readers see what "
                  "else happened while the figures moved."),
        "events": Event.objects.visible_to(request.user).in_force().filter(series=series),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def finish_milestone(request: HttpRequest, system: str, metric: str, pk: int) -> HttpResponse:
    """Say when a milestone was reached."""
    row = event_to_write(request, system, metric, pk)
    form = DoneForm(filled(request), initial={"done_on": row.series.metric.system.today()})
    if request.method == "POST" and form.is_valid():
        try:
            events.finish_milestone(event=row, done_on=form.cleaned_data["done_on"], **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("“%(event)s” is reached.") % {"event": row.label})
            return redirect(address("metric", row.series.metric, row.series.segment))
    return form_page(request, row.series, form, {
        "title": _("When was “%(event)s” reached?") % {"event": row.label},
        "act": _("Say it is reached"), "due": row.date,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_event(request: HttpRequest, system: str, metric: str, pk: int) -> HttpResponse:
    """Take back what was entered by mistake, with a reason."""
    row = event_to_write(request, system, metric, pk)
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            events.withdraw_event(event=row, reason=form.cleaned_data["reason"], **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("“%(event)s” is taken back.") % {"event": row.label})
            return redirect(address("metric", row.series.metric, row.series.segment))
    return form_page(request, row.series, form, {
        "title": _("Take back “%(event)s”") % {"event": row.label}, "act": _("Take it back"),
        "lead": _("It leaves the chart. That it stood there, and why it was taken back, stays in "
                  "the trail."),
    })  # fmt: skip


def series_to_write(request: HttpRequest, system: str, metric: str) -> Series:
    """The series of `?segment=`: 404 where it may not be read, 403 where only read."""
    place = system_or_404(request, system, "dashboard.read")
    code = (request.GET.get("segment") or WHOLE).replace("\0", "")
    rows = Series.objects.visible_to(request.user).select_related("metric", "segment")
    row = get_object_or_404(rows, metric__system=place, metric__slug=metric, segment__code=code)
    refuse_unless(request, "plan.write", place)
    row.metric.system = place
    return row


def event_to_write(request: HttpRequest, system: str, metric: str, pk: int) -> Event:
    place = system_or_404(request, system, "dashboard.read")
    rows = Event.objects.visible_to(request.user).in_force()
    row = get_object_or_404(
        rows.select_related("series__metric", "series__segment"),
        series__metric__system=place, series__metric__slug=metric, pk=pk,
    )  # fmt: skip
    refuse_unless(request, "plan.write", place)
    row.series.metric.system = place
    return row


def form_page(
    request: HttpRequest, series: Series, form: Any, words: dict[str, Any]
) -> HttpResponse:
    metric = series.metric
    context = {
        "system": metric.system, "metric": metric, "segment": series.segment, "form": form,
        "back": address("metric", metric, series.segment), **words,
    }  # fmt: skip
    status = 400 if request.method == "POST" else 200
    return render(request, "aspirations/event_form.html", context, status=status)
