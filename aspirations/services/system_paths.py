"""The promises and rebases of a system file: from its labels to dates, series and commitments."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from aspirations.models import Commitment, Metric, Rebase, Segment, Series
from aspirations.models.metrics import WHOLE
from aspirations.services import commitments
from aspirations.services.loaded import Loaded, fault_text, save
from aspirations.services.system_terms import TERMS, day, stated_in
from aspirations.services.tables import FileFault, expect, need, shown, text
from people.models import User

EVERY = "*"


def open_series(metric: Metric, segment: Segment) -> Series:
    """The series of a metric and segment; a new one is due for its first judgment."""
    series, new = Series.objects.get_or_create(metric=metric, segment=segment)
    if new:
        Series.objects.filter(pk=series.pk).mark_stale()
    return series


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
    expect(table, where, TERMS | {"segment", "reason", "agreed_on"})
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
            if getattr(problem, "code", None) == commitments.MOVED
            else f"{where}: {fault_text(problem)}"
        ) from problem
    if made:
        (loaded.changed if standing else loaded.created).append(f"commitment {made}")
    if segment:
        open_series(metric, segment)


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
    key, reason = f"{metric.slug} {segment.code} {period}", need(table, "reason", where)
    made = Rebase.objects.filter(series=series, period=period)
    if not made.in_force().exists() and made.filter(reason=reason).exists():
        loaded.kept.append(f"rebase {key} withdrawn")  # an old file does not make it again unseen
        return
    row = made.in_force().first() or Rebase(series=series, period=period, author=author)
    if save(loaded, row, {"reason": reason}, key, where, author):
        Series.objects.filter(pk=series.pk).mark_stale()


def name_kept(loaded: Loaded, metric: Metric, named: set[str]) -> None:
    """Note promises in force that the file no longer names: leaving one out withdraws nothing."""
    standing = Commitment.objects.in_force().filter(metric=metric).select_related("segment")
    for row in standing:
        if (row.segment.code if row.segment else EVERY) not in named:
            loaded.kept.append(f"commitment {row}")
