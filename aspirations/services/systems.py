"""A whole system from one readable file: who, what is promised, and by which path."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from aspirations.analysis.policy import Policy as PolicyValues
from aspirations.models import (
    Aspiration,
    Intervention,
    Metric,
    Placement,
    Segment,
    Series,
)
from aspirations.models.metrics import WHOLE
from aspirations.services import commitments, policies
from aspirations.services.loaded import DOOR, Loaded, fault_text, save
from aspirations.services.system_benchmarks import load_benchmark
from aspirations.services.system_paths import load_path, load_rebase, name_kept, open_series
from aspirations.services.system_quality import load_quality
from aspirations.services.tables import (
    FileFault,
    expect,
    need,
    once,
    pair,
    plain,
    read,
    rows,
    text,
)
from aspirations.services.wordings import keep_wording
from people.models import System, User

__all__ = ["FileFault", "Loaded", "load", "read"]

TABLES = {"system", "policy", "segments", "interventions", "aspirations", "metrics"}
POLICY_FIELDS = {field.name for field in fields(PolicyValues)}


@transaction.atomic
def load(
    tables: dict[str, Any], *, author: User | None = None, reason: str = "",
    at: datetime | None = None,
) -> Loaded:  # fmt: skip
    """Make or update a system from the tables of its file, in one transaction.

    Loading the same file again changes nothing. What was agreed moves only with a reason.
    `at` gives wordings of the past their moment; no command passes it.
    """
    expect(tables, "the file", TABLES)
    loaded = Loaded(load_system(need(tables, "system", "the file"), author, reason))
    for place, table in enumerate(once(tables, "segments", "code", "the file"), 1):
        load_segment(loaded, table, f"segment {place}", author)
    whole(loaded, author)
    for place, table in enumerate(once(tables, "interventions", "slug", "the file"), 1):
        load_intervention(loaded, table, f"intervention {place}", author, reason)
    for place, table in enumerate(once(tables, "metrics", "slug", "the file"), 1):
        load_metric(loaded, table, f"metric {place}", author, reason)
    for place, table in enumerate(once(tables, "aspirations", "slug", "the file"), 1):
        load_aspiration(loaded, table, place, author, reason, at)
    if "policy" in tables:
        load_policy(loaded, tables["policy"], author, reason)
    commitments.settle(Series.objects.filter(metric__system=loaded.system))
    return loaded


SYSTEM_FIELDS = {
    "name", "tagline", "kind", "time_zone", "year_starts", "reporting_date", "note", "labels",
    "second_factor",
}  # fmt: skip


def load_system(table: dict[str, Any], author: User | None, reason: str) -> System:
    expect(table, "[system]", SYSTEM_FIELDS | {"slug", "parent"})
    slug = text(table, "slug", "[system]")
    # One load or import of a system at a time: two would wait for each other's rows for ever.
    row = System.objects.select_for_update(no_key=True).filter(slug=slug).first()
    row = row or System(slug=slug)
    values = {name: value for name, value in table.items() if name in SYSTEM_FIELDS}
    if "parent" in table:
        values["parent"] = parent_of(text(table, "parent", "[system]"))
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
    code = text(table, "code", where)
    plain(table.get("parts", {}), f"{where} parts")
    row = Segment.objects.filter(system=loaded.system, code=code).first()
    values = {"name": code, **{k: v for k, v in table.items() if k != "code"}}
    row = row or Segment(system=loaded.system, code=code)
    save(loaded, row, values, code, where, author)


def whole(loaded: Loaded, author: User | None) -> None:
    """Every system has the segment of everyone."""
    if not Segment.objects.filter(system=loaded.system, code=WHOLE).exists():
        row = Segment(system=loaded.system, code=WHOLE)
        save(loaded, row, {"name": loaded.system.name}, WHOLE, "segment", author)


INTERVENTION_FIELDS = {"name", "owner", "status", "funding", "cost"}


def load_intervention(
    loaded: Loaded, table: dict[str, Any], where: str, author: User | None, reason: str
) -> None:
    expect(table, where, INTERVENTION_FIELDS | {"slug"})
    slug = text(table, "slug", where)
    row = Intervention.objects.filter(system=loaded.system, slug=slug).first()
    row = row or Intervention(system=loaded.system, slug=slug)
    values = {name: value for name, value in table.items() if name in INTERVENTION_FIELDS}
    if row._state.adding and "name" not in values:
        values["name"] = in_words(slug)
    save(loaded, row, values, slug, where, author, reason)


def in_words(slug: str) -> str:
    return slug.replace("_", " ").replace("-", " ").capitalize()


METRIC_FIELDS = {
    "name", "question", "definition", "source", "limitations", "owner", "function", "timing",
    "prominence", "unit", "decimals", "direction", "kind", "frequency", "year_starts",
    "expected_lag", "expected_months", "rate_per", "numerator", "denominator", "coverage", "link",
    "custodian", "comparability", "revision_policy",
}  # fmt: skip


def load_metric(
    loaded: Loaded, table: dict[str, Any], where: str, author: User | None, reason: str
) -> None:
    slug = text(table, "slug", where)
    where = f"{where} ({slug})"
    expect(
        table,
        where,
        METRIC_FIELDS
        | {"slug", "bounds", "band", "policy", "trajectories", "rebases", "quality", "benchmarks"},
    )
    row = Metric.objects.filter(system=loaded.system, slug=slug).first()
    row = row or Metric(system=loaded.system, slug=slug)
    new = row._state.adding
    changed = save(loaded, row, metric_values(loaded, table, where), slug, where, author, reason)
    if changed and not new:
        row.series.all().mark_stale()
    open_series(row, Segment.objects.get(system=loaded.system, code=WHOLE))
    paths = once(table, "trajectories", "segment", where, WHOLE)
    for path in paths:
        load_path(loaded, row, path, f"a trajectory of {slug}", author, reason)
    name_kept(loaded, row, {path.get("segment", WHOLE) for path in paths})
    for rebase in rows(table, "rebases", where):
        load_rebase(loaded, row, rebase, f"a rebase of {slug}", author)
    for rating in rows(table, "quality", where):
        load_quality(loaded, row, rating, f"a quality rating of {slug}", author)
    for benchmark in rows(table, "benchmarks", where):
        load_benchmark(loaded, row, benchmark, f"a benchmark of {slug}", author)


def metric_values(loaded: Loaded, table: dict[str, Any], where: str) -> dict[str, Any]:
    values: dict[str, Any] = {"year_starts": loaded.system.year_starts}
    values |= {name: value for name, value in table.items() if name in METRIC_FIELDS}
    if "name" not in values:
        values["name"] = in_words(str(table["slug"]))
    low, high = pair(table.get("bounds"), "bounds", where)
    values |= {"lower_bound": low, "upper_bound": high}
    low, high = pair(table.get("band"), "band", where)
    values |= {"band_low": low, "band_high": high}
    values["expected_months"] = plain(table.get("expected_months", []), f"{where} expected_months")
    overrides = table.get("policy", {})
    expect(overrides, f"{where} policy", POLICY_FIELDS)
    return values | {"policy_overrides": plain(overrides, f"{where} policy")}


ASPIRATION_FIELDS = {
    "title", "moral_purpose", "approach", "success", "accountable_head", "status", "boldness",
    "boldness_reason", "intended_quadrant", "setting_model", "setting_reason", "roles_reason",
}  # fmt: skip


def load_aspiration(
    loaded: Loaded, table: dict[str, Any], place: int, author: User | None, reason: str,
    at: datetime | None,
) -> None:  # fmt: skip
    where = f"aspiration {place}"
    slug = text(table, "slug", where)
    expect(table, where, ASPIRATION_FIELDS | {"slug", "metrics"})
    row = Aspiration.objects.filter(system=loaded.system, slug=slug).first()
    row = row or Aspiration(system=loaded.system, slug=slug)
    values = {name: value for name, value in table.items() if name in ASPIRATION_FIELDS}
    save(loaded, row, values | {"order": place}, slug, where, author, reason)
    keep_wording(aspiration=row, author=author, reason=reason, at=at)
    for order, metric_slug in enumerate(rows(table, "metrics", where), 1):
        metric_slug = text({"a metric": metric_slug}, "a metric", where)
        if metric_slug in table["metrics"][: order - 1]:
            raise FileFault(f"{where} ({slug}) names the metric “{metric_slug}” twice. Keep one.")
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
    values = table.get("values", {})
    expect(values, "[policy] values", POLICY_FIELDS)
    plain(values, "[policy] values")
    reason = text(table, "reason", "[policy]") if table.get("reason") else reason
    try:
        row = policies.revise(
            system=loaded.system, values=values, reason=reason, actor=author, door=DOOR
        )
    except ValidationError as problem:
        if "reason" in getattr(problem, "error_dict", {}):
            raise FileFault(_("[policy] has new values and no reason. Give one.")) from problem
        raise FileFault(f"[policy]: {fault_text(problem)}") from problem
    if row:
        loaded.note(row, f"version {row.version}", new=True, changed=True)
