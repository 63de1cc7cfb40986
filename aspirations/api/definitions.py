"""What is promised and counted: aspirations, metrics, segments, and the series they make."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from aspirations.api.filters import MetricFilters, SeriesFilters
from aspirations.models import Aspiration, Metric, Placement, Segment, Series
from people.api.rows import Rows

# Who loads figures reads what the figures are about, and no more.
FIGURES = ("dashboard.read", "observation.read")


class AspirationSerializer(serializers.ModelSerializer[Aspiration]):
    """An outcome and a direction, with the metrics that tell of it in their order."""

    metrics = serializers.SerializerMethodField(help_text="Slugs of its metrics.")

    class Meta:
        model = Aspiration
        fields = [
            "slug", "title", "moral_purpose", "approach", "success", "accountable_head", "status",
            "order", "version", "metrics",
        ]  # fmt: skip
        read_only_fields = fields

    def get_metrics(self, row: Aspiration) -> list[str]:
        return [placement.metric.slug for placement in row.placements.all()]


class MetricSerializer(serializers.ModelSerializer[Metric]):
    """A defined quantity. Another frequency or definition is another metric."""

    expected_months = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=12), read_only=True,
        help_text="Months that bring a figure; empty: every period.",
    )  # fmt: skip

    class Meta:
        model = Metric
        fields = [
            "slug", "name", "question", "definition", "source", "limitations", "owner", "function",
            "timing", "prominence", "unit", "decimals", "direction", "band_low", "band_high",
            "kind", "frequency", "year_starts", "lower_bound", "upper_bound", "expected_lag",
            "expected_months", "rate_per", "version",
        ]  # fmt: skip
        read_only_fields = fields


class SegmentSerializer(serializers.ModelSerializer[Segment]):
    """A group or place. The whole system is the segment `all`."""

    parts = serializers.DictField(
        read_only=True, help_text="Dimension to value; empty for the whole system."
    )

    class Meta:
        model = Segment
        fields = ["id", "code", "name", "parts", "order"]
        read_only_fields = fields


class SeriesSerializer(serializers.ModelSerializer[Series]):
    """One metric for one segment: the unit that has a path and a light."""

    metric = serializers.CharField(source="metric.slug", read_only=True, help_text="Its slug.")
    segment = serializers.CharField(source="segment.code", read_only=True, help_text="Its code.")

    class Meta:
        model = Series
        fields = ["id", "metric", "segment"]
        read_only_fields = fields


@extend_schema_view(
    list=extend_schema(summary="Aspirations of a system, in its order"),
    retrieve=extend_schema(summary="One aspiration"),
)
class Aspirations(Rows):
    queryset = Aspiration.objects.none()
    serializer_class = AspirationSerializer
    lookup_field = "slug"
    keyset = ("order", "id")

    def rows(self) -> QuerySet[Aspiration]:
        user = self.request.user
        placed = Placement.objects.visible_to(user, self.opened_by).filter(
            metric__system=self.system
        )
        return (
            Aspiration.objects.visible_to(user, self.opened_by)
            .filter(system=self.system)
            .prefetch_related(Prefetch("placements", placed.select_related("metric")))
        )


@extend_schema_view(
    list=extend_schema(summary="Metrics of a system, by slug"),
    retrieve=extend_schema(summary="One metric and its definition"),
)
class Metrics(Rows):
    opens = FIGURES
    queryset = Metric.objects.none()
    serializer_class = MetricSerializer
    filterset_class = MetricFilters
    lookup_field = "slug"
    keyset = ("slug",)

    def rows(self) -> QuerySet[Metric]:
        visible = Metric.objects.visible_to(self.request.user, self.opened_by)
        return visible.filter(system=self.system)


@extend_schema_view(
    list=extend_schema(summary="Segments of a system, in its order"),
    retrieve=extend_schema(summary="One segment"),
)
class Segments(Rows):
    opens = FIGURES
    queryset = Segment.objects.none()
    serializer_class = SegmentSerializer
    keyset = ("order", "id")

    def rows(self) -> QuerySet[Segment]:
        visible = Segment.objects.visible_to(self.request.user, self.opened_by)
        return visible.filter(system=self.system)


@extend_schema_view(
    list=extend_schema(summary="Series of a system: which metric is kept for which segment"),
    retrieve=extend_schema(summary="One series"),
)
class SeriesRows(Rows):
    opens = FIGURES
    queryset = Series.objects.none()
    serializer_class = SeriesSerializer
    filterset_class = SeriesFilters
    keyset = ("id",)

    def rows(self) -> QuerySet[Series]:
        visible = Series.objects.visible_to(self.request.user, self.opened_by)
        return visible.filter(metric__system=self.system).select_related("metric", "segment")

    def shown(self, rows: Any) -> list[dict[str, Any]]:
        return [
            {"id": row.pk, "metric": row.metric.slug, "segment": row.segment.code} for row in rows
        ]
