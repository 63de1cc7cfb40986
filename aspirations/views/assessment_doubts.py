"""Doubts put to a human judgment, and their answers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aspirations.forms.challenges import AnswerForm, ChallengeForm
from aspirations.models import Assessment, AssessmentRound, Challenge
from aspirations.pages.human import viewed
from aspirations.services import challenges
from people.gate import by, refuse_unless, row_or_404
from people.local_time import render_there
from people.versions import filled


@require_http_methods(["GET", "HEAD", "POST"])
def challenge_assessment(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Put a doubt to someone's view, for them to answer."""
    row = row_or_404(
        request, Assessment, "assessment.read", system__slug=system, pk=pk,
        submitted_at__isnull=False,
    )  # fmt: skip
    refuse_unless(request, "assessment.write", row.system)
    form = ChallengeForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            challenges.challenge(about=row, text=form.cleaned_data["text"], **by(request))
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("Your challenge stands beside the judgment until it is "
                                        "answered."))  # fmt: skip
            return redirect(page_of(row))
    status = 400 if request.method == "POST" else 200
    context = {"form": form, "view": viewed(row, row.system), "back": page_of(row)}
    return render_there(
        request, row.system, "aspirations/assessment_challenge.html", context, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def answer_challenge(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """Answer a doubt, once: kept as it was, or changed."""
    row = row_or_404(
        request, Challenge, "assessment.read", system__slug=system, pk=pk,
        assessment__isnull=False,
    )  # fmt: skip
    who = by(request)
    if not challenges.may_answer(who["actor"], row):
        raise PermissionDenied
    form = AnswerForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            challenges.answer(challenge=row, **form.cleaned_data, **who)
        except ValidationError as problem:
            form.refused(problem)
        else:
            messages.success(request, _("Your answer stands beside the challenge."))
            return redirect(page_of(row.assessment))
    status = 400 if request.method == "POST" else 200
    context = {
        "form": form, "challenge": row, "view": viewed(row.assessment, row.system),
        "back": page_of(row.assessment),
    }  # fmt: skip
    return render_there(
        request, row.system, "aspirations/assessment_answer.html", context, status=status
    )


def page_of(row: Assessment) -> str:
    """Where a view stands: with its metric, in its locked round, or among the sheets."""
    slug = row.system.slug
    if row.metric is not None:
        return reverse("metric_judgments", args=[slug, row.metric.slug])
    assert row.round is not None
    assert row.aspiration is not None
    if row.round.status == AssessmentRound.Status.LOCKED:
        return reverse("assessment_round", args=[slug, row.round.pk])
    return reverse("assessment_sheet", args=[slug, row.round.pk, row.aspiration.slug])
