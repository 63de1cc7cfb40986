"""Opening, closing and opening again: one press of a button, or a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from people.forms.confidential import ReasonForm
from people.gate import by
from people.versions import filled
from reviews.services import rounds
from reviews.views.rounds import round_to_write


@require_POST
def open_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    return press(request, system, pk, rounds.start, _("The review is open."))


@require_POST
def close_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    return press(request, system, pk, rounds.close, _("The review is closed."))


def press(
    request: HttpRequest, system: str, pk: int, move: Callable[..., Any], done: str
) -> HttpResponse:
    """Do it and go back to the review; where it cannot be done any more, say why there."""
    row = round_to_write(request, system, pk)
    try:
        move(round=row, **by(request))
    except ValidationError as problem:
        context = {"system": row.system, "round": row, "problems": problem.messages}
        return render(request, "reviews/refused.html", context, status=400)
    messages.success(request, done)
    return redirect("review", system, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Open a closed round again, with a reason."""
    row = round_to_write(request, system, pk)
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            rounds.reopen(round=row, reason=form.cleaned_data["reason"], **by(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The review is open again."))
            return redirect("review", system, pk)
    context = {
        "system": row.system, "round": row, "form": form,
        "title": _("Open the review again"), "act": _("Open it again"),
        "lead": _("People rely on what is closed. Say why it must change."),
    }  # fmt: skip
    status = 400 if request.method == "POST" else 200
    return render(request, "reviews/act_form.html", context, status=status)
