"""Places side by side on one metric: a page and its file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aspirations.exports import COMPARED_COLUMNS, compared_figures, csv_of, file_name_part
from aspirations.pages.places import PlacesPage, Row, places_page
from people.files.formulas import plain_text
from people.gate import system_or_404
from people.models import System

COLUMNS = ("metric", "dimension", "segment", "name", *COMPARED_COLUMNS)


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
    return csv_of(name, COLUMNS, (line(page, row) for row in page.rows) if page.series else ())


def asked(request: HttpRequest, place: System) -> PlacesPage:
    query = request.GET
    return places_page(request.user, place, query.get("metric", ""), query.get("dimension", ""))


def line(page: PlacesPage, row: Row) -> list[object]:
    texts = (page.metric.slug if page.metric else "", page.dimension, row.code, row.name)
    return [*(plain_text(text) for text in texts), *compared_figures(page, row)]
