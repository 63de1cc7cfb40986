"""The one transaction that takes a file in: whole, or not at all."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from django.db import transaction

from aspirations.intake.faults import Fault, Refused
from aspirations.intake.match import Known, Words
from aspirations.intake.parse import RawRow, parse
from aspirations.intake.reasons import refuse_unexplained
from aspirations.intake.stage import Staged, compare, stage
from aspirations.intake.totals import falls
from aspirations.intake.write import write
from aspirations.models import Import, Metric, ObservationRevision, Segment, Series
from aspirations.models.metrics import WHOLE
from aspirations.models.series import AT_ONCE
from aspirations.services.commitments import settle
from people.models import System, User
from people.services import record

BATCH = 2000
# Codes of new segments that the trail names.
NAMED = 50
LONGEST_REASON: int = ObservationRevision._meta.get_field("reason").max_length or 0


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
    done = import_rows(
        raws, file_name, content=content, system=system, create=create, author=author,
        reason=reason, door=door,
    )  # fmt: skip
    return replace(done, notes=notes + done.notes)


def import_rows(
    raws: list[RawRow], file_name: str, *, content: bytes, system: System, create: bool = False,
    author: User | None = None, reason: str = "", door: str = "command",
) -> Outcome:  # fmt: skip
    """Take rows of text in that `content` held, in one transaction under the system's lock."""
    with transaction.atomic():
        system = System.objects.select_for_update(no_key=True).get(pk=system.pk)
        known = words_of(system, create=create)
        staged = stage(raws, known, file_name)
        create_words(system, known, author=author, door=door)
        series = series_of(staged)
        both = compare(staged.frame, series)
        refuse_unexplained(both, file_name, reason)
        outcome = apply(both, system, file_name, content, author, reason)
        tell(outcome["imported"], author=author, door=door, reason=reason)
        fallen = falls(both, series)
    return Outcome(
        **{**outcome, "notes": remarks(staged, fallen)},
        new_metrics=len(known.new_metrics),
        new_segments=len(known.new_segments),
    )


def tell(imported: Import | None, *, author: User | None, door: str, reason: str) -> None:
    """One line in the trail for a file that changed something; the figures keep their own past."""
    if imported is None:
        return
    counts = {name: getattr(imported, name) for name in ("rows", "added", "changed", "unchanged")}
    record(
        system=imported.system, action="import", on=imported, key=imported.file_name,
        actor=author, door=door, after=counts, reason=reason,
    )  # fmt: skip


def remarks(staged: Staged, fallen: int) -> list[str]:
    """What a file holds that is taken and yet worth a look."""
    said = {
        f"{staged.repeated} rows repeat another row exactly.": staged.repeated,
        f"{staged.coded} rows hold −9999 or −6666, read as absent.": staged.coded,
        f"{fallen} totals of the year to date lie below the one before.": fallen,
    }
    return [remark for remark, count in said.items() if count]


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
        # Before the moment of the import: no judgment of the earlier figures is stored from here.
        mark(touched)
        imported = Import.objects.create(
            system=system, file_name=file_name[:255], sha256=hashlib.sha256(content).hexdigest(),
            rows=len(both), added=added, changed=changed, unchanged=len(both) - added - changed,
            author=author,
        )  # fmt: skip
        write(both, system, imported, reason)
        for start in range(0, len(touched), AT_ONCE):
            settle(Series.objects.filter(pk__in=touched[start : start + AT_ONCE]))
    return {
        "file_name": file_name, "rows": len(both), "added": added, "changed": changed,
        "unchanged": len(both) - added - changed, "absent": int(both["value"].isna().sum()),
        "series_touched": len(touched), "imported": imported,
    }  # fmt: skip


def mark(keys: list[int]) -> None:
    for start in range(0, len(keys), AT_ONCE):
        Series.objects.filter(pk__in=keys[start : start + AT_ONCE]).mark_stale()
