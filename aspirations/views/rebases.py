"""Where a new stretch of a series starts: made and taken back, with a reason."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aspirations import sentences
from aspirations.forms import ReasonForm, RebaseForm
from aspirations.models import Rebase, Series
from aspirations.services import rebases
from aspirations.views.metrics import metric_and_series, page_of
from people.gate import refuse_unless, system_or_404
from people.versions import filled


@require_http_methods(["GET", "HEAD", "POST"])
def rebase(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Start a new stretch of a series, with a reason."""
    place = system_or_404(request, system, "dashboard.read")
    found, series = metric_and_series(request, place, metric)
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
