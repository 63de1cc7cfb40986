"""The one transaction that takes a file in: whole, or not at all."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
from django.db import transaction

from aspirations.analysis import periods
from aspirations.intake.faults import Fault, Refused
from aspirations.intake.match import Known, Words
from aspirations.intake.parse import parse
from aspirations.intake.stage import Staged, compare, stage
from aspirations.models import (
    Import,
    Metric,
    Observation,
    ObservationRevision,
    Segment,
    Series,
)
from aspirations.models.metrics import WHOLE
from aspirations.models.series import AT_ONCE
from aspirations.services.commitments import settle
from people.models import System, User
from people.services import record

BATCH = 2000
# Codes of new segments that the trail names.
NAMED = 50
LONGEST_REASON: int = ObservationRevision._meta.get_field("reason").max_length or 0
CHANGED = (
    "value",
    "missing_reason",
    "published_on",
    "recorded_at",
    "author",
    "imported",
    "revision",
)


@dataclass(frozen=True)
class Outcome:
    """What taking a file in did."""

    file_name: str
    rows: int
    added: int
    changed: int
    unchanged: int
    absent: int
    new_metrics: int = 0
    new_segments: int = 0
    series_touched: int = 0
    notes: list[str] = field(default_factory=list)
    imported: Import | None = None


def import_file(
    path: Path, *, system: System, create: bool = False, author: User | None = None,
    reason: str = "", door: str = "command",
) -> Outcome:  # fmt: skip
    """Take a tidy CSV file in. Raises `Refused`, with every fault, and then writes nothing."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        fault = Fault(
            0, "file", str(path), f"cannot be read ({problem.strerror})", "Check its path."
        )
        raise Refused(path.name, [fault]) from problem
    return import_content(
        content,
        path.name.encode(errors="replace").decode(),
        system=system,
        create=create,
        author=author,
        reason=reason,
        door=door,
    )


def import_content(
    content: bytes, file_name: str, *, system: System, create: bool = False,
    author: User | None = None, reason: str = "", door: str = "command",
) -> Outcome:  # fmt: skip
    """Take the bytes of a tidy CSV file in, in one transaction under the system's lock."""
    if len(reason) > LONGEST_REASON:
        remedy = f"Say it in at most {LONGEST_REASON} characters."
        raise Refused(file_name, [Fault(0, "reason", reason, "is too long", remedy)])
    raws, notes = parse(content, file_name)
    with transaction.atomic():
        system = System.objects.select_for_update(no_key=True).get(pk=system.pk)
        known = words_of(system, create=create)
        staged = stage(raws, known, file_name)
        create_words(system, known, author=author, door=door)
        both = compare(staged.frame, series_of(staged))
        outcome = apply(both, system, file_name, content, author, reason)
    if staged.repeated:
        notes = [*notes, f"{staged.repeated} rows repeat another row exactly."]
    if staged.coded:
        notes = [*notes, f"{staged.coded} rows hold −9999 or −6666, read as absent."]
    return Outcome(
        **{**outcome, "notes": notes},
        new_metrics=len(known.new_metrics),
        new_segments=len(known.new_segments),
    )


def words_of(system: System, *, create: bool = False) -> Known:
    return Known(
        metrics=Words(Metric.objects.filter(system=system), "slug"),
        segments=Words(Segment.objects.filter(system=system), "code"),
        create=create,
        year_starts=system.year_starts,
        # An archive may hold what came after its reporting date; nothing holds tomorrow.
        today=date.max if system.reporting_date else system.today(),
    )


def create_words(system: System, known: Known, *, author: User | None, door: str) -> None:
    """Store the metrics and segments first met in the file, with a line in the trail."""
    things: list[Metric | Segment] = [*known.new_metrics.values(), *known.new_segments.values()]
    for thing in things:
        thing.system = system
        thing.clean_fields(exclude={"system"})
    for metric in known.new_metrics.values():
        metric.save()
        record(
            system=system, action="create", on=metric, key=metric.slug, actor=author, door=door,
            after={"name": metric.name, "frequency": metric.frequency},
        )  # fmt: skip
    if known.new_segments:
        codes = [segment.code for segment in known.new_segments.values()]
        Segment.objects.bulk_create(known.new_segments.values(), batch_size=BATCH)
        record(
            system=system, action="create segments", on=Segment(), key=system.slug, actor=author,
            door=door, after={"count": len(codes), "first codes": codes[:NAMED]},
        )  # fmt: skip
    open_whole(system, list(known.new_metrics.values()))


def open_whole(system: System, metrics: list[Metric]) -> None:
    """Every metric has a series of the whole system, so that every list can name it."""
    if not metrics:
        return
    whole, _made = Segment.objects.get_or_create(
        system=system, code=WHOLE, defaults={"name": system.name}
    )
    Series.objects.bulk_create(Series(metric=metric, segment=whole) for metric in metrics)
    Series.objects.filter(metric__in=metrics).mark_stale()


