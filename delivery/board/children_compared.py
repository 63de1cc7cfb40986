"""The systems directly beneath one, side by side on a metric that they share.

It is the comparison of places, with systems in their stead: all as at the day of the one above,
whose own figure is the whole where it has the metric too.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.analysis.comparison import FEWEST, Place, Spot
from aspirations.analysis.periods import Frequency
from aspirations.models import Benchmark, Metric, Series
from aspirations.pages.benchmarks import BenchmarkLine, lines_of
from aspirations.pages.places import PlacesPage, Row
from aspirations.pages.spots import spots_of
from delivery.board.children import Children
from people.models import System

# Periods of these are the same whatever month a year starts in.
WHENEVER = (Frequency.DAY, Frequency.WEEK, Frequency.MONTH)
SHAPE = ("frequency", "year_starts", "unit", "direction", "kind", "rate_per")
NOT_COMPARED = Place(False, None, None, None, 0, learn=False)


@dataclass(frozen=True)
class Told:
    """What tells whether metrics of one address can be compared: one of them, in one system."""

    series: int
    system: int
    slug: str
    name: str
    is_headline: bool
    shape: tuple[Any, ...]


@dataclass(frozen=True)
class Shared:
    """A metric that two systems or more have in the same shape, with that of the one above."""

    own: Told | None
    rows: Sequence[Told]

    @property
    def first(self) -> Told:
        """Whose words the page takes."""
        return self.own or self.rows[0]

    @property
    def slug(self) -> str:
        return self.first.slug

    @property
    def name(self) -> str:
        return self.first.name

    @property
    def weight(self) -> tuple[bool, int]:
        """What is looked at first: a headline, then what most of them have."""
        return any(row.is_headline for row in self.rows), len(self.rows)


@dataclass
class ChildrenCompared(PlacesPage):
    """The chosen metric in each system directly beneath, those without it among them."""

    choices: Sequence[Shared] = field(default_factory=list)
    beneath: Sequence[System] = field(default_factory=list)
    unlike: Collection[int] = ()
    """Systems whose metric of the same address cannot be compared."""

    @property
    def are_enough(self) -> bool:
        """Whether there are systems to be compared at all."""
        return len(self.beneath) >= FEWEST

    @property
    def compared(self) -> set[int]:
        """Keys of the systems beneath whose figures are held against each other."""
        return {row.metric.system_id for row in self.series}

    @cached_property
    def spots(self) -> dict[int, Spot]:
        return spots_of(self.series, self.whole, self.system.today()) if self.series else {}

    @cached_property
    def rows(self) -> list[Row]:
        """By name, never by their values."""
        place = {row.slug: number for number, row in enumerate(self.beneath)}
        missing = [self._missing(row) for row in self.beneath if row.pk not in self.compared]
        return sorted([*super().rows, *missing], key=lambda row: place[row.code])

    def _names(self, series: Series) -> tuple[str, str, str]:
        metric = series.metric
        page = reverse("metric", args=[metric.system.slug, metric.slug])
        return metric.system.slug, metric.system.name, page

    def _missing(self, system: System) -> Row:
        """A system that has no such metric, or has it in another shape."""
        assert self.metric is not None
        address, verdict = reverse("dashboard", args=[system.slug]), _("has no such metric")
        if system.pk in self.unlike:
            address = reverse("metric", args=[system.slug, self.metric.slug])
            verdict = _("not compared: it measures this in another way")
        return Row(
            code=system.slug,
            name=system.name,
            address=address,
            value=sentences.value_text(self.metric, None),
            range="",
            verdict=verdict,
            strip=None,
            spot=Spot(),
            place=NOT_COMPARED,
        )

    @property
    def finding(self) -> str:
        """Whom to learn from; where nobody stands out, how many differ at all."""
        assert self.metric is not None
        known = [row for row in self.rows if row.place.side is not None]
        learn, count = self.learn_from, sum(row.differs for row in known)
        facts = {
            "metric": self.metric.name, "count": count, "total": len(known),
            "names": ", ".join(row.name for row in learn),
        }  # fmt: skip
        if learn:
            words = ngettext(
                "%(metric)s: %(names)s is worth learning from",
                "%(metric)s: %(names)s are worth learning from",
                len(learn),
            )
        elif not known:
            words = _("%(metric)s: too few figures to tell the systems apart")
        elif not count:
            words = _("%(metric)s: none of %(total)s systems differs by more than chance explains")
        else:
            words = ngettext(
                "%(metric)s: %(count)s of %(total)s systems differs by more than chance explains",
                "%(metric)s: %(count)s of %(total)s systems differ by more than chance explains",
                count,
            )
        return words % facts

    @property
    def within(self) -> str:
        """Names of those whose figure says nothing beyond chance."""
        return ", ".join(row.name for row in self.rows if row.place.side == 0)

    @property
    def file(self) -> str:
        asked = {"metric": self.metric.slug if self.metric else "", "format": "csv"}
        return f"{reverse('children', args=[self.system.slug])}?{urlencode(asked)}"

    @cached_property
    def elsewhere(self) -> list[BenchmarkLine]:
        """The benchmarks of all of them, each once."""
        if self.metric is None:
            return []
        metrics = [row.metric_id for row in [*self.series, *([self.whole] if self.whole else [])]]
        rows = Benchmark.objects.that_count().filter(metric__in=metrics)
        found = lines_of(self.metric, rows.order_by("kind", "name", "metric"))
        return list({(row.name, row.kind, row.period, row.value): row for row in found}.values())


def children_compared(
    system: System, children: Children, user: Any, asked: str
) -> ChildrenCompared:
    """On the metric with this address; words that mean nothing ask for the first headline."""
    nearest = [row.system for row in children.rows if not row.above]
    nearest.sort(key=lambda row: (row.name, row.pk))
    told = told_of([system, *nearest], user) if len(nearest) >= FEWEST else []
    choices = shared(told, system)
    page = ChildrenCompared(system, [], None, "", choices=choices, beneath=nearest)
    if not choices:
        return page
    wanted = [row for row in choices if row.slug == asked]
    chosen = wanted[0] if wanted else max(choices, key=lambda row: row.weight)
    series = series_of(chosen, {row.pk: row for row in [system, *nearest]}, user)
    page.series = [series[row.series] for row in chosen.rows]
    page.whole = series[chosen.own.series] if chosen.own else None
    page.metric = (page.whole or page.series[0]).metric
    page.unlike = {row.system for row in told if row.slug == chosen.slug} - page.compared
    return page


def told_of(systems: Sequence[System], user: Any) -> list[Told]:
    """Every metric of these systems that has a series of the whole, in the order of the systems."""
    place = {row.pk: number for number, row in enumerate(systems)}
    seen = Series.objects.visible_to(user).whole()
    rows = seen.filter(metric__system__in=list(place), metric__retired_at=None).values_list(
        "pk", "metric__system", "metric__slug", "metric__name", "metric__prominence",
        *(f"metric__{name}" for name in SHAPE),
    )  # fmt: skip
    found = [
        Told(pk, home, slug, name, prominence == Metric.Prominence.HEADLINE, shape(how))
        for pk, home, slug, name, prominence, *how in rows
    ]
    return sorted(found, key=lambda row: place[row.system])


def shape(values: Sequence[Any]) -> tuple[Any, ...]:
    """Equal where figures mean the same periods, counted in the same way."""
    how = dict(zip(SHAPE, values, strict=True))
    if how["frequency"] in WHENEVER and how["kind"] != Metric.Kind.CUMULATIVE:
        how["year_starts"] = None  # only longer periods and totals to date begin with the year
    return tuple(how.values())


def shared(told: Sequence[Told], system: System) -> list[Shared]:
    """By name; of an address with several shapes the one that most systems have."""
    own = {row.slug: row for row in told if row.system == system.pk}
    alike: dict[tuple[str, Any], list[Told]] = defaultdict(list)
    for row in told:
        if row.system != system.pk:
            alike[row.slug, row.shape].append(row)
    best: dict[str, Shared] = {}
    for (slug, how), rows in alike.items():
        above = own[slug] if slug in own and own[slug].shape == how else None
        found = Shared(above, rows)
        if len(rows) >= FEWEST and (slug not in best or fits(found) > fits(best[slug])):
            best[slug] = found
    return sorted(best.values(), key=lambda row: (row.name, row.slug))


def fits(row: Shared) -> tuple[int, bool]:
    return len(row.rows), row.own is not None


def series_of(chosen: Shared, systems: Mapping[int, System], user: Any) -> dict[int, Series]:
    wanted = [row.series for row in [*chosen.rows, *([chosen.own] if chosen.own else [])]]
    rows = Series.objects.visible_to(user).filter(pk__in=wanted).select_related("metric", "segment")
    found = {row.pk: row for row in rows}
    for row in found.values():
        row.metric.system = systems[row.metric.system_id]
    return found
