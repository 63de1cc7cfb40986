"""The front desk's own pages: the way in, how judgments are made, light or dark."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import REASON_BAD_ORIGIN
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from aspirations.analysis.policy import Policy
from delivery.context_processors import THEMES
from delivery.places import asking_second_factor, filled_by, places_of, rounds_of
from delivery.thresholds import constants, thresholds
from people.forms.typed import texts
from people.permissions import administers

YEAR = 365 * 24 * 3600


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The only dashboard or review that opens to this person; else the list of all that do.

    Administrators who read none of them come to the installation, which they look after.
    """
    places, asking = places_of(request.user), asking_second_factor(request.user)
    rounds = rounds_of(request.user, places)
    if not asking and "all" not in request.GET:
        if len(places) == 1 and not rounds:
            return redirect("dashboard", places[0].system.slug)
        if len(rounds) == 1 and not places:
            return redirect("review", rounds[0].system.slug, rounds[0].pk)
        if not places and not rounds and administers(request.user):
            return redirect("installation")
    filled = filled_by(request.user)
    if len(filled) == 1 and not (places or rounds or asking) and "all" not in request.GET:
        return redirect("metrics", filled[0].slug)
    context = {"places": places, "rounds": rounds, "asking": asking, "filled": filled}
    return render(request, "delivery/home.html", context)


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """How judgments are made, in plain words, with the thresholds in force by default."""
    policy = Policy()
    context = {"rows": thresholds(policy), "numbers": constants(policy)}
    return render(request, "delivery/rules.html", context)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember light or dark, and go back to where the person was."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("home")
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        response.set_cookie(
            "theme", chosen, YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Missing and forbidden read the same, so that nobody learns what exists."""
    return render(request, "404.html", status=404)


def open_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page whose mark ran out before it was sent: what was typed goes back to who typed it.

    Only to a page of ours: another site could else put words of its own on this one.
    """
    origin = request.headers.get("Origin", "")
    is_ours = origin and reason != REASON_BAD_ORIGIN % origin
    context = {"typed": texts(request.POST) if is_ours else []}
    response = render(request, "403_csrf.html", context, status=403)
    response["Cache-Control"] = "no-store, private"
    return response


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)
