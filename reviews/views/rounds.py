"""The list of rounds, one round, and the forms that set it up and change it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.models import Aspiration
from people.gate import by, row_or_404, row_to_act_on, system_or_404, system_to_act_in
from people.local_time import render_there
from people.models import System
from people.permissions import may
from people.services import Conflict
from people.versions import after_conflict, filled
from reviews.forms import RoundForm
from reviews.models import Participant, Round
from reviews.services import rounds


@require_safe
def capacity(request: HttpRequest, system: str) -> HttpResponse:
    """The rounds of a system, as far as one may see them; 404 to who may see none."""
    place = system_or_404(request, system, "system.read")
    visible = Round.objects.visible_to(request.user).filter(system=place)
    found = list(visible.select_related("aspiration"))
    if not found and not may(request.user, "review.read", place):
        # The same question as for a round, so that a second factor is asked for where it is due.
        row_or_404(request, Round, "review.read", system=place)
        raise Http404
    context = {
        "system": place, "rounds": found,
        "open": sum(row.state == Round.State.OPEN for row in found),
        "may_write": may(request.user, "review.write", place),
    }  # fmt: skip
    return render(request, "reviews/round_list.html", context)


@require_safe
def review(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """One round: its purpose and dates, your part, and to the unit who takes part."""
    row = row_or_404(request, Round, "review.read", system__slug=system, pk=pk)
    place = row.system
    visible = Participant.objects.visible_to(request.user).filter(round=row)
    parts = list(visible.with_reach().select_related("user", "named_by"))
    notes = Round.objects.visible_to(request.user, "note.read").filter(pk=row.pk)
    context = {
        "round": row, "is_late": row.is_late(place.today()),
        "mine": next((part for part in parts if part.user_id == request.user.pk), None),
        "parts": parts if may(request.user, "review.read", place) else None,
        "may_write": may(request.user, "review.write", place),
        "may_read_notes": notes.exists(),
    }  # fmt: skip
    return render_there(request, place, "reviews/round_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest, system: str) -> HttpResponse:
    """Set up a round."""
    place = system_to_act_in(request, system, read="review.read", act="review.write")
    form = form_for(request, Round(system=place))
    if request.method == "POST" and form.is_valid():
        try:
            row = rounds.set_up(system=place, values=form.values(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("The review is set up. Name who takes part, then open it."))
            return redirect("review", place.slug, row.pk)
    return form_page(request, place, form, _("Set up a review"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Change what a round is for, or when."""
    row = round_to_write(request, system, pk)
    form, panel = form_for(request, row), None
    if request.method == "POST" and form.is_valid():
        try:
            rounds.change(round=row, values=form.values(), version=form.seen(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict)  # type: ignore[assignment]
        else:
            messages.success(request, _("Saved."))
            return redirect("review", system, row.pk)
    return form_page(request, row.system, form, _("Change the review"), row=row, conflict=panel)


def round_to_write(request: HttpRequest, system: str, pk: int) -> Round:
    """404 where the round may not be read, 403 where only read."""
    row: Round = row_to_act_on(
        request, Round, read="review.read", act="review.write", system__slug=system, pk=pk
    )
    return row


def form_for(request: HttpRequest, row: Round) -> RoundForm:
    visible = Aspiration.objects.visible_to(request.user).filter(system=row.system)
    return RoundForm(filled(request), row=row, aspirations=visible)


def form_page(
    request: HttpRequest, place: System, form: RoundForm, title: str, **more: Any
) -> HttpResponse:
    """The form with what was typed: 400 with what is wrong, 409 beside what another saved."""
    context = {"system": place, "form": form, "title": title, **more}
    status = 200 if request.method != "POST" else 409 if more.get("conflict") else 400
    return render(request, "reviews/round_form.html", context, status=status)
