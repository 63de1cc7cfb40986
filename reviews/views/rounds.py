"""The list of rounds, one round, and the forms that set it up and change it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.models import Aspiration
from people.gate import by, row_or_404, row_to_act_on, system_or_404, system_to_act_in
from people.local_time import render_there
from people.models import System
from people.services import Conflict
from people.versions import after_conflict, filled, status_of
from reviews.analysis.plan import window
from reviews.forms import RoundForm
from reviews.models import Round
from reviews.pages.review import ReviewPage
from reviews.pages.rounds import CapacityPage
from reviews.services import following, rounds, rubrics


@require_safe
def capacity(request: HttpRequest, system: str) -> HttpResponse:
    """The rounds of a system, as far as one may see them; 404 to who may see none."""
    place = system_or_404(request, system, "system.read")
    page = CapacityPage(request.user, place)
    if not page.rounds and not page.may_read:
        # The same question as for a round, so that a second factor is asked for where it is due.
        row_or_404(request, Round, "review.read", system=place)
        raise Http404
    return render(request, "reviews/round_list.html", {"system": place, "page": page})


@require_safe
def review(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """One round: what to do next, its plan, your part, and to the unit who takes part."""
    row = row_or_404(request, Round, "review.read", system__slug=system, pk=pk)
    page = ReviewPage(request.user, row)
    context = {"round": row, "page": page}
    return render_there(request, row.system, "reviews/round_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: HttpRequest, system: str) -> HttpResponse:
    """Set up a round."""
    place = system_to_act_in(request, system, read="review.read", act="review.write")
    form = form_for(request, Round(system=place, rubric=following.usual_rubric(place)))
    if request.method == "POST" and form.is_valid():
        try:
            row = rounds.set_up(system=place, values=form.values(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("The review is set up. Name who takes part, then open it."))
            tell_window(request, row)
            return redirect("review", place.slug, row.pk)
    return form_page(request, place, form, _("Set up a review"))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Change what a round is for, what it asks, or when."""
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
            row.refresh_from_db()
            tell_window(request, row)
            return redirect("review", system, row.pk)
    return form_page(request, row.system, form, _("Change the review"), row=row, conflict=panel)


def tell_window(request: HttpRequest, row: Round) -> None:
    """A hint, not a refusal: the next review is due earlier or later than is usual."""
    first, last = window(row.due)
    if row.next_due and not first <= row.next_due <= last:
        days = [date_format(day, "j F Y") for day in (row.next_due, first, last)]
        messages.info(
            request,
            _("The next review is due on %(next)s. Usual is 18 to 24 months after this one: "
              "%(first)s to %(last)s.")
            % dict(zip(("next", "first", "last"), days, strict=True)),
        )  # fmt: skip


def round_to_write(request: HttpRequest, system: str, pk: int) -> Round:
    """404 where the round may not be read, 403 where only read."""
    row: Round = row_to_act_on(
        request, Round, read="review.read", act="review.write", system__slug=system, pk=pk
    )
    return row


def form_for(request: HttpRequest, row: Round) -> RoundForm:
    visible = Aspiration.objects.visible_to(request.user).filter(system=row.system)
    return RoundForm(
        filled(request), row=row, aspirations=visible, rubrics=rubrics.choices(row.system),
        earlier=following.choices(row, Round.objects.visible_to(request.user)),
    )  # fmt: skip


def form_page(
    request: HttpRequest, place: System, form: RoundForm, title: str, **more: Any
) -> HttpResponse:
    """The form with what was typed: 400 with what is wrong, 409 beside what another saved."""
    row = more.pop("row", None)
    context = {"system": place, "form": form, "title": title, "round": row, **more}
    status = status_of(request, more.get("conflict"))
    return render(request, "reviews/round_form.html", context, status=status)
