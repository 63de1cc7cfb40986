"""What time alone has changed, or a new version of the arithmetic."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from aspirations.analysis.engine import ENGINE_VERSION
from aspirations.models import Metric, Observation, Series
from aspirations.services.quality import without_light
from people.models import System


def mark_overdue() -> int:
    """Mark series that must be judged again though nobody touched them; how many."""
    marked = 0
    for system in System.objects.filter(metrics__isnull=False).distinct():
        rows = Series.objects.filter(
            metric__system=system, metric__retired_at=None, stale_since=None
        )
        changed = moved_by_time(rows, system.today()) | outgrown(rows)
        marked += Series.objects.filter(pk__in=changed.values("pk")).mark_stale()
    return marked


def moved_by_time(rows: QuerySet[Series], today: date) -> QuerySet[Series]:
    """A figure became public, data became late, or a rating came into force or expired."""
    late = Q(current_judgment__due__lt=today) & ~Q(current_judgment__freshness="stale")
    public = Exists(
        Observation.objects.filter(
            series=OuterRef("pk"),
            published_on__gt=OuterRef("judged_as_of"),
            published_on__lte=today,
        )
    )
    return rows.filter(late | public | rated_anew(rows, today), judged_as_of__lt=today)


def rated_anew(rows: QuerySet[Series], today: date) -> Q:
    """A light in spite of a grade D, or none because of one that is no longer valid."""
    metrics = Metric.objects.filter(series__in=rows).values_list("pk", flat=True)
    unfit = without_light(set(metrics), today)
    withheld = Q(current_judgment__not_judged_reason="quality_d")
    return (withheld & ~Q(metric__in=unfit)) | (
        Q(metric__in=unfit) & ~Q(current_judgment__light="N")
    )


def outgrown(rows: QuerySet[Series]) -> QuerySet[Series]:
    """Judged by an earlier version of the arithmetic."""
    return rows.filter(current_judgment__isnull=False).exclude(
        current_judgment__engine_version=ENGINE_VERSION
    )
