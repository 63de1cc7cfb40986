"""Naming who takes part in a round, inviting guests to it, and taking someone off it."""

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
from reviews.forms.participants import GuestForm, ParticipantForm
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
            form.refused(problem)
        else:
            messages.success(request, _("%s takes part.") % part.who)
            return onward(request, "name_participant", row)
    return act_page(request, row, form, "reviews/participant_form.html", {
        "title": _("Name who takes part"), "act": _("Name this person"),
        "again": _("Name this person, then another"),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def invite_guest(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Ask someone without an account for scores; a link goes to them by mail."""
    row = round_to_write(request, system, pk)
    form = GuestForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            part = participants.invite(round=row, **form.cleaned_data, **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, told_of(row, part))
            return onward(request, "invite_guest", row)
    return act_page(request, row, form, "reviews/guest_form.html", {
        "title": _("Invite a guest"), "act": _("Invite this guest"),
        "again": _("Invite this guest, then another"),
    })  # fmt: skip


def told_of(row: Round, part: Participant) -> str:
    if row.is_open:
        return _("%(name)s is invited. A link is on its way to %(email)s.") % {
            "name": part.name, "email": part.email,
        }  # fmt: skip
    return _("%(name)s is invited. The link goes to %(email)s once the review is open.") % {
        "name": part.name, "email": part.email,
    }  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def remove_participant(request: HttpRequest, system: str, pk: int, part: int) -> HttpResponse:
    """Take someone off the round, with a reason."""
    row = round_to_write(request, system, pk)
    found = part_of(request, row, part)
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            participants.take_off(participant=found, reason=reason, **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("%s no longer takes part.") % found.who)
            return back(row)
    return act_page(request, row, form, "reviews/act_form.html", {
        "title": _("Take %s off the review") % found.who, "act": _("Take them off"),
        "lead": _("From their next page on it is closed to them. If they gave scores, those stay "
                  "and count; nobody is told whether they did. Named again, they go on where they "
                  "stopped."),
    })  # fmt: skip


def part_of(request: HttpRequest, row: Round, pk: int) -> Participant:
    """Someone who takes part in this round now, else 404."""
    parts = Participant.objects.visible_to(request.user).present()
    found: Participant = get_object_or_404(
        parts.select_related("user", "round__system"), pk=pk, round=row
    )
    return found


def onward(request: HttpRequest, again: str, row: Round) -> HttpResponse:
    """To the people of the review, or to the same form for the next one."""
    if "again" in request.POST:
        return redirect(again, row.system.slug, row.pk)
    return back(row)


def back(row: Round) -> HttpResponse:
    return redirect("review", row.system.slug, row.pk)


def act_page(
    request: HttpRequest, row: Round, form: Any, template: str, words: dict[str, Any]
) -> HttpResponse:
    context = {"system": row.system, "round": row, "form": form, **words}
    status = 400 if request.method == "POST" else 200
    return render(request, template, context, status=status)
