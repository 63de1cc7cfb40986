"""A stored judgment made again from its two clocks, and what differs if anything does."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from aspirations.analysis.engine import ENGINE_VERSION
from aspirations.models import Judgment, Series
from aspirations.services.judging import Verdict, verdicts_of
from aspirations.services.records import STORED

OF_ITS_OWN = {"series_id", "seq", "computed_at"}
"""What says which judgment it is, not what it says."""
FIELDS = {field.attname: field for field in Judgment._meta.concrete_fields}


@dataclass(frozen=True)
class Difference:
    """A judgment that the same clocks do not give again: by column what is stored, what came."""

    judgment: Judgment
    values: dict[str, tuple[Any, Any]]

    def __str__(self) -> str:
        said = (f"{name} {was!r}, now {now!r}" for name, (was, now) in self.values.items())
        return f"{self.judgment.series} ({self.judgment.seq}): {'; '.join(said)}"


def replayed(judgment: Judgment) -> Verdict:
    """What was known when it was computed, judged anew as of the same day."""
    return verdicts_of([judgment.series_id], judgment.as_of, judgment.computed_at)[0]


def differs(judgment: Judgment, verdict: Verdict) -> dict[str, tuple[Any, Any]]:
    """By column the stored value and the one that came; empty where all are equal."""
    pairs = {
        name: (value_of(judgment, name), value_of(verdict.judgment, name))
        for name in STORED
        if name not in OF_ITS_OWN
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def value_of(judgment: Judgment, name: str) -> Any:
    """As the field reads it: a row not stored yet has its days as texts."""
    value = getattr(judgment, name)
    return value if value is None else FIELDS[name].to_python(value)


def verify(series: QuerySet[Series]) -> Iterator[Difference]:
    """Every latest judgment of these series that cannot be made again as it was.

    One made by another version of the arithmetic is passed over: it is of its time, and
    `overdue.mark_overdue` has it followed by one of this version.
    """
    rows = Judgment.objects.filter(
        pk__in=series.values("current_judgment"), engine_version=ENGINE_VERSION
    ).select_related("series__metric", "series__segment")
    ordered = rows.order_by("computed_at", "as_of", "series_id")
    for _, together in groupby(
        ordered.iterator(settings.JUDGE_CHUNK), lambda row: (row.computed_at, row.as_of)
    ):
        yield from unlike({row.series_id: row for row in together})


def unlike(judgments: dict[int, Judgment]) -> Iterator[Difference]:
    """Of judgments with the same clocks those that come out otherwise."""
    one = next(iter(judgments.values()))
    for verdict in verdicts_of(list(judgments), one.as_of, one.computed_at):
        judgment = judgments[verdict.series.pk]
        if values := differs(judgment, verdict):
            yield Difference(judgment, values)
