"""The systems a person or program may read something of."""

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import path
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from people.api.rows import Rows
from people.gate import SignedIn, ThroughGate
from people.models import System

READS = ("dashboard.read", "observation.read")


def readable(user: Any) -> QuerySet[System]:
    """Systems this person knows of and may read figures or judgments in."""
    something = Q()
    for action in READS:
        something |= Q(pk__in=System.objects.visible_to(user, action).values("pk"))
    return System.objects.visible_to(user, "system.read").filter(something)


class SystemSerializer(serializers.ModelSerializer[System]):
    """A place or organisation with aspirations of its own; systems form a tree."""

    parent = serializers.CharField(  # type: ignore[assignment]
        source="parent_slug", allow_null=True, read_only=True,
        help_text="Slug of the system above, where you may read that too.",
    )  # fmt: skip
    as_of = serializers.DateField(
        source="today", read_only=True, help_text="Date that judgments are made as of."
    )

    class Meta:
        model = System
        fields = [
            "slug", "name", "tagline", "kind", "parent", "time_zone", "year_starts",
            "reporting_date", "as_of", "note", "version",
        ]  # fmt: skip
        read_only_fields = fields


@extend_schema_view(list=extend_schema(summary="Systems you may read, by slug"))
class Systems(Rows):
    permission_classes = [SignedIn]
    queryset = System.objects.none()
    serializer_class = SystemSerializer
    lookup_field = "slug"
    lookup_url_kwarg = "system"
    keyset = ("slug",)

    def rows(self) -> QuerySet[System]:
        above = readable(self.request.user).filter(pk=OuterRef("parent"))
        return readable(self.request.user).annotate(parent_slug=Subquery(above.values("slug")[:1]))


@extend_schema_view(retrieve=extend_schema(summary="One system"))
class OneSystem(Systems):
    permission_classes = [ThroughGate]
    opens = READS


routes = [
    path("systems/", Systems.as_view({"get": "list"}), name="systems"),
    path("systems/<slug:system>/", OneSystem.as_view({"get": "retrieve"}), name="system"),
]
