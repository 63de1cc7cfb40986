"""The dashboard's rows: every metric's whole-system series, with its worst segment by name.

Queries do not grow with the number of series: lights of all metrics come as plain values, the
figures only for the metrics of one page, the worst segments from one window over the lights.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, IntegerField, Value, When, Window
from django.db.models.functions import RowNumber

from aspirations import sentences
from aspirations.analysis import periods
from aspirations.analysis.standing import ORDER, counts, lowest, rank, urgency
from aspirations.analysis.trajectories import expected
from aspirations.charts.sparkline import Sparkline, sparkline
from aspirations.models import Aspiration, Judgment, Metric, Observation, Series
from aspirations.models.metrics import WHOLE
from aspirations.services.blocks import drawn
from delivery.headline import Standing, eyebrow, finding, headline, summary
from people.models import System

PER_PAGE = 60
LIGHTS = (*ORDER, "N")
SORTS = ("aspiration", "attention")


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; words that mean nothing ask for everything."""

    light: str = ""
    owner: str = ""
    sort: str = "aspiration"
    late: bool = False
    page: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filters":
        light, sort = query.get("light", ""), query.get("sort", "")
        return cls(
            light=light if light in LIGHTS else "",
            owner=query.get("owner", ""),
            sort=sort if sort in SORTS else "aspiration",
            late=query.get("late") == "1",
            page=query.get("page", ""),
        )

    def admits(self, row: "Brief") -> bool:
        return (
            (not self.light or row.light == self.light)
            and (not self.owner or row.owner == self.owner)
            and (not self.late or row.freshness in ("late", "stale"))
        )


@dataclass(frozen=True)
class Brief:
    """As little of a metric's whole-system series as lists, counts and filters need."""

    series: int
    metric: int
    name: str
    owner: str
    prominence: str
    light: str
    freshness: str
    likelihood: float | None
    journey: float | None
    gap: float | None
    state: str


@dataclass(frozen=True)
class Worst:
    """The segment of a metric in the deepest trouble."""

    name: str
    code: str
    light: str


@dataclass(frozen=True)
class Row:
    """A metric as the league table prints it."""

    metric: Metric
    judgment: Judgment | None
    worst: Worst | None
    spark: Sparkline | None
    today: date

    @property
    def light(self) -> str:
        return self.judgment.light if self.judgment else "N"

    @property
    def reason(self) -> str:
        return sentences.reason_text(self.judgment, self.metric) if self.judgment else ""

    @property
    def pending(self) -> str:
        return sentences.pending_text(self.judgment) if self.judgment else ""

    @property
    def state(self) -> str:
        return sentences.state_word(self.judgment.state) if self.judgment else ""

    @property
    def latest(self) -> str:
        return sentences.value_text(self.metric, self.judgment.actual if self.judgment else None)

    @property
    def gap(self) -> str:
        return sentences.signed(self.metric, self.judgment.gap) if self.has_gap else ""

    @property
    def has_gap(self) -> bool:
        return self.judgment is not None and self.judgment.gap is not None

    @property
    def side(self) -> str:
        """ahead, behind or on: the word beside the signed gap."""
        gap = self.judgment.gap if self.judgment else None
        if gap is None or sentences.is_nothing(self.metric, gap):
            return "on"
        return "ahead" if gap > 0 else "behind"

    @property
    def path_value(self) -> str:
        return sentences.bare(self.metric, self.judgment.expected if self.judgment else None)

    @property
    def likelihood(self) -> float | None:
        return self.judgment.likelihood if self.judgment else None

    @property
    def chance(self) -> str:
        return sentences.chance_short(self.likelihood) if self.likelihood is not None else ""

    @property
    def forecast(self) -> str:
        return sentences.bare(self.metric, self.judgment.forecast if self.judgment else None)

    @property
    def likely(self) -> str:
        if self.judgment is None:
            return ""
        return sentences.range_text(
            self.metric, self.judgment.likely_low, self.judgment.likely_high
        )

    @property
    def target(self) -> str:
        path = self.judgment.trajectory if self.judgment else None
        return sentences.goal_text(self.metric, path.target.value) if path else ""

    @property
    def target_due(self) -> str:
        path = self.judgment.trajectory if self.judgment else None
        return sentences.period_text(self.metric, path.target.due) if path else ""

    @property
    def period(self) -> str:
        return sentences.period_text(self.metric, self.judgment.period) if self.judgment else ""

    @property
    def data(self) -> str:
        return sentences.freshness_text(self.judgment, self.today) if self.judgment else ""

    @property
    def is_late(self) -> bool:
        return self.judgment is not None and self.judgment.freshness in ("late", "stale")

    @property
    def earlier(self) -> list[str]:
        return [str(step["light"]) for step in self.judgment.earlier] if self.judgment else []


