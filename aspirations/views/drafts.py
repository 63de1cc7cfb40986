"""The builder: a draft read, tried out, saved and sent for challenge."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from aspirations.forms.building import BuilderForm, with_one_more
from aspirations.forms.challenges import ChallengeForm
from aspirations.models import Challenge, Intervention, Trajectory
from aspirations.models.agreements import Agreement
from aspirations.pages.drafts import Sketch, saved_rows, stored_sketch, typed_sketch
from aspirations.pages.trajectories import address_of
from aspirations.services import challenges, drafting, trajectories, versions
from aspirations.services.interventions import effects_of
from aspirations.views.trajectories import segment_asked
from people.gate import by, refuse_unless, system_or_404
from people.permissions import may
from people.services import Conflict
from people.versions import after_conflict

Context = dict[str, Any]


def version_or_404(request: HttpRequest, system: str, metric: str, version: int) -> Trajectory:
    """One version of the path of a metric, for the whole system or `?segment=`."""
    place = system_or_404(request, system, "plan.read")
    rows = Trajectory.objects.visible_to(request.user).select_related(
        "series__metric", "series__segment", "baseline", "target", "author", "sent_by"
    )
    found: Trajectory = get_object_or_404(
        rows, version=version, series__metric__slug=metric, series__metric__system=place,
        series__segment__code=segment_asked(request),
    )  # fmt: skip
    found.series.metric.system = place
    return found


def draft_to_revise(request: HttpRequest, system: str, metric: str, version: int) -> Trajectory:
    """The version, if this person may revise it: 404 where they may not read it, else 403."""
    row = version_or_404(request, system, metric, version)
    refuse_unless(request, "trajectory.write", row.series.metric.system)
    trajectories.require_own(request.user, row)  # type: ignore[arg-type]
    return row


def may_revise(user: Any, row: Trajectory) -> bool:
    if row.status != Agreement.DRAFT:
        return False
    try:
        trajectories.require_own(user, row)
    except PermissionDenied:
        return False
    return True


def builder_form(request: HttpRequest, row: Trajectory, data: Any = None) -> BuilderForm:
    system = row.series.metric.system
    works = Intervention.objects.visible_to(request.user).filter(system=system)
    return BuilderForm(
        row, data, effects=effects_of(row), works=list(works),
        may_name=may(request.user, "plan.write", system),
    )  # fmt: skip


# --- read and tried out --------------------------------------------------------------------


@require_safe
def draft(request: HttpRequest, system: str, metric: str, version: int) -> HttpResponse:
    """One version: as the builder to who may revise it, else as it reads."""
    row = version_or_404(request, system, metric, version)
    form = builder_form(request, row) if may_revise(request.user, row) else None
    sketch, faults = sketched(stored_sketch, row)
    return page(request, row, form, sketch, faults)


@require_POST
def preview_draft(request: HttpRequest, system: str, metric: str, version: int) -> HttpResponse:
    """What the path would be as typed; nothing is stored. A fragment where htmx asks for it."""
    row = draft_to_revise(request, system, metric, version)
    form = builder_form(request, row, with_one_more(request.POST, request.POST.get("more", "")))
    sketch, faults = tried(form)
    if request.headers.get("HX-Request"):
        context = {"plan": sketch, "faults": faults}
        return render(request, "aspirations/_trajectory_preview_swap.html", context)
    return page(request, row, form, sketch, faults)


def sketched(make: Any, of: Any) -> tuple[Sketch | None, list[tuple[str, str]]]:
    """The path as it would be, or why it cannot be drawn."""
    try:
        return make(of), []
    except ValidationError as problem:
        return None, [("", message) for message in problem.messages]


def tried(form: BuilderForm) -> tuple[Sketch | None, list[tuple[str, str]]]:
    """The path as typed, without the rows that are wrong, and all that is wrong."""
    faults = [] if form.is_valid() else form.faults()
    if not form.path.is_valid():
        return None, faults
    sketch, more = sketched(typed_sketch, form)
    return sketch, faults + more


# --- saved and sent ------------------------------------------------------------------------


@require_POST
def save_draft(request: HttpRequest, system: str, metric: str, version: int) -> HttpResponse:
    """Keep what was typed."""
    row = draft_to_revise(request, system, metric, version)
    answer = written(request, row)
    if answer is None:
        messages.success(request, _("The draft is saved. Nothing is judged by it yet."))
        return redirect(address_of("draft", row))
    return answer


@require_POST
def send_draft(request: HttpRequest, system: str, metric: str, version: int) -> HttpResponse:
    """Keep what was typed, and put it before others for challenge."""
    row = draft_to_revise(request, system, metric, version)
    answer = written(request, row)
    if answer is None:
        try:
            trajectories.send(trajectory=row, **by(request))
        except ValidationError as problem:  # agreed or laid aside in between
            messages.error(request, " ".join(problem.messages))
        else:
            messages.success(request, _("The draft is saved and sent for challenge."))
        return redirect(address_of("draft", row))
    return answer


def written(request: HttpRequest, row: Trajectory) -> HttpResponse | None:
    """None where the draft was saved; else the builder with what was typed, and why not."""
    form = builder_form(request, row, request.POST)
    sketch, faults = tried(form)
    if faults:
        return page(request, row, form, sketch, faults, status=400)
    try:
        drafting.write(
            trajectory=row, seen=form.path.seen(), start=form.start(), target=form.path.goal(),
            form=form.terms(), effects=form.stated(), named=form.named(),
            reason=form.path.cleaned_data["reason"], **by(request),
        )  # fmt: skip
    except Conflict as conflict:
        return outrun(request, form, sketch, conflict)
    except ValidationError as problem:
        told = [("", message) for message in problem.messages]
        return page(request, row, form, sketch, told, status=400)
    return None


def outrun(
    request: HttpRequest, form: BuilderForm, sketch: Sketch | None, conflict: Conflict
) -> HttpResponse:
    """Somebody saved the draft first: both versions, and nothing typed is lost."""
    now: Any = conflict.current
    now.system = now.series.metric.system
    form.path, panel = after_conflict(form.path, conflict, key=versions.key_of(now))  # type: ignore[assignment]
    saved = saved_rows(now, sketch)
    return page(
        request, now, form, sketch, [], status=409, more={"conflict": panel, "saved_rows": saved}
    )


# --- the page ------------------------------------------------------------------------------


def page(
    request: HttpRequest, row: Trajectory, form: BuilderForm | None, sketch: Sketch | None,
    faults: list[tuple[str, str]], *, status: int = 200, more: Context | None = None,
) -> HttpResponse:  # fmt: skip
    """A version with all that can be done with it."""
    context = {
        "row": row, "metric": row.series.metric, "system": row.series.metric.system, "form": form,
        "plan": sketch, "faults": faults, "doubts": doubts_of(request, row),
        "segment": row.series.segment, "as_at": row.series.metric.system.today(),
        **addresses(row), **what_may(request, row), **(more or {}),
    }  # fmt: skip
    return render(request, "aspirations/trajectory_draft.html", context, status=status)


def doubts_of(request: HttpRequest, row: Trajectory) -> list[Challenge]:
    """Challenges of a version, each with whether this person answers for it."""
    visible = Challenge.objects.visible_to(request.user).filter(trajectory=row)
    found = list(visible.select_related("author", "answered_by", "system"))
    answers = bool(found) and row.status == Agreement.DRAFT and may_revise(request.user, row)
    for doubt in found:
        doubt.trajectory = row
        doubt.answer_at = (  # type: ignore[attr-defined]
            address_of("answer_draft_challenge", row, doubt.pk)
            if answers and doubt.answered_at is None
            else ""
        )
    return found


def addresses(row: Trajectory) -> Context:
    names = ("preview_draft", "save_draft", "send_draft", "challenge_draft", "agree_draft",
             "withdraw_draft")  # fmt: skip
    return {"at": {name: address_of(name, row) for name in names}}


def what_may(request: HttpRequest, row: Trajectory) -> Context:
    """What this person may do with a version, as it stands."""
    system, is_draft = row.series.metric.system, row.status == Agreement.DRAFT
    sent = is_draft and row.sent_at is not None
    doubts = sent and challenges.may_challenge(request.user, row)  # type: ignore[arg-type]
    return {
        "is_draft": is_draft,
        "may_agree": is_draft and may(request.user, "trajectory.agree", system),
        "may_begin": not is_draft and may(request.user, "trajectory.write", system),
        "doubt": ChallengeForm() if doubts else None,
    }  # fmt: skip
