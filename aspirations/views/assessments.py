"""The rounds of a system: their page, one that is locked, and how one opens and closes."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.forms.assessments import CloseForm, OpenRoundForm
from aspirations.models import AssessmentRound
from aspirations.pages.assessments import AssessmentsPage, RoundPage
from aspirations.services import assessments as services
from people.gate import by, row_or_404, row_to_act_on, system_or_404, system_to_act_in
from people.local_time import render_there
from people.versions import filled

SEE, MODERATE = "assessment.read", "assessment.moderate"


@require_safe
def assessments(request: HttpRequest, system: str) -> HttpResponse:
    """The round that runs, what the last one settled, and those before."""
    place = system_or_404(request, system, SEE)
    page = AssessmentsPage(request.user, place)
    return render_there(request, place, "aspirations/assessment_list.html", {"page": page})


@require_safe
def assessment_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """One locked round; a running one has the page of all."""
    row = row_or_404(request, AssessmentRound, SEE, system__slug=system, pk=pk)
    if row.status != AssessmentRound.Status.LOCKED:
        return redirect("assessments", system)
    page = RoundPage(request.user, row.system, row)
    return render_there(request, row.system, "aspirations/assessment_round.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def open_assessment_round(request: HttpRequest, system: str) -> HttpResponse:
    """Open a round: its title, when sheets are due, and who is asked."""
    place = system_to_act_in(request, system, read=SEE, act=MODERATE)
    people = services.may_be_asked(place)
    asked = [row.pk for row in people]
    form = OpenRoundForm(filled(request), people=people, initial={"assessors": asked})
    if request.method == "POST" and form.is_valid():
        try:
            row = services.open_round(system=place, **form.cleaned_data, **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("“%(round)s” is open. Everyone asked writes alone.")
                             % {"round": row})  # fmt: skip
            return redirect("assessments", system)
    status = 400 if request.method == "POST" else 200
    context = {"system": place, "form": form, "today": place.today()}
    return render(request, "aspirations/assessment_open.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def close_assessment_round(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Close a round for moderation; a reason is asked for while sheets are missing."""
    row = row_to_act_on(
        request, AssessmentRound, read=SEE, act=MODERATE, system__slug=system, pk=pk
    )
    form = CloseForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.close_round(round=row, reason=form.cleaned_data["reason"], **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("Sheets are closed. Moderate them now."))
            return redirect("moderate_assessments", system, pk)
    status = 400 if request.method == "POST" else 200
    context = {
        "system": row.system, "round": row, "form": form, "progress": services.progress(row),
    }  # fmt: skip
    return render(request, "aspirations/assessment_close.html", context, status=status)
