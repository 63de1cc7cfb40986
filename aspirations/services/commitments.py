"""Promises as they are stated, and the baseline, target and path each series gets from them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.models import Commitment, Metric, Segment, Series, Target, Trajectory
from aspirations.models.agreements import Method
from aspirations.services.agreeing import agree_paths, agree_targets
from aspirations.services.baselines import Found, Start, check_start, found, start_of
from aspirations.services.interventions import stated_effects
from aspirations.services.paths import FORM, check_path, path_of
from people.models import User
from people.services import LEAST, is_reason

__all__ = ["path_of", "settle", "state", "why_waiting"]

MOVED = "moved"
"""Code of the refusal that a new reason would lift."""
USUAL: dict[str, Any] = {
    "baseline_method": Method.SINGLE.value, "baseline_periods": 1, "shape": "linear",
    "points": [], "parameters": {}, "season": {}, "low": None, "high": None, "effects": [],
}  # fmt: skip
STATED = (
    "baseline_period", "baseline_value", "baseline_method", "baseline_periods", "target_period",
    "target_value", *FORM, "effects",
)  # fmt: skip


@transaction.atomic
def state(
    *, metric: Metric, segment: Segment | None, stated: Mapping[str, Any], reason: str = "",
    agreed_on: date | None = None, author: User | None = None, at: datetime | None = None,
) -> Commitment | None:  # fmt: skip
    """State a promise for one segment, or for every one; None where it stands already.

    Raises ValidationError where the path cannot be drawn, and where something agreed would
    move without a new reason: one given before would let an old file move it back unseen, and
    one of a few letters says nothing.
    """
    full = check(metric, stated)
    hold([metric.pk])
    standing = Commitment.objects.filter(metric=metric, segment=segment)
    now = standing.in_force().first()
    if now and all(getattr(now, name) == full[name] for name in STATED):
        return None
    if now and (not is_reason(reason) or standing.filter(reason=reason).exists()):
        raise ValidationError(
            _("%(what)s: %(moved)s. What was agreed moves only with a new reason "
              "of at least %(least)s characters.")
            % {"what": now, "moved": moved_text(now, full), "least": LEAST},
            code=MOVED,
        )  # fmt: skip
    at = at or timezone.now()
    if now:
        standing.in_force().update(superseded_at=at)
    commitment = Commitment(
        metric=metric, segment=segment, reason=reason, agreed_on=agreed_on, author=author,
        version=(standing.aggregate(last=Max("version"))["last"] or 0) + 1, created_at=at, **full,
    )  # fmt: skip
    commitment.full_clean()
    commitment.save()
    return commitment


def check(metric: Metric, stated: Mapping[str, Any]) -> dict[str, Any]:
    """The promise in full, every field of `STATED`; ValidationError where it cannot be kept.

    An unknown baseline is tried at the target's value.
    """
    full: dict[str, Any] = {**USUAL, **stated}
    try:
        check_start(metric, start_stated(full))
        full["effects"] = stated_effects(metric.system, full["effects"])
        draw_check(metric, full, full["baseline_value"])
    except ValidationError as problem:
        raise ValidationError(f"{metric.slug}: {' '.join(problem.messages)}") from problem
    return full


def start_stated(full: Mapping[str, Any]) -> Start:
    return Start(
        full["baseline_period"], full["baseline_value"], full["baseline_method"],
        full["baseline_periods"],
    )  # fmt: skip


def draw_check(metric: Metric, full: Mapping[str, Any], baseline: float | None) -> None:
    """Refuse a path that cannot be drawn from this baseline."""
    target = full["target_value"]
    path = path_of(
        metric,
        baseline=(full["baseline_period"], target if baseline is None else baseline),
        target=(full["target_period"], target),
        effects=full["effects"],
        **{name: full[name] for name in FORM},
    )
    check_path(metric, path)


def moved_text(now: Commitment, full: Mapping[str, Any]) -> str:
    return ", ".join(
        _("%(name)s from %(old)s to %(new)s")
        % {"name": name.replace("_", " "), "old": getattr(now, name), "new": full[name]}
        if not isinstance(full[name], list | dict)
        else _("other %(name)s") % {"name": name}
        for name in STATED
        if getattr(now, name) != full[name]
    )


@transaction.atomic
def settle(series: QuerySet[Series]) -> int:
    """Give each of these series the target and path its commitment asks for.

    The commitment for its own segment goes before the one for every segment. A path waits for
    its baseline where the data have none yet, and where none can be drawn from it (`why_waiting`
    says which). Returns how many series changed; the number of queries does not depend on how
    many there are.
    """
    rows = list(series.select_related("metric").order_by("pk"))
    hold({row.metric_id for row in rows})
    at = timezone.now()
    asked = commitments_for(rows)
    done = settled(Target, asked)
    targets = {key: row for key, row in asked.items() if (key, row.pk) not in done}
    agree_targets(targets, at)
    done = settled(Trajectory, asked)
    waiting = {key: row for key, row in asked.items() if (key, row.pk) not in done}
    starts = {key: one.value for key, one in starts_of(waiting).items() if one.value is not None}
    agree_paths({key: waiting[key] for key in starts}, starts, at)
    changed = targets.keys() | starts.keys()
    Series.objects.filter(pk__in=changed).mark_stale()
    return len(changed)


def hold(metrics: Collection[int]) -> None:
    """One at a time may write versions of these metrics; the locks end with the transaction."""
    rows = Metric.objects.filter(pk__in=metrics).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def commitments_for(rows: list[Series]) -> dict[int, Commitment]:
    """Series key to the commitment in force for it: its own segment's, else everyone's."""
    wanted = Commitment.objects.in_force().filter(metric__in={row.metric_id for row in rows})
    by_place = {
        (row.metric_id, row.segment_id): row
        for row in wanted.select_related("metric__system", "author")
    }
    asked = {}
    for row in rows:
        own = by_place.get((row.metric_id, row.segment_id))
        commitment = own or by_place.get((row.metric_id, None))
        if commitment:
            asked[row.pk] = commitment
    return asked


def settled(model: type[Target] | type[Trajectory], asked: dict[int, Commitment]) -> set[Any]:
    """(series, commitment) pairs that already have their version."""
    return set(model.objects.filter(series__in=asked).values_list("series_id", "commitment_id"))


def starts_of(asked: Mapping[int, Commitment]) -> dict[int, Found]:
    """The value each series starts from, where there is one and the path can be drawn from it."""
    taken = found({key: (row.metric, start_of(row)) for key, row in asked.items()})
    return {key: drawable(asked[key], one) for key, one in taken.items()}


def drawable(commitment: Commitment, start: Found) -> Found:
    """The start as it is, or without a value where no path can be drawn from it."""
    # A stated baseline was tried when the promise was made.
    if start.value is None or commitment.baseline_value is not None:
        return start
    full = {name: getattr(commitment, name) for name in STATED}
    try:
        draw_check(commitment.metric, full, start.value)
    except ValidationError as problem:
        return Found(None, " ".join(problem.messages))
    return start


def why_waiting(series: Series) -> str:
    """What the path of a promised series still waits for; empty where nothing is promised."""
    asked = commitments_for([series])
    if not asked or (series.pk, asked[series.pk].pk) in settled(Trajectory, asked):
        return ""
    return starts_of(asked)[series.pk].wanting
