"""Two rounds side by side."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from people.local_time import render_there
from reviews.pages.comparison import Comparison
from reviews.pages.headline import headline
from reviews.pages.results import Results
from reviews.views.results import round_with_results


@require_safe
def comparison(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """What moved since the round before, and why: with what is not comparable named."""
    row = round_with_results(request, system, pk)
    page = Results(request.user, row)
    context = {
        "round": row, "page": page, "compared": Comparison(page), "headline": headline(page),
    }  # fmt: skip
    return render_there(request, row.system, "reviews/comparison.html", context)
