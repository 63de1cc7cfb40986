"""The pages of a metric."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations import sentences
from aspirations.exports import track_csv
from aspirations.forms import ReasonForm, RebaseForm
from aspirations.models import Metric, Rebase, Series
from aspirations.models.metrics import WHOLE
from aspirations.pages.metric import metric_page, with_page_rows
from aspirations.services import rebases
from people.gate import refuse_unless, system_or_404
from people.models import System
from people.versions import filled


@require_safe
def metric(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """One metric for one segment (the whole system unless `?segment=` names another)."""
    place = system_or_404(request, system, "dashboard.read")
    found, series = _metric_and_series(request, place, metric)
    page = metric_page(
        request.user,
        found,
        series,
        light=request.GET.get("light", ""),
        page=request.GET.get("page", ""),
        show_all=request.GET.get("all") == "1",
    )
    context = {"page": page, "metric": found, "system": place, "as_at": page.as_at}
    return render(request, "aspirations/metric_detail.html", context)


@require_safe
def metric_csv(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """The numbers of the chart and its table, unrounded."""
    place = system_or_404(request, system, "dashboard.read")
    found, series = _metric_and_series(request, place, metric)
    if series is None:
        raise Http404(_("This metric has no figure for the whole system: name a segment."))
    return track_csv(found, series)


@require_http_methods(["GET", "HEAD", "POST"])
def rebase(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Start a new stretch of a series, with a reason."""
    place = system_or_404(request, system, "dashboard.read")
    found, series = _metric_and_series(request, place, metric)
    if series is None:
        raise Http404(_("This metric has no figure for the whole system: name a segment."))
    refuse_unless(request, "plan.write", place)
    form = RebaseForm(found, filled(request))
    if request.method == "POST" and form.is_valid() and made(form, request, series):
        return redirect(page_of(series))
    return form_page(request, form, series, {
        "title": _("Start a new stretch"), "act": _("Start anew here"),
        "lead": _("Natural limits and signals start anew at this period. No target moves, and "
                  "the likelihood goes on as before."),
    })  # fmt: skip


def made(form: RebaseForm, request: HttpRequest, series: Series) -> bool:
    """Whether the new stretch was made; else the form says why not."""
    data = form.cleaned_data
    try:
        row = rebases.make(
            series=series, period=data["period"], reason=data["reason"],
            actor=request.user, door="page",  # type: ignore[arg-type]
        )  # fmt: skip
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    words = _("A new stretch starts in %(period)s. The judgment follows within a minute.")
    messages.success(request, words % {"period": sentences.period_text(series.metric, row.period)})
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_rebase(request: HttpRequest, system: str, metric: str, pk: int) -> HttpResponse:
    """Take back the start of a stretch, with a reason."""
    place = system_or_404(request, system, "dashboard.read")
    visible = Rebase.objects.visible_to(request.user).select_related(
        "series__metric__system", "series__segment"
    )
    row = get_object_or_404(
        visible, pk=pk, series__metric__slug=metric, series__metric__system=place
    )
    refuse_unless(request, "plan.write", place)
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid() and withdrawn(form, request, row):
        return redirect(page_of(row.series))
    period = sentences.period_text(row.series.metric, row.period)
    return form_page(request, form, row.series, {
        "title": _("Withdraw the new stretch of %(period)s") % {"period": period},
        "act": _("Withdraw"), "lead": row.reason,
    })  # fmt: skip


def withdrawn(form: ReasonForm, request: HttpRequest, row: Rebase) -> bool:
    try:
        rebases.withdraw(
            rebase=row, reason=form.cleaned_data["reason"],
            actor=request.user, door="page",  # type: ignore[arg-type]
        )  # fmt: skip
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("The two stretches are one again."))
    return True


def form_page(
    request: HttpRequest, form: Any, series: Series, words: dict[str, str]
) -> HttpResponse:
    """The form with what was typed, and what is wrong with it."""
    metric = series.metric
    context = {"form": form, "metric": metric, "system": metric.system, "back": page_of(series)}
    status = 400 if request.method == "POST" else 200
    return render(request, "aspirations/rebase_form.html", context | words, status=status)


def page_of(series: Series) -> str:
    """Address of the page of a series."""
    page = reverse("metric", args=[series.metric.system.slug, series.metric.slug])
    if series.segment.is_whole:
        return page
    return f"{page}?{urlencode({'segment': series.segment.code})}"


def _metric_and_series(
    request: HttpRequest, place: System, slug: str
) -> tuple[Metric, Series | None]:
    """The metric and the series asked for; None where there is none of the whole system.

    Both come with one query in the usual case. An unknown metric or segment is a 404.
    """
    code = request.GET.get("segment") or WHOLE
    if "\0" in code:  # PostgreSQL would refuse the question itself
        raise Http404
    rows = Series.objects.visible_to(request.user).filter(metric__system=place, metric__slug=slug)
    series = with_page_rows(rows).filter(segment__code=code).select_related("metric").first()
    if series is None and code != WHOLE:
        raise Http404(_("No such segment: %(code)s") % {"code": code})
    if series is None:
        metrics = Metric.objects.visible_to(request.user)
        found = get_object_or_404(metrics, system=place, slug=slug)
    else:
        found = series.metric
    # The system is known already; its rows need not be asked for again.
    found.system = place
    return found, series
