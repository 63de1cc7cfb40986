"""The front desk's pages: the way in, the dashboard, and how judgments are made."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from aspirations.analysis.lights import Policy
from aspirations.sentences import share_text, threshold
from delivery.context_processors import THEMES
from delivery.dashboard import Dashboard, Filters
from people.gate import system_or_404
from people.models import System

YEAR = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The only dashboard this person may read; else the list of systems."""
    systems = list(System.objects.visible_to(request.user, "dashboard.read").order_by("name")[:200])
    if len(systems) == 1 and "all" not in request.GET:
        return redirect("dashboard", systems[0].slug)
    return render(request, "delivery/home.html", {"systems": systems})


@require_safe
def dashboard(request: HttpRequest, system: str) -> HttpResponse:
    """Where a system stands; filters live in the address. htmx asks for the table alone."""
    place = system_or_404(request, system, "dashboard.read")
    board = Dashboard(request.user, place, Filters.from_query(request.GET))
    region = request.headers.get("HX-Target") == "league"
    template = "delivery/_league.html" if region else "delivery/dashboard.html"
    return render(
        request, template, {"system": place, "board": board, "as_at": board.today}
    )


@require_safe
@login_not_required
def rules(request: HttpRequest) -> HttpResponse:
    """How judgments are made, in plain words, with the thresholds in force by default."""
    return render(request, "delivery/rules.html", {"rows": thresholds(Policy())})


def thresholds(policy: Policy) -> list[dict[str, str]]:
    """A row a light, best first: the least chance, and the most it may lie behind its path."""
    chances = policy.thresholds("likelihood")
    shares = policy.thresholds("distance")
    rows = [
        {
            "light": light,
            "chance": _("%(chance)s or more") % {"chance": threshold(chance)},
            "distance": _("at most %(share)s behind") % {"share": share_text(-share)},
        }
        for light, chance, share in zip(("G", "AG", "AR"), chances, shares, strict=True)
    ]
    return [*rows, {"light": "R", "chance": _("less"), "distance": _("further behind")}]


@require_POST
@login_not_required
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark, and go back to where the person was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            "theme", request.POST["theme"], max_age=YEAR, samesite="Lax",
            secure=request.is_secure(), httponly=True,
        )  # fmt: skip
    return response


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Missing and forbidden read the same, so that nobody learns what exists."""
    return render(request, "404.html", status=404)


@login_not_required
def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)
