"""Figures for every system: a judged metric with a path, its plan, and a corrected value."""

from datetime import date
from typing import Any

from django.utils import timezone

from aspirations.models import (
    Commitment,
    DataQuality,
    Effect,
    Import,
    Intervention,
    Judgment,
    Metric,
    Observation,
    ObservationRevision,
    Overlap,
    Policy,
    Rebase,
    Series,
    Target,
    Trajectory,
)
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    AspirationFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    agreed_path,
    observe,
    place,
)
from people.models import System, User

START, BASE, DUE = date(2024, 1, 1), date(2024, 6, 1), date(2025, 9, 1)
TODAY = date(2025, 3, 14)
LEVEL = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 55.9, 55.1, 56.2, 55.7, 56.4, 56.1]


def figures(row: System, staff: dict[str, User]) -> dict[str, Any]:
    """A judged metric with an agreed path under an aspiration, and a stretch begun anew."""
    aspiration = AspirationFactory.create(
        system=row, slug=f"aim-{row.slug}", title=f"aspiring {row.slug}"
    )
    metric: Metric = MetricFactory.create(
        system=row, slug=f"metric-{row.slug}", name=f"measuring {row.slug}", expected_lag=20
    )
    place(metric, aspiration)
    series: Series = SeriesFactory.create(metric=metric)
    seen = corrected(observe(series, START, LEVEL), row, staff["leader"])
    agreed_path(series, (BASE, 54.2), (DUE, 57.5))
    Target.objects.filter(series=series).update(reason=f"targeting {row.slug}")
    Policy.objects.create(system=row, version=1, reason=f"ruling {row.slug}")
    plan(row, series)
    rebase = Rebase.objects.create(
        series=series, period=date(2024, 8, 1), reason=f"rebasing {row.slug}"
    )
    judge_now([series.pk])
    return {
        "aspiration": aspiration.slug,
        "aspiration_key": aspiration.pk,
        "metric": metric.slug,
        "retired_metric": retired(row),
        "segment": SegmentFactory.create(system=row).pk,
        "series": series.pk,
        "observation": seen.pk,
        "rebase": rebase.pk,
        "judgment": Judgment.objects.get(series=series).pk,
        "target": Target.objects.get(series=series).pk,
        "trajectory": Trajectory.objects.get(series=series).pk,
        "intervention": f"work-{row.slug}",
    }


def retired(row: System) -> str:
    metric: Metric = MetricFactory.create(
        system=row, slug=f"past-{row.slug}", name=f"once {row.slug}",
        retired_at=timezone.now(), retired_reason=f"retiring {row.slug}",
    )  # fmt: skip
    return metric.slug


def plan(row: System, series: Series) -> None:
    """Two pieces of work that carry the path, a promise, a rating and a file taken in."""
    path = Trajectory.objects.get(series=series)
    works = [
        Intervention.objects.create(system=row, slug=slug, name=f"intervening {row.slug} {slug}")
        for slug in (f"work-{row.slug}", f"more-{row.slug}")
    ]
    # At once: one by one is for drafts.
    first, second = Effect.objects.bulk_create(
        Effect(trajectory=path, intervention=work, start=BASE, mid=1.0) for work in works
    )
    Overlap.objects.bulk_create([Overlap(first=first, second=second, amount=0.5)])
    Commitment.objects.create(
        metric=series.metric, baseline_period=BASE, target_period=DUE, target_value=57.5
    )  # fmt: skip
    DataQuality.objects.create(
        metric=series.metric, rated_on=TODAY, accuracy=3, timeliness=3, comparability=3
    )
    Import.objects.create(
        system=row, file_name="figures.csv", sha256="0" * 64, rows=1, added=1, changed=0,
        unchanged=0,
    )  # fmt: skip


def corrected(seen: list[Observation], row: System, author: User) -> Observation:
    """The latest figure had another value before."""
    latest = seen[-1]
    ObservationRevision.objects.create(
        observation=latest, number=0, value=1.0, published_on=latest.published_on,
        recorded_at=latest.recorded_at, replaced_by=author, author=author,
        reason=f"correcting {row.slug}",
    )  # fmt: skip
    Observation.objects.filter(pk=latest.pk).update(revision=1)
    return latest
