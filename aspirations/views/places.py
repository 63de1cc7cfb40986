"""Places side by side on one metric: a page and its file."""

import csv

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aspirations.exports import file_name_part
from aspirations.pages.places import PlacesPage, Row, places_page
from people.files.formulas import plain_text
from people.gate import system_or_404
from people.models import System

COLUMNS = (
    "metric", "dimension", "segment", "name", "period", "value", "numerator", "denominator",
    "basis", "compared_with", "low", "high", "beyond_chance", "improving",
)  # fmt: skip
BEYOND = {1: "above", -1: "below", 0: "within", None: ""}


@require_safe
def places(request: HttpRequest, system: str) -> HttpResponse:
    """Segments of one dimension of a metric, within what chance explains; never a ranking."""
    place = system_or_404(request, system, "dashboard.read")
    page = asked(request, place)
    context = {"system": place, "page": page, "as_at": place.today()}
    return render(request, "aspirations/places.html", context)


@require_safe
def places_csv(request: HttpRequest, system: str) -> HttpResponse:
    """The numbers of the page, unrounded; the heading alone where nothing can be compared."""
    place = system_or_404(request, system, "dashboard.read")
    page = asked(request, place)
    slug = page.metric.slug if page.metric else "places"
    name = f"{slug}-by-{file_name_part(page.dimension or 'nothing')}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    if page.series:
        writer.writerows(line(page, row) for row in page.rows)
    return response


def asked(request: HttpRequest, place: System) -> PlacesPage:
    query = request.GET
    return places_page(request.user, place, query.get("metric", ""), query.get("dimension", ""))


def line(page: PlacesPage, row: Row) -> list[object]:
    told, spot = page.comparison, row.spot
    figures = (spot.value, spot.numerator, spot.denominator)
    texts = (page.metric.slug if page.metric else "", page.dimension, row.code, row.name)
    return [
        *(plain_text(text) for text in texts),
        page.period_of(spot),
        *("" if value is None else value for value in figures),
        told.basis.value,
        *("" if value is None else value for value in (told.common, row.place.low, row.place.high)),
        BEYOND[row.place.side],
        "yes" if spot.improving else "no",
    ]
