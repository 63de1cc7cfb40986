"""Benchmarks of a metric as a system file states them."""

from typing import Any

from django.core.exceptions import ValidationError

from aspirations.models import Benchmark, Metric
from aspirations.services.benchmarks import key_of, write_down
from aspirations.services.loaded import DOOR, Loaded, fault_text
from aspirations.services.system_terms import day, optional
from aspirations.services.tables import FileFault, expect, need, number, text
from people.models import User

WORDS = ("kind", "name", "note", "source")
FIELDS = {*WORDS, "period", "value", "yearly_change", "address"}


def load_benchmark(
    loaded: Loaded, metric: Metric, table: dict[str, Any], where: str, author: User | None
) -> None:
    """Write it down, unless it was ever said: an old file takes back nothing newer."""
    expect(table, where, FIELDS)
    stated = stated_in(table, metric, where)
    said = Benchmark.objects.filter(metric=metric, **stated)
    key = key_of(metric, stated)
    if said.in_force().exists():
        return
    if said.exists():
        loaded.kept.append(f"benchmark {key} withdrawn")
        return
    try:
        row = write_down(metric=metric, values=stated, actor=author, door=DOOR)
    except ValidationError as problem:
        raise FileFault(f"{where}: {fault_text(problem)}") from problem
    loaded.note(row, key, new=True, changed=True)


def stated_in(table: dict[str, Any], metric: Metric, where: str) -> dict[str, Any]:
    return {
        **{name: text(table, name, where) for name in WORDS},
        "period": day(need(table, "period", where), metric, where),
        "value": number(need(table, "value", where), "value", where),
        "yearly_change": optional(table, "yearly_change", where),
        "address": text(table, "address", where) if "address" in table else "",
    }
