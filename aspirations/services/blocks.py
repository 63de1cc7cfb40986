"""From rows to the arrays the arithmetic reads."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from aspirations.analysis import periods
from aspirations.analysis.engine import Block
from aspirations.analysis.lights import Policy as PolicyValues
from aspirations.models import Metric, Observation, Policy, Rebase, Series, Target, Trajectory
from aspirations.services.commitments import path_of

Group = tuple[str, int, int, str, date]


@dataclass(frozen=True)
class Gathered:
    """A block and the rows it was made from, in the same order."""

    series: list[Series]
    trajectories: list[Trajectory | None]
    block: Block


def gather(series: Sequence[Series], as_of: date | None = None) -> Iterator[Gathered]:
    """Blocks of series that share frequency, policy and date. Needs metric and system loaded.

    The number of queries does not depend on the number of series.
    """
    keys = [row.pk for row in series]
    paths = trajectories_of(keys)
    agreed = Target.objects.in_force().filter(series__in=keys)
    targets = set(agreed.values_list("series", flat=True))
    rebases = rebases_of(keys)
    policies = policies_of({row.metric.system_id for row in series})
    for group in grouped(series, policies, as_of):
        rows, policy, day = group
        yield Gathered(
            rows,
            [paths.get(row.pk) for row in rows],
            block_of(rows, policy, day, paths, targets, rebases),
        )


def policies_of(systems: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The values in force for each system: its latest version's."""
    rows = Policy.objects.filter(system__in=systems).order_by("version")
    return {row.system_id: row.values for row in rows}


def trajectories_of(keys: Sequence[int]) -> dict[int, Trajectory]:
    rows = Trajectory.objects.in_force().filter(series__in=keys)
    return {row.series_id: row for row in rows.select_related("baseline", "target")}


def rebases_of(keys: Sequence[int]) -> dict[int, list[date]]:
    found: dict[int, list[date]] = defaultdict(list)
    rows = Rebase.objects.filter(series__in=keys).order_by("period")
    for key, period in rows.values_list("series", "period"):
        found[key].append(period)
    return found


def grouped(
    series: Sequence[Series], policies: dict[int, dict[str, Any]], as_of: date | None
) -> Iterator[tuple[list[Series], PolicyValues, date]]:
    """Series that can share a block, with their resolved policy and date."""
    groups: dict[Any, list[Series]] = defaultdict(list)
    resolved: dict[Any, PolicyValues] = {}
    for row in series:
        metric = row.metric
        day = as_of or metric.system.today()
        values = {**policies.get(metric.system_id, {}), **metric.policy_overrides}
        key = (metric.frequency, metric.year_starts, day, tuple(sorted(values.items())))
        groups[key].append(row)
        resolved.setdefault(key, PolicyValues.from_values(values))
    for key, rows in groups.items():
        yield rows, resolved[key], key[2]


def block_of(
    rows: list[Series], policy: PolicyValues, day: date, paths: dict[int, Trajectory],
    targets: set[int], rebases: dict[int, list[date]],
) -> Block:  # fmt: skip
    frequency = periods.Frequency(rows[0].metric.frequency)
    year_starts = rows[0].metric.year_starts
    first, actual = observed([row.pk for row in rows], day, frequency, year_starts)
    metrics = [row.metric for row in rows]
    return Block(
        frequency=frequency, year_starts=year_starts, first=first, actual=actual,
        sign=np.array([metric.sign for metric in metrics]),
        band=pairs((metric.band_low, metric.band_high) for metric in metrics),
        bounds=pairs((metric.lower_bound, metric.upper_bound) for metric in metrics),
        paths=[drawn(row.metric, paths.get(row.pk)) for row in rows],
        has_target=np.array([row.pk in targets for row in rows]),
        rebases=[
            [periods.ordinal(frequency, start, year_starts) for start in rebases.get(row.pk, [])]
            for row in rows
        ],
        lag_days=np.array([metric.expected_lag for metric in metrics]),
        expected_months=[frozenset(metric.expected_months) for metric in metrics],
        policy=policy, as_of=day,
    )  # fmt: skip


def drawn(metric: Metric, row: Trajectory | None) -> Any:
    """The path of a stored trajectory, or None."""
    if row is None:
        return None
    return path_of(
        metric, shape=row.shape, points=row.points,
        baseline=(row.baseline.period, row.baseline.value),
        target=(row.target.due, row.target.value),
    )  # fmt: skip


def pairs(values: Iterable[tuple[float | None, float | None]]) -> npt.NDArray[np.float64]:
    return np.array(
        [[np.nan if side is None else side for side in pair] for pair in values], dtype=np.float64
    ).reshape(-1, 2)


def observed(
    keys: list[int], day: date, frequency: periods.Frequency, year_starts: int
) -> tuple[int, npt.NDArray[np.float64]]:
    """Ordinal of the first column, and (series, period) values known by `day`; NaN if absent."""
    rows = Observation.objects.filter(
        series__in=keys, published_on__lte=day, value__isnull=False
    ).values_list("series", "period", "value")
    found = list(rows.order_by().iterator(chunk_size=10_000))
    if not found:
        return 0, np.full((len(keys), 1), np.nan)
    owners, days, values = zip(*found, strict=True)
    columns = periods.ordinals(frequency, np.array(days, dtype="datetime64[D]"), year_starts)
    place = {key: row for row, key in enumerate(keys)}
    first = int(columns.min())
    actual = np.full((len(keys), int(columns.max()) - first + 1), np.nan)
    actual[[place[key] for key in owners], columns - first] = values
    return first, actual
