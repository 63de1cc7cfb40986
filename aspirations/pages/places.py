"""Places of a system side by side on one metric, within what chance explains."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis.comparison import Basis, Comparison, Place, Spot, compare
from aspirations.charts.dots import Named, Strip, Strips, dots_figure, strips
from aspirations.models import Metric, Segment, Series
from aspirations.pages.benchmarks import BenchmarkLine, benchmarks_of, best_above
from aspirations.pages.spots import day_of, spots_of
from people.models import System


@dataclass(frozen=True)
class Row:
    """One place in words, with its figures for the file."""

    code: str
    name: str
    address: str
    value: str
    range: str
    verdict: str
    strip: Strip | None
    spot: Spot
    place: Place

    @property
    def differs(self) -> bool:
        return bool(self.place.side)


@dataclass
class PlacesPage:
    """What was asked for, resolved; parts are worked out when the template asks for them."""

    system: System
    metrics: Sequence[Metric]
    metric: Metric | None
    dimension: str
    dimensions: Sequence[str] = field(default_factory=list)
    series: Sequence[Series] = field(default_factory=list)
    whole: Series | None = None

    @cached_property
    def spots(self) -> dict[int, Spot]:
        return spots_of(self.series, self.whole) if self.series else {}

    def _day(self, spot: Spot) -> date | None:
        return day_of(self.metric, spot) if self.metric else None

    @property
    def _whole_spot(self) -> Spot:
        return self.spots[self.whole.pk] if self.whole else Spot()

    @property
    def _whole_now(self) -> float | None:
        """The whole system's value of the period that places are compared in."""
        found = (self.spots[row.pk].period for row in self.series)
        newest = max((period for period in found if period is not None), default=None)
        return self._whole_spot.value if self._whole_spot.period == newest else None

    @cached_property
    def comparison(self) -> Comparison:
        assert self.metric is not None
        spots = [self.spots[row.pk] for row in self.series]
        per, shared = self.metric.rate_per, self._whole_spot.improving
        return compare(spots, self.metric.sign, self._whole_now, per, shared=shared)

    @cached_property
    def strips(self) -> Strips | None:
        told = self.comparison
        rows = [
            (self.spots[row.pk].value, place.low, place.high)
            for row, place in zip(self.series, told.places, strict=True)
        ]
        return strips(rows, [told.common])

    @cached_property
    def chart(self) -> dict[str, Any] | None:
        """The same rows as a plotly figure; None where there is nothing to draw."""
        told = [
            Named(
                row.name, f"{row.name}: {row.value}, {row.verdict}", row.spot.value,
                row.place.low, row.place.high, row.differs,
            )
            for row in self.rows
        ]  # fmt: skip
        return dots_figure(told, self.comparison.common)

    @cached_property
    def rows(self) -> list[Row]:
        """Places in the order in which the system lists them, never by their values."""
        drawn = self.strips
        return [
            self._row(row, place, drawn.rows[number] if drawn else None)
            for number, (row, place) in enumerate(
                zip(self.series, self.comparison.places, strict=True)
            )
        ]

    def _row(self, series: Series, place: Place, strip: Strip | None) -> Row:
        assert self.metric is not None
        spot = self.spots[series.pk]
        code, name, address = self._names(series)
        return Row(
            code=code,
            name=name,
            address=address,
            value=sentences.value_text(self.metric, spot.value),
            range=sentences.range_text(self.metric, place.low, place.high),
            verdict=self._verdict(spot, place),
            strip=strip,
            spot=spot,
            place=place,
        )

    def _names(self, series: Series) -> tuple[str, str, str]:
        """Code, name and address of a place."""
        assert self.metric is not None
        page = reverse("metric", args=[self.system.slug, self.metric.slug])
        code = series.segment.code
        return code, series.segment.name, f"{page}?{urlencode({'segment': code})}"

    def _verdict(self, spot: Spot, place: Place) -> str:
        if spot.value is None:
            return _("no figure yet")
        if not place.is_compared:
            return _("not compared: its latest figure is for %(period)s") % {
                "period": self.period_of(spot)
            }
        if place.side is None:
            return _("too few figures to say")
        words = side_text(place)
        return _("%(words)s; improving") % {"words": words} if spot.improving else words

    def period_of(self, spot: Spot) -> str:
        assert self.metric is not None
        return sentences.period_text(self.metric, self._day(spot))

    @property
    def period(self) -> str:
        return self.period_of(Spot(period=self.comparison.period))

    # ------------------------------------------------------------- what it says
    @property
    def finding(self) -> str:
        """How many differ by more than chance; the page's answer in one sentence."""
        assert self.metric is not None
        known = [row for row in self.rows if row.place.side is not None]
        facts = {"metric": self.metric.name, "dimension": self.dimension, "total": len(known)}
        if not known:
            return _("%(metric)s by %(dimension)s: too few figures to tell places apart") % facts
        count = sum(row.differs for row in known)
        words = ngettext(
            "%(metric)s by %(dimension)s: %(count)s of %(total)s differs by more than chance "
            "explains",
            "%(metric)s by %(dimension)s: %(count)s of %(total)s differ by more than chance "
            "explains",
            count,
        )
        if not count:
            words = _(
                "%(metric)s by %(dimension)s: none of %(total)s differs by more than chance "
                "explains"
            )
        return words % {**facts, "count": count}

    @property
    def learn_from(self) -> list[Row]:
        """In the system's own order: to be visited, not to be ranked."""
        return [row for row in self.rows if row.place.learn]

    @property
    def file(self) -> str:
        """Address of the numbers."""
        asked = {"metric": self.metric.slug if self.metric else "", "dimension": self.dimension}
        return f"{reverse('places_csv', args=[self.system.slug])}?{urlencode(asked)}"

    @property
    def is_funnel(self) -> bool:
        return self.comparison.basis == Basis.FUNNEL

    @property
    def benchmarks(self) -> list[tuple[str, str]]:
        """Name and value of what places can be held against."""
        assert self.metric is not None
        told = self.comparison
        found = [
            (_("The whole system"), self._whole_now),
            (_("All of them together"), told.common if self.is_funnel else None),
            (_("In the middle"), told.middle),
            (_("The best"), told.best),
        ]
        own = [
            (name, sentences.value_text(self.metric, value))
            for name, value in found
            if value is not None
        ]
        return own + [(row.title, row.figure) for row in self.elsewhere]

    @cached_property
    def elsewhere(self) -> list[BenchmarkLine]:
        """What other systems reached, for the whole system to be held against."""
        return benchmarks_of(self.metric) if self.metric else []

    @property
    def best_elsewhere(self) -> BenchmarkLine | None:
        """Whose figure is the furthest above the whole system's, for the better."""
        if self.metric is None:
            return None
        return best_above(self.elsewhere, self._whole_now, self.metric.sign)

    @property
    def scale(self) -> tuple[str, str]:
        """The ends of the drawings' scale."""
        assert self.metric is not None
        drawn = self.strips
        if drawn is None:
            return "", ""
        return sentences.bare(self.metric, drawn.low), sentences.bare(self.metric, drawn.high)


