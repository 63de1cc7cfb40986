"""From a promise as stated to the baseline, target and trajectory of each series."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from aspirations.analysis import periods, trajectories
from aspirations.models import (
    Baseline,
    Commitment,
    Metric,
    Observation,
    Segment,
    Series,
    Target,
    Trajectory,
)
from aspirations.models.trajectories import Agreement
from people.models import User

BATCH = 500
STATED = ("baseline_period", "baseline_value", "target_period", "target_value", "shape", "points")


def path_of(
    metric: Metric, *, shape: str, baseline: tuple[date, float], target: tuple[date, float],
    points: Iterable[Sequence[Any]] = (),
) -> trajectories.Path:  # fmt: skip
    """The path the arithmetic reads, with periods counted instead of dated."""
    frequency = periods.Frequency(metric.frequency)

    def count(day: date) -> int:
        return periods.ordinal(frequency, day, metric.year_starts)

    return trajectories.Path(
        shape=shape, k0=count(baseline[0]), baseline=baseline[1],
        k1=count(target[0]), target=target[1],
        points=tuple((count(as_date(day)), float(value)) for day, value in points),
    )  # fmt: skip


def as_date(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


@transaction.atomic
def state(
    *, metric: Metric, segment: Segment | None, stated: dict[str, Any], reason: str = "",
    agreed_on: date | None = None, author: User | None = None,
) -> Commitment | None:  # fmt: skip
    """State a promise for one segment, or for every one; None where it stands already.

    Raises ValidationError where the path cannot be drawn, and where something agreed would
    move without a new reason: one given before would let an old file move it back unseen.
    """
    check(metric, stated)
    Metric.objects.select_for_update().get(pk=metric.pk)
    standing = Commitment.objects.filter(metric=metric, segment=segment)
    now = standing.in_force().first()
    if now and all(getattr(now, name) == stated[name] for name in STATED):
        return None
    if now and (not reason.strip() or standing.filter(reason=reason).exists()):
        raise ValidationError(
            _("%(what)s: %(moved)s. What was agreed moves only with a new reason.")
            % {"what": now, "moved": moved_text(now, stated)}
        )
    if now:
        standing.in_force().update(superseded_at=timezone.now())
    commitment = Commitment(
        metric=metric, segment=segment, reason=reason, agreed_on=agreed_on, author=author,
        version=(standing.aggregate(last=Max("version"))["last"] or 0) + 1, **stated,
    )  # fmt: skip
    commitment.full_clean()
    commitment.save()
    return commitment


def check(metric: Metric, stated: dict[str, Any]) -> None:
    """Refuse a path that cannot be drawn; an unknown baseline is tried at the target's value."""
    known = stated["baseline_value"]
    path = path_of(
        metric, shape=stated["shape"], points=stated["points"],
        baseline=(stated["baseline_period"], stated["target_value"] if known is None else known),
        target=(stated["target_period"], stated["target_value"]),
    )  # fmt: skip
    try:
        trajectories.check(path)
    except trajectories.PathError as problem:
        raise ValidationError(f"{metric.slug}: {problem}") from problem


def moved_text(now: Commitment, stated: dict[str, Any]) -> str:
    return ", ".join(
        f"{name.replace('_', ' ')} from {getattr(now, name)} to {stated[name]}"
        for name in STATED
        if getattr(now, name) != stated[name]
    )


@transaction.atomic
def settle(series: QuerySet[Series]) -> int:
    """Give each of these series the target and path its commitment asks for.

    The commitment for its own segment goes before the one for every segment. A path waits for
    its baseline where the data have none yet. Returns how many series changed; the number of
    queries does not depend on how many there are.
    """
    rows = list(series.select_related("metric").order_by("pk"))
    asked = commitments_for(rows)
    done = settled(Target, asked)
    targets = {key: row for key, row in asked.items() if (key, row.pk) not in done}
    agree_targets(targets)
    done = settled(Trajectory, asked)
    baselines = baseline_values(asked)
    paths = {
        key: row
        for key, row in asked.items()
        if (key, row.pk) not in done and baselines.get(key) is not None
    }
    agree_paths(paths, baselines)
    changed = targets.keys() | paths.keys()
    Series.objects.filter(pk__in=changed).mark_stale()
    return len(changed)


