"""How far the figures of a metric can be trusted: ratings so far, and a new one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aspirations.forms.events import QualityForm
from aspirations.models import DataQuality, Metric
from aspirations.pages.definitions import address
from aspirations.pages.quality import quality_page
from aspirations.services.quality import rate
from people.gate import refuse_unless, system_or_404
from people.permissions import may
from people.versions import filled


@require_http_methods(["GET", "HEAD", "POST"])
def rate_quality(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """The ratings, newest first; who may, rates anew as of the system’s day."""
    place = system_or_404(request, system, "dashboard.read")
    row = get_object_or_404(Metric.objects.visible_to(request.user), system=place, slug=metric)
    row.system = place
    if request.method == "POST":
        refuse_unless(request, "plan.write", place)
    form = QualityForm(filled(request))
    if request.method == "POST" and form.is_valid() and rated(request, row, form):
        return redirect("rate_quality", place.slug, row.slug)
    ratings = DataQuality.objects.visible_to(request.user).filter(metric=row)
    context = {
        "system": place, "metric": row, "form": form, "back": address("metric", row),
        "page": quality_page(row, ratings, place.today()),
        "may_write": may(request.user, "plan.write", place),
    }  # fmt: skip
    status = 400 if request.method == "POST" else 200
    return render(request, "aspirations/metric_quality.html", context, status=status)


def rated(request: HttpRequest, row: Metric, form: QualityForm) -> bool:
    """Whether the rating was kept; else the form says why not."""
    values = form.ratings() | {"rated_on": row.system.today()}
    try:
        found = rate(metric=row, ratings=values, author=request.user, door="page")  # type: ignore[arg-type]
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    words = _("The figures are rated %(grade)s. The judgment follows within a minute.")
    messages.success(request, words % {"grade": found.grade})
    return True
