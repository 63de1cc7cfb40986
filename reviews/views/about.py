"""The reviews of one aspiration, as a small page and as a part of other rooms' pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from aspirations.models import Aspiration
from people.gate import row_or_404, system_or_404
from people.permissions import may
from reviews.models import Round
from reviews.pages.about import about


@require_safe
@vary_on_headers("HX-Request")
def reviews_about(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Rounds on this aspiration, as far as one may see them; 404 to who may see none here."""
    place = system_or_404(request, system, "system.read")
    visible = Round.objects.visible_to(request.user).filter(system=place)
    rounds = about(visible.filter(aspiration__slug=aspiration))
    if not rounds and not may(request.user, "review.read", place):
        # The same question as for a round, so that a second factor is asked for where it is due.
        row_or_404(request, Round, "review.read", system=place, aspiration__slug=aspiration)
        raise Http404
    known = Aspiration.objects.visible_to(request.user).filter(system=place)
    row = rounds[0].round.aspiration if rounds else get_object_or_404(known, slug=aspiration)
    part = "_about" if request.headers.get("HX-Request") == "true" else "about"
    context = {
        "system": place, "aspiration": row, "rounds": rounds,
        "writes": may(request.user, "review.write", place),
    }  # fmt: skip
    return render(request, f"reviews/{part}.html", context)
