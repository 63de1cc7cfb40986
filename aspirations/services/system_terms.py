"""A promise as a table of a system file states it, turned into the terms that services take."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from aspirations.analysis import periods
from aspirations.models import Metric
from aspirations.models.agreements import Method
from aspirations.services.tables import FileFault, expect, need, number, rows, shown, text

TERMS = {
    "baseline", "target", "shape", "points", "parameters", "season", "low", "high",
    "interventions", "overlaps",
}  # fmt: skip
EFFECT = {
    "intervention", "start", "lag", "ramp", "low", "mid", "high", "attribution", "evidence",
    "sources",
}  # fmt: skip


def stated_in(table: dict[str, Any], metric: Metric, where: str) -> dict[str, Any]:
    """The promise a table states, with its labels as dates and its figures as floats."""
    baseline, target = need(table, "baseline", where), need(table, "target", where)
    start = start_in(baseline, metric, where)
    end = day(need(target, "period", where), metric, where)
    expect(target, f"{where}, target", {"period", "value"})
    points = rows(table, "points", where)
    works = rows(table, "interventions", where)
    usual = "points" if points else "interventions" if works else "linear"
    return start | {
        "target_period": end,
        "target_value": number(need(target, "value", where), "the target", where),
        "shape": shape_in(table.get("shape", usual), where),
        "points": [point_in(point, metric, where) for point in points],
        "parameters": parameters_in(table, where),
        "season": season_in(table, where),
        **{name: optional(table, name, f"{where}, {name}") for name in ("low", "high")},
        "effects": effects_in(works, rows(table, "overlaps", where), metric, where),
    }


def start_in(table: Any, metric: Metric, where: str) -> dict[str, Any]:
    """The baseline: its period, and a value or the method by which the figures give it."""
    first = day(need(table, "period", where), metric, where)
    where = f"{where}, baseline"
    expect(table, where, {"period", "value", "method", "periods"})
    known, method = table.get("value"), table.get("method", Method.SINGLE.value)
    return {
        "baseline_period": first,
        "baseline_value": None if known is None else number(known, "the baseline", where),
        "baseline_method": text({"method": method}, "method", where),
        "baseline_periods": whole(table, "periods", where, 1),
    }


def shape_in(shape: Any, where: str) -> str:
    """The code word of a shape; `s-curve` is as good as `s_curve`."""
    return text({"shape": shape}, "shape", where).replace("-", "_")


def point_in(point: Any, metric: Metric, where: str) -> list[Any]:
    expect(point, f"{where}, a point", {"period", "value"})
    first = day(need(point, "period", where), metric, where)
    return [first.isoformat(), number(need(point, "value", where), "a point", where)]


def parameters_in(table: dict[str, Any], where: str) -> dict[str, float]:
    found = table.get("parameters", {})
    if not isinstance(found, dict):
        raise FileFault(
            f"{where}: parameters is {shown(found)}. Write them as {{ name = number }}."
        )
    return {name: number(value, name, f"{where}, parameters") for name, value in found.items()}


def season_in(table: dict[str, Any], where: str) -> dict[str, Any]:
    if "season" not in table:
        return {}
    found, where = table["season"], f"{where}, season"
    expect(found, where, {"kind", "values"})
    need(found, "values", where)
    return {
        "kind": text(found, "kind", where),
        "values": [number(value, "a value", where) for value in rows(found, "values", where)],
    }


def effects_in(
    works: Iterable[Any], overlaps: Iterable[Any], metric: Metric, where: str
) -> list[dict[str, Any]]:
    """Effects as `interventions.stated_effects` takes them, each with the overlaps it is in."""
    effects = [effect_in(work, metric, f"{where}, intervention {n}") for n, work in numbered(works)]
    by_name = {effect["intervention"]: effect for effect in effects}
    for place, table in numbered(overlaps):
        there = f"{where}, overlap {place}"
        expect(table, there, {"first", "second", "amount", "note"})
        first, second = text(table, "first", there), text(table, "second", there)
        if first not in by_name:
            raise FileFault(f"{there}: “{first}” has no effect on this path. Add it, or drop this.")
        amount = number(need(table, "amount", there), "amount", there)
        said = text(table, "note", there) if "note" in table else ""
        by_name[first]["overlaps"].append({"with": second, "amount": amount, "note": said})
    return effects


def effect_in(table: Any, metric: Metric, where: str) -> dict[str, Any]:
    expect(table, where, EFFECT)
    effect: dict[str, Any] = {
        "intervention": text(table, "intervention", where),
        "start": day(need(table, "start", where), metric, where).isoformat(),
        "mid": number(need(table, "mid", where), "mid", where),
        "overlaps": [],
    }
    effect |= {name: whole(table, name, where, 0) for name in ("lag", "ramp") if name in table}
    floats = ("low", "high", "attribution")
    effect |= {name: number(table[name], name, where) for name in floats if name in table}
    words = ("evidence", "sources")
    return effect | {name: text(table, name, where) for name in words if name in table}


def numbered(tables: Iterable[Any]) -> Iterable[tuple[int, Any]]:
    return enumerate(tables, 1)


def whole(table: dict[str, Any], name: str, where: str, usual: int) -> int:
    """A whole number of periods, 0 or more."""
    value = table.get(name, usual)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 10_000:
        raise FileFault(f"{where}: {name} is {shown(value)}. Give a whole number of periods.")
    return value


def optional(table: dict[str, Any], name: str, where: str) -> float | None:
    return number(table[name], name, where) if name in table else None


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
