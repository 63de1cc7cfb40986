"""The one list of actions, for programs: only what the rooms that agreed on it share."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import (  # type: ignore[import-untyped]
    CharFilter,
    ChoiceFilter,
    FilterSet,
)
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from aspirations.api.routes import both
from people.api.rows import Rows
from people.models import Action


class ActionSerializer(serializers.ModelSerializer[Action]):
    """An agreed task: what, by which office, by when, and what came of it."""

    late = serializers.SerializerMethodField(
        help_text="Whether it is open after the day it was due, on the system's own day."
    )

    class Meta:
        model = Action
        fields = ["id", "what", "owner", "due", "status", "settled_on", "outcome", "late"]
        read_only_fields = fields

    def get_late(self, row: Action) -> bool:
        return row.is_late(self.context["today"])


class ActionFilters(FilterSet):
    status = ChoiceFilter(choices=Action.Status.choices, help_text="Where it stands.")
    owner = CharFilter(lookup_expr="iexact", help_text="The office that does it.")


@extend_schema_view(
    list=extend_schema(summary="Actions of a system, by the day they are due"),
    retrieve=extend_schema(summary="One action"),
)
class Actions(Rows):
    opens = ("routine.read",)
    queryset = Action.objects.none()
    serializer_class = ActionSerializer
    filterset_class = ActionFilters
    keyset = ("due", "id")

    def rows(self) -> QuerySet[Action]:
        visible = Action.objects.visible_to(self.request.user, self.opened_by)
        return visible.filter(system=self.system)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "today": self.system.today()}


routes = both("actions", "action", Actions)
