"""Benchmarks of a metric in words: whose, how much, of when, and how far to be compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.models import Benchmark, Metric
from aspirations.models.events import is_safe_address


@dataclass(frozen=True)
class BenchmarkLine:
    """One benchmark; `gain` is empty where its best year is not known."""

    key: int
    name: str
    kind: str
    figure: str
    value: float
    period: str
    gain: str
    note: str
    source: str
    address: str

    @property
    def title(self) -> str:
        """“State of Alderway, Peer system”"""
        return _("%(name)s, %(kind)s") % {"name": self.name, "kind": self.kind}


def benchmarks_of(metric: Metric) -> list[BenchmarkLine]:
    """Those that count, peers after the best in class, by name."""
    return lines_of(metric, Benchmark.objects.that_count().filter(metric=metric))


def lines_of(metric: Metric, rows: Iterable[Benchmark]) -> list[BenchmarkLine]:
    return [
        BenchmarkLine(
            key=row.pk, name=row.name, kind=str(row.get_kind_display()), value=row.value,
            figure=sentences.value_text(metric, row.value),
            period=sentences.period_text(metric, row.period),
            gain=gain_text(metric, row.yearly_change), note=row.note, source=row.source,
            address=row.address if is_safe_address(row.address) else "",
        )
        for row in rows
    ]  # fmt: skip


def gain_text(metric: Metric, gain: float | None) -> str:
    if gain is None:
        return ""
    return _("Gained %(gain)s in its best year.") % {"gain": sentences.size_text(metric, gain)}


def best_above(rows: list[BenchmarkLine], own: float | None, sign: int) -> BenchmarkLine | None:
    """Who stands furthest on the better side of the own figure; nobody where no side is better."""
    if own is None or not sign:
        return None
    better = [row for row in rows if sign * (row.value - own) > 0]
    return max(better, key=lambda row: sign * row.value, default=None)
