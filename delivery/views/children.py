"""The systems beneath one, for a board that coordinates them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aspirations.exports import COMPARED_COLUMNS, compared_figures, csv_of
from delivery.board.children import children_page
from delivery.board.children_compared import ChildrenCompared, children_compared
from people.files.formulas import plain_text
from people.gate import system_or_404

COLUMNS = ("metric", "system", "name", *COMPARED_COLUMNS)


@require_safe
def children(request: HttpRequest, system: str) -> HttpResponse:
    """Each system beneath that the reader may read: its lights, and a metric that they share.

    With `format=csv` the figures of that metric as a file.
    """
    place = system_or_404(request, system, "dashboard.read")
    found = children_page(place, request.user)
    page = children_compared(place, found, request.user, request.GET.get("metric", ""))
    if request.GET.get("format") == "csv":
        return file_of(page)
    context = {"system": place, "children": found, "page": page, "as_at": place.today()}
    return render(request, "delivery/children.html", context)


def file_of(page: ChildrenCompared) -> HttpResponse:
    """The numbers of the comparison, unrounded; the heading alone where nothing is shared."""
    slug = page.metric.slug if page.metric else "nothing"
    rows = (
        [*(plain_text(text) for text in (slug, row.code, row.name)), *compared_figures(page, row)]
        for row in (page.rows if page.series else ())
    )
    return csv_of(f"{slug}-by-system.csv", COLUMNS, rows)
