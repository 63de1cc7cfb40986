"""Appending judgments, and what the queue keeps of them: one transaction a chunk."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

import orjson
from django.db import connection, transaction

from aspirations.models import Judgment, Series
from aspirations.services.copying import append, line
from aspirations.services.records import STORED


class Mark(NamedTuple):
    """What a claimed series had when it was claimed: the count of its mark, its latest judgment."""

    no: int
    seq: int
    input_hash: str


class Fresh(NamedTuple):
    """A judgment ready to be appended: a line for COPY, or a row where there is none."""

    series: int
    seq: int
    row: Any


_stored = itemgetter(*STORED)


def written_down(record: dict[str, Any]) -> Fresh:
    """Made ready before any lock is taken."""
    copied = connection.vendor == "postgresql"
    row = line(_stored(record)) if copied else Judgment(**record)
    return Fresh(record["series_id"], record["seq"], row)


def store(
    claim: uuid.UUID, marks: Mapping[int, Mark], as_of: Mapping[int, date], fresh: Iterable[Fresh]
) -> tuple[int, int]:
    """Append what is new of the series that are still ours, and let them go.

    Returns how many were ours and how many judgments were written. A series that was marked
    since its claim is not ours any more: its inputs may differ from those that were read. One
    that somebody is just marking is passed over, not waited for.

    So a stored judgment can be made again from `as_of` and `computed_at`, if whoever changes
    an input marks its series before or with the change. One case is left: a transaction that
    dates its change, dawdles for longer than a judgment takes, and marks only then. The
    judgment stored meanwhile is followed by another, but cannot be made again.
    """
    with transaction.atomic():
        held = lock(claim, marks)
        ours = [row for row in fresh if row.series in held]
        add(ours)
        latest = {key: marks[key].seq for key in held} | {row.series: row.seq for row in ours}
        settle([(key, seq, as_of[key]) for key, seq in latest.items()])
    return len(held), len(ours)


def lock(claim: uuid.UUID, marks: Mapping[int, Mark]) -> set[int]:
    rows = Series.objects.filter(pk__in=marks, claim=claim).order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True, no_key=True)
    return {key for key, no in rows.values_list("pk", "stale_no") if no == marks[key].no}


def add(rows: list[Fresh]) -> None:
    if connection.vendor == "postgresql":
        append(Judgment._meta.db_table, STORED, [fresh.row for fresh in rows])
    else:
        Judgment.objects.bulk_create([fresh.row for fresh in rows], batch_size=500)


def settle(latest: list[tuple[int, int, date]]) -> None:
    """Point each series to its latest judgment, and clear its mark and claim."""
    told = (
        "json_to_recordset(%s) AS told(series bigint, seq integer, day date)"
        if connection.vendor == "postgresql"
        else """(SELECT json_extract(value, '$.series') AS series,
            json_extract(value, '$.seq') AS seq, json_extract(value, '$.day') AS day
            FROM json_each(%s)) AS told"""
    )
    rows = [{"series": key, "seq": seq, "day": day} for key, seq, day in latest]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE aspirations_series AS mine
            SET current_judgment_id = made.id, judged_as_of = told.day,
                stale_since = NULL, claim = NULL, claimed_until = NULL, failures = 0
            FROM {told}
            JOIN aspirations_judgment AS made
                ON made.series_id = told.series AND made.seq = told.seq
            WHERE mine.id = told.series
            """,  # noqa: S608 — our own words
            [orjson.dumps(rows).decode()],
        )
