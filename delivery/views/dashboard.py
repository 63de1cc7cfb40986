"""The dashboard of a system."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from delivery.board.briefs import Filters
from delivery.board.dashboard import RIGHTS, Dashboard
from delivery.board.moment import moment_of
from delivery.kept import kept
from delivery.navigation import arrive


@require_safe
def dashboard(request: HttpRequest, system: str) -> HttpResponse:
    """Where a system stands; day, filters and page live in the address."""
    return kept(request, partial(made, request, system))


def made(request: HttpRequest, system: str, more: Mapping[str, Any]) -> HttpResponse:
    """The page, or for htmx the table alone."""
    arrival = arrive(request, system, "dashboard.read", RIGHTS)
    place = arrival.system
    moment = moment_of(request.GET, place.today())
    filters = Filters.from_query(request.GET)
    board = Dashboard(place, filters, request.user, moment, arrival.rights)
    # TRAP: going back, htmx asks for the whole page by the same address and headers.
    restores = request.headers.get("HX-History-Restore-Request") == "true"
    is_region = request.headers.get("HX-Target") == "league" and not restores
    template = "delivery/_league.html" if is_region else "delivery/dashboard.html"
    context = {"system": place, "board": board, "as_at": board.today, "is_region": is_region}
    return render(request, template, {**context, **more})
