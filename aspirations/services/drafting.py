"""Drafts as people make them on pages: begun from what is in force, and saved with new work."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from aspirations.models import Judgment, Metric, Series, Trajectory
from aspirations.models.metrics import WHOLE
from aspirations.services import interventions, trajectories
from aspirations.services.authority import require
from aspirations.services.baselines import Start
from aspirations.services.blocks import Gathered, gather
from aspirations.services.inputs import one_view
from aspirations.services.judging import verdicts_in
from aspirations.services.paths import stored_path
from aspirations.services.segments import whole_of
from aspirations.services.versions import Goal
from people.models import User


@transaction.atomic
def begin(
    *, metric: Metric, code: str = WHOLE, start: Start | None = None, target: Goal | None = None,
    actor: User | None = None, door: str = "command",
) -> Trajectory:  # fmt: skip
    """A draft for the segment `code` of a metric: a copy of the path in force where nothing is
    given, else a straight line from `start` to `target`.

    ValidationError where none is in force and something is missing.
    """
    require(actor, "trajectory.write", metric.system)
    series = series_for(metric, code, actor=actor, door=door)
    if start is not None and target is not None:
        return trajectories.draft(
            series=series, start=start, target=target, author=actor, door=door
        )
    now = Trajectory.objects.in_force().filter(series=series)
    found = now.select_related("series__metric__system", "series__segment", "baseline", "target")
    agreed = found.first()
    if agreed is None:
        raise ValidationError(_("No path is in force to begin from. Give a baseline and a target."))
    return trajectories.copy_of(agreed, author=actor, door=door)


def series_for(
    metric: Metric, code: str, *, actor: User | None = None, door: str = "command"
) -> Series:
    """The series of a segment; that of the whole system is made where there is none yet."""
    rows = Series.objects.select_related("metric__system", "segment")
    found = rows.filter(metric=metric, segment__code=code).first()
    if found is not None:
        return found
    if code != WHOLE:
        raise ValidationError(_("No such segment: %(code)s") % {"code": code})
    whole = whole_of(metric.system, actor=actor, door=door)
    series, _made = Series.objects.get_or_create(metric=metric, segment=whole)
    return series


@transaction.atomic
def write(
    *, trajectory: Trajectory, seen: int, start: Start | None, target: Goal,
    form: Mapping[str, Any], effects: Iterable[Mapping[str, Any]],
    named: Mapping[str, Mapping[str, Any]], reason: str, actor: User, door: str = "command",
) -> Trajectory:  # fmt: skip
    """Save a draft whole, with the work that it names for the first time.

    `effects` are as `interventions.stated_effects` takes them; one whose `intervention` is a key
    of `named` belongs to new work with those values (`name`, and perhaps `owner`, `funding`,
    `cost`). `start` is None where the baseline stays. `seen` is the `stamp` of the draft that the
    writer saw: Conflict where it says something else now, and nothing is saved.
    """
    trajectories.require_own(actor, trajectory)
    trajectories.refuse_moved(trajectories.held_draft(trajectory), seen)
    system = trajectory.series.metric.system
    slugs = {
        key: interventions.name_new(system=system, values=values, actor=actor, door=door).slug
        for key, values in named.items()
    }
    return trajectories.revise(
        trajectory=trajectory, start=start, target=target, form=form,
        effects=[renamed(effect, slugs) for effect in effects],
        actor=actor, reason=reason, door=door,
    )  # fmt: skip


def renamed(effect: Mapping[str, Any], slugs: Mapping[str, str]) -> dict[str, Any]:
    """The effect with the slugs that new work was given, in its overlaps too."""
    overlaps = [
        {**both, "with": slugs.get(both["with"], both["with"])}
        for both in effect.get("overlaps", ())
    ]
    name = effect["intervention"]
    return {**effect, "intervention": slugs.get(name, name), "overlaps": overlaps}


# --- what would follow ---------------------------------------------------------------------


def lights_under(row: Trajectory) -> tuple[Judgment | None, Judgment | None]:
    """What the rules say of the series today, and what they would say under this version.

    Nothing is stored. `row` needs its series, metric, system, baseline and target.
    """
    prefetch_related_objects([row], "effects__intervention")
    with one_view() as moment:
        gathered = next(gather([row.series]), None)
        if gathered is None:
            return None, None
        now = next(verdicts_in(gathered, moment)).judgment
        then = next(verdicts_in(under(gathered, row), moment)).judgment
    return now, then


def under(gathered: Gathered, row: Trajectory) -> Gathered:
    """The block of one series as if this version were in force."""
    path = stored_path(row.series.metric, row)
    block = replace(gathered.block, paths=[path], has_target=np.array([True]))
    return replace(gathered, block=block, trajectories=[row.pk])
