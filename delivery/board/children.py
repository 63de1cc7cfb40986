"""The systems beneath one: each with its lights counted and its worst by name, never averaged."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.analysis.standing import NOT_JUDGED, ORDER, Urgency, counts, urgency
from aspirations.models import Aspiration, Metric, Series
from aspirations.models.series import WORST_FIRST
from aspirations.sentences import light_word
from delivery.board.together import Cells, Rows, day, flat, together
from people.models import System
from people.models.systems import below
from routines.models import Stocktake

LIGHTS = (*ORDER, NOT_JUDGED)
RED = ORDER[0]
MOST_NAMED = 3
"""Systems that the finding names; the others are counted."""
NOTHING_URGENT: Urgency = (float("inf"),) * 3


@dataclass(frozen=True)
class Promised:
    """An aspiration of a child system: its light, and the headline metric that sets it."""

    title: str
    light: str = NOT_JUDGED
    urgency: Urgency = NOTHING_URGENT
    metric: str = ""
    slug: str = ""


@dataclass
class Child:
    """A system beneath the one that is looked at; `above` names its parent, if that is another."""

    system: System
    above: str = ""
    aspirations: list[Promised] = field(default_factory=list)
    metrics: Counter[str] = field(default_factory=Counter)
    stocktake: date | None = None

    @cached_property
    def lights(self) -> dict[str, int]:
        """Aspirations by light."""
        return counts(row.light for row in self.aspirations)

    @property
    def worst(self) -> Promised | None:
        judged = [row for row in self.aspirations if row.light != NOT_JUDGED]
        return min(judged, key=lambda row: row.urgency, default=None)

    @property
    def red_apart(self) -> int:
        """Red metrics, where no aspiration is Red and so none of them shows in its lights."""
        return 0 if self.lights[RED] else self.metrics[RED]

    @property
    def by_light(self) -> dict[str, int]:
        """Metrics by light."""
        return {light: self.metrics[light] for light in LIGHTS}


@dataclass(frozen=True)
class Children:
    """Those that the reader may read, the one in the deepest trouble first."""

    rows: Sequence[Child]

    def __bool__(self) -> bool:
        return bool(self.rows)

    @cached_property
    def lights(self) -> dict[str, int]:
        """All their aspirations by light, added up."""
        return counts(one.light for row in self.rows for one in row.aspirations)

    @cached_property
    def metrics(self) -> dict[str, int]:
        return {light: sum(row.metrics[light] for row in self.rows) for light in LIGHTS}

    @property
    def has_stocktakes(self) -> bool:
        return any(row.stocktake for row in self.rows)

    @property
    def finding(self) -> str:
        """“1 of 3 systems has an aspiration that is Red: Schools”: the lowest light leads.

        A Red metric leads like a Red aspiration, also where no aspiration shows it.
        """
        apart = [row.system.name for row in self.rows if row.red_apart]
        red = [row.system.name for row in self.rows if row.lights[RED]]
        if apart and not red:
            return apart_alone(apart, len(self.rows))
        if apart:
            return f"{worded(RED, red, len(self.rows))}; {apart_too(apart)}"
        for light in ORDER:
            found = [row.system.name for row in self.rows if row.lights[light]]
            if found:
                return worded(light, found, len(self.rows))
        words = ngettext(
            "The one system beneath cannot be judged yet.",
            "None of the %(total)s systems beneath can be judged yet.",
            len(self.rows),
        )
        return words % {"total": len(self.rows)}

    @property
    def unjudged(self) -> int:
        return self.lights[NOT_JUDGED]


def named(names: Sequence[str]) -> str:
    """“Schools, Colleges, Health and 2 more”."""
    listed, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    if more <= 0:
        return listed
    return _("%(names)s and %(count)s more") % {"names": listed, "count": more}


def apart_alone(names: Sequence[str], total: int) -> str:
    words = ngettext(
        "No aspiration is %(light)s, but %(count)s of %(total)s systems has a metric that is: "
        "%(names)s",
        "No aspiration is %(light)s, but %(count)s of %(total)s systems have a metric that is: "
        "%(names)s",
        len(names),
    )
    facts = {"count": len(names), "total": total, "light": light_word(RED), "names": named(names)}
    return words % facts


def apart_too(names: Sequence[str]) -> str:
    words = ngettext(
        "%(count)s more has a metric that is %(light)s, and no aspiration: %(names)s",
        "%(count)s more have a metric that is %(light)s, and no aspiration: %(names)s",
        len(names),
    )
    return words % {"count": len(names), "light": light_word(RED), "names": named(names)}


def worded(light: str, names: Sequence[str], total: int) -> str:
    facts = {
        "count": len(names), "total": total, "light": light_word(light), "names": named(names),
    }  # fmt: skip
    if light == "G":
        words = ngettext(
            "%(count)s of %(total)s systems has aspirations judged, and all of those are Green",
            "%(count)s of %(total)s systems have aspirations judged, and all of those are Green",
            len(names),
        )
        return words % facts
    if light in ("R", "AR"):
        words = ngettext(
            "%(count)s of %(total)s systems has an aspiration that is %(light)s: %(names)s",
            "%(count)s of %(total)s systems have an aspiration that is %(light)s: %(names)s",
            len(names),
        )
        return words % facts
    words = ngettext(
        "No aspiration is in trouble; %(count)s of %(total)s systems has one that is %(light)s",
        "No aspiration is in trouble; %(count)s of %(total)s systems have one that is %(light)s",
        len(names),
    )
    return words % facts


def children_of(system: System, user: Any) -> Children:
    """With their aspirations and metrics by light, in one query: as much as the dashboard shows."""
    return children_from(together(**lights_beneath(system, user)), system)


def lights_beneath(system: System, user: Any) -> dict[str, QuerySet[Any, Any]]:
    """The questions, for `together`: what the systems beneath promise, and their metrics."""
    seen = System.objects.visible_to(user, "dashboard.read").filter(below([system.pk]))
    # TRAP: PostgreSQL cannot tell rows apart that hold JSON, which `seen` itself would ask.
    beneath = System.objects.filter(pk__in=seen.values("pk")).exclude(pk=system.pk)
    return {"beneath": promised_beneath(beneath), "beneath_metrics": metrics_by_light(beneath)}


def promised_beneath(systems: QuerySet[System]) -> QuerySet[System, Any]:
    """A row for each system and aspiration of it, with its lowest headline metric."""
    headlines = Series.objects.whole().filter(
        metric__placements__aspiration=OuterRef("aspirations"),
        metric__prominence=Metric.Prominence.HEADLINE,
        metric__retired_at=None,
    )
    told = Cells(
        "metric__name", "metric__slug", "current_judgment__light",
        "current_judgment__likelihood", "current_judgment__journey",
    )  # fmt: skip
    lowest_one = headlines.ranked().order_by(*WORST_FIRST).values(told=told)[:1]
    rows = systems.order_by("name", "pk", "aspirations__order", "aspirations__pk")
    return rows.values_list(
        "pk", "slug", "name", "reporting_date", "time_zone", "parent", "parent__name",
        "aspirations__title", "aspirations__status", Subquery(lowest_one),
    )  # fmt: skip


def children_from(answers: Mapping[str, Rows], system: System) -> Children:
    """From what was answered to `lights_beneath`."""
    found: dict[int, Child] = {}
    for cells in answers["beneath"]:
        pk, slug, name, reporting, zone, parent, parent_name, title, status, told = cells
        row = System(pk=pk, slug=slug, name=name, reporting_date=day(reporting), time_zone=zone)
        child = found.setdefault(pk, Child(row, "" if parent == system.pk else parent_name))
        if title is not None and status != Aspiration.Status.RETIRED:
            child.aspirations.append(promised(title, flat(told)))
    for key, light, count in answers["beneath_metrics"]:
        if key in found:
            found[key].metrics[light or NOT_JUDGED] += count
    return Children(sorted(found.values(), key=in_trouble))


def promised(title: str, told: Sequence[Any] | None) -> Promised:
    if told is None:
        return Promised(title)
    metric, slug, light, likelihood, journey = told
    how = urgency(light or NOT_JUDGED, likelihood, journey)
    return Promised(title, light or NOT_JUDGED, how, metric, slug)


def in_trouble(row: Child) -> Any:
    """The most Red first, then Red metrics that no aspiration shows, then the most of what is next;
    by name where all is alike."""
    reds, *others = [-row.lights[light] for light in ORDER if light != "G"]
    return reds, -row.red_apart, others, row.system.name


def children_page(system: System, user: Any) -> Children:
    """With the stocktakes that the reader may know of."""
    found = children_of(system, user)
    by_key = {row.system.pk: row for row in found.rows}
    for key, on in stocktakes_ahead(found.rows, user):
        child = by_key[key]
        if child.stocktake is None and on >= child.system.today():
            child.stocktake = on
    return found


def metrics_by_light(systems: QuerySet[System]) -> QuerySet[Metric, Any]:
    """System, light and how many of its metrics show it; those without a judgment show none."""
    told = Series.objects.whole().filter(metric=OuterRef("pk")).order_by()
    return (
        Metric.objects.active()
        .filter(system__in=systems.order_by().values("pk"))
        .annotate(light=Subquery(told.values("current_judgment__light")[:1]))
        .order_by()
        .values_list("system", "light")
        .annotate(count=Count("pk"))
    )


def stocktakes_ahead(rows: Sequence[Child], user: Any) -> Iterator[tuple[int, date]]:
    """Systems and days of stocktakes that still stand, the earliest first."""
    if not rows:
        return
    planned = Stocktake.objects.visible_to(user).planned()
    ahead = planned.filter(
        system__in=[row.system.pk for row in rows],
        date__gte=min(row.system.today() for row in rows),
    )
    yield from ahead.order_by("date").values_list("system", "date")
