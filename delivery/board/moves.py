"""Paths that were agreed between two days, and how their targets moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, DateField, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import Cast, Coalesce, TruncDate

from aspirations.models import Metric, Trajectory
from aspirations.models.metrics import WHOLE
from delivery.board.together import Cells, flat

WORDS = ("unit", "decimals", "frequency", "year_starts", "band_low", "band_high")
"""What the numbers and periods of a metric are worded by."""
MOST_CHANGES = 20


class Aim(NamedTuple):
    """What a target asks for, and the first day of the period in which."""

    value: float
    due: date


@dataclass(frozen=True)
class Moved:
    """A path that was agreed between the two days, with its reason."""

    metric: str
    name: str
    version: int
    agreed: date
    reason: str
    target: Aim
    before: Aim | None
    printed: Metric
    """The metric as far as its numbers and periods are worded by it; not for saving."""

    @property
    def moves_target(self) -> bool:
        """Whether its target has another value or another day than the one before."""
        return self.before is not None and self.target != self.before


def moved(metrics: QuerySet[Metric], day: date, since: Any) -> Any:
    """Paths agreed after the one day and by the other, the latest first, with their number."""
    agreed = Cast(Coalesce("agreed_on", TruncDate("agreed_at")), DateField())
    before = Trajectory.objects.filter(
        series=OuterRef("series"), version__lt=OuterRef("version"), agreed_at__isnull=False
    ).order_by("-version")
    rows = Trajectory.objects.filter(
        series__metric__in=metrics, series__segment__code=WHOLE,
        status__in=["agreed", "superseded"],
    )  # fmt: skip
    new = rows.annotate(agreed=agreed).filter(agreed__gt=since, agreed__lte=day)
    return new.order_by("-agreed", "-pk").values_list(
        "series__metric__slug", "series__metric__name", "version", "agreed", "reason",
        "target__value", "target__due",
        Subquery(before.values(told=Cells("target__value", "target__due"))[:1]),
        *(f"series__metric__{name}" for name in WORDS), Window(Count("pk")),
    )[:MOST_CHANGES]  # fmt: skip


def moved_of(row: Sequence[Any]) -> Moved:
    slug, name, version, agreed, reason, value, due, told, *words, _ = row
    before = flat(told)
    return Moved(
        slug, name, version, date.fromisoformat(agreed[:10]), reason,
        Aim(value, date.fromisoformat(due)),
        Aim(before[0], date.fromisoformat(before[1])) if before else None,
        Metric(**dict(zip(WORDS, words, strict=True))),
    )  # fmt: skip
