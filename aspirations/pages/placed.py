"""The metrics placed under aspirations: their lights as plain values, and their rows in words."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject, RowNumber
from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.analysis.metric_roles import Kinds, by_role
from aspirations.analysis.standing import NOT_JUDGED, Urgency, lowest, urgency
from aspirations.charts.sparkline import Sparkline
from aspirations.models import Metric, Placement, Series
from aspirations.models.metrics import WHOLE
from aspirations.models.series import WORST_FIRST
from people.models import System

FIELDS = (
    "aspiration", "metric", "metric__name", "metric__function", "metric__timing",
    "metric__prominence", "told",
)  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A metric under an aspiration, with what its whole-system series was found to be."""

    metric: int
    kinds: Kinds
    series: int | None = None
    light: str | None = None
    likelihood: float | None = None
    journey: float | None = None

    @property
    def is_headline(self) -> bool:
        return self.kinds.prominence == Metric.Prominence.HEADLINE

    @property
    def urgency(self) -> Urgency:
        return urgency(self.light or NOT_JUDGED, self.likelihood, self.journey)


class Metrics(list[Placed]):
    """Those of one aspiration, in its order. It takes the lowest light of its headlines."""

    @property
    def headlines(self) -> list[Placed]:
        return [row for row in self if row.is_headline]

    @property
    def light(self) -> str:
        return lowest(row.light or NOT_JUDGED for row in self.headlines)

    @property
    def lowest(self) -> Placed | None:
        return min(self.headlines, key=lambda row: row.urgency, default=None)

    @property
    def roles(self) -> dict[str, list[str]]:
        return by_role(row.kinds for row in self)

    @property
    def lacking(self) -> list[str]:
        return [role for role, names in self.roles.items() if not names]


def placed(system: System, **where: Any) -> dict[int, Metrics]:
    """Aspiration key to its metrics in their order, in one query; retired ones are left out.

    TRAP: nothing in the database keeps a placement within its system.
    """
    told = Series.objects.whole().filter(metric=OuterRef("metric")).order_by()
    values = JSONObject(
        series="pk", light="current_judgment__light",
        likelihood="current_judgment__likelihood", journey="current_judgment__journey",
    )  # fmt: skip
    rows = (
        Placement.objects.filter(
            aspiration__system=system, metric__system=system, metric__retired_at=None, **where
        )
        .annotate(told=Subquery(told.values(told=values)[:1]))
        .order_by("order", "pk")
    )
    found: dict[int, Metrics] = defaultdict(Metrics)
    for key, metric, name, function, timing, prominence, known in rows.values_list(*FIELDS):
        kinds = Kinds(name, function, timing, prominence)
        found[key].append(Placed(metric, kinds, **(known or {})))
    return found


def judged_series(keys: Iterable[int | None]) -> dict[int, Series]:
    """Metric key to its series with judgment and path; three queries, however many there are."""
    rows: QuerySet[Series] = Series.objects.filter(pk__in=[key for key in keys if key])
    loaded = rows.select_related(
        "metric", "current_judgment__trajectory__baseline", "current_judgment__trajectory__target"
    ).prefetch_related("current_judgment__trajectory__effects__intervention")
    return {row.metric_id: row for row in loaded}


@dataclass(frozen=True)
class WorstSegment:
    """The segment of a metric in the deepest trouble, and out of how many."""

    name: str
    code: str
    light: str
    segments: int


def worst_segments(metrics: Collection[int]) -> dict[int, WorstSegment]:
    """Metric key to its worst judged segment, in one query."""
    rows = (
        Series.objects.filter(metric__in=metrics)
        .exclude(segment__code=WHOLE)
        .ranked()
        .annotate(
            place=Window(RowNumber(), partition_by=F("metric"), order_by=WORST_FIRST),
            segments=Window(Count("pk"), partition_by=F("metric")),
        )
        .filter(place=1)
        .order_by()
        .values_list(
            "metric", "segment__name", "segment__code", "current_judgment__light", "segments"
        )
    )
    return {
        key: WorstSegment(name, code, light, segments)
        for key, name, code, light, segments in rows
        if light and light != NOT_JUDGED
    }


def target_text(series: Series) -> str:
    """“72% by Jun 2028”; empty without an agreed path."""
    told = series.current_judgment
    path = told.trajectory if told else None
    if path is None:
        return ""
    return _("%(value)s by %(due)s") % {
        "value": sentences.aim_text(series.metric, path.target.value),
        "due": sentences.period_text(series.metric, path.target.due),
    }


def sentence_of(series: Series | None) -> str:
    """How a metric moves, stands and is likely to end; empty where it has no series."""
    if series is None:
        return ""
    told = series.current_judgment
    return sentences.metric_headline(series.metric, told, None, target_text(series))


@dataclass(frozen=True)
class MetricRow:
    """A metric as an aspiration's page prints it; `series` None where the whole has no figure."""

    metric: Metric
    series: Series | None
    worst: WorstSegment | None
    spark: Sparkline | None

    @cached_property
    def _told(self) -> Any:
        return self.series.current_judgment if self.series else None

    @property
    def light(self) -> str:
        return self._told.light if self._told else NOT_JUDGED

    @property
    def reason(self) -> str:
        """Why there is no light; empty where there is one."""
        if self._told:
            return sentences.reason_text(self._told, self.metric)
        if self.metric.prominence == Metric.Prominence.DEVELOPMENT:
            return _("Wanted, but not yet available.")
        return _("Not judged yet.")

    @property
    def kinds(self) -> str:
        """“Headline · outcome · lagging”."""
        metric = self.metric
        words = (
            metric.get_prominence_display(), metric.get_function_display(),
            metric.get_timing_display(),
        )  # fmt: skip
        return " · ".join(str(word) for word in words)

    @property
    def latest(self) -> str:
        return sentences.value_text(self.metric, self._told.actual) if self._told else ""

    @property
    def period(self) -> str:
        return sentences.period_text(self.metric, self._told.period) if self._told else ""

    @property
    def has_figure(self) -> bool:
        return self._told is not None and self._told.actual is not None

    @property
    def against(self) -> str:
        """“2.1 points behind”, or what became of the target; empty where there is no path."""
        if self._told is None:
            return ""
        if self._told.state:
            return sentences.state_word(self._told.state)
        if self._told.gap is None:
            return ""
        return sentences.gap_text(self.metric, self._told.gap)

    @property
    def likelihood(self) -> float | None:
        return self._told.likelihood if self._told else None

    @property
    def chance(self) -> str:
        return sentences.chance(self.likelihood) if self.likelihood is not None else ""

    @property
    def target(self) -> str:
        return target_text(self.series) if self.series else ""
