"""A whole system from one readable file: who, what is promised, and by which path."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from aspirations.analysis import periods
from aspirations.models import (
    Aspiration,
    Commitment,
    Metric,
    Placement,
    Policy,
    Rebase,
    Segment,
    Series,
)
from aspirations.models.metrics import WHOLE
from aspirations.services import commitments
from people.models import System, User
from people.services import save_with_trail

EVERY = "*"
DOOR = "load_system"


class FileFault(Exception):
    """What is wrong with a system file, where, and what to do; nothing was written."""


@dataclass
class Loaded:
    """What loading did, line by line, as it is told to the person."""

    system: System
    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    def note(self, row: models.Model, label: str, *, new: bool, changed: bool) -> None:
        if changed:
            (self.created if new else self.changed).append(f"{row._meta.verbose_name} {label}")


def read(path: Path) -> dict[str, Any]:
    """The tables of a system file; FileFault names what cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise FileFault(f"{path} cannot be read ({problem.strerror}). Check its path.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise FileFault(f"{path.name} is not valid TOML: {problem}.") from problem


@transaction.atomic
def load(tables: dict[str, Any], *, author: User | None = None, reason: str = "") -> Loaded:
    """Make or update a system from the tables of its file, in one transaction.

    Loading the same file again changes nothing. What was agreed moves only with a reason.
    """
    expect(tables, "the file", {"system", "policy", "segments", "aspirations", "metrics"})
    loaded = Loaded(load_system(need(tables, "system", "the file"), author, reason))
    for place, table in enumerate(tables.get("segments", []), 1):
        load_segment(loaded, table, f"segment {place}", author)
    whole(loaded, author)
    for place, table in enumerate(tables.get("metrics", []), 1):
        load_metric(loaded, table, f"metric {place}", author, reason)
    for place, table in enumerate(tables.get("aspirations", []), 1):
        load_aspiration(loaded, table, place, author)
    if "policy" in tables:
        load_policy(loaded, tables["policy"], author, reason)
    commitments.settle(Series.objects.filter(metric__system=loaded.system))
    return loaded


def need(table: dict[str, Any], name: str, where: str) -> Any:
    if name not in table:
        raise FileFault(f"{where} has no “{name}”. Add it.")
    return table[name]


def expect(table: dict[str, Any], where: str, known: set[str]) -> None:
    """Refuse a name the format does not have, so that a slip of the pen is never ignored."""
    for name in table:
        if name not in known:
            raise FileFault(
                f"{where} has “{name}”, which is not known. Known: {', '.join(sorted(known))}."
            )


def save(
    loaded: Loaded | None, row: models.Model, values: dict[str, Any], key: str, where: str,
    author: User | None, reason: str = "",
) -> bool:  # fmt: skip
    new = row._state.adding
    try:
        changed = save_with_trail(
            row, values, system=loaded.system if loaded else None, key=key,
            actor=author, door=DOOR, reason=reason,
        )  # fmt: skip
    except ValidationError as problem:
        raise FileFault(f"{where} ({key}): {fault_text(problem)}") from problem
    if loaded:
        loaded.note(row, key, new=new, changed=changed)
    return changed


def fault_text(problem: ValidationError) -> str:
    if hasattr(problem, "error_dict"):
        return " ".join(
            f"{name}: {' '.join(texts)}" for name, texts in problem.message_dict.items()
        )
    return " ".join(problem.messages)


SYSTEM_FIELDS = {"name", "tagline", "kind", "time_zone", "year_starts", "reporting_date", "note"}


def load_system(table: dict[str, Any], author: User | None, reason: str) -> System:
    expect(table, "[system]", SYSTEM_FIELDS | {"slug", "parent"})
    slug = need(table, "slug", "[system]")
    row = System.objects.filter(slug=slug).first() or System(slug=slug)
    values = {name: value for name, value in table.items() if name in SYSTEM_FIELDS}
    if "parent" in table:
        values["parent"] = parent_of(table["parent"])
    new = row._state.adding
    if save(None, row, values, slug, "[system]", author, reason) and not new:
        Series.objects.filter(metric__system=row).mark_stale()
    return row


def parent_of(slug: str) -> System:
    try:
        return System.objects.get(slug=slug)
    except ObjectDoesNotExist as problem:
        raise FileFault(f"[system] parent “{slug}” does not exist. Load it first.") from problem


def load_segment(loaded: Loaded, table: dict[str, Any], where: str, author: User | None) -> None:
    expect(table, where, {"code", "name", "parts", "order"})
    code = str(need(table, "code", where))
    row = Segment.objects.filter(system=loaded.system, code=code).first()
    values = {"name": code, **{k: v for k, v in table.items() if k != "code"}}
    row = row or Segment(system=loaded.system, code=code)
    save(loaded, row, values, code, where, author)


def whole(loaded: Loaded, author: User | None) -> None:
    """Every system has the segment of everyone."""
    if not Segment.objects.filter(system=loaded.system, code=WHOLE).exists():
        row = Segment(system=loaded.system, code=WHOLE)
        save(loaded, row, {"name": loaded.system.name}, WHOLE, "segment", author)


METRIC_FIELDS = {
    "name", "question", "definition", "source", "limitations", "owner", "function", "timing",
    "prominence", "unit", "decimals", "direction", "kind", "frequency", "year_starts",
    "expected_lag", "expected_months",
}  # fmt: skip


def load_metric(
    loaded: Loaded, table: dict[str, Any], where: str, author: User | None, reason: str
) -> None:
    slug = need(table, "slug", where)
    where = f"{where} ({slug})"
    expect(
        table,
        where,
        METRIC_FIELDS | {"slug", "bounds", "band", "policy", "trajectories", "rebases"},
    )
    row = Metric.objects.filter(system=loaded.system, slug=slug).first()
    row = row or Metric(system=loaded.system, slug=slug)
    new = row._state.adding
    changed = save(loaded, row, metric_values(loaded, table, where), slug, where, author, reason)
    if changed and not new:
        row.series.all().mark_stale()
    open_series(row, Segment.objects.get(system=loaded.system, code=WHOLE))
    for path in table.get("trajectories", []):
        load_path(loaded, row, path, f"a trajectory of {slug}", author, reason)
    for rebase in table.get("rebases", []):
        load_rebase(loaded, row, rebase, f"a rebase of {slug}", author)


def open_series(metric: Metric, segment: Segment) -> Series:
    """The series of a metric and segment; a new one is due for its first judgment."""
    series, new = Series.objects.get_or_create(metric=metric, segment=segment)
    if new:
        Series.objects.filter(pk=series.pk).mark_stale()
    return series


def metric_values(loaded: Loaded, table: dict[str, Any], where: str) -> dict[str, Any]:
    values: dict[str, Any] = {"year_starts": loaded.system.year_starts}
    values |= {name: value for name, value in table.items() if name in METRIC_FIELDS}
    if "name" not in values:
        values["name"] = str(table["slug"]).replace("_", " ").replace("-", " ").capitalize()
    low, high = pair(table.get("bounds"), "bounds", where)
    values |= {"lower_bound": low, "upper_bound": high}
    low, high = pair(table.get("band"), "band", where)
    values |= {"band_low": low, "band_high": high}
    return values | {"policy_overrides": table.get("policy", {})}


def pair(bounds: Any, name: str, where: str) -> tuple[float | None, float | None]:
    """`[low, high]` as two floats; inf and -inf leave a side open."""
    if bounds is None:
        return None, None
    if not isinstance(bounds, list) or len(bounds) != 2:
        raise FileFault(f"{where}: {name} is {bounds!r}. Write it as [low, high].")
    low, high = (None if abs(float(b)) == float("inf") else float(b) for b in bounds)
    return low, high


def day(label: Any, metric: Metric, where: str) -> date:
    """The first day of a period given by its label (or, for days, a date)."""
    text = label.isoformat() if isinstance(label, date) else str(label)
    try:
        return periods.parse(text, periods.Frequency(metric.frequency), metric.year_starts)
    except periods.PeriodError as problem:
        raise FileFault(f"{where}: {problem}") from problem


def segment_of(loaded: Loaded, code: str, where: str) -> Segment | None:
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
    baseline, target = need(table, "baseline", where), need(table, "target", where)
    stated = {
        "baseline_period": day(need(baseline, "period", where), metric, where),
        "baseline_value": baseline.get("value"),
        "target_period": day(need(target, "period", where), metric, where),
        "target_value": float(need(target, "value", where)),
        "shape": table.get("shape", "points" if table.get("points") else "linear"),
        "points": [
            [day(need(p, "period", where), metric, where).isoformat(), float(p["value"])]
            for p in table.get("points", [])
        ],
    }
    standing = Commitment.objects.filter(metric=metric, segment=segment).in_force().first()
    try:
        made = commitments.state(
            metric=metric, segment=segment, stated=stated, author=author,
            reason=reason if standing and reason else table.get("reason", ""),
            agreed_on=table.get("agreed_on"),
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


ASPIRATION_FIELDS = {
    "title", "moral_purpose", "approach", "success", "accountable_head", "status"
}  # fmt: skip


def load_aspiration(loaded: Loaded, table: dict[str, Any], place: int, author: User | None) -> None:
    where = f"aspiration {place}"
    slug = need(table, "slug", where)
    expect(table, where, ASPIRATION_FIELDS | {"slug", "metrics"})
    row = Aspiration.objects.filter(system=loaded.system, slug=slug).first()
    row = row or Aspiration(system=loaded.system, slug=slug)
    values = {name: value for name, value in table.items() if name in ASPIRATION_FIELDS}
    save(loaded, row, values | {"order": place}, slug, where, author)
    for order, metric_slug in enumerate(table.get("metrics", []), 1):
        metric = Metric.objects.filter(system=loaded.system, slug=metric_slug).first()
        if metric is None:
            raise FileFault(
                f"{where} ({slug}) names the metric “{metric_slug}”, which is not in the file. "
                "Add it under [[metrics]]."
            )
        found = Placement.objects.filter(aspiration=row, metric=metric).first()
        found = found or Placement(aspiration=row, metric=metric)
        save(loaded, found, {"order": order}, f"{slug}/{metric_slug}", where, author)


def load_policy(loaded: Loaded, table: dict[str, Any], author: User | None, reason: str) -> None:
    """A new version of the policy where its values differ; it needs a reason."""
    expect(table, "[policy]", {"values", "reason"})
    latest = Policy.objects.filter(system=loaded.system).order_by("-version").first()
    values = table.get("values", {})
    if latest and latest.values == values:
        return
    reason = table.get("reason") or reason
    if not reason:
        raise FileFault(_("[policy] has new values and no reason. Give one."))
    last = Policy.objects.filter(system=loaded.system).aggregate(last=Max("version"))["last"]
    row = Policy(system=loaded.system, version=(last or 0) + 1, author=author)
    key = f"version {row.version}"
    save(loaded, row, {"values": values, "reason": reason}, key, "[policy]", author, reason)
    Series.objects.filter(metric__system=loaded.system).mark_stale()
