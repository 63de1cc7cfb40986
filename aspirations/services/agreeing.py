"""Putting versions in force: targets, baselines and paths, the earlier ones superseded.

What ends and what begins bears the same moment, so that at every instant one is in force.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from aspirations.models import Baseline, Commitment, Target, Trajectory
from aspirations.models.agreements import Agreement
from aspirations.services.interventions import attach
from aspirations.services.paths import FORM
from people.models import System

BATCH = 500


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


def agreed(commitment: Commitment, at: datetime) -> dict[str, Any]:
    """What a version takes over from the promise it came from."""
    return {
        "commitment": commitment, "status": Agreement.AGREED, "reason": commitment.reason,
        "author": commitment.author, "agreed_on": commitment.agreed_on, "agreed_at": at,
    }  # fmt: skip


def agree_targets(asked: Mapping[int, Commitment], at: datetime) -> None:
    """Put targets in force; the ones before them stay, superseded.

    So do the paths to them: until the new path has its baseline, none is in force, for a series
    is never judged against a target that is no longer the agreed one.
    """
    supersede(Trajectory, asked, at)
    supersede(Target, asked, at)
    version = next_versions(Target, asked)
    Target.objects.bulk_create(
        [
            Target(
                series_id=key, version=version[key], due=row.target_period,
                value=row.target_value, **agreed(row, at),
            )
            for key, row in asked.items()
        ],
        batch_size=BATCH,
    )  # fmt: skip


def agree_paths(
    asked: Mapping[int, Commitment], baselines: Mapping[int, float], at: datetime
) -> None:
    """Freeze baselines and put the paths from them in force; earlier paths stay, superseded."""
    supersede(Trajectory, asked, at)
    starts = freeze_baselines(asked, baselines)
    version = next_versions(Trajectory, asked)
    found = Target.objects.in_force().filter(series__in=asked)
    targets = {(row.series_id, row.commitment_id): row for row in found}
    rows = Trajectory.objects.bulk_create(
        [
            Trajectory(
                series_id=key, version=version[key], baseline=starts[key],
                target=targets[key, row.pk], **{name: getattr(row, name) for name in FORM},
                **agreed(row, at),
            )
            for key, row in asked.items()
        ],
        batch_size=BATCH,
    )  # fmt: skip
    carry(rows, asked)


def carry(rows: Iterable[Trajectory], asked: Mapping[int, Commitment]) -> None:
    """Give paths the effects their promises state, system by system."""
    carried: dict[int, list[Any]] = {}
    systems: dict[int, System] = {}
    for row in rows:
        commitment = asked[row.series_id]
        if commitment.effects:
            system = commitment.metric.system
            systems[system.pk] = system
            carried.setdefault(system.pk, []).append((row, commitment.effects))
    for key, paths in carried.items():
        attach(paths, systems[key])


def freeze_baselines(
    asked: Mapping[int, Commitment], baselines: Mapping[int, float]
) -> dict[int, Baseline]:
    version = next_versions(Baseline, asked)
    rows = [
        Baseline(
            series_id=key, version=version[key], period=row.baseline_period,
            value=baselines[key], method=row.baseline_method, periods=row.baseline_periods,
            reason=row.reason, author=row.author,
        )
        for key, row in asked.items()
    ]  # fmt: skip
    return {row.series_id: row for row in Baseline.objects.bulk_create(rows, batch_size=BATCH)}


def supersede(model: type[Target] | type[Trajectory], keys: Iterable[int], at: datetime) -> None:
    model.objects.filter(series__in=keys).in_force().update(
        status=Agreement.SUPERSEDED, superseded_at=at
    )