@dataclass
class Group:
    """An aspiration with the metrics shown under it, or the metrics under none."""

    title: str
    slug: str = ""
    light: str = ""
    lowest: str = ""
    worst: Worst | None = None
    counts: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    @property
    def headline_count(self) -> int:
        return sum(self.counts.values())

    @property
    def counted(self) -> list[tuple[int, str]]:
        return [(count, light) for light, count in self.counts.items() if count]


class Dashboard:
    """Everything the page says about one system, asked of the database as it is needed."""

    def __init__(self, user: Any, system: System, filters: Filters) -> None:
        self.user, self.system, self.filters = user, system, filters
        self.today = system.today()

    # ------------------------------------------------------------- what the whole says
    @cached_property
    def headline(self) -> str:
        return headline(self.standings)

    @property
    def eyebrow(self) -> str:
        return eyebrow(len(self.aspirations))

    @cached_property
    def summary(self) -> str:
        return summary(self.standings) if len(self.standings) > 1 else ""

    @cached_property
    def counts(self) -> dict[str, int]:
        return counts(row.light for row in self.briefs)

    @property
    def total(self) -> int:
        return len(self.briefs)

    @cached_property
    def owners(self) -> list[str]:
        return sorted({row.owner for row in self.briefs if row.owner})

    @cached_property
    def standings(self) -> list[Standing]:
        return [self._standing(title, keys) for _, _, title, keys in self.aspirations]

    def _standing(self, title: str, keys: list[int]) -> Standing:
        rows = self._headlines(keys)
        light = lowest(row.light for row in rows)
        setting = min(
            (row for row in rows if row.light == light), key=self._urgency, default=None
        )
        if setting is None:
            return Standing(title, light)
        return Standing(title, light, setting.name, finding(setting.state, setting.likelihood), setting.likelihood)

    # ------------------------------------------------------------- what it is made of
    @cached_property
    def aspirations(self) -> list[tuple[int, str, str, list[int]]]:
        """(key, slug, title, keys of metrics in order) of every active aspiration."""
        rows = Aspiration.objects.visible_to(self.user).filter(system=self.system).active()
        found: dict[int, tuple[int, str, str, list[int]]] = {}
        placed = rows.order_by("order", "pk", "placements__order", "placements__pk")
        for key, slug, title, metric in placed.values_list(
            "pk", "slug", "title", "placements__metric"
        ):
            entry = found.setdefault(key, (key, slug, title, []))
            if metric is not None:
                entry[3].append(metric)
        return list(found.values())

    @cached_property
    def briefs(self) -> list[Brief]:
        """Every metric of the system, once, by name."""
        rows = Series.objects.visible_to(self.user).whole().filter(metric__system=self.system)
        return [
            Brief(*row[:5], row[5] or "N", row[6] or "", *row[7:10], row[10] or "")
            for row in rows.order_by("metric__name", "pk").values_list(
                "pk", "metric", "metric__name", "metric__owner", "metric__prominence",
                "current_judgment__light", "current_judgment__freshness",
                "current_judgment__likelihood", "current_judgment__journey",
                "current_judgment__gap", "current_judgment__state",
            )
        ]  # fmt: skip

    @cached_property
    def _brief_of(self) -> dict[int, Brief]:
        return {row.metric: row for row in self.briefs}

    def _headlines(self, keys: Iterable[int]) -> list[Brief]:
        rows = (self._brief_of[key] for key in keys if key in self._brief_of)
        return [row for row in rows if row.prominence == Metric.Prominence.HEADLINE]

    @staticmethod
    def _urgency(row: Brief) -> Any:
        return urgency(row.light, row.likelihood, row.journey)

    # ------------------------------------------------------------- the page of the table
    @cached_property
    def page(self) -> Page[Any]:
        """(position of the aspiration or None, brief) pairs of this page, in order."""
        pairs = self._by_urgency() if self.filters.sort == "attention" else self._by_aspiration()
        shown = [(place, row) for place, row in pairs if self.filters.admits(row)]
        return Paginator(shown, PER_PAGE).get_page(self.filters.page)

    def _by_aspiration(self) -> list[tuple[int | None, Brief]]:
        pairs: list[tuple[int | None, Brief]] = []
        for place, (_, _, _, keys) in enumerate(self.aspirations):
            pairs += [(place, self._brief_of[key]) for key in keys if key in self._brief_of]
        placed = {row.metric for _, row in pairs}
        return pairs + [(None, row) for row in self.briefs if row.metric not in placed]

    def _by_urgency(self) -> list[tuple[int | None, Brief]]:
        return [(None, row) for row in sorted(self.briefs, key=self._urgency)]

    @cached_property
    def groups(self) -> list[Group]:
        """The page's rows under their aspirations; one group without a title when ranked."""
        groups: dict[int | None, Group] = {}
        for place, brief in self.page.object_list:
            if place not in groups:
                groups[place] = self._group(place)
            groups[place].rows.append(self._row(brief))
        return list(groups.values())

    def _group(self, place: int | None) -> Group:
        if place is None:
            return Group("")
        _, slug, title, keys = self.aspirations[place]
        rows = self._headlines(keys)
        light = lowest(row.light for row in rows)
        setting = min(rows, key=self._urgency, default=None)
        worst = min(
            (self.worst[key] for key in keys if key in self.worst),
            key=lambda found: rank(found.light),
            default=None,
        )
        name = setting.name if setting and light != "N" else ""
        return Group(title, slug, light, name, worst, counts(row.light for row in rows))

    def _row(self, brief: Brief) -> Row:
        series = self._series[brief.series]
        return Row(
            metric=series.metric,
            judgment=series.current_judgment,
            worst=self.worst.get(brief.metric),
            spark=self._spark(series),
            today=self.today,
        )

    @cached_property
    def _series(self) -> dict[int, Series]:
        keys = [brief.series for _, brief in self.page.object_list]
        rows = Series.objects.select_related(
            "metric",
            "current_judgment__trajectory__baseline",
            "current_judgment__trajectory__target",
        ).in_bulk(keys)
        return dict(rows)

    @cached_property
    def worst(self) -> dict[int, Worst]:
        """Metric key to its worst judged segment, found by the database."""
        keys = {brief.metric for _, brief in self.page.object_list}
        ranks = [When(current_judgment__light=light, then=Value(rank(light))) for light in ORDER]
        rows = (
            Series.objects.filter(metric__in=keys, current_judgment__light__in=ORDER)
            .exclude(segment__code=WHOLE)
            .annotate(rank=Case(*ranks, output_field=IntegerField()))
            .annotate(
                place=Window(
                    RowNumber(),
                    partition_by="metric",
                    order_by=[
                        "rank",
                        F("current_judgment__likelihood").asc(nulls_last=True),
                        F("current_judgment__journey").asc(nulls_last=True),
                        "pk",
                    ],
                )
            )
            .filter(place=1)
            .order_by()
            .values_list("metric", "segment__name", "segment__code", "current_judgment__light")
        )
        return {metric: Worst(name, code, light) for metric, name, code, light in rows}

    # ------------------------------------------------------------- the small drawings
    @cached_property
    def _observed(self) -> dict[int, list[tuple[date, float]]]:
        found: dict[int, list[tuple[date, float]]] = defaultdict(list)
        rows = Observation.objects.filter(
            series__in=list(self._series), value__isnull=False, published_on__lte=self.today
        )
        for key, period, value in rows.order_by("series_id", "period").values_list(
            "series", "period", "value"
        ):
            found[key].append((period, value))
        return found

    def _spark(self, series: Series) -> Sparkline | None:
        metric, judgment = series.metric, series.current_judgment
        frequency = periods.Frequency(metric.frequency)
        actual = [
            (float(periods.ordinal(frequency, day, metric.year_starts)), value)
            for day, value in self._observed[series.pk]
        ]
        path = drawn(metric, judgment.trajectory) if judgment else None
        points: list[tuple[float, float]] = []
        if path is not None:
            values = expected([path], path.k0, path.k1 - path.k0 + 1)[0]
            points = [(float(path.k0 + step), float(value)) for step, value in enumerate(values)]
        return sparkline(actual, points, likely_range(judgment))


def likely_range(judgment: Judgment | None) -> tuple[float, float] | None:
    if judgment is None or judgment.likely_low is None or judgment.likely_high is None:
        return None
    return judgment.likely_low, judgment.likely_high

