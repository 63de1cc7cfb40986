"""The pages of guiding coalitions: closed to all but leaders and the delegates they name."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.models import Aspiration
from coalitions.forms.coalitions import DelegateForm, StartForm
from coalitions.models import CandidNote, Coalition, Delegate
from coalitions.pages.coalition import page_of_coalition
from coalitions.services import coalitions as services
from coalitions.views.entering import (
    acting,
    at,
    coalition_to_lead,
    frame,
    refusal,
    shown,
)
from people.confidential.door import confidential, prove_lately
from people.confidential.openings import log_of, opening
from people.forms.confidential import NoteForm, ReasonForm
from people.gate import by, row_or_404, system_or_404
from people.permissions import may
from people.versions import filled


@require_safe
def coalitions(request: HttpRequest, system: str) -> HttpResponse:
    """The coalitions one may open; to leaders also the aspirations that have none yet."""
    place = system_or_404(request, system, "system.read")
    visible = Coalition.objects.visible_to(request.user).filter(system=place)
    found = list(visible.select_related("aspiration"))
    leads = may(request.user, "delegate.write", place)
    if not found and not leads:
        # The same question as for a coalition, so that a second factor is asked for if due.
        row_or_404(request, Coalition, "coalition.read", system=place)
        raise Http404
    without = Aspiration.objects.visible_to(request.user) if leads else Aspiration.objects.none()
    context = {
        "system": place, "coalitions": found, "today": place.today(),
        "without": list(without.active().filter(system=place, coalition=None)),
    }  # fmt: skip
    return render(request, "coalitions/coalition_list.html", context)


@acting
def coalition(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """One coalition: who could clear the way, who does, and what comes next. A note is added here.

    Writing shows nothing of what others wrote, so it asks for no fresh proof: what somebody has
    typed is not held up, nor kept anywhere unsealed.
    """
    row = row_or_404(request, Coalition, "coalition.read", **at(system, aspiration))
    if request.method == "POST":
        return add(request, row)
    prove_lately(request)
    return shown(request, row, "coalitions/coalition_detail.html", lambda: facts(request, row))


def facts(request: HttpRequest, row: Coalition) -> dict[str, Any]:
    """What stands on the page, read within the log of its openings."""
    notes = CandidNote.objects.visible_to(request.user).filter(coalition=row)
    told = Coalition.objects.visible_to(request.user, "opening.read").filter(pk=row.pk)
    delegates = Delegate.objects.visible_to(request.user).filter(coalition=row)
    return {
        "page": page_of_coalition(row), "tab": "choice", "here": _("Candidates"),
        "form": NoteForm(),
        "notes": list(notes.select_related("author")), "people": services.readers_of(row),
        "log": log_of(row) if told.exists() else None,
        "delegates": list(delegates.with_reach().select_related("user", "named_by")),
    }  # fmt: skip


def add(request: HttpRequest, row: Coalition) -> HttpResponse:
    """Keep the note, and show the page anew; else the form alone with what was typed."""
    form = NoteForm(filled(request))
    status = form.kept(lambda body: services.add_note(coalition=row, body=body, **by(request)))
    if status == 200:
        messages.success(request, _("The note is kept."))
        return redirect("coalition", row.system.slug, row.aspiration.slug)
    context = {**frame(request, row), "form": form, "tab": "choice"}
    return render(request, "coalitions/note.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def start_coalition(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Begin the coalition of an aspiration."""
    place = system_or_404(request, system, "delegate.write")
    visible = Aspiration.objects.visible_to(request.user).select_related("system")
    about = get_object_or_404(visible, system=place, slug=aspiration)
    form = StartForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.start(aspiration=about, form=form.cleaned_data["form"], **by(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("The coalition has begun."))
            return redirect("coalition", system, aspiration)
    return act_page(request, about, form, {
        "title": _("Begin a guiding coalition"), "act": _("Begin"),
        "lead": _("Only leaders and the delegates they name will know of it."),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def name_delegate(request: HttpRequest, system: str, aspiration: str) -> HttpResponse:
    """Let a member of the system into this coalition."""
    row = coalition_to_lead(request, system, aspiration)
    prove_lately(request)
    form = DelegateForm(filled(request), people=services.open_to_naming(row))
    if request.method == "POST" and form.is_valid():
        try:
            found = services.name_delegate(coalition=row, **form.cleaned_data, **by(request))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("%s can open this page now.") % found.user)
            return redirect("coalition", system, aspiration)
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        return act_page(request, row.aspiration, form, {
            "title": _("Name a delegate"), "act": _("Name this person"),
            "lead": _("A delegate reads and writes everything about this one coalition, as long as "
                      "they have a role in the system."),
        })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def end_delegate(request: HttpRequest, system: str, aspiration: str, pk: int) -> HttpResponse:
    """End what a delegate can open, with a reason."""
    row = coalition_to_lead(request, system, aspiration)
    visible = Delegate.objects.visible_to(request.user)
    visible = visible.select_related("user", "coalition__system")
    found = get_object_or_404(visible, pk=pk, coalition=row)
    form = ReasonForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.end_delegate(delegate=found, **form.cleaned_data, **by(request))
        except ValidationError as problem:
            form.refused(refusal(request, row, problem))
        else:
            messages.success(request, _("%s can no longer open this page.") % found.user)
            return redirect("coalition", system, aspiration)
    words = {
        "title": _("End what this delegate can open"), "act": _("End it"),
        "lead": _("From their next page on this coalition is closed to them."),
    }  # fmt: skip
    if request.method == "POST":
        # Without fresh proof it tells nobody's name.
        return act_page(request, row.aspiration, form, words)
    words["title"] = _("End what %s can open") % found.user
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        return act_page(request, row.aspiration, form, words)


def act_page(
    request: HttpRequest, about: Aspiration, form: Any, words: dict[str, str]
) -> HttpResponse:
    context = {"system": about.system, "aspiration": about, "form": form, **words}
    status = 400 if request.method == "POST" else 200
    return render(request, "coalitions/act_form.html", context, status=status)
