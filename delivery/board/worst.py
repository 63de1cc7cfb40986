"""The worst segment of each metric, found by the database however many segments there are."""

from collections.abc import Collection
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from aspirations.analysis.standing import NOT_JUDGED, ORDER, rank
from aspirations.models import Judgment, Series
from aspirations.models.metrics import WHOLE
from delivery.board.league import Worst
from delivery.board.moment import Moment
from delivery.board.together import Rows


def worst_segments(metrics: Collection[int], moment: Moment) -> Any:
    """The question, for `together`: a row for each metric that has segments, its worst one.

    A segment that is not judged is never the worst while another one is judged.
    """
    rows: QuerySet[Any] = Series.objects.filter(metric__in=metrics).exclude(segment__code=WHOLE)
    series, judged = "", "current_judgment__"
    if moment.is_past:
        stored = Judgment.objects.filter(series=OuterRef("pk"), as_of__lte=moment.day)
        last = Subquery(stored.order_by("-seq").values("pk")[:1])
        rows = Judgment.objects.filter(pk__in=rows.order_by().annotate(last=last).values("last"))
        series, judged = "series__", ""
    metric = F(f"{series}metric")
    return (
        rows.annotate(
            place=Window(RowNumber(), partition_by=metric, order_by=worst_first(series, judged)),
            segments=Window(Count("pk"), partition_by=metric),
        )
        .filter(place=1)
        .order_by()
        .values_list(
            f"{series}metric", f"{series}metric__slug", f"{series}metric__name",
            f"{series}segment__name", f"{series}segment__code", f"{judged}light", "segments",
            f"{judged}likelihood", f"{judged}journey",
        )
    )  # fmt: skip


def worst_first(series: str, judged: str) -> list[Any]:
    """The lowest light first, then the smallest chance, the furthest behind, then as listed."""
    ranks = [When(**{f"{judged}light": light}, then=Value(rank(light))) for light in ORDER]
    nothing = Value(len(ORDER))
    return [
        Case(*ranks, default=nothing, output_field=IntegerField()).asc(),
        F(f"{judged}likelihood").asc(nulls_last=True),
        F(f"{judged}journey").asc(nulls_last=True),
        F(f"{series}segment__order").asc(),
        F(f"{series}segment__name").asc(),
        F("pk").asc(),
    ]


def worst_of(rows: Rows) -> dict[int, Worst]:
    """Metric key to its worst segment; metrics without segments are left out."""
    return {
        key: Worst(slug, metric, name, code, light or NOT_JUDGED, segments, likelihood, journey)
        for key, slug, metric, name, code, light, segments, likelihood, journey in rows
    }
