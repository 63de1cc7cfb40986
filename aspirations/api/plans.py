"""What was agreed, by version: targets, and the trajectories that lead to them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers

from aspirations.analysis import trajectories
from aspirations.api.filters import PlanFilters
from aspirations.api.interventions import EffectSerializer, OverlapSerializer, overlaps_of
from aspirations.api.observations import AUTHOR
from aspirations.models import Baseline, Target, Trajectory
from aspirations.models.agreements import Shape
from aspirations.services.paths import stored_path
from people.api.rows import Rows
from people.gate import may_through

OF_SERIES = ["id", "series", "metric", "segment", "version", "status"]
AGREED = ["reason", "agreed_on", "agreed_at", "created_at", "superseded_at", "author"]
NUMBER = {"type": "number", "format": "double"}


class AgreedSerializer(serializers.ModelSerializer[Any]):
    """Where a version belongs; its author only to those who may read the members."""

    metric = serializers.CharField(source="series.metric.slug", read_only=True)
    segment = serializers.CharField(source="series.segment.code", read_only=True)
    author = serializers.CharField(
        source="author.name", required=False, allow_null=True, help_text=AUTHOR
    )

    def to_representation(self, instance: Any) -> dict[str, Any]:
        shown: dict[str, Any] = super().to_representation(instance)
        if not self.context["named"]:
            shown.pop("author", None)
        else:
            shown["author"] = shown.get("author") or None
        return shown


class TargetSerializer(AgreedSerializer):
    """A dated value to reach. Moving it makes a new version; old ones stay."""

    class Meta:
        model = Target
        fields = [*OF_SERIES, "due", "value", *AGREED]
        read_only_fields = fields


class BaselineSerializer(serializers.ModelSerializer[Baseline]):
    """Where a trajectory starts."""

    class Meta:
        model = Baseline
        fields = ["version", "period", "value", "method", "periods", "provisional"]
        read_only_fields = fields


class GoalSerializer(serializers.ModelSerializer[Target]):
    """Where a trajectory ends."""

    class Meta:
        model = Target
        fields = ["id", "version", "due", "value"]
        read_only_fields = fields


class TrajectorySerializer(AgreedSerializer):
    """The path from baseline to target; the agreed one is in force."""

    baseline = BaselineSerializer(read_only=True)
    target = GoalSerializer(read_only=True)
    points = serializers.SerializerMethodField()
    parameters = serializers.DictField(
        child=serializers.FloatField(), read_only=True, help_text="Numbers of the shape, by name."
    )
    season = serializers.SerializerMethodField(help_text="Null where the path has none.")
    effects = EffectSerializer(many=True, read_only=True)
    overlaps = serializers.SerializerMethodField()
    unexplained = serializers.SerializerMethodField(
        help_text="What a sum of interventions leaves of the target; 0 for every other shape."
    )

    class Meta:
        model = Trajectory
        fields = [
            *OF_SERIES, "shape", "baseline", "target", "points", "parameters", "season", "low",
            "high", "effects", "overlaps", "unexplained", *AGREED,
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(
        {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["period", "value"],
                "properties": {"period": {"type": "string", "format": "date"}, "value": NUMBER},
            },
        }
    )
    def get_points(self, row: Trajectory) -> list[dict[str, Any]]:
        return [{"period": str(day), "value": float(value)} for day, value in row.points]

    @extend_schema_field(
        {
            "type": "object",
            "nullable": True,
            "required": ["kind", "values"],
            "properties": {
                "kind": {"type": "string", "enum": ["index", "offset"]},
                "values": {"type": "array", "items": NUMBER},
            },
        }
    )
    def get_season(self, row: Trajectory) -> dict[str, Any] | None:
        return row.season or None

    @extend_schema_field(OverlapSerializer(many=True))
    def get_overlaps(self, row: Trajectory) -> Any:
        return OverlapSerializer(self.context["overlaps"].get(row.pk, []), many=True).data

    @extend_schema_field(NUMBER)
    def get_unexplained(self, row: Trajectory) -> float:
        if row.shape != Shape.INTERVENTIONS:
            return 0.0
        return float(trajectories.unexplained([stored_path(row.series.metric, row)])[0])


class Agreed(Rows):
    """Versions of what was agreed, all of them; `status=agreed` leaves those in force."""

    opens = ("plan.read",)
    filterset_class = PlanFilters
    keyset = ("series_id", "version")

    def get_serializer_context(self) -> dict[str, Any]:
        named = not getattr(self, "swagger_fake_view", False) and may_through(
            self.request, "members.read", self.system
        )
        return {**super().get_serializer_context(), "named": named}


@extend_schema_view(
    list=extend_schema(summary="Targets of a system, every version"),
    retrieve=extend_schema(summary="One version of a target"),
)
class Targets(Agreed):
    queryset = Target.objects.none()
    serializer_class = TargetSerializer

    def rows(self) -> QuerySet[Target]:
        visible = Target.objects.visible_to(self.request.user, self.opened_by)
        return visible.filter(series__metric__system=self.system).select_related(
            "series__metric", "series__segment", "author"
        )


@extend_schema_view(
    list=extend_schema(summary="Trajectories of a system, every version"),
    retrieve=extend_schema(summary="One version of a trajectory, with its baseline and target"),
)
class Trajectories(Agreed):
    queryset = Trajectory.objects.none()
    serializer_class = TrajectorySerializer
    overlaps: Mapping[int, Any] = MappingProxyType({})

    def rows(self) -> QuerySet[Trajectory]:
        visible = Trajectory.objects.visible_to(self.request.user, self.opened_by)
        whole = visible.filter(series__metric__system=self.system).select_related(
            "series__metric", "series__segment", "author", "baseline", "target"
        )
        return whole.prefetch_related("effects__intervention")

    def shown(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        self.overlaps = overlaps_of(self.request.user, self.opened_by, rows)
        return super().shown(rows)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "overlaps": self.overlaps}
