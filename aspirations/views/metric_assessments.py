"""What people say of one metric: a short view, and all views beside what the rules said."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.forms.assessments import ViewForm
from aspirations.pages.head import MetricHead
from aspirations.services import assessments as services
from aspirations.views.metrics import metric_and_series
from people.gate import by, refuse_unless, system_or_404
from people.local_time import render_there
from people.versions import filled

TAB = "metric_judgments"


@require_safe
def metric_judgments(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """What the rules and the unit said of a metric over time, and the doubts about it."""
    place = system_or_404(request, system, "assessment.read")
    found, series = metric_and_series(request, place, metric)
    page = MetricHead(found, series, request.user, TAB)
    context = {"page": page, "metric": found, "as_at": page.as_at}
    return render_there(request, place, "aspirations/metric_judgments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record_assessment(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Record a short view of a metric beside the rules' light."""
    place = system_or_404(request, system, "assessment.read")
    found, series = metric_and_series(request, place, metric)
    refuse_unless(request, "assessment.write", place)
    form = ViewForm(filled(request))
    if request.method == "POST" and form.is_valid():
        who = by(request)
        try:
            services.record_view(
                metric=found, author=who["actor"], values=form.cleaned_data, door=who["door"]
            )
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("Your judgment is recorded beside the rules’. Neither "
                                        "overwrites the other."))  # fmt: skip
            return redirect("metric_judgments", system, metric)
    status = 400 if request.method == "POST" else 200
    page = MetricHead(found, series, request.user, TAB)
    context = {"page": page, "metric": found, "form": form}
    return render_there(
        request, place, "aspirations/assessment_view_form.html", context, status=status
    )
