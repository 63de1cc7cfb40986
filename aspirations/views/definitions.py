"""The list of metrics, and the forms that make, change, retire and reinstate one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.forms.definitions import MetricForm, NewMetricForm
from aspirations.models import Aspiration, Metric
from aspirations.pages.definitions import MetricList, address, named_fields, series_count
from aspirations.services.metrics import (
    change_metric,
    create_metric,
    moving,
    reinstate_metric,
    retire_metric,
)
from people.forms.confidential import ReasonForm
from people.gate import by, refuse_unless, system_or_404, system_to_act_in
from people.models import System
from people.permissions import may
from people.services import Conflict
from people.versions import after_conflict, filled, status_of


@require_safe
def metrics(request: HttpRequest, system: str) -> HttpResponse:
    """All metrics: to who reads dashboards, and to who brings figures in."""
    place = place_of_figures(request, system)
    page = MetricList(place, request.user, request.GET.get("page", ""))
    return render(request, "aspirations/metric_list.html", {"system": place, "page": page})


def place_of_figures(request: HttpRequest, slug: str) -> System:
    """The system, if its figures or its dashboard may be read."""
    try:
        return system_or_404(request, slug, "observation.read")
    except Http404:
        return system_or_404(request, slug, "dashboard.read")


@require_http_methods(["GET", "HEAD", "POST"])
def new_metric(request: HttpRequest, system: str) -> HttpResponse:
    """Define what shall be counted."""
    place = system_to_act_in(request, system, read="dashboard.read", act="plan.write")
    aspirations = Aspiration.objects.visible_to(request.user).filter(system=place).active()
    row = Metric(system=place, year_starts=place.year_starts, prominence=Metric.Prominence.HEADLINE)
    form = NewMetricForm(filled(request), row=row, aspirations=aspirations)
    if request.method == "POST":
        if form.is_valid() and (made := created(request, place, form)):
            return redirect(address("enter_figures", made))
    else:
        suggest_aspiration(request, form)
    return form_page(request, place, form, {
        "title": _("Define a metric"), "act": _("Define the metric"), "is_new": True,
    })  # fmt: skip


def suggest_aspiration(request: HttpRequest, form: NewMetricForm) -> None:
    """The aspiration that the reader comes from, or the only one there is."""
    asked = form.aspirations.filter(slug=request.GET.get("aspiration", "").replace("\0", ""))
    found = list(asked[:1]) or list(form.aspirations[:2])
    if len(found) == 1:
        form.initial["aspiration"] = found[0]


def created(request: HttpRequest, place: System, form: NewMetricForm) -> Metric | None:
    """The metric that was made; else the form says why not."""
    try:
        row = create_metric(
            system=place, values=form.new_values(), aspiration=form.cleaned_data["aspiration"],
            **by(request),
        )  # fmt: skip
    except ValidationError as problem:
        form.refused(problem)
        return None
    words = _("“%(name)s” is defined. Now enter what has been counted so far.")
    messages.success(request, words % {"name": row.name})
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def edit_metric(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Change the definition; what would move judgments is named before it is saved."""
    row = metric_to_write(request, system, metric)
    form, panel, moves = MetricForm(filled(request), row=row), None, ""
    if request.method == "POST" and form.is_valid():
        try:
            moves = moved_text(row, form)
            if not form.errors and (answer := changed(request, row, form)):
                return answer
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict, key=row.slug)  # type: ignore[assignment]
    return form_page(request, row.system, form, {
        "title": _("Change the definition of %(name)s") % {"name": row.name},
        "act": _("Save the definition"), "metric": row, "conflict": panel, "moves": moves,
        "series": series_count(row), "back": address("metric", row),
    })  # fmt: skip


def moved_text(row: Metric, form: MetricForm) -> str:
    """What a save would have judged again, empty for nothing; unless agreed to, a fault too."""
    moved = moving(row, form.values())
    if not moved:
        return ""
    count = series_count(row)
    words = ngettext(
        "By these fields figures are judged: %(fields)s. %(count)s series will be judged again.",
        "By these fields figures are judged: %(fields)s. %(count)s series will be judged again.",
        count,
    ) % {"fields": named_fields(moved, form), "count": count}
    if not form.cleaned_data["agreed"]:
        form.add_error("agreed", _("Nothing was saved yet. Tick the box below if that is meant."))
    return words


def changed(request: HttpRequest, row: Metric, form: MetricForm) -> HttpResponse | None:
    """Back to the metric once it is saved; else the form says why not. Raises Conflict."""
    try:
        moved = change_metric(
            metric=row, values=form.values(), version=form.seen(),
            reason=form.cleaned_data["reason"], **by(request),
        )  # fmt: skip
    except ValidationError as problem:
        form.refused(problem)
        return None
    messages.success(request, _("Saved.") if moved else _("Nothing was changed."))
    return redirect(address("metric", row))


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Take a metric off the dashboards, with a reason."""
    row = metric_to_write(request, system, metric)
    return reasoned(request, row, retire_metric, {
        "title": _("Retire %(name)s") % {"name": row.name}, "act": _("Retire the metric"),
        "lead": _("It leaves the dashboards and is judged no more. Its figures, paths and past "
                  "judgments stay, and it can come back."),
        "done": _("The metric is retired."),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def reinstate(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Bring a retired metric back, with a reason."""
    row = metric_to_write(request, system, metric)
    return reasoned(request, row, reinstate_metric, {
        "title": _("Bring back %(name)s") % {"name": row.name}, "act": _("Bring it back"),
        "lead": _("It returns to the dashboards, and its series are judged again."),
        "done": _("The metric is back. Its judgment follows within a minute."),
    })  # fmt: skip


def reasoned(
    request: HttpRequest, row: Metric, service: Any, words: dict[str, str]
) -> HttpResponse:
    """One act upon a metric that needs its reason."""
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            service(metric=row, reason=form.cleaned_data["reason"], **by(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, words["done"])
            return redirect("metrics", row.system.slug)
    context = {
        "system": row.system, "form": form, "metric": row, "back": address("metric", row), **words
    }  # fmt: skip
    status = 400 if request.method == "POST" else 200
    return render(request, "aspirations/metric_act.html", context, status=status)


def metric_to_write(request: HttpRequest, system: str, slug: str) -> Metric:
    """404 where the metric may not be read, 403 where only read."""
    place = system_or_404(request, system, "dashboard.read")
    row = get_object_or_404(Metric.objects.visible_to(request.user), system=place, slug=slug)
    refuse_unless(request, "plan.write", place)
    row.system = place
    return row


def form_page(
    request: HttpRequest, place: System, form: MetricForm, words: dict[str, Any]
) -> HttpResponse:
    """The form with what was typed: 400 with what is wrong, 409 beside what another saved."""
    status = status_of(request, words.get("conflict"))
    may_enter = may(request.user, "observation.write", place)
    context = {"system": place, "form": form, "may_enter": may_enter, **words}
    return render(request, "aspirations/metric_form.html", context, status=status)
