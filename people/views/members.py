"""Who works in a system: the list, and roles offered, changed, taken away and decided on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms.members import InviteForm, RemovalForm, RoleForm
from people.gate import system_or_404, system_to_act_in
from people.labels import role_name
from people.models import Appointment, Invitation, Membership, System
from people.pages.members import MembersPage
from people.services import Conflict
from people.services.appointments import decide
from people.services.invitations import invite, renew, withdraw
from people.services.offices import change_member as change_member_of
from people.services.roles import remove_role
from people.signing_in.limits import limit
from people.versions import filled


@require_safe
def members(request: HttpRequest, system: str) -> HttpResponse:
    """Everyone with a role here, and what waits for an answer."""
    place = system_or_404(request, system, "members.read")
    context = {"system": place, "page": MembersPage(place, request.user)}
    return render(request, "people/member_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: HttpRequest, system: str) -> HttpResponse:
    """Offer someone a role, by mail."""
    place = to_change(request, system)
    form = InviteForm(place, filled(request))
    if request.method == "POST" and form.is_valid():
        refusal = limit(request, "invite")
        if refusal:
            return refusal
        if tried(form, invite, system=place, actor=request.user, **form.cleaned_data):
            words = _("%s is invited. The mail is on its way.")
            messages.success(request, words % form.cleaned_data["email"])
            return redirect("members", place.slug)
    return answer(request, "people/member_invite.html", {"system": place, "form": form})


@require_POST
def renew_invitation(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Send a new link; the old one ends."""
    place = to_change(request, system)
    refusal = limit(request, "invite")
    if refusal:
        return refusal
    row = invitation_of(request, place, pk)
    done = _("A new link is on its way to %s. The old one no longer works.")
    return acted(request, place, renew, done % row.email, invitation=row)


@require_POST
def withdraw_invitation(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Take an offer back."""
    place = to_change(request, system)
    row = invitation_of(request, place, pk)
    done = _("The invitation of %s is withdrawn.")
    return acted(request, place, withdraw, done % row.email, invitation=row)


@require_POST
def decide_appointment(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Accept or refuse someone put forward as a leader."""
    place = system_to_act_in(request, system, read="members.read", act="appointment.decide")
    rows = Appointment.objects.visible_to(request.user).filter(system=place)
    row = get_object_or_404(rows.select_related("user", "system"), pk=pk)
    answers = {"accept": True, "refuse": False}
    if request.POST.get("answer") not in answers:
        messages.error(request, _("Say whether you accept or refuse."))
        return redirect("members", place.slug)
    accepted = answers[request.POST["answer"]]
    role = role_name(place, row.role)
    done = (
        _("%(person)s is %(role)s now.") if accepted else _("%(person)s does not become %(role)s.")
    )
    words = done % {"person": row.user, "role": role}
    return acted(request, place, decide, words, appointment=row, accepted=accepted)


@require_http_methods(["GET", "HEAD", "POST"])
def change_member(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Give a person another role instead of this one, or another office, with a reason."""
    place = to_change(request, system)
    row = member_of(request, place, pk)
    form = RoleForm(place, row, filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = tried(
                form, change_member_of, membership=row, actor=request.user, **form.cleaned_data
            )
        except Conflict as conflict:
            return moved(request, place, conflict)
        if made:
            messages.success(request, told(made, place))
            return redirect("members", place.slug)
    return answer(request, "people/member_role.html", shown(place, row, form))


@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Take a role away, with a reason."""
    place = to_change(request, system)
    row = member_of(request, place, pk)
    form = RemovalForm(row.role, filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            gone = tried(form, remove_role, membership=row, actor=request.user, **form.cleaned_data)
        except Conflict as conflict:
            return moved(request, place, conflict)
        if gone:
            words = _("%(person)s is no longer %(role)s.")
            names = {"person": row.user, "role": role_name(place, row.role)}
            messages.success(request, words % names)
            return redirect("members", place.slug)
    return answer(request, "people/member_remove.html", shown(place, row, form))


def to_change(request: HttpRequest, system: str) -> System:
    return system_to_act_in(request, system, read="members.read", act="members.write")


def member_of(request: HttpRequest, place: System, pk: int) -> Membership:
    rows = Membership.objects.visible_to(request.user).filter(system=place)
    return get_object_or_404(rows.select_related("user", "system"), pk=pk)


def invitation_of(request: HttpRequest, place: System, pk: int) -> Invitation:
    rows = Invitation.objects.visible_to(request.user).filter(system=place)
    return get_object_or_404(rows.select_related("system"), pk=pk)


def shown(place: System, row: Membership, form: Any) -> dict[str, Any]:
    return {"system": place, "row": row, "form": form, "role": role_name(place, row.role)}


def told(made: Any, place: System) -> str:
    """What became of a change of role."""
    names = {"person": made.user, "role": role_name(place, made.role)}
    if isinstance(made, Appointment):
        return _("%(person)s is proposed as %(role)s. A leader in post decides.") % names
    if made.office:
        names["office"] = made.office
        return _("%(person)s is %(role)s now, for %(office)s.") % names
    return _("%(person)s is %(role)s now.") % names


def tried(form: Any, act: Any, **values: Any) -> Any:
    """What the service made (True for nothing in particular); else None, and the form says why."""
    try:
        return act(**values) or True
    except ValidationError as problem:
        form.add_error("reason" if getattr(problem, "code", "") == "reason" else None, problem)
        return None


def acted(request: HttpRequest, place: System, act: Any, done: str, **values: Any) -> HttpResponse:
    """Do what a button asks, and go back to the list with a word on it."""
    try:
        act(actor=request.user, **values)
        messages.success(request, done)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("members", place.slug)


def moved(request: HttpRequest, place: System, conflict: Conflict) -> HttpResponse:
    """Someone changed the role or the office first: say what it is now; nothing was saved."""
    row: Any = conflict.current
    names = {"person": row.user, "role": role_name(place, row.role), "office": row.office}
    words = _(
        "%(person)s was made %(role)s while you wrote. Nothing of yours was saved: look again."
    )
    if row.role == request.POST.get("seen"):
        words = _(
            "The office of %(person)s was set to “%(office)s” while you wrote. Nothing of yours "
            "was saved: look again."
        )
    messages.error(request, words % names)
    context = {"system": place, "page": MembersPage(place, request.user)}
    return render(request, "people/member_list.html", context, status=409)


def answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 400 if request.method == "POST" else 200
    return render(request, template, context, status=status)
