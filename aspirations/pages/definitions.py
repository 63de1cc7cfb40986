"""What the lists of metrics and segments show: definitions, latest figures, what is wanting."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations import sentences
from aspirations.models import Metric, Observation, Segment, Series, Trajectory
from aspirations.models.metrics import WHOLE
from aspirations.pages.rights import rights
from people.labels import label
from people.models import System

PER_PAGE = 50
MOST_RETIRED = 200
ASKED = ("dashboard.read", "observation.read", "observation.write", "plan.read", "plan.write")


def address(name: str, metric: Metric, segment: Segment | None = None, *more: Any) -> str:
    """Address of a page of a metric, for a segment other than the whole system by its code."""
    page = reverse(name, args=[metric.system.slug, metric.slug, *more])
    if segment is None or segment.is_whole:
        return page
    return f"{page}?{urlencode({'segment': segment.code})}"


@dataclass(frozen=True)
class Line:
    """One metric of the list: its definition in short, its latest figure, whether it has a path."""

    metric: Metric
    light: str
    value: str
    period: str
    path: date | None
    """The period its path ends in; None without one."""

    @property
    def until(self) -> str:
        return sentences.period_text(self.metric, self.path)


@dataclass
class MetricList:
    """The metrics of a system by name, a page at a time, with what this reader may do."""

    system: System
    user: Any
    number: str = ""

    @cached_property
    def may(self) -> frozenset[str]:
        return rights(self.user, self.system, ASKED)

    @property
    def reads(self) -> bool:
        """Whether lights, paths and the pages of metrics open to the reader."""
        return "dashboard.read" in self.may

    @property
    def may_write(self) -> bool:
        return "plan.write" in self.may

    @property
    def may_enter(self) -> bool:
        return "observation.write" in self.may

    @cached_property
    def page(self) -> Page[Any]:
        rows = of_list(self.system.metrics.filter(retired_at=None))
        return Paginator(rows, PER_PAGE).get_page(self.number)

    @cached_property
    def lines(self) -> list[Line]:
        return [self.line(row) for row in self.page.object_list]

    @cached_property
    def retired(self) -> list[Metric]:
        rows = self.system.metrics.exclude(retired_at=None).order_by("-retired_at", "name")
        return list(rows[:MOST_RETIRED])

    def line(self, row: Any) -> Line:
        row.system = self.system
        latest = row.latest or {}
        day = parse_date(latest["period"]) if latest else None
        return Line(
            metric=row,
            light=row.light or "N",
            value=sentences.value_text(row, latest["value"]) if latest else "",
            period=sentences.period_text(row, day),
            path=row.path_until,
        )

    @cached_property
    def headline(self) -> str:
        """“6 metrics are defined, one of them without a figure yet.”"""
        total = self.page.paginator.count
        if not total:
            return _("No %(metrics)s yet: define what shall be counted") % {
                "metrics": label(self.system, "metrics")
            }
        words = ngettext("%(count)s %(one)s is defined", "%(count)s %(many)s are defined", total)
        said = words % {
            "count": total,
            "one": label(self.system, "metric"),
            "many": label(self.system, "metrics"),
        }
        wanting = self.wanting
        if not wanting:
            return said
        words = ngettext("%(count)s has no figure yet", "%(count)s have no figure yet", wanting)
        return f"{said}; {words % {'count': wanting}}"

    @cached_property
    def wanting(self) -> int:
        """How many metrics have no figure of the whole system."""
        seen = Observation.objects.filter(whole(OuterRef("pk")), value__isnull=False)
        rows = self.system.metrics.filter(~Exists(seen), retired_at=None)
        return rows.count()


def whole(metric: Any) -> Q:
    return Q(series__metric=metric, series__segment__code=WHOLE)


def of_list(metrics: QuerySet[Metric]) -> QuerySet[Metric]:
    """With `latest` (period and value), `light` and `path_until`, of the whole system."""
    seen = Observation.objects.filter(whole(OuterRef("pk")), value__isnull=False)
    latest = seen.order_by("-period").values(told=JSONObject(period="period", value="value"))
    judged = Series.objects.whole().filter(metric=OuterRef("pk")).order_by()
    paths = Trajectory.objects.in_force().filter(whole(OuterRef("pk"))).order_by("-version")
    return metrics.annotate(
        latest=Subquery(latest[:1]),
        light=Subquery(judged.values("current_judgment__light")[:1]),
        path_until=Subquery(paths.values("target__due")[:1]),
    ).order_by("name", "pk")


@dataclass
class SegmentList:
    """The segments of a system in their order, with how many metrics have a series of each."""

    system: System
    user: Any
    number: str = ""

    @cached_property
    def may_write(self) -> bool:
        return "plan.write" in rights(self.user, self.system, ("plan.write",))

    @cached_property
    def page(self) -> Page[Any]:
        rows = self.system.segments.annotate(used=Count("series"))
        return Paginator(rows.order_by("order", "name", "pk"), PER_PAGE).get_page(self.number)

    @cached_property
    def rows(self) -> list[Any]:
        return list(self.page.object_list)

    @cached_property
    def headline(self) -> str:
        parts = self.system.segments.exclude(code=WHOLE).count()
        if not parts:
            return _("Figures are for everyone: no %(segments)s yet") % {
                "segments": label(self.system, "segments")
            }
        words = ngettext(
            "Figures can be split by %(count)s %(one)s",
            "Figures can be split by %(count)s %(many)s",
            parts,
        )  # fmt: skip
        one, many = label(self.system, "segment"), label(self.system, "segments")
        return words % {"count": parts, "one": one, "many": many}


def series_count(metric: Metric) -> int:
    """How many series a change of the definition would have judged again."""
    return Series.objects.filter(metric=metric).count()


def named_fields(names: list[str], form: Any) -> str:
    """“Which way is better, Days to wait”: what the fields are called on the page."""
    return ", ".join(str(form.fields[name].label) for name in names if name in form.fields)
