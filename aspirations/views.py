"""The pages of a metric."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aspirations.exports import track_csv
from aspirations.models import Metric, Series
from aspirations.models.metrics import WHOLE
from aspirations.pages.metric import metric_page, with_page_rows
from people.gate import system_or_404
from people.models import System


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


def _metric_and_series(
    request: HttpRequest, place: System, slug: str
) -> tuple[Metric, Series | None]:
    """The metric and the series asked for; None where there is none of the whole system.

    Both come with one query in the usual case. An unknown metric or segment is a 404.
    """
    code = request.GET.get("segment") or WHOLE
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
