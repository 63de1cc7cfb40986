"""The outline of a dashboard: every metric in a few plain values, and what stands around them.

One round trip, however many metrics, segments and stocktakes there are.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)

from aspirations.models import (
    Aspiration,
    Event,
    Judgment,
    Metric,
    Observation,
    Segment,
    Series,
)
from aspirations.models.events import EventQuerySet
from aspirations.models.metrics import WHOLE
from delivery.board.briefs import Brief, Filters
from delivery.board.moment import Moment
from delivery.board.moves import MOST_CHANGES, Moved, moved, moved_of
from delivery.board.then import ABSENT, metrics_on, status_on, title_on
from delivery.board.together import Cells, Rows, day, nested, together
from people.models import System
from routines.models import Stocktake

TOLD = (
    "pk", "light", "not_judged_reason", "freshness", "likelihood", "journey", "period", "actual",
    "expected",
)  # fmt: skip
MOST_SEGMENTS = 200
"""Segments that the control offers; any other can be named in the address."""


@dataclass(frozen=True)
class Promise:
    """An active aspiration and the metrics placed under it, in their order."""

    slug: str
    title: str
    head: str
    metrics: list[int]


@dataclass(frozen=True)
class Overdue:
    """A milestone that was due before the day shown, and not done by it."""

    metric: str
    name: str
    label: str
    due: date


@dataclass(frozen=True)
class Outline:
    """All of it. `briefs` tell of the whole system, `cut` of the segment that was asked for."""

    briefs: dict[int, Brief]
    cut: dict[int, Brief]
    promises: list[Promise]
    segments: list[tuple[str, str]]
    segment: str
    since: date
    held: date | None
    coming: date | None
    overdue: list[Overdue]
    overdue_count: int
    moved: list[Moved]
    moved_count: int


def outline(system: System, filters: Filters, moment: Moment, rights: frozenset[str]) -> Outline:
    """Ask for it. What a right of the reader does not open is not asked for."""
    since = moment.since(system, may_read_stocktakes="routine.read" in rights)
    asked: dict[str, QuerySet[Any, Any]] = {
        "briefs": metrics(system, WHOLE, filters, moment, since),
        "promises": promises(system, moment),
        "segments": segments(system, filters.segment),
        "since": System.objects.filter(pk=system.pk).values_list(since),
        "overdue": overdue(system, moment),
    }
    if filters.segment:
        asked["cut"] = metrics(system, filters.segment, filters, moment, since)
    if "plan.read" in rights:
        asked["moved"] = moved(in_use(system, moment), moment.day, since)
    if "routine.read" in rights:
        stands = Stocktake.objects.planned().filter(system=system)
        asked["held"] = stands.filter(date__lt=moment.day).order_by("-date").values_list("date")[:1]
        asked["coming"] = (
            stands.filter(date__gte=moment.day).order_by("date").values_list("date")[:1]
        )
    return read(together(**asked), filters)


def read(rows: dict[str, Rows], filters: Filters) -> Outline:
    briefs = briefs_of(rows["briefs"])
    known: dict[str, str] = dict(rows["segments"])
    segment = filters.segment if filters.segment in known else ""
    cut = briefs_of(rows.get("cut", [])) if segment else briefs
    late, moves = rows["overdue"], rows.get("moved", [])
    since = day(rows["since"][0][0])
    assert since is not None
    return Outline(
        briefs=briefs,
        cut={key: row for key, row in cut.items() if row.series} if segment else cut,
        promises=promises_of(rows["promises"], briefs),
        segments=list(known.items()),
        segment=segment,
        since=since,
        held=first_day(rows.get("held")),
        coming=first_day(rows.get("coming")),
        overdue=[Overdue(slug, name, label, date.fromisoformat(due))
                 for slug, name, label, due, _ in late],
        overdue_count=late[0][-1] if late else 0,
        moved=[moved_of(row) for row in moves],
        moved_count=moves[0][-1] if moves else 0,
    )  # fmt: skip


def first_day(rows: Rows | None) -> date | None:
    return day(rows[0][0]) if rows else None


# ----------------------------------------------------------------- metrics
def metrics(system: System, code: str, filters: Filters, moment: Moment, since: Any) -> Any:
    """Every metric in use, by name, with what was judged of its series by each of the two days."""
    segment = Segment.objects.filter(system=system, code=code).values("pk")[:1]
    series = Series.objects.filter(metric=OuterRef("pk"), segment=Subquery(segment)).order_by()
    published: Any = Value(None, output_field=DateField())
    if filters.age:
        published = Subquery(latest_publication(moment))
    told = series.annotate(
        told=Cells("pk", judged(moment), judged_by(since), published),
    ).values("told")[:1]
    return (
        in_use(system, moment)
        .annotate(told=Subquery(told))
        .order_by("name", "pk")
        .values_list("pk", "slug", "name", "owner", "prominence", "told")
    )


def in_use(system: System, moment: Moment) -> QuerySet[Metric]:
    """Metrics that were there on the day shown."""
    still = Q(retired_at=None)
    if moment.is_past:
        still = metrics_on(moment.day)
    return Metric.objects.filter(still, system=system)


def judged(moment: Moment) -> Subquery:
    """The current judgment; of a day gone by the latest one stored by then."""
    if moment.is_past:
        return judged_by(moment.day)
    current = Judgment.objects.filter(pk=OuterRef("current_judgment"))
    return Subquery(current.values(cells=Cells(*TOLD))[:1])


def judged_by(then: Any) -> Subquery:
    rows = Judgment.objects.filter(series=OuterRef("pk"), as_of__lte=then).order_by("-seq")
    return Subquery(rows.values(cells=Cells(*TOLD))[:1])


def latest_publication(moment: Moment) -> Any:
    seen = Observation.objects.filter(
        series=OuterRef("pk"), value__isnull=False, published_on__lte=moment.day
    )
    return seen.order_by("-period").values("published_on")[:1]


def briefs_of(rows: Rows) -> dict[int, Brief]:
    return {row[0]: Brief.of((*row[:5], nested(row[5]))) for row in rows}


# ----------------------------------------------------------------- what stands around them
def promises(system: System, moment: Moment) -> Any:
    """A row for each active aspiration and metric under it, as it was on the day."""
    rows, title = Aspiration.objects.active(), "title"
    if moment.is_past:
        then = Aspiration.objects.annotate(then=status_on(moment.day, "system"))
        rows, title = then.exclude(then__in=ABSENT), title_on(moment.day)
    rows = rows.filter(system=system)
    return rows.order_by("order", "pk", "placements__order", "placements__pk").values_list(
        "pk", "slug", title, "accountable_head", "placements__metric"
    )


def promises_of(rows: Rows, briefs: dict[int, Brief]) -> list[Promise]:
    found: dict[int, Promise] = {}
    for key, slug, title, head, metric in rows:
        promise = found.setdefault(key, Promise(slug, title, head, []))
        # TRAP: nothing in the database keeps a placement within its system.
        if metric in briefs:
            promise.metrics.append(metric)
    return list(found.values())


def segments(system: System, code: str) -> Any:
    """What can be chosen, the one asked for always among it."""
    rows = Segment.objects.filter(system=system).exclude(code=WHOLE)
    asked_first = Case(When(code=code, then=Value(0)), default=Value(1))
    return rows.order_by(asked_first, "order", "name", "pk").values_list("code", "name")[
        :MOST_SEGMENTS
    ]


def events_of(moment: Moment) -> EventQuerySet:
    """Those in force; of a day gone by those that were then."""
    return Event.objects.known(moment.day) if moment.is_past else Event.objects.in_force()


def overdue(system: System, moment: Moment) -> Any:
    """Milestones of the whole system's series, the longest overdue first, with their number."""
    rows = events_of(moment).overdue(moment.day)
    whole = rows.filter(series__metric__in=in_use(system, moment), series__segment__code=WHOLE)
    return whole.order_by("date", "pk").values_list(
        "series__metric__slug", "series__metric__name", "label", "date", Window(Count("pk"))
    )[:MOST_CHANGES]
