"""Ratings of data quality: how one is made, and which metrics they keep from being judged."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from aspirations.models import DataQuality, Metric, Series
from people.models import User
from people.services import save_with_trail


@transaction.atomic
def rate(
    *, metric: Metric, ratings: dict[str, Any], author: User | None = None, door: str = "command"
) -> DataQuality:
    """Append a rating. A grade D keeps the metric's series from being judged, so all are due."""
    row = DataQuality(metric=metric, author=author)
    save_with_trail(row, ratings, system=metric.system, key=metric.slug, actor=author, door=door)
    Series.objects.filter(metric=metric).mark_stale()
    return row


def without_light(
    metrics: Iterable[int], as_of: date, known_at: datetime | None = None
) -> set[int]:
    """Keys of the metrics whose latest valid rating on `as_of` is a D, as told by `known_at`."""
    rows = DataQuality.objects.valid_on(as_of).filter(metric__in=metrics)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    latest = {row.metric_id: row.grade for row in rows.order_by("rated_on", "pk")}
    return {key for key, grade in latest.items() if grade == "D"}
