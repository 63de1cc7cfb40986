"""The systems beneath one, for a board that coordinates them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delivery.board.children import children_page
from people.gate import system_or_404


@require_safe
def children(request: HttpRequest, system: str) -> HttpResponse:
    """Each system beneath that the reader may read, with its lights counted and its worst named."""
    place = system_or_404(request, system, "dashboard.read")
    context = {
        "system": place, "children": children_page(place, request.user), "as_at": place.today(),
    }  # fmt: skip
    return render(request, "delivery/children.html", context)
