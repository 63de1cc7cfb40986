"""What judgments are made from, as columns: what is so now, or what was recorded by a moment.

`known_at` is the second clock. None asks for what is in force; a moment asks for what this
program had been told by then, whatever has been corrected, superseded or withdrawn since.
Every function makes the same number of queries for one series as for many.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from aspirations.analysis.paths import SHAPE_NAMES
from aspirations.models import Definition, Metric, Policy, Trajectory
from aspirations.services.copying import Columns, among, columns, moment

OBSERVED = {"series": "key", "period": "day", "value": "figure"}
AGREED = {
    "series": "key", "trajectory": "key", "shape": "number", "begins": "day", "baseline": "figure",
    "ends": "day", "target": "figure", "detailed": "flag",
}  # fmt: skip


@contextmanager
def one_view() -> Iterator[datetime]:
    """All reading inside sees the database at one instant; gives the moment to call it by.

    The moment is taken after the view is, so all that is seen was recorded before it. What was
    recorded before it and is not seen belongs to a transaction still open: that holds the locks
    of its series' marks, or is yet to mark them, and either is noticed before a judgment is
    stored (see `judging.store`).
    """
    if connection.in_atomic_block:
        yield timezone.now()
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT 1")
        yield timezone.now()


def homes(keys: Collection[int]) -> Columns:
    """The metric of each series, by their keys in order."""
    mine, asked = among(keys)
    return columns(
        f"SELECT id, metric_id FROM aspirations_series WHERE id {mine} ORDER BY id",  # noqa: S608 — our own words
        [asked],
        {"series": "key", "metric": "key"},
    )


# --- observations --------------------------------------------------------------------------


def observations(keys: Iterable[int], day: date, known_at: datetime | None) -> list[Columns]:
    """Values public by `day`: of replaced versions first, so that a later one goes over them."""
    mine, asked = among(keys)
    now = [f"series_id {mine}", "published_on <= %s", "value IS NOT NULL"]
    if known_at is None:
        return [observed(now, [asked, day])]
    then = moment(known_at)
    current = observed([*now, "recorded_at <= %s"], [asked, day, then])
    return [replaced(mine, [asked, day, then, then]), current]


def observed(where: list[str], params: list[Any]) -> Columns:
    select = "SELECT series_id, period, value FROM aspirations_observation WHERE "
    return columns(select + " AND ".join(where), params, OBSERVED)


def replaced(mine: str, params: list[Any]) -> Columns:
    """Versions that were in force at a moment and have been replaced since."""
    return columns(
        f"""
        SELECT seen.series_id, seen.period, old.value
        FROM aspirations_observationrevision AS old
        JOIN aspirations_observation AS seen ON seen.id = old.observation_id
        WHERE seen.series_id {mine} AND old.published_on <= %s AND old.value IS NOT NULL
            AND old.recorded_at <= %s AND old.replaced_at > %s
        ORDER BY old.number
        """,  # noqa: S608 — our own words
        params,
        OBSERVED,
    )


# --- what was agreed -----------------------------------------------------------------------


def in_force(known_at: datetime | None, row: str) -> tuple[str, list[Any]]:
    """Which versions of a target or path count, and the parameters of that."""
    if known_at is None:
        return f"{row}.status = 'agreed'", []
    then = moment(known_at)
    return (
        f"{row}.status IN ('agreed', 'superseded') AND {row}.agreed_at <= %s"
        f" AND ({row}.superseded_at IS NULL OR {row}.superseded_at > %s)",
        [then, then],
    )


def trajectories(keys: Iterable[int], known_at: datetime | None) -> Columns:
    """The paths in force. `detailed` ones say more than these columns."""
    mine, asked = among(keys)
    force, params = in_force(known_at, "path")
    shapes = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(SHAPE_NAMES))
    return columns(
        f"""
        SELECT path.series_id, path.id, CASE path.shape {shapes} END,
            start.period, start.value, goal.due, goal.value,
            path.shape = 'interventions' OR path.low IS NOT NULL
                OR path.points <> '[]' OR path.parameters <> '{{}}' OR path.season <> '{{}}'
        FROM aspirations_trajectory AS path
        JOIN aspirations_baseline AS start ON start.id = path.baseline_id
        JOIN aspirations_target AS goal ON goal.id = path.target_id
        WHERE path.series_id {mine} AND {force}
        ORDER BY path.version
        """,  # noqa: S608 — our own words
        [asked, *params],
        AGREED,
    )


def detailed(keys: Iterable[int]) -> dict[int, Trajectory]:
    """Trajectories whole, with baseline, target and effects, by their keys."""
    rows = Trajectory.objects.select_related("baseline", "target")
    return rows.prefetch_related("effects__intervention").in_bulk(list(keys))


def aimed(keys: Iterable[int], known_at: datetime | None) -> Columns:
    """Series with an agreed target."""
    mine, asked = among(keys)
    force, params = in_force(known_at, "goal")
    return columns(
        f"SELECT series_id FROM aspirations_target AS goal WHERE series_id {mine} AND {force}",  # noqa: S608 — our own words
        [asked, *params],
        {"series": "key"},
    )


def rebases(keys: Iterable[int], known_at: datetime | None) -> Columns:
    """Series and first period of each new stretch."""
    mine, asked = among(keys)
    force, params = "withdrawn_at IS NULL", []
    if known_at is not None:
        force = "created_at <= %s AND (withdrawn_at IS NULL OR withdrawn_at > %s)"
        params = [moment(known_at)] * 2
    return columns(
        f"SELECT series_id, period FROM aspirations_rebase WHERE series_id {mine} AND {force}",  # noqa: S608 — our own words
        [asked, *params],
        {"series": "key", "period": "day"},
    )


# --- rules ---------------------------------------------------------------------------------


def policies(systems: Iterable[int], known_at: datetime | None) -> dict[int, dict[str, Any]]:
    """The values of each system's latest policy; a system without one has the defaults."""
    rows = Policy.objects.filter(system__in=systems).order_by("version")
    if known_at is not None:
        rows = rows.filter(created_at__lte=known_at)
    return {row.system_id: row.values for row in rows}


def metrics(keys: Iterable[int], known_at: datetime | None) -> dict[int, Metric]:
    """Metrics with their systems, as they were defined."""
    rows = Metric.objects.select_related("system").in_bulk(list(keys))
    return as_defined(rows, known_at)


def as_defined(rows: dict[int, Metric], known_at: datetime | None) -> dict[int, Metric]:
    """The metrics with the values they had then; before the first version, with that one's."""
    if known_at is None:
        return rows
    versions = Definition.objects.filter(metric__in=rows).order_by("metric_id", "-version")
    values: dict[int, dict[str, Any]] = {}
    for version in versions:
        found = values.get(version.metric_id)
        if found is None or found["recorded_at"] > known_at:
            values[version.metric_id] = {"recorded_at": version.recorded_at, **version.values}
    return {key: with_values(row, values.get(key, {})) for key, row in rows.items()}


def with_values(metric: Metric, values: dict[str, Any]) -> Metric:
    """A copy with other values, so that nobody's row changes under their hands."""
    names = [field.attname for field in metric._meta.concrete_fields]
    known = {name: getattr(metric, name) for name in names}
    copy = Metric(**known | {name: values[name] for name in names if name in values})
    copy.system = metric.system
    return copy
