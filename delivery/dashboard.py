"""The dashboard of a system: its finding, its counts and one page of the league table.

Queries do not grow with the number of series: lights of all metrics come as plain values, the
figures only for the metrics of one page, the worst segments from one window over the lights.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis.standing import NOT_JUDGED, counts, lowest
from aspirations.models import Effect, Series
from delivery.briefs import Brief, Filters
from delivery.headline import TROUBLE, Standing, eyebrow, headline
from delivery.league import Group, Row, Worst
from delivery.sparks import Sparks
from delivery.worst import worst_segments
from people.models import System

PER_PAGE = 60
NOTHING_URGENT = (float("inf"),) * 3


@dataclass(frozen=True)
class Promise:
    """An active aspiration and the metrics placed under it, in their order."""

    slug: str
    title: str
    head: str
    metrics: list[int]


class Dashboard:
    """Everything the page says about one system, asked of the database as it is needed."""

    def __init__(self, system: System, filters: Filters) -> None:
        self.system, self.asked = system, filters
        self.today = system.today()

    @cached_property
    def filters(self) -> Filters:
        """What was asked for; an owner that no metric has means nothing, so asks for everything."""
        return self.asked if self.asked.owner in self.owners else replace(self.asked, owner="")

    # ------------------------------------------------------------- what the whole says
    @property
    def eyebrow(self) -> str:
        return eyebrow(len(self.promises))

    @cached_property
    def headline(self) -> str:
        return headline(
            [Standing(row.title, self._light(row), self._urgency(row)) for row in self.promises]
        )

    @cached_property
    def summary(self) -> list[str]:
        """The lowest headline metric with its figures, and what the lights above leave out."""
        said = [self._of_lowest(), self._of_reasons(), self._of_others()]
        return [sentence for sentence in said if sentence]

    @cached_property
    def counts(self) -> dict[str, int]:
        return counts(row.light for row in self.briefs.values())

    @property
    def total(self) -> int:
        return len(self.briefs)

    @cached_property
    def owners(self) -> list[str]:
        return sorted({row.owner for row in self.briefs.values() if row.owner})

    @cached_property
    def lowest(self) -> Brief | None:
        """The judged headline metric in the deepest trouble, of all aspirations together."""
        judged = [row for row in self._all_headlines if row.light != NOT_JUDGED]
        return min(judged, key=lambda row: row.urgency, default=None)

    def _of_lowest(self) -> str:
        series = self._series.get(self.lowest.metric) if self.lowest else None
        told = series.current_judgment if series else None
        if series is None or told is None:
            return ""
        row = Row(series.metric, True, told, None, None, None, self.today)
        return sentences.metric_headline(series.metric, told, None, row.target)

    def _of_reasons(self) -> str:
        """Where nothing is judged: why, most frequent reason first."""
        if self.lowest or not self._all_headlines:
            return ""
        reasons = [sentences.reason_word(row.reason) for row in self._all_headlines]
        found = sorted(set(reasons), key=lambda word: (-reasons.count(word), word))
        listed = ", ".join(f"{word} ({reasons.count(word)})" for word in found)
        return _("Headline metrics not judged: %(reasons)s.") % {"reasons": listed}

    def _of_others(self) -> str:
        """Metrics in trouble that set no aspiration's light, so that good news hides none."""
        headlines = {row.metric for row in self._all_headlines}
        others = [
            row
            for row in self.briefs.values()
            if row.light in TROUBLE and row.metric not in headlines
        ]
        if not others:
            return ""
        first = min(others, key=lambda row: row.urgency)
        words = ngettext(
            "Outside the headlines one metric is in trouble: %(name)s, %(light)s.",
            "Outside the headlines %(count)s metrics are in trouble, first %(name)s, %(light)s.",
            len(others),
        )
        light = sentences.light_word(first.light)
        return words % {"count": len(others), "name": first.name, "light": light}

    @cached_property
    def changed(self) -> list[Brief]:
        """Metrics whose light moved with their latest figure, the deepest fall first."""
        moved = [row for row in self.briefs.values() if row.step]
        return sorted(moved, key=lambda row: (row.step, row.urgency))

    # ------------------------------------------------------------- what it is made of
    @cached_property
    def promises(self) -> list[Promise]:
        placed = self.system.aspirations.active().order_by(
            "order", "pk", "placements__order", "placements__pk"
        )
        found: dict[int, Promise] = {}
        for key, slug, title, head, metric in placed.values_list(
            "pk", "slug", "title", "accountable_head", "placements__metric"
        ):
            promise = found.setdefault(key, Promise(slug, title, head, []))
            # TRAP: nothing in the database keeps a placement within its system.
            if metric in self.briefs:
                promise.metrics.append(metric)
        return list(found.values())

    @cached_property
    def briefs(self) -> dict[int, Brief]:
        """Every metric of the system, by key, in the order of their names."""
        told = Series.objects.whole().filter(metric=OuterRef("pk")).order_by()
        values = JSONObject(
            series="pk",
            light="current_judgment__light",
            reason="current_judgment__not_judged_reason",
            freshness="current_judgment__freshness",
            likelihood="current_judgment__likelihood",
            journey="current_judgment__journey",
        )
        rows = self.system.metrics.annotate(
            told=Subquery(told.values(told=values)[:1]),
            earlier=Subquery(told.values("current_judgment__earlier")[:1]),
        )
        listed = rows.order_by("name", "pk").values_list(
            "pk", "slug", "name", "owner", "prominence", "told", "earlier"
        )
        return {row[0]: Brief.of(*row) for row in listed}

    def _headlines(self, promise: Promise) -> list[Brief]:
        return [self.briefs[key] for key in promise.metrics if self.briefs[key].is_headline]

    @cached_property
    def _all_headlines(self) -> list[Brief]:
        found = {row.metric: row for promise in self.promises for row in self._headlines(promise)}
        return list(found.values())

    def _light(self, promise: Promise) -> str:
        return lowest(row.light for row in self._headlines(promise))

    def _urgency(self, promise: Promise) -> Any:
        return min((row.urgency for row in self._headlines(promise)), default=NOTHING_URGENT)

    # ------------------------------------------------------------- the page of the table
    @cached_property
    def page(self) -> Page[Any]:
        """Pairs of this page, in order: place of the aspiration or None, metric or None.

        An aspiration without metrics is a pair of its own while nothing is filtered out.
        """
        pairs = self._by_urgency() if self.filters.sort == "attention" else self._by_aspiration()
        shown = [
            (place, row)
            for place, row in pairs
            if (self.filters.admits(row) if row else not self.filters.narrows)
        ]
        return Paginator(shown, PER_PAGE).get_page(self.filters.page)

    def _by_aspiration(self) -> list[tuple[int | None, Brief | None]]:
        pairs: list[tuple[int | None, Brief | None]] = []
        placed: set[int] = set()
        for place, promise in enumerate(self.promises):
            pairs += [(place, self.briefs[key]) for key in promise.metrics] or [(place, None)]
            placed.update(promise.metrics)
        return [*pairs, *((None, row) for key, row in self.briefs.items() if key not in placed)]

    def _by_urgency(self) -> list[tuple[int | None, Brief | None]]:
        ranked = sorted(self.briefs.values(), key=lambda row: row.urgency)
        return [(None, row) for row in ranked]

    @property
    def shown(self) -> int:
        """How many metrics the filters let through, each once."""
        return sum(self.filters.admits(row) for row in self.briefs.values())

    @cached_property
    def groups(self) -> list[Group]:
        """The page's rows under their aspirations; one group without a title when ranked."""
        groups: dict[int | None, Group] = {}
        for place, brief in self.page.object_list:
            if place not in groups:
                groups[place] = Group() if place is None else self._group(self.promises[place])
            if brief:
                groups[place].rows.append(self._row(brief))
        return list(groups.values())

    def _group(self, promise: Promise) -> Group:
        rows = self._headlines(promise)
        light = self._light(promise)
        first = min(rows, key=lambda row: row.urgency, default=None)
        worst = [self.worst[row.metric] for row in rows if row.metric in self.worst]
        return Group(
            title=promise.title,
            slug=promise.slug,
            head=promise.head,
            light=light,
            lowest=first.name if first and light != NOT_JUDGED else "",
            worst=min(worst, key=lambda found: found.urgency, default=None),
            counts=counts(row.light for row in rows),
        )

    def _row(self, brief: Brief) -> Row:
        series = self._series.get(brief.metric)
        return Row(
            metric=series.metric if series else brief.printed,
            has_series=series is not None,
            judgment=series.current_judgment if series else None,
            worst=self.worst.get(brief.metric),
            spark=self._sparks.of(series) if series else None,
            published=self._sparks.published.get(series.pk) if series else None,
            today=self.today,
        )

    # ------------------------------------------------------------- the figures of the page
    @cached_property
    def _on_page(self) -> list[Brief]:
        return [brief for _, brief in self.page.object_list if brief]

    @cached_property
    def _series(self) -> dict[int, Series]:
        """Metric key to its whole-system series, of the page and of the lowest metric."""
        wanted = [*self._on_page, self.lowest] if self.lowest else self._on_page
        rows = whole_rows(row.series for row in wanted if row.series)
        return {series.metric_id: series for series in rows}

    @cached_property
    def worst(self) -> dict[int, Worst]:
        """Metric key to its worst segment, for the page and every aspiration that it shows."""
        places = {place for place, _ in self.page.object_list if place is not None}
        keys = {row.metric for row in self._on_page}
        keys |= {row.metric for place in places for row in self._headlines(self.promises[place])}
        return worst_segments(keys)

    @cached_property
    def _sparks(self) -> Sparks:
        keys = {row.metric for row in self._on_page}
        return Sparks([row for key, row in self._series.items() if key in keys], self.today)


def whole_rows(keys: Iterable[int]) -> QuerySet[Series]:
    """Series with all that a row prints and draws, in two queries."""
    works = Effect.objects.select_related("intervention")
    rows = Series.objects.filter(pk__in=list(keys)).select_related(
        "metric",
        "current_judgment__trajectory__baseline",
        "current_judgment__trajectory__target",
    )
    return rows.prefetch_related(Prefetch("current_judgment__trajectory__effects", works))