def commitments_for(rows: list[Series]) -> dict[int, Commitment]:
    """Series key to the commitment in force for it: its own segment's, else everyone's."""
    found = Commitment.objects.in_force().filter(metric__in={row.metric_id for row in rows})
    by_place = {(row.metric_id, row.segment_id): row for row in found}
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


def baseline_values(asked: dict[int, Commitment]) -> dict[int, float]:
    """The value each series starts from: as stated, else as observed in the baseline period."""
    open_ended = {key: row for key, row in asked.items() if row.baseline_value is None}
    observed = Observation.objects.filter(
        series__in=open_ended, period__in={row.baseline_period for row in open_ended.values()}
    ).values_list("series_id", "period", "value")
    values = {
        key: value
        for key, period, value in observed
        if value is not None and period == open_ended[key].baseline_period
    }
    stated = {k: row.baseline_value for k, row in asked.items() if row.baseline_value is not None}
    return {**values, **stated}


def next_versions(model: type[Any], keys: Iterable[int]) -> dict[int, int]:
    """Series key to the number its next version takes."""
    last = dict(
        model.objects.filter(series__in=keys)
        .order_by()
        .values("series")
        .annotate(last=Max("version"))
        .values_list("series", "last")
    )
    return {key: last.get(key, 0) + 1 for key in keys}


def agreed(commitment: Commitment) -> dict[str, Any]:
    """What a version takes over from the promise it came from."""
    return {
        "commitment": commitment, "status": Agreement.AGREED, "reason": commitment.reason,
        "author": commitment.author, "agreed_on": commitment.agreed_on,
        "agreed_at": timezone.now(),
    }  # fmt: skip


def agree_targets(asked: dict[int, Commitment]) -> None:
    """Put targets in force; the ones before them stay, superseded.

    So do the paths to them: until the new path has its baseline, none is in force, for a series
    is never judged against a target that is no longer the agreed one.
    """
    supersede(Trajectory, asked)
    supersede(Target, asked)
    version = next_versions(Target, asked)
    Target.objects.bulk_create(
        [
            Target(
                series_id=key,
                version=version[key],
                due=row.target_period,
                value=row.target_value,
                **agreed(row),
            )
            for key, row in asked.items()
        ],
        batch_size=BATCH,
    )


def agree_paths(asked: dict[int, Commitment], baselines: dict[int, float]) -> None:
    """Freeze baselines and put the paths from them in force; earlier paths stay, superseded."""
    supersede(Trajectory, asked)
    starts = freeze_baselines(asked, baselines)
    version = next_versions(Trajectory, asked)
    found = Target.objects.in_force().filter(series__in=asked)
    targets = {(row.series_id, row.commitment_id): row for row in found}
    Trajectory.objects.bulk_create(
        [
            Trajectory(
                series_id=key,
                version=version[key],
                baseline=starts[key],
                target=targets[key, row.pk],
                shape=row.shape,
                points=row.points,
                **agreed(row),
            )
            for key, row in asked.items()
        ],
        batch_size=BATCH,
    )


def freeze_baselines(
    asked: dict[int, Commitment], baselines: dict[int, float]
) -> dict[int, Baseline]:
    version = next_versions(Baseline, asked)
    rows = [
        Baseline(
            series_id=key,
            version=version[key],
            period=row.baseline_period,
            value=baselines[key],
            reason=row.reason,
            author=row.author,
        )
        for key, row in asked.items()
    ]
    return {row.series_id: row for row in Baseline.objects.bulk_create(rows, batch_size=BATCH)}


def supersede(model: type[Target] | type[Trajectory], keys: Iterable[int]) -> None:
    model.objects.filter(series__in=keys).in_force().update(
        status=Agreement.SUPERSEDED, superseded_at=timezone.now()
    )
