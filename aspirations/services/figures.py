"""Figures entered on a page: what they would do, and then that they do it, whole or not at all."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd
from django.db import transaction
from django.utils import timezone

from aspirations.analysis import periods
from aspirations.analysis.block import Block
from aspirations.intake.commit import Outcome, import_rows
from aspirations.intake.faults import Fault, Refused
from aspirations.intake.match import Known, Words
from aspirations.intake.stage import Staged, compare, stage
from aspirations.intake.typed import Typed, read_typed
from aspirations.intake.write import due
from aspirations.models import Judgment, Metric, Segment, Series
from aspirations.services.authority import require
from aspirations.services.blocks import Gathered, gather
from aspirations.services.judging import verdicts_in
from people.models import System, User
from people.services import is_reason

HALF = 32
ORDER = {"changed": 0, "added": 1, "unchanged": 2}


@dataclass(frozen=True)
class Entry:
    """One period: what is stored and what would be; None for no figure, with its reason."""

    period: date
    change: str
    """“added”, “changed” or “unchanged”."""
    before: float | None
    before_reason: str
    after: float | None
    after_reason: str
    needs_reason: bool


@dataclass(frozen=True)
class Preview:
    """What figures would do. With faults there are no entries, and nothing can be saved."""

    faults: tuple[Fault, ...] = ()
    entries: tuple[Entry, ...] = ()
    unfilled: int = 0
    stamp: str = ""
    """The same while neither the figures (first half) nor what is stored beside them moves."""
    lights: tuple[Judgment, Judgment] | None = field(default=None, compare=False)
    """As the rules say now, and as they would say; None where nothing of the series is judged."""

    def same_figures(self, stamp: str) -> bool:
        """Whether the figures are those of an earlier stamp, whatever is stored by now."""
        return self.stamp[:HALF] == stamp[:HALF]

    def count(self, change: str) -> int:
        return sum(entry.change == change for entry in self.entries)

    @property
    def needs_reason(self) -> int:
        """How many stored figures would be replaced."""
        return sum(entry.needs_reason for entry in self.entries)

    @property
    def moves(self) -> bool:
        return any(entry.change != "unchanged" for entry in self.entries)


class Moved(Exception):
    """What is stored, or what is to be, is no longer as it was previewed."""


def preview_figures(*, metric: Metric, segment: Segment, text: str) -> Preview:
    """What the text would do to this series. Stores nothing.

    The words are understood, and refused, by the rules of every import.
    """
    typed = read_typed(text, metric, segment)
    try:
        staged = stage(typed.rows, known_for(metric, segment), "") if typed.rows else None
        faults = typed.faults
    except Refused as refused:
        faults = sorted([*typed.faults, *refused.faults], key=lambda fault: fault.row)
    if faults or staged is None:
        return Preview(faults=tuple(faults), unfilled=typed.unfilled)
    series = Series.objects.filter(metric=metric, segment=segment).first()
    both = beside_stored(staged, metric, segment, series)
    entries = tuple(sorted(entries_of(both), key=lambda entry: (ORDER[entry.change], entry.period)))
    lights = lights_of(series, entries) if series and any_moves(entries) else None
    return Preview((), entries, typed.unfilled, stamp_of(metric, segment, both), lights)


def beside_stored(
    staged: Staged, metric: Metric, segment: Segment, series: Series | None
) -> pd.DataFrame:
    """As `stage.compare` sets figures beside the stored ones; of no series there are none."""
    row = series or Series(pk=0, metric=metric, segment=segment)
    return compare(staged.frame, {(metric.slug, segment.code): row})


def known_for(metric: Metric, segment: Segment) -> Known:
    """The words of one series, with the day after which nothing can have been seen."""
    system = metric.system
    return Known(
        metrics=Words([metric], "slug"), segments=Words([segment], "code"),
        year_starts=system.year_starts,
        today=date.max if system.reporting_date else system.today(),
    )  # fmt: skip


def any_moves(entries: Sequence[Entry]) -> bool:
    return any(entry.change != "unchanged" for entry in entries)


def entries_of(both: pd.DataFrame) -> Iterator[Entry]:
    for row in both.to_dict("records"):
        yield Entry(
            period=row["period"], change=row["change"],
            before=figure(row["old_value"]), before_reason=text_of(row["old_missing_reason"]),
            after=figure(row["value"]), after_reason=text_of(row["missing_reason"]),
            needs_reason=bool(row["corrects"]),
        )  # fmt: skip


def figure(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""


def stamp_of(metric: Metric, segment: Segment, both: pd.DataFrame) -> str:
    """A mark of what would be stored, then one of what is: 32 signs each."""
    old = [name for name in both.columns if name.startswith("old_")]
    new = both[["period", "value", "numerator", "denominator", "missing_reason"]]
    stored = both[["period", *old]]
    return "".join(
        hashlib.sha256(f"{metric.pk} {segment.pk}\n{frame.to_csv()}".encode()).hexdigest()[:HALF]
        for frame in (new.reset_index(drop=True), stored.reset_index(drop=True))
    )


# ------------------------------------------------------------------------ the light that would be
def lights_of(series: Series, entries: Sequence[Entry]) -> tuple[Judgment, Judgment] | None:
    """What the rules say of the series as it is, and as it would be with these figures."""
    row = Series.objects.select_related("metric__system", "segment").get(pk=series.pk)
    if row.metric.retired_at is not None:
        return None
    gathered = next(iter(gather([row])))
    after = replace(gathered, block=with_figures(gathered, entries))
    moment = timezone.now()
    now, then = (next(verdicts_in(found, moment)).judgment for found in (gathered, after))
    return now, then


def with_figures(gathered: Gathered, entries: Sequence[Entry]) -> Block:
    """The block of one series with these figures in it, as far as they would be public."""
    block, metric = gathered.block, gathered.metrics[0]
    system = metric.system
    latest = date.max if system.reporting_date else block.as_of
    values = {
        periods.ordinal(block.frequency, entry.period, block.year_starts):
            np.nan if entry.after is None else entry.after
        for entry in entries
        if min(due(metric, entry.period), latest) <= block.as_of
    }  # fmt: skip
    stored = {
        block.first + column: value
        for column, value in enumerate(block.actual[0].tolist())
        if not np.isnan(value)
    }
    seen = {k: value for k, value in (stored | values).items() if not np.isnan(value)}
    if not seen:
        return replace(block, first=block.first, actual=np.full((1, 1), np.nan))
    first, last = min(seen), max(seen)
    actual = np.array([[seen.get(k, np.nan) for k in range(first, last + 1)]])
    return replace(block, first=first, actual=actual)


# ------------------------------------------------------------------------ saving
@transaction.atomic
def enter_figures(
    *,
    metric: Metric,
    segment: Segment,
    text: str,
    reason: str = "",
    stamp: str | None = None,
    file_name: str = "",
    actor: User | None = None,
    door: str = "page",
) -> Outcome:
    """Store the figures of the text, all or none, as any import does.

    `stamp` is that of the preview they were seen in: raises Moved where it is another by now.
    Raises Refused with every fault; what replaces a stored figure needs a reason.
    """
    require(actor, "observation.write", metric.system)
    typed = read_typed(text, metric, segment)
    name = file_name or f"{metric.slug}, typed in"
    if typed.faults:
        raise Refused(name, typed.faults)
    # From the look at what is stored to the end nobody else brings figures in.
    System.objects.select_for_update(no_key=True).get(pk=metric.system_id)
    if stamp is not None and stamp != preview_stamp(typed, metric, segment, name):
        raise Moved
    return import_rows(
        typed.rows, name, content=text.encode(errors="replace"), system=metric.system,
        author=actor, reason=reason.strip() if is_reason(reason) else "", door=door,
    )  # fmt: skip


def preview_stamp(typed: Typed, metric: Metric, segment: Segment, name: str) -> str:
    staged = stage(typed.rows, known_for(metric, segment), name)
    series = Series.objects.filter(metric=metric, segment=segment).first()
    return stamp_of(metric, segment, beside_stored(staged, metric, segment, series))
