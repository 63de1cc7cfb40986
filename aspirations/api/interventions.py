"""The work that carries trajectories, and what each piece of it is expected to add."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from aspirations.models import Effect, Intervention, Overlap, Trajectory
from people.api.rows import Rows


class InterventionSerializer(serializers.ModelSerializer[Intervention]):
    """Work meant to move a metric. Attached money is no evidence of effect."""

    class Meta:
        model = Intervention
        fields = ["slug", "name", "owner", "status", "funding", "cost"]
        read_only_fields = fields


class EffectSerializer(serializers.ModelSerializer[Effect]):
    """What one intervention is expected to add to a path, in the metric's unit."""

    intervention = serializers.CharField(source="intervention.slug", read_only=True)

    class Meta:
        model = Effect
        fields = [
            "intervention", "start", "lag", "ramp", "low", "mid", "high", "attribution",
            "evidence", "sources",
        ]  # fmt: skip
        read_only_fields = fields


class OverlapSerializer(serializers.ModelSerializer[Overlap]):
    """Gain that two interventions both claim."""

    first = serializers.CharField(source="first.intervention.slug", read_only=True)
    second = serializers.CharField(source="second.intervention.slug", read_only=True)

    class Meta:
        model = Overlap
        fields = ["first", "second", "amount", "note"]
        read_only_fields = fields


def overlaps_of(user: Any, action: str, paths: Sequence[Trajectory]) -> dict[int, list[Overlap]]:
    """The overlaps on these paths, by path; one query for all of them."""
    rows = Overlap.objects.visible_to(user, action).filter(first__trajectory__in=paths)
    found: dict[int, list[Overlap]] = defaultdict(list)
    for row in rows.select_related("first__intervention", "second__intervention"):
        found[row.first.trajectory_id].append(row)
    return found


@extend_schema_view(
    list=extend_schema(summary="Interventions of a system, by slug"),
    retrieve=extend_schema(summary="One intervention"),
)
class Interventions(Rows):
    opens = ("plan.read",)
    queryset = Intervention.objects.none()
    serializer_class = InterventionSerializer
    lookup_field = "slug"
    keyset = ("slug",)

    def rows(self) -> QuerySet[Intervention]:
        visible = Intervention.objects.visible_to(self.request.user, self.opened_by)
        return visible.filter(system=self.system)
