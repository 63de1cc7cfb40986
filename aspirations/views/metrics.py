"""The pages of a metric: one for each tab, all of one series, and the files of their figures."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from aspirations import exports
from aspirations.exports import gap_csv, segments_csv, track_csv
from aspirations.models import Metric, Series
from aspirations.models.metrics import WHOLE
from aspirations.pages.data import data_page
from aspirations.pages.definition import definition_page
from aspirations.pages.head import MetricHead
from aspirations.pages.metric import Asked, metric_page, with_page_rows
from aspirations.pages.path import path_page
from people.gate import system_or_404
from people.models import System


@require_safe
def metric(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """The evidence of one metric for one segment (the whole system unless `?segment=` says)."""
    place = system_or_404(request, system, "dashboard.read")
    found, series = metric_and_series(request, place, metric)
    page = metric_page(request.user, found, series, asked(request))
    return shown(request, page, "aspirations/metric_detail.html")


@require_safe
def metric_trajectory(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """The path of one series, the plan behind it, and every version that was agreed."""
    place = system_or_404(request, system, "plan.read")
    page = path_page(request.user, *metric_and_series(request, place, metric))
    return shown(request, page, "aspirations/metric_trajectory.html")


@require_safe
def plan_csv(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """What carries the path in force, or that of `?version=`, period by period, unrounded."""
    place = system_or_404(request, system, "plan.read")
    found, series = metric_and_series(request, place, metric)
    number = request.GET.get("version", "")
    version = path_page(request.user, found, series).version(number)
    if number and version is None:
        raise Http404(_("There is no such version of the path."))
    return exports.plan_csv(found, version)


@require_safe
def metric_definition(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """What the metric counts, how it is judged, how that changed, and how far to trust it."""
    place = system_or_404(request, system, "dashboard.read")
    page = definition_page(request.user, *metric_and_series(request, place, metric))
    return shown(request, page, "aspirations/metric_definition.html")


@require_safe
def metric_data(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Every figure of one series with what it was before; also for who only loads figures."""
    place = system_or_404(request, system, "observation.read")
    found = metric_and_series(request, place, metric, "observation.read")
    page = data_page(request.user, *found, request.GET.get("page", ""))
    return shown(request, page, "aspirations/metric_data.html")


@require_safe
def metric_csv(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """The numbers of the chart and its table, unrounded."""
    place = system_or_404(request, system, "dashboard.read")
    found, series = metric_and_series(request, place, metric)
    if series is None:
        raise Http404(_("This metric has no figure for the whole system: name a segment."))
    return track_csv(found, series)


@require_safe
def metric_segments_csv(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """The figures of every segment of one dimension, or of all of them, period by period."""
    place = system_or_404(request, system, "dashboard.read")
    found, series = metric_and_series(request, place, metric)
    return segments_csv(metric_page(request.user, found, series, asked(request)))


@require_safe
def metric_gap_csv(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """The gap of one group to its reference, period by period, unrounded."""
    place = system_or_404(request, system, "dashboard.read")
    found, series = metric_and_series(request, place, metric)
    page = metric_page(request.user, found, series, asked(request))
    if not page.compared.is_known:
        raise Http404(_("There is no such group, or no such reference for it."))
    return gap_csv(page)


def asked(request: HttpRequest) -> Asked:
    """What the address asks of the evidence, beside the segment."""
    query = request.GET
    return Asked(
        light=query.get("light", ""), page=query.get("page", ""), show_all=query.get("all") == "1",
        layers=layers_of(query.getlist("layers")), dimension=query.get("dimension"),
        group=query.get("group", ""), reference=query.get("reference", ""),
    )  # fmt: skip


def layers_of(given: list[str]) -> list[str]:
    """`?layers=range&layers=events` and `?layers=range,events` say the same; `?layers=` none."""
    return [name for names in given for name in names.split(",")]


def shown(request: HttpRequest, page: MetricHead, template: str) -> HttpResponse:
    """A tab of a metric, under the head that all of them share."""
    metric = page.metric
    context = {"page": page, "metric": metric, "system": metric.system, "as_at": page.as_at}
    return render(request, template, context)


def page_of(series: Series) -> str:
    """Address of the page of a series."""
    page = reverse("metric", args=[series.metric.system.slug, series.metric.slug])
    if series.segment.is_whole:
        return page
    return f"{page}?{urlencode({'segment': series.segment.code})}"


def metric_and_series(
    request: HttpRequest, place: System, slug: str, action: str = "dashboard.read"
) -> tuple[Metric, Series | None]:
    """The metric and the series asked for; None where there is none of the whole system.

    Both come with one query in the usual case. An unknown metric or segment is a 404.
    """
    code = request.GET.get("segment") or WHOLE
    if "\0" in code:  # PostgreSQL would refuse the question itself
        raise Http404
    rows = Series.objects.visible_to(request.user, action).filter(
        metric__system=place, metric__slug=slug
    )
    series = with_page_rows(rows).filter(segment__code=code).select_related("metric").first()
    if series is None and code != WHOLE:
        raise Http404(_("No such segment: %(code)s") % {"code": code})
    if series is None:
        metrics = Metric.objects.visible_to(request.user, action)
        found = get_object_or_404(metrics, system=place, slug=slug)
    else:
        found = series.metric
    # The system is known already; its rows need not be asked for again.
    found.system = place
    return found, series
