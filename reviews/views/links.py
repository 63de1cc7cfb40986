"""Sending a guest a new link, and reminding those who have not finished."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.gate import by
from reviews.services import links, reminders
from reviews.views.participants import part_of
from reviews.views.refusals import refused
from reviews.views.rounds import round_to_write


@require_POST
def send_link(request: HttpRequest, system: str, pk: int, part: int) -> HttpResponse:
    """Send a guest a new link; the one before it ends."""
    row = round_to_write(request, system, pk)
    found = part_of(request, row, part)
    try:
        links.send_again(participant=found, **by(request))
    except ValidationError as problem:
        return refused(request, row, problem)
    messages.success(request, _("A new link is on its way to %s.") % found.address)
    return redirect("review", system, pk)


@require_POST
def remind_raters(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Write to everyone who has not finished; the page does not tell who they are."""
    row = round_to_write(request, system, pk)
    try:
        reminders.remind(round=row, **by(request))
    except ValidationError as problem:
        return refused(request, row, problem)
    messages.success(
        request, _("A reminder goes to everyone who has not finished. Nobody is told who.")
    )
    return redirect("review", system, pk)
