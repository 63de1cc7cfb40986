"""Opening, closing and opening again: one press of a button, a question first, or a reason."""

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
from reviews.analysis.medians import LEAST
from reviews.services import moves
from reviews.services.progress import finished
from reviews.services.retention import DAYS
from reviews.views.participants import act_page
from reviews.views.refusals import refused
from reviews.views.rounds import round_to_write


@require_POST
def open_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    return press(request, system, pk, moves.start, _("The review is open."))


@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Ask first, saying how many have finished; then close."""
    if request.method == "POST":
        return press(request, system, pk, moves.close, _("The review is closed."))
    row = round_to_write(request, system, pk)
    if not row.is_open:
        return redirect("review", system, pk)
    context = {
        "system": row.system, "round": row,
        "finished": finished(row), "least": LEAST, "days": DAYS,
    }  # fmt: skip
    return render(request, "reviews/round_close.html", context)


def press(
    request: HttpRequest, system: str, pk: int, move: Callable[..., Any], done: str
) -> HttpResponse:
    """Do it and go back to the review; where it cannot be done any more, say why there."""
    row = round_to_write(request, system, pk)
    try:
        move(round=row, **by(request))
    except ValidationError as problem:
        return refused(request, row, problem)
    messages.success(request, done)
    return redirect("review", system, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def reopen_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Open a closed round again, with a reason."""
    row = round_to_write(request, system, pk)
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            moves.reopen(round=row, reason=form.cleaned_data["reason"], **by(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The review is open again."))
            return redirect("review", system, pk)
    return act_page(request, row, form, "reviews/act_form.html", {
        "title": _("Open the review again"), "act": _("Open it again"),
        "lead": _(
            "People rely on what is closed: say why it must change. Results that were released "
            "are read again once it is closed and released anew. A figure that was told changes "
            "only where the same people all give another score, and only once; those who join are "
            "told of with everyone, four or more together."
        ),
    })  # fmt: skip
