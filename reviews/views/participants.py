"""Naming who takes part in a round, and taking someone off it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.forms.confidential import ReasonForm
from people.gate import by
from people.permissions import may
from people.versions import filled
from reviews.forms import ParticipantForm
from reviews.models import Participant, Round
from reviews.services import participants
from reviews.views.rounds import round_to_write


@require_http_methods(["GET", "HEAD", "POST"])
def name_participant(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Let a member of the system take part."""
    row = round_to_write(request, system, pk)
    form = ParticipantForm(
        filled(request),
        people=participants.open_to_naming(row).exclude(pk=request.user.pk or 0),
        leads=may(request.user, "delegate.write", row.system),
    )
    if request.method == "POST" and form.is_valid():
        try:
            part = participants.name(round=row, **form.cleaned_data, **by(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("%s takes part.") % part.user)
            return redirect("review", system, pk)
    return act_page(request, row, form, {
        "title": _("Name who takes part"), "act": _("Name this person"),
        "lead": _("They can open this review from their next page on, as long as they have a role "
                  "in the system."),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def remove_participant(request: HttpRequest, system: str, pk: int, part: int) -> HttpResponse:
    """Take someone off the round, with a reason."""
    row = round_to_write(request, system, pk)
    parts = Participant.objects.visible_to(request.user).select_related("user", "round__system")
    found = get_object_or_404(parts, pk=part, round=row)
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            participants.take_off(participant=found, reason=reason, **by(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("%s no longer takes part.") % found.user)
            return redirect("review", system, pk)
    return act_page(request, row, form, {
        "title": _("Take %s off the review") % found.user, "act": _("Take them off"),
        "lead": _("From their next page on it is closed to them."),
    })  # fmt: skip


def act_page(request: HttpRequest, row: Round, form: Any, words: dict[str, str]) -> HttpResponse:
    context = {"system": row.system, "round": row, "form": form, **words}
    status = 400 if request.method == "POST" else 200
    return render(request, "reviews/act_form.html", context, status=status)
