"""From rows to the arrays the arithmetic reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import numpy as np

from aspirations.analysis.arrays import Float, Int
from aspirations.analysis.engine import Block
from aspirations.analysis.paths import Path
from aspirations.analysis.policy import Policy as PolicyValues
from aspirations.models import Metric, Series, Trajectory
from aspirations.models.agreements import Shape
from aspirations.services import inputs
from aspirations.services.copying import Columns
from aspirations.services.members import Members, observed, path_keys, paths_of, rebases_of
from aspirations.services.paths import FORM, path_of, stored_path
from aspirations.services.quality import without_light


@dataclass(frozen=True)
class Gathered:
    """A block and what its rows are, in the same order."""

    keys: list[int]
    metrics: list[Metric]
    trajectories: list[int | None]
    """Keys of the paths in force."""
    block: Block
    series: list[Series] = field(default_factory=list)
    """The rows that were given; none where keys were."""


def gather(
    series: Sequence[Series], as_of: date | None = None, known_at: datetime | None = None
) -> Iterator[Gathered]:
    """Blocks of series that share frequency, policy and date. Needs metric and system loaded.

    `as_of` leaves out what was not public by that day (default: each system's own today);
    `known_at` takes what was recorded by that moment (default: what is so now). The number of
    queries does not depend on the number of series.
    """
    rows = {row.pk: row for row in series}
    metrics = inputs.as_defined({row.metric_id: row.metric for row in series}, known_at)
    keys = np.array(sorted(rows), dtype=np.int64)
    homes = np.array([rows[key].metric_id for key in keys.tolist()], dtype=np.int64)
    for found in _gathered(keys, homes, metrics, as_of, known_at):
        yield replace(found, series=[rows[key] for key in found.keys])


def gather_keys(
    keys: Iterable[int], as_of: date | None = None, known_at: datetime | None = None
) -> Iterator[Gathered]:
    """As `gather`, for the series with these keys, of which no row is loaded."""
    found = inputs.homes(list(keys))
    metrics = inputs.metrics(np.unique(found["metric"]).tolist(), known_at)
    return _gathered(found["series"], found["metric"], metrics, as_of, known_at)


def _gathered(
    keys: Int, homes: Int, metrics: dict[int, Metric], as_of: date | None, known_at: datetime | None
) -> Iterator[Gathered]:
    agreed = inputs.trajectories(keys.tolist(), known_at)
    whole = inputs.detailed(agreed["trajectory"][agreed["detailed"]].tolist())
    aimed = inputs.aimed(keys.tolist(), known_at)["series"]
    rebases = inputs.rebases(keys.tolist(), known_at)
    by_day: dict[date, list[Members]] = defaultdict(list)
    for members in grouped(keys, homes, metrics, as_of, known_at):
        by_day[members.day].append(members)
    for day, groups in by_day.items():
        wanted = np.concatenate([members.keys for members in groups])
        seen = inputs.observations(wanted.tolist(), day, known_at)
        unfit = without_light({metric.pk for g in groups for metric in g.metrics}, day, known_at)
        for members in groups:
            block = block_of(members, seen, agreed, whole, aimed, rebases, unfit)
            yield Gathered(
                members.keys.tolist(),
                [members.metrics[place] for place in members.metric.tolist()],
                path_keys(members, agreed),
                block,
            )


def grouped(
    keys: Int, homes: Int, metrics: dict[int, Metric], as_of: date | None, known_at: datetime | None
) -> Iterator[Members]:
    """Series that can share a block, with their resolved policy and date."""
    policies = inputs.policies({row.system_id for row in metrics.values()}, known_at)
    groups: dict[Any, list[int]] = defaultdict(list)
    values: dict[Any, dict[str, Any]] = {}
    for pk, metric in sorted(metrics.items()):
        day = as_of or metric.system.today()
        resolved = {**policies.get(metric.system_id, {}), **metric.policy_overrides}
        key = (metric.frequency, metric.year_starts, day, repr(sorted(resolved.items())))
        groups[key].append(pk)
        values[key] = resolved
    for key, homed in groups.items():
        known = np.array(sorted(homed), dtype=np.int64)
        mine = np.isin(homes, known) if len(groups) > 1 else np.ones(len(keys), dtype=bool)
        if mine.any():
            yield Members(
                keys[mine],
                [metrics[pk] for pk in known.tolist()],
                np.searchsorted(known, homes[mine]),
                PolicyValues.from_values(values[key]),
                key[2],
            )


def block_of(
    members: Members, seen: list[Columns], agreed: Columns, whole: dict[int, Trajectory],
    aimed: Int, rebases: Columns, unfit: set[int],
) -> Block:  # fmt: skip
    metrics, each = members.metrics, members.each
    first, actual = observed(members, seen)
    months = [frozenset(metric.expected_months) for metric in metrics]
    return Block(
        frequency=members.frequency, year_starts=members.year_starts, first=first, actual=actual,
        sign=each([metric.sign for metric in metrics], "int64"),
        band=pairs((metric.band_low, metric.band_high) for metric in metrics)[members.metric],
        bounds=pairs((m.lower_bound, m.upper_bound) for m in metrics)[members.metric],
        paths=paths_of(members, agreed, details_of(members, agreed, whole)),
        has_target=np.isin(members.keys, aimed),
        rebases=rebases_of(members, rebases),
        lag_days=each([metric.expected_lag for metric in metrics], "int64"),
        expected_months=[months[place] for place in members.metric.tolist()],
        grade_d=each([metric.pk in unfit for metric in metrics], "bool"),
        cumulative=each([metric.kind == Metric.Kind.CUMULATIVE for metric in metrics], "bool"),
        policy=members.policy, as_of=members.day,
    )  # fmt: skip


def details_of(members: Members, agreed: Columns, whole: dict[int, Trajectory]) -> dict[int, Path]:
    """By row the paths that say more than their columns."""
    mine, row = members.among(agreed["series"])
    keys, more = (agreed[name][mine] for name in ("trajectory", "detailed"))
    paths = {
        place: drawn(members.metrics[members.metric[place]], whole[key])
        for place, key in zip(row[more].tolist(), keys[more].tolist(), strict=True)
    }
    return {place: path for place, path in paths.items() if path and not path.plain}


def drawn(metric: Metric, row: Trajectory | None) -> Path | None:
    """The path of a stored trajectory, or None. Only a sum of interventions asks for effects."""
    if row is None:
        return None
    if row.shape == Shape.INTERVENTIONS:
        return stored_path(metric, row)
    return path_of(
        metric,
        baseline=(row.baseline.period, row.baseline.value),
        target=(row.target.due, row.target.value),
        **{name: getattr(row, name) for name in FORM},
    )


def pairs(values: Iterable[tuple[float | None, float | None]]) -> Float:
    return np.array(
        [[np.nan if side is None else side for side in pair] for pair in values], dtype=np.float64
    ).reshape(-1, 2)
