"""The wording of a dashboard's headline: read, written anew, approved."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from aspirations.forms.headlines import HeadlineForm
from aspirations.models import Headline
from aspirations.services import headlines
from delivery.board.briefs import Filters
from delivery.board.dashboard import Dashboard
from people.gate import by, refuse_unless, system_or_404, system_to_act_in
from people.models import System
from people.permissions import may
from people.services import Conflict
from people.versions import after_conflict, filled


@require_http_methods(["GET", "HEAD", "POST"])
def headline(request: HttpRequest, system: str) -> HttpResponse:
    """The rules' draft beside the unit's wording, every wording so far, and a new one."""
    place = system_or_404(request, system, "dashboard.read")
    if request.method == "POST":
        refuse_unless(request, "headline.write", place)
    board = Dashboard(place, Filters(), request.user)
    form = HeadlineForm(filled(request), row=latest(request, place), draft=board.headline)
    if request.method != "POST":
        return show(request, board, form, 200)
    if not form.is_valid():
        return show(request, board, form, 400)
    return saved(request, board, form)


def latest(request: HttpRequest, place: System) -> Headline:
    """The latest wording; an unsaved version 0 where there is none."""
    rows = Headline.objects.visible_to(request.user).filter(system=place)
    return rows.order_by("-version").first() or Headline(system=place, version=0)


def saved(request: HttpRequest, board: Dashboard, form: HeadlineForm) -> HttpResponse:
    """The new wording and back to the page; else the page with what stood in the way."""
    try:
        row = headlines.write(
            system=board.system, text=form.cleaned_data["text"], draft=form.draft,
            as_of=board.today, version=form.seen(), **by(request),
        )  # fmt: skip
    except Conflict as conflict:
        now = conflict.current
        fresh, panel = after_conflict(form, conflict, key=f"version {now.version}")  # type: ignore[attr-defined]
        return show(request, board, fresh, 409, conflict=panel)
    except ValidationError as problem:
        form.refused(problem)
        return show(request, board, form, 400)
    if row.approved_at:
        messages.success(request, _("These words stand already, approved."))
    else:
        messages.success(
            request, _("The wording stands on screen. It is printed once a leader approves it.")
        )
    return redirect("headline", board.system.slug)


def show(
    request: HttpRequest, board: Dashboard, form: Any, status: int, **more: Any
) -> HttpResponse:
    place = board.system
    rows = Headline.objects.visible_to(request.user).filter(system=place)
    context = {
        "system": place, "board": board, "form": form, "as_at": board.today,
        "versions": rows.select_related("author", "approved_by").order_by("-version"),
        "may_approve": may(request.user, "headline.approve", place), **more,
    }  # fmt: skip
    return render(request, "delivery/headline.html", context, status=status)


@require_POST
def approve_headline(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Let a wording be printed: the one that was read, even if another followed meanwhile."""
    place = system_to_act_in(request, system, read="dashboard.read", act="headline.approve")
    rows = Headline.objects.visible_to(request.user).filter(system=place)
    row = get_object_or_404(rows, pk=pk)
    headlines.approve(headline=row, **by(request))
    messages.success(request, _("The wording is approved. Papers carry it while it holds."))
    return redirect("headline", place.slug)
