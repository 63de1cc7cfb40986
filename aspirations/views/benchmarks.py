"""Benchmarks of a metric: written down, and taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aspirations.forms.benchmarks import BenchmarkForm
from aspirations.models import Benchmark, Metric
from aspirations.pages.benchmarks import lines_of
from aspirations.pages.definitions import address
from aspirations.services import benchmarks
from people.forms.confidential import ReasonForm
from people.gate import by, refuse_unless, system_or_404
from people.versions import filled


@require_http_methods(["GET", "HEAD", "POST"])
def add_benchmark(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Write down what another system reached."""
    place = system_or_404(request, system, "dashboard.read")
    row = get_object_or_404(Metric.objects.visible_to(request.user), system=place, slug=metric)
    refuse_unless(request, "plan.write", place)
    row.system = place
    form = BenchmarkForm(row, filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = benchmarks.add_benchmark(metric=row, values=form.cleaned_data, **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            words = _("“%(name)s” is a benchmark of %(metric)s now.")
            messages.success(request, words % {"name": made.name, "metric": row.name})
            return redirect(address("metric_definition", row))
    stand = Benchmark.objects.visible_to(request.user).in_force().filter(metric=row)
    return form_page(request, row, form, {
        "title": _("Add a benchmark of %(metric)s") % {"metric": row.name},
        "act": _("Add the benchmark"),
        "lead": _("It is shown beside the figures with how far it can be compared. It moves no "
                  "light and no target."),
        "benchmarks": lines_of(row, stand),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_benchmark(request: HttpRequest, system: str, metric: str, pk: int) -> HttpResponse:
    """Take back what was entered by mistake, with a reason."""
    place = system_or_404(request, system, "dashboard.read")
    rows = Benchmark.objects.visible_to(request.user).in_force().select_related("metric")
    row = get_object_or_404(rows, metric__system=place, metric__slug=metric, pk=pk)
    refuse_unless(request, "plan.write", place)
    row.metric.system = place
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            benchmarks.withdraw_benchmark(
                benchmark=row, reason=form.cleaned_data["reason"], **by(request)
            )
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("“%(name)s” is taken back.") % {"name": row.name})
            return redirect(address("metric_definition", row.metric))
    return form_page(request, row.metric, form, {
        "title": _("Take back “%(name)s”") % {"name": row.name}, "act": _("Take it back"),
        "lead": _("It is shown no more, and an earlier entry of the same name counts again. That "
                  "it stood there, and why it was taken back, stays in the trail."),
    })  # fmt: skip


def form_page(
    request: HttpRequest, metric: Metric, form: Any, words: dict[str, Any]
) -> HttpResponse:
    context = {
        "system": metric.system, "metric": metric, "form": form,
        "back": address("metric_definition", metric), **words,
    }  # fmt: skip
    status = 400 if request.method == "POST" else 200
    return render(request, "aspirations/benchmark_form.html", context, status=status)