def series_of(staged: Staged) -> dict[tuple[str, str], Series]:
    """The series of every (metric, segment) in the file, made where there is none."""
    wanted = {(f.metric.slug, f.segment.code): (f.metric, f.segment) for f in staged.figures}
    metrics = {metric.pk for metric, _ in wanted.values()}
    stored = Series.objects.filter(metric__in=metrics).select_related("metric", "segment")
    found = {(row.metric.slug, row.segment.code): row for row in stored}
    missing = [
        Series(metric=metric, segment=segment)
        for key, (metric, segment) in sorted(wanted.items())
        if key not in found
    ]
    Series.objects.bulk_create(missing, batch_size=BATCH)
    found.update({(row.metric.slug, row.segment.code): row for row in missing})
    return {key: found[key] for key in wanted}


def apply(
    both: pd.DataFrame, system: System, file_name: str, content: bytes, author: User | None,
    reason: str,
) -> dict[str, Any]:  # fmt: skip
    """Write what is new or changed; settle commitments and mark the series touched."""
    counts = both["change"].value_counts()
    added, changed = int(counts.get("added", 0)), int(counts.get("changed", 0))
    imported = None
    touched = both.loc[both["change"] != "unchanged", "series_id"].unique().tolist()
    if touched:
        imported = Import.objects.create(
            system=system, file_name=file_name[:255], sha256=hashlib.sha256(content).hexdigest(),
            rows=len(both), added=added, changed=changed, unchanged=len(both) - added - changed,
            author=author,
        )  # fmt: skip
        add(both[both["change"] == "added"], system, imported)
        change(both[both["change"] == "changed"], system, imported, reason)
        for start in range(0, len(touched), AT_ONCE):
            series = Series.objects.filter(pk__in=touched[start : start + AT_ONCE])
            settle(series)
            series.mark_stale()
    return {
        "file_name": file_name, "rows": len(both), "added": added, "changed": changed,
        "unchanged": len(both) - added - changed, "absent": int(both["value"].isna().sum()),
        "series_touched": len(touched), "imported": imported,
    }  # fmt: skip


def published(system: System, metric: Metric, period: date) -> date:
    """When the world could know a figure: the end of its period and the lag.

    In a living system a figure that is here today is known today, however early.
    """
    frequency = periods.Frequency(metric.frequency)
    ordinal = periods.ordinal(frequency, period, metric.year_starts)
    due = periods.end(frequency, ordinal, metric.year_starts) + timedelta(metric.expected_lag)
    return due if system.reporting_date else min(due, system.today())


def add(new: pd.DataFrame, system: System, imported: Import) -> None:
    metrics = {metric.slug: metric for metric in Metric.objects.filter(system=system)}
    known_on: dict[tuple[str, date], date] = {}
    rows = []
    for row in new.itertuples():
        key = (row.metric, row.period)
        if key not in known_on:
            known_on[key] = published(system, metrics[row.metric], row.period)
        rows.append(
            Observation(
                series_id=row.series_id,
                period=row.period,
                value=figure(row.value),
                missing_reason=row.missing_reason,
                published_on=known_on[key],
                recorded_at=imported.at,
                author=imported.author,
                imported=imported,
            )
        )
    Observation.objects.bulk_create(rows, batch_size=BATCH)


def change(moved: pd.DataFrame, system: System, imported: Import, reason: str) -> None:
    """Give observations their new value and keep the old one as a revision, some at a time."""
    for start in range(0, len(moved), AT_ONCE):
        change_some(moved.iloc[start : start + AT_ONCE], system, imported, reason)


def change_some(moved: pd.DataFrame, system: System, imported: Import, reason: str) -> None:
    new = {int(row.pk): row for row in moved.itertuples()}
    stored = list(Observation.objects.select_for_update().in_bulk(list(new)).values())
    ObservationRevision.objects.bulk_create(
        [
            ObservationRevision(
                observation=old,
                number=old.revision,
                value=old.value,
                missing_reason=old.missing_reason,
                published_on=old.published_on,
                recorded_at=old.recorded_at,
                author_id=old.author_id,
                imported_id=old.imported_id,
                replaced_at=imported.at,
                replaced_by=imported.author,
                replaced_import=imported,
                reason=reason or f"Changed by {imported.file_name}"[:300],
            )
            for old in stored
        ],
        batch_size=BATCH,
    )
    for row in stored:
        if row.value is None:
            # The world could not know a figure before there was one.
            row.published_on = max(row.published_on, system.today())
        row.value = figure(new[row.pk].value)
        row.missing_reason = new[row.pk].missing_reason
        row.recorded_at, row.author, row.imported = imported.at, imported.author, imported
        row.revision += 1
    # One statement for many rows; a bulk update takes minutes where this takes seconds.
    Observation.objects.bulk_create(
        stored, batch_size=BATCH, update_conflicts=True, update_fields=CHANGED, unique_fields=["id"]
    )


def figure(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
