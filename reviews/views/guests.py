"""Guests: in by the link of a mail, scoring, finishing, and out again."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.local_time import render_there
from reviews.guests import addressed, as_guest, enter, guest_of, leave
from reviews.models import ScoringLink
from reviews.pages.scoring import Sheet
from reviews.pages.ways import for_guest
from reviews.services import links
from reviews.views.scoring import press_finish, show_element, show_sheet, show_take_back


@as_guest
@require_safe
def guest_review(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """What the guest is asked, and what they said of it so far."""
    return show_sheet(request, sheet)


@as_guest
@require_POST
def finish_as_guest(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    return press_finish(request, sheet)


@as_guest
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_as_guest(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    return show_take_back(request, sheet)


@as_guest
@require_http_methods(["GET", "HEAD", "POST"])
def guest_element(request: HttpRequest, sheet: Sheet, code: str) -> HttpResponse:
    return show_element(request, sheet, code)


@as_guest
@require_POST
def leave_as_guest(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """End the session on this device; what was saved stays."""
    leave(request)
    return render(request, "reviews/guest_left.html", {"round": sheet.round, "sheet": sheet})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def scoring_link(request: HttpRequest, secret: str) -> HttpResponse:
    """What a link is for. Reading it changes nothing, for mail scanners read it too; posting uses
    it up and lets the guest in."""
    link = links.find(secret)
    if link is None:
        return over(request, secret, links.LinkOver("unknown"))
    if guest_of(request) == link.participant:
        return addressed(redirect("guest_review"))
    if problem := links.over(link):
        return over(request, secret, problem)
    return let_in(request, secret) if request.method == "POST" else welcome(request, link)


def welcome(request: HttpRequest, link: ScoringLink) -> HttpResponse:
    """Who asks, what for, and what becomes of the answers."""
    part = link.participant
    context = {
        "part": part, "round": part.round, "sheet": Sheet(for_guest(), part),
        "expires": link.expires_at,
    }  # fmt: skip
    page = render_there(request, part.round.system, "reviews/guest_welcome.html", context)
    return addressed(page)


def let_in(request: HttpRequest, secret: str) -> HttpResponse:
    try:
        part = links.open_link(secret)
    except links.LinkOver as problem:
        return over(request, secret, problem)
    enter(request, part)
    return addressed(redirect("guest_review"))


def over(request: HttpRequest, secret: str, problem: links.LinkOver) -> HttpResponse:
    """Why the link lets nobody in: 404 where it is unknown, else 410, with what helps."""
    context = {"problem": problem, "secret": secret}
    status = 404 if problem.code == "unknown" else 410
    return addressed(render(request, "reviews/guest_link_over.html", context, status=status))


@login_not_required
@require_POST
def renew_scoring_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for a new link, sent to the address it was sent to before. The answer is always the
    same."""
    links.renew(secret)
    return addressed(render(request, "reviews/guest_link_asked.html"))
