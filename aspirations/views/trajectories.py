"""The list of paths, the beginning of a draft, and the work that paths rest on."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from aspirations.forms.trajectories import NewDraftForm
from aspirations.forms.works import InterventionForm
from aspirations.models import Intervention, Metric, Observation, Segment, Trajectory
from aspirations.models.metrics import WHOLE
from aspirations.pages.trajectories import address_of, of_segment, trajectory_list
from aspirations.services import drafting, interventions
from people.gate import by, row_to_act_on, system_or_404, system_to_act_in
from people.models import System
from people.permissions import may
from people.services import Conflict
from people.versions import after_conflict, filled


def segment_asked(request: HttpRequest) -> str:
    code = request.GET.get("segment") or WHOLE
    if "\0" in code:  # PostgreSQL would refuse the question itself
        raise Http404
    return code


@require_safe
def trajectories(request: HttpRequest, system: str) -> HttpResponse:
    """Every metric with its path, for the whole system or `?segment=`."""
    place = system_or_404(request, system, "plan.read")
    page = trajectory_list(place, segment_asked(request))
    if page is None:
        raise Http404
    context = {
        "system": place, "page": page, "as_at": place.today(),
        "may_write": may(request.user, "trajectory.write", place),
        "may_describe": may(request.user, "plan.write", place),
        "works": Intervention.objects.visible_to(request.user).filter(system=place),
    }  # fmt: skip
    return render(request, "aspirations/trajectory_list.html", context)


# --- a new draft ---------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def new_draft(request: HttpRequest, system: str, metric: str) -> HttpResponse:
    """Begin a draft: as the path in force, or where there is none from a baseline to a target."""
    place = system_to_act_in(request, system, read="plan.read", act="trajectory.write")
    found = get_object_or_404(
        Metric.objects.visible_to(request.user).active(), system=place, slug=metric
    )
    found.system = place
    segment = segment_or_404(request, place)
    agreed = path_in_force(request, found, segment)
    form = NewDraftForm(found, filled(request), initial=latest_figure(request, found, segment))
    if request.method == "POST" and (agreed is not None or form.is_valid()):
        row = begun(request, form, found, segment, is_copy=agreed is not None)
        if row is not None:
            messages.success(request, _("The draft is begun. Nothing is judged by it yet."))
            return redirect(address_of("draft", row))
    back = reverse("trajectories", args=[place.slug])
    context = {
        "system": place, "metric": found, "segment": segment, "agreed": agreed, "form": form,
        "back": back + of_segment(segment) if segment else back,
    }  # fmt: skip
    status = 400 if request.method == "POST" else 200
    return render(request, "aspirations/trajectory_new.html", context, status=status)


def begun(
    request: HttpRequest, form: NewDraftForm, metric: Metric, segment: Segment | None, *,
    is_copy: bool,
) -> Trajectory | None:  # fmt: skip
    """The new draft; None where the form says why there is none."""
    ends: dict[str, Any] = {} if is_copy else {"start": form.start(), "target": form.goal()}
    code = segment.code if segment else WHOLE
    try:
        return drafting.begin(metric=metric, code=code, **ends, **by(request))
    except ValidationError as problem:
        form.add_error(None, problem)
        return None


def segment_or_404(request: HttpRequest, place: System) -> Segment | None:
    """The segment asked for; None where a system has not even the whole one yet."""
    code = segment_asked(request)
    found = Segment.objects.visible_to(request.user).filter(system=place, code=code).first()
    if found is None and code != WHOLE:
        raise Http404
    return found


def path_in_force(
    request: HttpRequest, metric: Metric, segment: Segment | None
) -> Trajectory | None:
    rows = Trajectory.objects.visible_to(request.user).in_force()
    of_metric = rows.filter(series__metric=metric, series__segment=segment)
    found: Trajectory | None = of_metric.select_related("baseline", "target").first()
    return found


def latest_figure(request: HttpRequest, metric: Metric, segment: Segment | None) -> dict[str, Any]:
    """Where a first path would start, for who may read figures."""
    rows = Observation.objects.visible_to(request.user).filter(
        series__metric=metric, series__segment=segment, value__isnull=False
    )
    last = rows.order_by("-period").first()
    return {"baseline_period": last.period, "baseline_value": last.value} if last else {}


# --- the work ------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def edit_intervention(request: HttpRequest, system: str, slug: str) -> HttpResponse:
    """Change who owns a piece of work, how it stands and what it costs."""
    row = row_to_act_on(
        request, Intervention, read="plan.read", act="plan.write", system__slug=system, slug=slug
    )
    form: Any = InterventionForm(filled(request), row=row)
    panel, status = None, 400 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            interventions.change(
                intervention=row, values=form.values(), seen=form.seen(), **by(request)
            )
            messages.success(request, _("Saved: %(name)s.") % {"name": form.values()["name"]})
            return redirect("trajectories", system)
        except Conflict as conflict:
            (form, panel), status = after_conflict(form, conflict, key=row.slug), 409
        except ValidationError as problem:
            form.refused(problem)
    context = {"system": row.system, "work": row, "form": form, "conflict": panel}
    return render(request, "aspirations/trajectory_work.html", context, status=status)
