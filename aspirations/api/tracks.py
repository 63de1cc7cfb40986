"""A series period by period: actual, path and natural variation, as the metric page draws them."""

from collections.abc import Callable
from typing import Any

import numpy as np
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from aspirations.analysis import periods
from aspirations.analysis.engine import Track
from aspirations.api.clocks import CLOCKS, clocks_asked
from aspirations.api.filters import ClockFilters
from aspirations.models import Metric, Series
from aspirations.services.clocks import Clocks
from aspirations.services.looking_back import track_then
from people.api.rows import Rows

AS_OF = "Drawn from what was public by this day."
KNOWN_AT = "Drawn from what was recorded by this moment."
FIGURES = (
    "actual", "expected", "low", "high", "gap", "relative", "journey", "centre", "lower", "upper",
)  # fmt: skip


class PointSerializer(serializers.Serializer[Any]):
    """One period. `lower`, `centre` and `upper` are the natural limits it was held against."""

    period = serializers.DateField(help_text="First day of the period.")
    period_label = serializers.CharField()
    actual = serializers.FloatField(allow_null=True)
    expected = serializers.FloatField(allow_null=True, help_text="The agreed path.")
    low = serializers.FloatField(allow_null=True, help_text="Range of the path, where it has one.")
    high = serializers.FloatField(allow_null=True)
    gap = serializers.FloatField(allow_null=True)
    relative = serializers.FloatField(allow_null=True)
    journey = serializers.FloatField(allow_null=True)
    centre = serializers.FloatField(allow_null=True)
    lower = serializers.FloatField(allow_null=True)
    upper = serializers.FloatField(allow_null=True)
    signal = serializers.CharField(allow_null=True)
    reading = serializers.CharField(allow_null=True)


class StretchSerializer(serializers.Serializer[Any]):
    """Natural limits and the period from which they hold."""

    period = serializers.DateField(help_text="First day of its first period.")
    period_label = serializers.CharField()
    n = serializers.IntegerField(help_text="Observations the limits were made from.")
    centre = serializers.FloatField(allow_null=True)
    lower = serializers.FloatField(allow_null=True)
    upper = serializers.FloatField(allow_null=True)
    trial = serializers.BooleanField(help_text="Too few observations to be sure of them.")


class TrackSerializer(serializers.Serializer[Any]):
    """A series from its first observation to the later of latest observation and target."""

    series = serializers.IntegerField()
    metric = serializers.CharField(help_text="Slug.")
    segment = serializers.CharField(help_text="Code.")
    frequency = serializers.ChoiceField(Metric.Frequencies.choices)
    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(
        allow_null=True, help_text="The moment asked for, where one was."
    )
    withheld = serializers.IntegerField(
        help_text="Figures left out because they are suppressed or withheld today."
    )
    periods = PointSerializer(many=True)
    limits = StretchSerializer(many=True)


class Tracks(Rows):
    queryset = Series.objects.none()
    serializer_class = TrackSerializer

    def rows(self) -> QuerySet[Series]:
        visible = Series.objects.visible_to(self.request.user, self.opened_by)
        return visible.filter(metric__system=self.system).select_related(
            "metric__system", "segment"
        )

    def words(self) -> tuple[set[str], set[str]]:
        return set(CLOCKS), set()

    @extend_schema(
        summary="A series period by period, with its path and natural limits",
        parameters=[
            OpenApiParameter("as_of", OpenApiTypes.DATE, description=AS_OF),
            OpenApiParameter("known_at", OpenApiTypes.DATETIME, description=KNOWN_AT),
        ],
    )
    def retrieve(self, request: Request, **names: Any) -> Response:
        series = self.rows().filter(pk=names["pk"]).first()
        if series is None:
            raise NotFound
        clocks = clocks_asked(
            ClockFilters(request.query_params, queryset=self.queryset, request=request), self.system
        )
        return Response(track(series, *track_then(series, clocks), clocks))


def track(series: Series, found: Track, veiled: int, clocks: Clocks) -> dict[str, Any]:
    name = naming(series.metric)
    return {
        "series": series.pk, "metric": series.metric.slug, "segment": series.segment.code,
        "frequency": series.metric.frequency, "as_of": clocks.as_of,
        "known_at": clocks.known_at, "withheld": veiled,
        "periods": points(found, name),
        "limits": [
            {**name(limits["start"]), **{k: v for k, v in limits.items() if k != "start"}}
            for limits in found.limits[0]
        ],
    }  # fmt: skip


def naming(metric: Metric) -> Callable[[int], dict[str, Any]]:
    """From a counted period to its first day and label."""
    frequency, year_starts = periods.Frequency(metric.frequency), metric.year_starts

    def name(ordinal: int) -> dict[str, Any]:
        day = periods.start(frequency, ordinal, year_starts)
        return {"period": day, "period_label": periods.label(frequency, day, year_starts)}

    return name


def points(found: Track, name: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
    """One row a period; none where nothing is observed and nothing is planned."""
    if not (np.isfinite(found.actual) | np.isfinite(found.expected)).any():
        return []
    columns = {figure: getattr(found, figure)[0].tolist() for figure in FIGURES}
    return [
        {
            **name(found.first + column),
            **{figure: values[column] for figure, values in columns.items()},
            "signal": str(found.signal[0, column]) or None,
            "reading": str(found.reading[0, column]) or None,
        }
        for column in range(found.actual.shape[1])
    ]
