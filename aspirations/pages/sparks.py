"""From rows to the small drawings of a page: figures, cut where one is missing, and the path."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from aspirations.analysis import periods
from aspirations.analysis.trajectories import Path, expected
from aspirations.charts.sparkline import Point, Sparkline, sparkline
from aspirations.models import Judgment, Metric, Observation, ObservationRevision, Series
from aspirations.pages.figure import nearest_edge
from aspirations.services.blocks import drawn, pairs

# Periods drawn before the path begins, or in all where there is no path.
BEFORE_PATH, WITHOUT_PATH = 12, 36


def spark_of(series: Series, figures: Iterable[tuple[date, float]]) -> Sparkline | None:
    """The drawing of a series. Needs metric, judgment and its path loaded."""
    judgment = series.current_judgment
    return sparkline(
        runs(series.metric, figures),
        path_points(series.metric, path_of(series)),
        likely_range(judgment) if judgment else None,
    )


def path_of(series: Series) -> Path | None:
    judgment = series.current_judgment
    path: Path | None = drawn(series.metric, judgment.trajectory) if judgment else None
    return path


def figures_to_draw(series: Sequence[Series], today: date, *, as_known: bool = False) -> Any:
    """What was public of these series by the day, in order: series, period, value, published.

    With `as_known`, what has been corrected since has the value it had that day.
    """
    where = Q(pk__in=[])
    for row in series:
        where |= Q(series=row.pk, period__gte=first_drawn(row, today))
    rows: QuerySet[Observation] = Observation.objects.filter(where)
    value, published = ("then_value", "then_published") if as_known else ("value", "published_on")
    if as_known:
        rows = told_on(rows, today)
    public = rows.filter(**{f"{published}__lte": today, f"{value}__isnull": False})
    return public.order_by("series_id", "period").values_list("series", "period", value, published)


def told_on(rows: QuerySet[Observation], day: date) -> QuerySet[Observation]:
    """With `then_value` and `then_published`; what is hidden today stays untold."""
    replaced = ObservationRevision.objects.filter(
        observation=OuterRef("pk"), replaced_at__date__gt=day
    ).order_by("number")
    earlier = {name: Subquery(replaced.values(name)[:1]) for name in ("value", "published_on")}
    # One that was never corrected has no revision to look for.
    since = When(Exists(replaced), revision__gt=0, then=earlier["value"])
    return rows.exclude(missing_reason__in=Observation.HIDDEN).annotate(
        then_value=Case(since, default=F("value")),
        then_published=Case(
            When(revision__gt=0, then=Coalesce(earlier["published_on"], "published_on")),
            default=F("published_on"),
        ),
    )


def first_drawn(series: Series, today: date) -> date:
    """The first period to draw: some way before the path, so that its start can be seen."""
    metric, told = series.metric, series.current_judgment
    frequency = periods.Frequency(metric.frequency)
    path = told.trajectory if told else None
    first = (
        periods.ordinal(frequency, path.baseline.period, metric.year_starts) - BEFORE_PATH
        if path
        else periods.ordinal(frequency, today, metric.year_starts) - WITHOUT_PATH
    )
    return periods.start(frequency, first, metric.year_starts)


def path_points(metric: Metric, path: Path | None) -> list[Point]:
    if path is None:
        return []
    width = path.k1 - path.k0 + 1
    bounds = pairs([(metric.lower_bound, metric.upper_bound)])
    edge = nearest_edge(metric, path.baseline)
    values = expected([path], path.k0, width, bounds)[0] if edge is None else [edge] * width
    return [(float(path.k0 + step), float(value)) for step, value in enumerate(values)]


def runs(metric: Metric, observed: Iterable[tuple[date, float]]) -> list[list[Point]]:
    """Figures as (ordinal, value), cut wherever one that was expected is missing."""
    frequency = periods.Frequency(metric.frequency)
    found: list[list[Point]] = []
    last = 0
    for day, value in observed:
        k = periods.ordinal(frequency, day, metric.year_starts)
        if not found or any(is_expected(metric, step) for step in range(last + 1, k)):
            found.append([])
        found[-1].append((float(k), value))
        last = k
    return found


def is_expected(metric: Metric, ordinal: int) -> bool:
    """Whether a figure is due for this period at all."""
    if not metric.expected_months:
        return True
    start = periods.start(periods.Frequency(metric.frequency), ordinal, metric.year_starts)
    return start.month in metric.expected_months


def likely_range(judgment: Judgment) -> tuple[float, float] | None:
    if judgment.likely_low is None or judgment.likely_high is None:
        return None
    return judgment.likely_low, judgment.likely_high
