"""From rows to the small drawings of a page: one query for all their figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property

from django.db.models import Q

from aspirations.analysis import periods
from aspirations.analysis.trajectories import Path, expected
from aspirations.charts.sparkline import Point, Sparkline, sparkline
from aspirations.models import Judgment, Metric, Observation, Series
from aspirations.pages.figure import nearest_edge
from aspirations.services.blocks import drawn, pairs

# Periods drawn before the path begins, or in all where there is no path.
BEFORE_PATH, WITHOUT_PATH = 12, 36


class Sparks:
    """Drawings of whole-system series. Needs metric, judgment and its path loaded."""

    def __init__(self, series: Sequence[Series], today: date) -> None:
        self.series, self.today = series, today

    @cached_property
    def _observed(self) -> dict[int, list[tuple[date, float]]]:
        return {key: [(day, value) for day, value, _ in rows] for key, rows in self._rows.items()}

    @cached_property
    def published(self) -> dict[int, date]:
        """Series key to the day its latest figure became public."""
        return {key: rows[-1][2] for key, rows in self._rows.items()}

    @cached_property
    def _rows(self) -> dict[int, list[tuple[date, float, date]]]:
        found: dict[int, list[tuple[date, float, date]]] = defaultdict(list)
        if not self.series:
            return found
        where = Q()
        for row in self.series:
            where |= Q(series=row.pk, period__gte=first_drawn(row, self.today))
        rows = Observation.objects.filter(where, published_on__lte=self.today)
        for key, day, value, published in rows.order_by("series_id", "period").values_list(
            "series", "period", "value", "published_on"
        ):
            if value is not None:
                found[key].append((day, value, published))
        return found

    def of(self, series: Series) -> Sparkline | None:
        judgment = series.current_judgment
        return sparkline(
            runs(series.metric, self._observed.get(series.pk, [])),
            path_points(series.metric, path_of(series)),
            likely_range(judgment) if judgment else None,
        )


def path_of(series: Series) -> Path | None:
    judgment = series.current_judgment
    path: Path | None = drawn(series.metric, judgment.trajectory) if judgment else None
    return path


def first_drawn(series: Series, today: date) -> date:
    """The first period to draw: some way before the path, so that its start can be seen."""
    metric, path = series.metric, path_of(series)
    frequency = periods.Frequency(metric.frequency)
    first = (
        path.k0 - BEFORE_PATH
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
