"""A path from draft to agreement: written, revised, agreed by a leader, or withdrawn.

Every version keeps its author, reason and dates. What is agreed is frozen; a change is the next
version, and the promise it came from (`commitments`) moves with it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import Commitment, Effect, Overlap, Series, Target, Trajectory
from aspirations.models.agreements import Agreement, Method
from aspirations.services import commitments
from aspirations.services.agreeing import next_versions, supersede
from aspirations.services.authority import require
from aspirations.services.baselines import Start
from aspirations.services.interventions import effects_of, stated_effects
from aspirations.services.paths import FORM, check_path, stored_path
from aspirations.services.versions import (
    Goal,
    baseline_for,
    move_target,
    stamp,
    start_of,
    store,
    target_for,
    terms,
    trail,
)
from people.models import User
from people.permissions import may
from people.services import Conflict, check_reason


@transaction.atomic
def draft(
    *, series: Series, start: Start, target: Goal, form: Mapping[str, Any] | None = None,
    effects: Iterable[Mapping[str, Any]] = (), author: User | None = None, reason: str = "",
    door: str = "command",
) -> Trajectory:  # fmt: skip
    """A path to talk about; no judgment reads it until `agree`.

    `target` is the first day of the period it is due in, and its value; `form` holds what differs
    from a straight line (fields of `Form`); `effects` are as `stated_effects` takes them. A
    baseline or target that equals the one in force is kept. Raises ValidationError where no path
    can be drawn, PermissionDenied where the author may not write one.
    """
    metric = series.metric
    require(author, "trajectory.write", metric.system)
    commitments.hold([metric.pk])
    stated = stated_effects(metric.system, effects)
    baseline = baseline_for(series, start, author, reason)
    row = Trajectory(
        series=series, version=next_versions(Trajectory, [series.pk])[series.pk],
        baseline=baseline, target=target_for(series, target, author, reason),
        author=author, reason=reason, **dict(form or {}),
    )  # fmt: skip
    store(row, stated)
    trail(row, "draft", author, reason, door, after=terms(row))
    return row


def copy_of(
    trajectory: Trajectory, *, author: User | None = None, reason: str = "", door: str = "command"
) -> Trajectory:
    """A draft that starts as the given version, to be revised."""
    baseline, target = trajectory.baseline, trajectory.target
    return draft(
        series=trajectory.series, start=start_of(baseline), target=(target.due, target.value),
        form={name: getattr(trajectory, name) for name in FORM},
        effects=effects_of(trajectory), author=author, reason=reason, door=door,
    )  # fmt: skip


@transaction.atomic
def revise(
    *, trajectory: Trajectory, start: Start | None = None, target: Goal | None = None,
    form: Mapping[str, Any] | None = None, effects: Iterable[Mapping[str, Any]] | None = None,
    actor: User | None = None, reason: str | None = None, door: str = "command",
    seen: int | None = None,
) -> Trajectory:  # fmt: skip
    """Change a draft; what is not given stays. An agreed version is refused.

    `seen` is the `stamp` of what the writer saw; Conflict where the draft says something else now.
    """
    row = held_draft(trajectory)
    require_own(actor, row)
    refuse_moved(row, seen)
    before = terms(row)
    stated = effects_of(row)
    if effects is not None:
        stated = stated_effects(row.series.metric.system, effects)
    if reason is not None:
        row.reason = reason
    if start is not None:
        row.baseline = baseline_for(row.series, start, actor, row.reason)
    if target is not None:
        move_target(row, target, actor)
    for name, value in dict(form or {}).items():
        setattr(row, name, value)
    Overlap.objects.filter(first__trajectory=row).delete()
    Effect.objects.filter(trajectory=row).delete()
    store(row, stated)
    trail(row, "revise", actor, row.reason, door, before=before, after=terms(row))
    return row


@transaction.atomic
def agree(
    *, trajectory: Trajectory, actor: User | None = None, reason: str = "",
    agreed_on: date | None = None, door: str = "command", seen: int | None = None,
) -> Trajectory:  # fmt: skip
    """Put a draft in force and freeze it; the version before it ends at the same moment.

    For leaders only. Refuses a path that cannot be drawn, one that says what is in force already,
    and a change of what was agreed without a reason that says something and was not given before.
    `seen` is the `stamp` of what the leader saw; Conflict where the draft says something else now.
    """
    row = held_draft(trajectory)
    series, metric = row.series, row.series.metric
    require(actor, "trajectory.agree", metric.system)
    refuse_moved(row, seen)
    check_path(metric, stored_path(metric, row))
    now = Trajectory.objects.in_force().filter(series=series).first()
    reason = reason.strip() or row.reason
    refuse_unmoved(now, row, reason)
    at, day = timezone.now(), agreed_on or metric.system.today()
    commitment = promise(row, now, reason, day, actor, at)
    supersede(Trajectory, [series.pk], at)
    told = {
        "commitment": commitment, "status": Agreement.AGREED, "reason": reason,
        "agreed_on": day, "agreed_at": at,
    }  # fmt: skip
    if row.target.status == Agreement.DRAFT:
        supersede(Target, [series.pk], at)
        put(row.target, told, actor)
    put(row, told, actor)
    Series.objects.filter(pk=series.pk).mark_stale()
    trail(row, "agree", actor, reason, door, before=terms(now) if now else {}, after=terms(row))
    return row


@transaction.atomic
def send(*, trajectory: Trajectory, actor: User | None = None, door: str = "command") -> Trajectory:
    """Put a draft before others for challenge; again where it was changed since."""
    row = held_draft(trajectory)
    require_own(actor, row)
    check_path(row.series.metric, stored_path(row.series.metric, row))
    row.sent_at, row.sent_by = timezone.now(), actor
    row.save()
    trail(row, "send", actor, row.reason, door, after=terms(row))
    return row


@transaction.atomic
def withdraw(
    *, trajectory: Trajectory, actor: User | None = None, reason: str = "", door: str = "command"
) -> Trajectory:
    """Lay a draft aside; it keeps its number and stays in the list of versions.

    A person says why; commands at the server may leave it out.
    """
    row = held_draft(trajectory)
    require_own(actor, row)
    if actor is not None:
        reason = check_reason(reason, _("Laying %(what)s aside") % {"what": row})
    for version in (row, row.target):
        if version.status == Agreement.DRAFT:
            version.status = Agreement.WITHDRAWN
            version.save()
    trail(row, "withdraw", actor, reason, door, before=terms(row))
    return row


# --- who holds a draft ---------------------------------------------------------------------


def held_draft(trajectory: Trajectory) -> Trajectory:
    """The draft as it is stored now, held for this transaction."""
    commitments.hold([trajectory.series.metric_id])
    rows = Trajectory.objects.select_related("series__metric__system", "series__segment")
    row: Trajectory = rows.select_related("baseline", "target").get(pk=trajectory.pk)
    if row.status != Agreement.DRAFT:
        raise ValidationError(
            _("%(what)s is %(status)s and frozen. Make a new version to change it.")
            % {"what": row, "status": row.get_status_display().lower()}
        )
    return row


def refuse_moved(row: Trajectory, seen: int | None) -> None:
    """Who writes over a draft, or agrees to it, has seen what it says."""
    if seen is not None and seen != stamp(row):
        raise Conflict(row)


def require_own(actor: User | None, row: Trajectory) -> None:
    """Those who write plans revise any draft, the owner of a plan only what they wrote."""
    system = row.series.metric.system
    require(actor, "trajectory.write", system)
    if actor and row.author_id != actor.pk and not may(actor, "plan.write", system):
        raise PermissionDenied(
            _("%(what)s is another person's draft. Write a draft of your own.") % {"what": row}
        )


# --- agreement -----------------------------------------------------------------------------


def refuse_unmoved(now: Trajectory | None, row: Trajectory, reason: str) -> None:
    if now is None:
        return
    if terms(now) == terms(row):
        raise ValidationError(
            _("%(what)s says what version %(number)s, in force, says already. Change it first.")
            % {"what": row, "number": now.version}
        )
    check_reason(reason, _("%(what)s changes what was agreed and") % {"what": row})


def promise(
    row: Trajectory, now: Trajectory | None, reason: str, day: date, actor: User | None,
    at: datetime,
) -> Commitment:  # fmt: skip
    """The promise behind the version, so that an older system file cannot move it back unseen."""
    metric, segment = row.series.metric, row.series.segment
    made = commitments.state(
        metric=metric, segment=segment, stated=terms(row) | {"baseline_value": given(row, now)},
        reason=reason, agreed_on=day, author=actor or row.author, at=at,
    )  # fmt: skip
    return made or Commitment.objects.in_force().get(metric=metric, segment=segment)


def given(row: Trajectory, now: Trajectory | None) -> float | None:
    """The baseline as a promise states it: nothing where it came from the figures."""
    if row.baseline.method != Method.SINGLE:
        return None
    kept = now is not None and now.baseline_id == row.baseline_id and now.commitment is not None
    if kept and now is not None and now.commitment is not None:
        return now.commitment.baseline_value
    return row.baseline.value


def put(version: Target | Trajectory, told: dict[str, Any], actor: User | None) -> None:
    for name, value in told.items():
        setattr(version, name, value)
    version.author = version.author or actor
    version.save()
