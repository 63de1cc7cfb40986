"""Figures into the tables: whole files at once, through a table that lasts as long as the import.

Row by row a correction of many thousand figures takes minutes; as three statements, seconds. The
statements are the same on PostgreSQL and SQLite; only the way into the passing table differs.
"""

import io
from datetime import date, timedelta
from typing import Any

import pandas as pd
from django.db import connection

from aspirations.analysis import periods
from aspirations.intake.parse import PARTS
from aspirations.models import Import, Metric, Observation, ObservationRevision
from people.models import System

PASSING = "headway_incoming"
OBSERVATIONS, REVISIONS = (model._meta.db_table for model in (Observation, ObservationRevision))
FIGURES = ("value", *PARTS, "missing_reason")
COLUMNS = {
    "id": "bigint", "series_id": "bigint", "period": "date", "published_on": "date",
    **dict.fromkeys(("value", *PARTS), "double precision"), "missing_reason": "varchar(20)",
}  # fmt: skip


def write(both: pd.DataFrame, system: System, imported: Import, reason: str) -> None:
    """Add what is new; give what changed its new figures and keep the old ones as revisions.

    Runs inside the transaction that holds the system's lock.
    """
    moved = both[both["change"] != "unchanged"]
    rows = moved.rename(columns={"pk": "id"}).assign(published_on=published(moved, system))
    lay(rows[list(COLUMNS)])
    with connection.cursor() as cursor:
        add(cursor, imported)
        keep(cursor, imported, reason or f"Changed by {imported.file_name}"[:300])
        change(cursor, imported, system.today())
        cursor.execute(f"DROP TABLE {PASSING}")


def published(rows: pd.DataFrame, system: System) -> list[date]:
    """When the world could know each figure: the end of its period and the lag.

    In a living system a figure that is here today is known today, however early.
    """
    metrics = {metric.slug: metric for metric in Metric.objects.filter(system=system)}
    latest = date.max if system.reporting_date else system.today()
    keys = list(zip(rows["metric"], rows["period"], strict=True))
    known = {(slug, day): min(due(metrics[slug], day), latest) for slug, day in set(keys)}
    return [known[key] for key in keys]


def due(metric: Metric, period: date) -> date:
    frequency = periods.Frequency(metric.frequency)
    ordinal = periods.ordinal(frequency, period, metric.year_starts)
    return periods.end(frequency, ordinal, metric.year_starts) + timedelta(metric.expected_lag)


def lay(rows: pd.DataFrame) -> None:
    """Lay rows into the passing table; NaN becomes NULL."""
    listed = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    whole = rows.astype({"id": "Int64", "period": str, "published_on": str})
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {PASSING} ({listed})")
        if connection.vendor == "postgresql":
            text = io.StringIO(whole.to_csv(sep="\t", na_rep="\\N", header=False, index=False))
            cursor.copy_expert(f"COPY {PASSING} FROM STDIN", text)
            cursor.execute(f"ANALYZE {PASSING}")
        else:
            marks = ", ".join(["%s"] * len(COLUMNS))
            plain = whole.astype(object).where(whole.notna(), None)
            into = f"INSERT INTO {PASSING} VALUES ({marks})"  # noqa: S608 — our own words
            cursor.executemany(into, plain.to_numpy().tolist())


def add(cursor: Any, imported: Import) -> None:
    """What was not there before."""
    own = ("series_id", "period", "published_on", *FIGURES)
    cursor.execute(
        f"""
        INSERT INTO {OBSERVATIONS}
            ({", ".join(own)}, revision, recorded_at, author_id, imported_id)
        SELECT {", ".join(own)}, 0, %s, %s, %s
        FROM {PASSING} WHERE id IS NULL ORDER BY series_id, period
        """,  # noqa: S608 — our own words
        stamp(imported),
    )


def keep(cursor: Any, imported: Import, reason: str) -> None:
    """What is about to change, as it was."""
    own = (*FIGURES, "published_on", "recorded_at", "author_id", "imported_id")
    locked = "FOR UPDATE OF old" if connection.features.has_select_for_update_of else ""
    cursor.execute(
        f"""
        INSERT INTO {REVISIONS}
            (observation_id, number, {", ".join(own)},
             replaced_at, replaced_by_id, replaced_import_id, reason)
        SELECT old.id, old.revision, {", ".join(f"old.{name}" for name in own)}, %s, %s, %s, %s
        FROM {OBSERVATIONS} AS old JOIN {PASSING} AS new ON new.id = old.id {locked}
        """,  # noqa: S608 — our own words
        [*stamp(imported), reason],
    )


def change(cursor: Any, imported: Import, today: date) -> None:
    """The new figures. The world could not know a figure before there was one, so what fills a
    gap counts from today; a corrected figure keeps its day."""
    day = connection.ops.adapt_datefield_value(today)
    cursor.execute(
        f"""
        UPDATE {OBSERVATIONS} AS old
        SET {", ".join(f"{name} = new.{name}" for name in FIGURES)},
            recorded_at = %s, author_id = %s, imported_id = %s, revision = old.revision + 1,
            published_on = CASE WHEN old.value IS NULL AND old.published_on < %s
                                THEN %s ELSE old.published_on END
        FROM {PASSING} AS new WHERE new.id = old.id
        """,  # noqa: S608 — our own words
        [*stamp(imported), day, day],
    )


def stamp(imported: Import) -> list[Any]:
    """When it was recorded, by whom, and with which file."""
    moment = connection.ops.adapt_datetimefield_value(imported.at)
    return [moment, imported.author_id, imported.pk]
