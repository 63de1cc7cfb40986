"""What becomes of a draft: challenged and answered, agreed by a leader, or laid aside."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from aspirations.forms.challenges import AnswerForm, ChallengeForm
from aspirations.forms.trajectory_steps import AgreeForm, WithdrawForm
from aspirations.models import Challenge, Trajectory
from aspirations.models.agreements import Agreement
from aspirations.pages.agreeing import Consequences, consequences
from aspirations.pages.trajectories import address_of
from aspirations.services import challenges, trajectories, versions
from aspirations.views.drafts import draft_to_revise, version_or_404
from people.gate import by, refuse_unless
from people.services import Conflict
from people.versions import after_conflict, filled


@require_http_methods(["GET", "HEAD", "POST"])
def challenge_draft(request: HttpRequest, system: str, metric: str, version: int) -> HttpResponse:
    """Put a doubt to a draft that was sent for it."""
    row = version_or_404(request, system, metric, version)
    if not challenges.may_challenge(request.user, row):  # type: ignore[arg-type]
        raise PermissionDenied
    form = ChallengeForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            challenges.challenge(about=row, text=form.cleaned_data["text"], **by(request))
            messages.success(request, _("Your challenge stands beside the draft."))
            return redirect(address_of("draft", row))
        except ValidationError as problem:
            form.add_error(None, problem)
    return act_page(request, row, form, {
        "title": _("Challenge this draft"), "act": _("Challenge it"),
        "lead": _("Challenge the plan, not the people. Say what you doubt and why, so that it can "
                  "be answered."),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def answer_draft_challenge(
    request: HttpRequest, system: str, metric: str, version: int, pk: int
) -> HttpResponse:
    """Answer a doubt: was the draft kept as it was, or changed?"""
    row = version_or_404(request, system, metric, version)
    visible = Challenge.objects.visible_to(request.user).select_related("system", "author")
    doubt = get_object_or_404(visible, pk=pk, trajectory=row)
    doubt.trajectory = row
    if not challenges.may_answer(request.user, doubt):  # type: ignore[arg-type]
        raise PermissionDenied
    form = AnswerForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            challenges.answer(challenge=doubt, **form.cleaned_data, **by(request))
            messages.success(request, _("The challenge is answered."))
            return redirect(address_of("draft", row))
        except ValidationError as problem:
            form.add_error(None, problem)
    author = doubt.author.name or _("a colleague")
    return act_page(request, row, form, {
        "title": _("Answer the challenge of %(author)s") % {"author": author},
        "act": _("Answer it"), "lead": doubt.text,
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_draft(request: HttpRequest, system: str, metric: str, version: int) -> HttpResponse:
    """Lay a draft aside, with a reason; it stays in the list of versions."""
    row = draft_to_revise(request, system, metric, version)
    form = WithdrawForm(filled(request))
    if request.method == "POST" and form.is_valid():
        try:
            trajectories.withdraw(trajectory=row, reason=form.cleaned_data["reason"], **by(request))
            messages.success(request, _("The draft is laid aside. It keeps its number."))
            return redirect("trajectories", system)
        except ValidationError as problem:
            form.add_error(None, problem)
    return act_page(request, row, form, {
        "title": _("Lay this draft aside"), "act": _("Lay it aside"),
        "lead": _("No light changes. The draft stays in the list of versions with your reason."),
    })  # fmt: skip


def act_page(
    request: HttpRequest, row: Trajectory, form: Any, words: dict[str, str]
) -> HttpResponse:
    """The form with what was typed, and what is wrong with it."""
    context = {
        "form": form, "row": row, "metric": row.series.metric,
        "system": row.series.metric.system, "back": address_of("draft", row),
    }  # fmt: skip
    status = 400 if request.method == "POST" else 200
    return render(request, "aspirations/trajectory_act.html", context | words, status=status)


# --- agreement -----------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def agree_draft(request: HttpRequest, system: str, metric: str, version: int) -> HttpResponse:
    """Put a draft in force, having seen what follows from it."""
    row = version_or_404(request, system, metric, version)
    refuse_unless(request, "trajectory.agree", row.series.metric.system)
    form: Any = AgreeForm(filled(request), row=row)
    panel, status = None, 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            trajectories.agree(
                trajectory=row, reason=form.cleaned_data["reason"], seen=form.seen(), **by(request)
            )
            words = _("Version %(number)s is agreed. The judgment follows within a minute.")
            messages.success(request, words % {"number": row.version})
            return redirect(address_of("draft", row))
        except Conflict as conflict:
            now: Any = conflict.current
            now.system, row = now.series.metric.system, now
            (form, panel), status = after_conflict(form, conflict, key=versions.key_of(now)), 409
        except ValidationError as problem:
            form.refused(problem)
    return agree_page(request, row, form, panel, status)


def agree_page(
    request: HttpRequest, row: Trajectory, form: Any, panel: Any, status: int
) -> HttpResponse:
    found: Consequences | None = consequences(row) if row.status == Agreement.DRAFT else None
    context = {
        "form": form, "conflict": panel, "row": row, "metric": row.series.metric,
        "system": row.series.metric.system, "back": address_of("draft", row), "follows": found,
        "as_at": row.series.metric.system.today(),
    }  # fmt: skip
    return render(request, "aspirations/trajectory_agree.html", context, status=status)
