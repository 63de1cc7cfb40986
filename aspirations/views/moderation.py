"""Moderation: one page for all aspirations of a round, and the press that locks it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aspirations.forms.assessments import ConfirmForm, FinalForm
from aspirations.models import AssessmentRound
from aspirations.pages.moderation import Candidate, ModerationPage
from aspirations.services import assessments as services
from people.gate import by, row_to_act_on
from people.local_time import render_there
from people.services import Conflict
from people.versions import Panel, after_conflict, filled

SEE, MODERATE = "assessment.read", "assessment.moderate"


@dataclass
class Settling:
    """One aspiration on the table with its part of the form, and what another saved meanwhile."""

    candidate: Candidate
    form: Any
    conflict: Panel | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def moderate_assessments(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Place aspirations in rank order and settle a light for each; nothing is final yet."""
    row = round_to_moderate(request, system, pk)
    if row.status != AssessmentRound.Status.MODERATION:
        return elsewhere(request, row)
    page = ModerationPage(request.user, row)
    parts = [
        Settling(found, FinalForm(filled(request), row=found.final, prefix=found.prefix))
        for found in page.candidates
    ]
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        faulty = [part for part in parts if not part.form.is_valid()]
        status, problems = (400, []) if faulty else save(request, row, parts)
        if status == 200:
            messages.success(request, _("Saved. Nothing is final until the round is locked."))
            return redirect("moderate_assessments", system, pk)
    context = {"round": row, "page": page, "parts": parts, "problems": problems,
               "in_conflict": status == 409}  # fmt: skip
    return render_there(
        request, row.system, "aspirations/assessment_moderation.html", context, status=status
    )


def save(
    request: HttpRequest, row: AssessmentRound, parts: list[Settling]
) -> tuple[int, list[str]]:
    """200 where all was saved; 400 with what was refused; 409 with both texts in the parts."""
    rows = {part.candidate.aspiration: part.form.values() for part in parts}
    seen = min((part.form.seen() for part in parts), default=row.version)
    try:
        services.moderate_all(round=row, rows=rows, version=seen, **by(request))
    except ValidationError as problem:
        return 400, problem.messages
    except Conflict:
        compare(request, row, parts)
        return 409, []
    return 200, []


def compare(request: HttpRequest, row: AssessmentRound, parts: list[Settling]) -> None:
    """Show beside what was typed what another saved, aspiration by aspiration."""
    row.refresh_from_db()
    fresh = {found.prefix: found for found in ModerationPage(request.user, row).candidates}
    for part in parts:
        now = fresh[part.candidate.prefix].final
        part.form, part.conflict = after_conflict(part.form, Conflict(now))


def elsewhere(request: HttpRequest, row: AssessmentRound) -> HttpResponse:
    """An open round is closed first; a locked one is only read."""
    if row.status == AssessmentRound.Status.OPEN:
        messages.info(request, _("Sheets are still open. Close them before you moderate."))
        return redirect("close_assessment_round", row.system.slug, row.pk)
    messages.info(request, _("This round is locked: nothing in it changes any more."))
    return redirect("assessment_round", row.system.slug, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def lock_assessment_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Say what will be locked, and lock it."""
    row = round_to_moderate(request, system, pk)
    if row.status != AssessmentRound.Status.MODERATION:
        return elsewhere(request, row)
    form = ConfirmForm(filled(request), row=row)
    status = 200
    if request.method == "POST":
        status = lock(request, row, form)
        if status == 200:
            messages.success(request, _("“%(round)s” is locked.") % {"round": row})
            return redirect("assessment_round", system, pk)
    context = {"round": row, "form": form, "page": ModerationPage(request.user, row)}
    return render_there(
        request, row.system, "aspirations/assessment_lock.html", context, status=status
    )


def lock(request: HttpRequest, row: AssessmentRound, form: ConfirmForm) -> int:
    """200 where it is locked; else the form says why not."""
    if not form.is_valid():
        return 400
    try:
        services.lock_round(round=row, version=form.seen(), **by(request))
    except ValidationError as problem:
        form.add_error(None, problem)
        return 400
    except Conflict:
        form.add_error(None, _("Someone moderated since you opened this page. Read what is settled "
                               "now, below, and lock it again if it should be."))  # fmt: skip
        row.refresh_from_db()
        form.data = {**form.data, "version": str(row.version)}
        return 409
    return 200


def round_to_moderate(request: HttpRequest, system: str, pk: int) -> AssessmentRound:
    row: AssessmentRound = row_to_act_on(
        request, AssessmentRound, read=SEE, act=MODERATE, system__slug=system, pk=pk
    )
    return row
