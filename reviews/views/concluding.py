"""What the pages on which conclusions are drawn share: who comes in, and how a form is answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.gate import SecondFactorNeeded, row_to_act_on, with_second_factor
from people.permissions import lacks_second_factor
from people.services import Conflict
from people.versions import after_conflict, status_of
from reviews.forms.findings import withdraw_form
from reviews.models import Round
from reviews.services.drawing import refuse_early
from reviews.views.refusals import refused

READ, WRITE = "conclusion.read", "conclusion.write"
FORM = require_http_methods(["GET", "HEAD", "POST"])


def round_to_read(request: HttpRequest, system: str, pk: int) -> Round:
    """A round whose results this person may read now; 404 as if it were not there.

    Who draws the conclusions of a light review reads them while it is open too.
    """
    found = readable(request.user).filter(system__slug=system, pk=pk).first()
    if found is not None:
        return found
    if lacks_second_factor(request.user):
        satisfied = readable(with_second_factor(request.user))
        if satisfied.filter(system__slug=system, pk=pk).exists():
            raise SecondFactorNeeded
    raise Http404


def readable(user: Any) -> QuerySet[Round]:
    drawn = Round.objects.visible_to(user, READ).filter(is_light=True, state=Round.State.OPEN)
    released = Round.objects.visible_to(user).with_results_for(user)
    return (released | drawn).select_related("system", "rubric")


def round_to_conclude(request: HttpRequest, system: str, pk: int) -> Round:
    """The round, for who draws its conclusions: 404 where these may not be read, else 403."""
    row: Round = row_to_act_on(request, Round, read=READ, act=WRITE, system__slug=system, pk=pk)
    return row


def row_in(request: HttpRequest, kind: type[Any], pk: int, **where: Any) -> Any:
    """A row of the round, 404 where there is none.

    One that was withdrawn is found when something is sent, so that what was typed comes back.
    """
    rows = kind._default_manager.visible_to(request.user, READ).filter(**where)
    if request.method != "POST" and hasattr(kind, "withdrawn_at"):
        rows = rows.in_force()
    return get_object_or_404(rows, pk=pk)


def too_early(request: HttpRequest, row: Round) -> HttpResponse | None:
    """Why nothing can be written yet, in place of an empty form."""
    try:
        refuse_early(row)
    except ValidationError as problem:
        if request.method == "POST":  # the form itself says so, and keeps what was typed
            return None
        return refused(request, row, problem)
    return None


def answer(
    request: HttpRequest, round: Round, form: Any, write: Callable[[Any], Any], *, done: str,
    **words: Any,
) -> HttpResponse:  # fmt: skip
    """Write what a form holds and go back to the findings; else the form with all that was typed.

    400 with what is wrong, 409 beside what another saved meanwhile.
    """
    refusal, panel = too_early(request, round), None
    if refusal is not None:
        return refusal
    if request.method == "POST" and form.is_valid():
        try:
            write(form)
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict)
        else:
            messages.success(request, done)
            return redirect(back_to(round))
    context = {
        "system": round.system, "round": round, "form": form, "conflict": panel,
        "back": back_to(round), **words,
    }  # fmt: skip
    status = status_of(request, panel)
    return render(request, "reviews/finding_form.html", context, status=status)


def withdrawal(
    request: HttpRequest, round: Round, row: Any, write: Callable[..., Any], *, done: str,
    **words: Any,
) -> HttpResponse:  # fmt: skip
    """Ask whether to withdraw a row, and do it; a reason is asked where the team has read it."""
    with_reason = round.team_at is not None
    form = withdraw_form(
        request.POST if request.method == "POST" else None, with_reason=with_reason
    )
    return answer(
        request, round, form,
        lambda form: write(reason=form.cleaned_data.get("reason", "")),
        done=done, act=_("Withdraw it"), said=str(row.text), **words,
    )  # fmt: skip


def back_to(round: Round) -> str:
    return reverse("findings", args=[round.system.slug, round.pk])
