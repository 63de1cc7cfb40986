"""The plan of a round: its steps, and how each is changed and finished."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people.forms.typed import texts
from people.gate import by, row_or_404
from people.local_time import render_there
from people.permissions import may
from people.services import Conflict
from people.versions import after_conflict, filled, status_of
from reviews.forms.plan import StepForm
from reviews.models import Round, Step
from reviews.pages.plan import plan_of
from reviews.services import plan
from reviews.views.refusals import refused
from reviews.views.rounds import round_to_write


@require_safe
def review_plan(request: HttpRequest, system: str, pk: int) -> HttpResponse:
    """The steps of a round: how long each takes at most, its days, and how it stands."""
    row = row_or_404(request, Round, "review.read", system__slug=system, pk=pk)
    context = {
        "round": row, "plan": plan_of(row, row.system.today()),
        "may_write": may(request.user, "review.write", row.system),
    }  # fmt: skip
    return render_there(request, row.system, "reviews/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_step(request: HttpRequest, system: str, pk: int, step: int) -> HttpResponse:
    """Change the days of a step, its note, or when it was done."""
    row = round_to_write(request, system, pk)
    found = step_of(request, row, step)
    if found is None:
        problem, typed = plan.laid_out_anew(row), texts(request.POST)
        return refused(request, row, problem, status=404, typed=typed)
    form, panel = StepForm(filled(request), row=found), None
    if request.method == "POST" and form.is_valid():
        try:
            plan.change_step(step=found, values=form.values(), version=form.seen(), **by(request))
        except ValidationError as problem:
            form.refused(problem)
        except Conflict as conflict:
            form, panel = after_conflict(form, conflict, key=plan.told_of(found))  # type: ignore[assignment]
        else:
            messages.success(request, _("Saved."))
            return redirect("review_plan", system, pk)
    context = {
        "system": row.system, "round": row, "step": found, "form": form, "conflict": panel,
    }  # fmt: skip
    status = status_of(request, panel)
    return render(request, "reviews/step_form.html", context, status=status)


@require_POST
def finish_step(request: HttpRequest, system: str, pk: int, step: int) -> HttpResponse:
    """Say that a step is done today."""
    row = round_to_write(request, system, pk)
    found = step_of(request, row, step)
    if found is None:
        return refused(request, row, plan.laid_out_anew(row), status=404)
    try:
        plan.finish_step(step=found, **by(request))
    except ValidationError as problem:
        return refused(request, row, problem)
    messages.success(request, _("Done: %s.") % found.get_kind_display())
    return redirect("review_plan", system, pk)


def step_of(request: HttpRequest, row: Round, pk: int) -> Step | None:
    """The step; of one that is not there 404, and None to who sends something about it."""
    steps = Step.objects.visible_to(request.user).select_related("round__system")
    found: Step | None = steps.filter(pk=pk, round=row).first()
    if found is None and request.method != "POST":
        raise Http404
    return found