def side_text(place: Place) -> str:
    if not place.side:
        return _("within what chance explains")
    if place.better:
        return (
            _("really better: beyond what chance explains")
            if place.better > 0
            else _("really worse: beyond what chance explains")
        )
    return _("above what chance explains") if place.side > 0 else _("below what chance explains")


def places_page(user: Any, system: System, metric: str, dimension: str) -> PlacesPage:
    """What was asked for; words that mean nothing ask for the first headline metric."""
    split = splits(user, system)
    rows = Metric.objects.visible_to(user).active().filter(pk__in=split)
    metrics = list(rows.order_by("name", "pk"))
    asked = [row for row in metrics if row.slug == metric]
    found = asked or sorted(metrics, key=lambda row: row.prominence != Metric.Prominence.HEADLINE)
    if not found:
        return PlacesPage(system, metrics, None, "")
    chosen = found[0]
    chosen.system = system
    series = Series.objects.visible_to(user).filter(metric=chosen).select_related("segment")
    listed = list(series.order_by("segment__order", "segment__name", "pk"))
    return page_of(system, metrics, chosen, listed, dimension)


def splits(user: Any, system: System) -> list[int]:
    """Keys of metrics that have figures for two places or more of one dimension."""
    segments = Segment.objects.visible_to(user).filter(system=system)
    cut = {row.pk: dimension_of(row) for row in segments.only("parts", "code")}
    pairs = Series.objects.visible_to(user).filter(metric__system=system, segment__in=segments)
    sizes = Counter(
        (metric, cut[segment])
        for metric, segment in pairs.values_list("metric", "segment")
        if cut.get(segment)
    )
    return sorted({metric for (metric, _dimension), size in sizes.items() if size > 1})


def page_of(
    system: System, metrics: Sequence[Metric], metric: Metric, series: Sequence[Series], asked: str
) -> PlacesPage:
    """The page of one metric: segments of a single dimension, so that each person counts once."""
    for row in series:
        row.metric = metric
    sizes = Counter(name for row in series if (name := dimension_of(row.segment)))
    dimensions = sorted(name for name, size in sizes.items() if size > 1)
    chosen = asked if asked in dimensions else max(dimensions, key=lambda n: sizes[n], default="")
    return PlacesPage(
        system, metrics, metric, chosen, dimensions,
        [row for row in series if chosen and dimension_of(row.segment) == chosen],
        next((row for row in series if row.segment.is_whole), None),
    )  # fmt: skip


def dimension_of(segment: Segment) -> str:
    """The one dimension by which a segment is cut; "" where it is cut by several, or by none."""
    parts = segment.parts
    return next(iter(parts)) if isinstance(parts, dict) and len(parts) == 1 else ""
