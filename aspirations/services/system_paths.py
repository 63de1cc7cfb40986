"""The promises and rebases of a system file: from its labels to dates, series and commitments."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from aspirations.analysis import periods
from aspirations.models import Commitment, Metric, Rebase, Segment, Series
from aspirations.models.metrics import WHOLE
from aspirations.services import commitments
from aspirations.services.loaded import Loaded, fault_text, save
from aspirations.services.tables import FileFault, expect, need, number, rows, shown, text
from people.models import User

EVERY = "*"


def open_series(metric: Metric, segment: Segment) -> Series:
    """The series of a metric and segment; a new one is due for its first judgment."""
    series, new = Series.objects.get_or_create(metric=metric, segment=segment)
    if new:
        Series.objects.filter(pk=series.pk).mark_stale()
    return series


def day(label: Any, metric: Metric, where: str) -> date:
    """The first day of a period given by its label (or, for days, a date)."""
    if not isinstance(label, str | int | date) or isinstance(label, bool):
        raise FileFault(f"{where}: the period is {shown(label)}. Write it in quotes.")
    name = label.isoformat() if isinstance(label, date) else label
    try:
        return periods.parse(
            name if isinstance(name, str) else shown(name),
            periods.Frequency(metric.frequency),
            metric.year_starts,
        )
    except periods.PeriodError as problem:
        raise FileFault(f"{where}: {problem}") from problem


def segment_of(loaded: Loaded, code: str, where: str) -> Segment | None:
    code = text({"segment": code}, "segment", where)
    if code == EVERY:
        return None
    found = Segment.objects.filter(system=loaded.system, code=code).first()
    if found is None:
        raise FileFault(
            f"{where}: segment “{code}” is not in the file. "
            "Add it under [[segments]], or write * for every one."
        )
    return found


def load_path(
    loaded: Loaded, metric: Metric, table: dict[str, Any], where: str, author: User | None,
    reason: str,
) -> None:  # fmt: skip
    expect(
        table, where,
        {"segment", "baseline", "target", "shape", "points", "reason", "agreed_on"},
    )  # fmt: skip
    segment = segment_of(loaded, table.get("segment", WHOLE), where)
    stated = stated_in(table, metric, where)
    own = text(table, "reason", where) if table.get("reason") else ""
    standing = Commitment.objects.filter(metric=metric, segment=segment).in_force().first()
    try:
        made = commitments.state(
            metric=metric, segment=segment, stated=stated, author=author,
            reason=reason if standing and reason else own,
            agreed_on=agreed_on(table, where),
        )  # fmt: skip
    except ValidationError as problem:
        raise FileFault(
            f"{fault_text(problem)} Give a new “reason” beside the target, or --reason."
            if standing
            else f"{where}: {fault_text(problem)}"
        ) from problem
    if made:
        (loaded.changed if standing else loaded.created).append(f"commitment {made}")
    if segment:
        open_series(metric, segment)


def stated_in(table: dict[str, Any], metric: Metric, where: str) -> dict[str, Any]:
    """The promise a table states, with its labels as dates and its figures as floats."""
    baseline, target = need(table, "baseline", where), need(table, "target", where)
    points = rows(table, "points", where)
    start, end = (day(need(side, "period", where), metric, where) for side in (baseline, target))
    expect(baseline, f"{where}, baseline", {"period", "value"})
    expect(target, f"{where}, target", {"period", "value"})
    known = baseline.get("value")
    shape = table.get("shape", "points" if points else "linear")
    return {
        "baseline_period": start,
        "baseline_value": None if known is None else number(known, "the baseline", where),
        "target_period": end,
        "target_value": number(need(target, "value", where), "the target", where),
        "shape": text({"shape": shape}, "shape", where),
        "points": [point_in(point, metric, where) for point in points],
    }


def point_in(point: Any, metric: Metric, where: str) -> list[Any]:
    expect(point, f"{where}, a point", {"period", "value"})
    first = day(need(point, "period", where), metric, where)
    return [first.isoformat(), number(need(point, "value", where), "a point", where)]


def agreed_on(table: dict[str, Any], where: str) -> date | None:
    """The day a promise was agreed, as a date or as its text."""
    given = table.get("agreed_on")
    try:
        if given is None or isinstance(given, date):
            return given
        return date.fromisoformat(given)
    except (TypeError, ValueError) as problem:
        raise FileFault(
            f"{where}: agreed_on is {shown(given)}. Write a date such as 2024-04-01."
        ) from problem


def load_rebase(
    loaded: Loaded, metric: Metric, table: dict[str, Any], where: str, author: User | None
) -> None:
    expect(table, where, {"segment", "period", "reason"})
    segment = segment_of(loaded, table.get("segment", WHOLE), where)
    if segment is None:
        raise FileFault(f"{where}: a rebase is decided for one segment. Name it.")
    period = day(need(table, "period", where), metric, where)
    series = open_series(metric, segment)
    row = Rebase.objects.filter(series=series, period=period).first()
    row = row or Rebase(series=series, period=period, author=author)
    key = f"{metric.slug} {segment.code} {period}"
    if save(loaded, row, {"reason": need(table, "reason", where)}, key, where, author):
        Series.objects.filter(pk=series.pk).mark_stale()


def name_kept(loaded: Loaded, metric: Metric, named: set[str]) -> None:
    """Note promises in force that the file no longer names: leaving one out withdraws nothing."""
    standing = Commitment.objects.in_force().filter(metric=metric).select_related("segment")
    for row in standing:
        if (row.segment.code if row.segment else EVERY) not in named:
            loaded.kept.append(f"commitment {row}")
