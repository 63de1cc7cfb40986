"""Rows for tests, made as a user's would be."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from aspirations.analysis import periods
from aspirations.models import (
    Aspiration,
    Baseline,
    Benchmark,
    Metric,
    Observation,
    Placement,
    Segment,
    Series,
    Target,
    Trajectory,
)
from aspirations.models.agreements import Agreement
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

__all__ = ["MembershipFactory", "SystemFactory", "UserFactory"]


class AspirationFactory(DjangoModelFactory[Aspiration]):
    class Meta:
        model = Aspiration

    system = factory.SubFactory(SystemFactory)
    slug = factory.Sequence(lambda n: f"aspiration-{n}")
    title = factory.Sequence(lambda n: f"Aspiration {n}")


class MetricFactory(DjangoModelFactory[Metric]):
    class Meta:
        model = Metric

    system = factory.SubFactory(SystemFactory)
    slug = factory.Sequence(lambda n: f"metric-{n}")
    name = factory.Sequence(lambda n: f"Metric {n}")
    unit = "%"
    direction = "increase"
    frequency = "month"
    prominence = "headline"
    owner = "Director"


class SegmentFactory(DjangoModelFactory[Segment]):
    class Meta:
        model = Segment
        django_get_or_create = ("system", "code")

    system = factory.SubFactory(SystemFactory)
    code = "all"
    name = factory.LazyAttribute(lambda row: "Everyone" if row.code == "all" else row.code)


class SeriesFactory(DjangoModelFactory[Series]):
    class Meta:
        model = Series

    metric = factory.SubFactory(MetricFactory)
    segment = factory.LazyAttribute(lambda row: SegmentFactory(system=row.metric.system))


class ObservationFactory(DjangoModelFactory[Observation]):
    class Meta:
        model = Observation

    series = factory.SubFactory(SeriesFactory)
    period = date(2024, 1, 1)
    value = 50.0
    published_on = factory.SelfAttribute("period")


class BenchmarkFactory(DjangoModelFactory[Benchmark]):
    class Meta:
        model = Benchmark

    metric = factory.SubFactory(MetricFactory)
    kind = "peer"
    name = "State of Alderway"
    version = 1
    period = date(2024, 1, 1)
    value = 61.0
    note = "The same check, a month later."
    source = "Its yearbook"


def place(metric: Metric, aspiration: Aspiration, order: int = 0) -> Placement:
    return Placement.objects.create(metric=metric, aspiration=aspiration, order=order)


def observe(series: Series, first: date, values: Sequence[float | None]) -> list[Observation]:
    """One observation a period from `first` on, public at the period's end; None is missing."""
    frequency, year_starts = periods.Frequency(series.metric.frequency), series.metric.year_starts
    k = periods.ordinal(frequency, first, year_starts)
    return Observation.objects.bulk_create(
        Observation(
            series=series,
            period=periods.start(frequency, k + step, year_starts),
            value=value,
            missing_reason="" if value is not None else "missing",
            published_on=periods.end(frequency, k + step, year_starts),
        )
        for step, value in enumerate(values)
    )


def agreed_path(
    series: Series, baseline: tuple[date, float], target: tuple[date, float], **fields: Any
) -> Trajectory:
    """An agreed target and path for a series; a second call supersedes nothing."""
    start = Baseline.objects.create(series=series, period=baseline[0], value=baseline[1])
    goal = Target.objects.create(
        series=series, due=target[0], value=target[1], status=Agreement.AGREED
    )
    return Trajectory.objects.create(
        series=series, baseline=start, target=goal, **{"status": Agreement.AGREED, **fields}
    )
