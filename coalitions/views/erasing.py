"""Pages of what a coalition holds about one candidate, and its erasure."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from coalitions.forms.erasing import EraseForm
from coalitions.models import Candidate, Coalition
from coalitions.pages.erasure import Plan, plan_of
from coalitions.pages.record import record_of
from coalitions.services import erasing as services
from coalitions.views.entering import (
    acting,
    candidate_or_404,
    coalition_to_lead,
    coalition_to_read,
    frame,
    page_of,
    reading,
    shown,
)
from people.confidential.door import prove_lately
from people.confidential.openings import opening
from people.gate import by
from people.local_time import render_there
from people.versions import filled, status_of


@reading
def candidate_record(
    request: HttpRequest, system: str, aspiration: str, number: int
) -> HttpResponse:
    """Everything held about one candidate, to print for whom it is about."""
    row = coalition_to_read(request, system, aspiration)
    found = candidate_or_404(request, row, number)
    log = Coalition.objects.visible_to(request.user, "opening.read").filter(pk=row.pk)
    return shown(request, row, "coalitions/record.html", lambda: {
        "record": record_of(found, tells_log=log.exists()), "tab": "choice",
        "title": _("Everything held"), "today": row.system.today(),
    })  # fmt: skip


@acting
def erase_candidate(
    request: HttpRequest, system: str, aspiration: str, number: int
) -> HttpResponse:
    """What an erasure takes away, and the erasure. Leaders only, with or without the key.

    Every answer shows texts, so each asks for fresh proof and is logged.
    """
    row = coalition_to_lead(request, system, aspiration)
    prove_lately(request)
    found = candidate_or_404(request, row, number)
    with opening(row=row, by=request.user):  # type: ignore[arg-type]
        plan = plan_of(found)
    strikes = [one.key for one in plan.strikes]
    form = EraseForm(filled(request), letter=found.letter, strikes=strikes)
    if request.method == "POST" and form.is_valid():
        try:
            services.erase_candidate(candidate=found, **form.values(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("What was held about the candidate is erased."))
            return redirect(page_of(row))
    return erase_page(request, row, found, form, plan)


def erase_page(
    request: HttpRequest, row: Coalition, found: Candidate, form: EraseForm, plan: Plan
) -> HttpResponse:
    context: dict[str, Any] = {
        **frame(request, row), "candidate": found, "form": form, "plan": plan, "tab": "choice",
        "strikes": list(zip(plan.strikes, form["also"], strict=True)), "title": _("Erase"),
        "back": page_of(row, "candidate", found.number),
    }  # fmt: skip
    status = status_of(request)
    return render_there(request, row.system, "coalitions/erase.html", context, status=status)
