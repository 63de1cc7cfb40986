"""The systems a person or program may read something of."""

from typing import Any

from django.core.exceptions import ValidationError as Unfit
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import path
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import NotFound, PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from people.api.rows import Rows
from people.api.settings import SettingsSerializer
from people.api.versions import ETAG, IF_MATCH, IF_NONE_MATCH, VersionPassed, tagged, version_sent
from people.gate import SignedIn, ThroughGate, may_through
from people.models import System
from people.services import Conflict
from people.services.settings import change_settings

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
            "reporting_date", "as_of", "note", "labels", "version",
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


@extend_schema_view(
    retrieve=extend_schema(
        summary="One system",
        parameters=[IF_NONE_MATCH, ETAG],
        responses={200: SystemSerializer, 304: OpenApiResponse(description="As you hold it.")},
    )
)
class OneSystem(Systems):
    """A system is read by many; its settings are written by people who sign in themselves."""

    permission_classes = [ThroughGate]
    opens = READS
    http_method_names = ["get", "head", "patch"]

    def retrieve(self, request: Request, **names: Any) -> Response:
        return self.told(self.found())

    @extend_schema(
        summary="Change settings of a system",
        parameters=[IF_MATCH, ETAG],
        request=SettingsSerializer,
        responses=SystemSerializer,
    )
    def partial_update(self, request: Request, **names: Any) -> Response:
        if not may_through(request, "system.write", self.system):
            raise PermissionDenied
        sent = SettingsSerializer(data=request.data, partial=True)
        sent.is_valid(raise_exception=True)
        self.change(sent.validated_data, version_sent(request))
        return self.told(self.found())

    def change(self, values: dict[str, Any], version: int) -> None:
        try:
            change_settings(
                system=self.system, values=values, version=version,
                actor=self.request.user, door="interface",  # type: ignore[arg-type]
            )  # fmt: skip
        except Conflict as conflict:
            raise VersionPassed from conflict
        except Unfit as problem:
            raise ValidationError(problem.message_dict) from problem

    def found(self) -> System:
        row = self.get_queryset().filter(pk=self.system.pk).first()
        if row is None:
            raise NotFound
        return row

    def told(self, row: System) -> Response:
        return tagged(self.request, row.version, self.shown([row])[0])


routes = [
    path("systems/", Systems.as_view({"get": "list"}), name="systems"),
    path(
        "systems/<slug:system>/",
        OneSystem.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="system",
    ),
]
