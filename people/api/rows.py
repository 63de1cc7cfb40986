"""What every list and detail of the interface has in common: the door, the pages, the refusals."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from people.api.pages import KeysetPages
from people.gate import ThroughGate
from people.models import System


def check_words(request: Request, allowed: set[str], repeatable: set[str]) -> None:
    """Refuse parameters that are unknown, empty, doubled or hold NUL, all of them at once."""
    faults = {}
    for name, values in request.query_params.lists():
        shown = name.replace("\0", "␀")[:60]
        if name not in allowed:
            known = ", ".join(sorted(allowed)) or "none"
            faults[shown] = f"“{shown}” is not a parameter of this address. Known: {known}."
        elif len(values) > 1 and name not in repeatable:
            faults[shown] = f"“{shown}” is given {len(values)} times. Give it once."
        elif any("\0" in value for value in values):
            faults[shown] = f"“{shown}” holds a NUL character. Leave it out."
        elif any(not value for value in values):
            faults[shown] = f"“{shown}” is empty. Give a value, or leave the parameter out."
    if faults:
        raise ValidationError(faults)


class Private(APIView):
    """Answers that no cache may keep: what is visible depends on who asks, and when."""

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        final["Cache-Control"] = "no-store"
        return final


class Words:
    """Parameters are allow-listed: a detail takes none, a list its filters and its pages."""

    pages = frozenset({"page_size", "cursor"})

    def words(self) -> tuple[set[str], set[str]]:
        """Parameters that are allowed, and those of them that may be repeated."""
        if getattr(self, "action", "") != "list":
            return set(), set()
        filters = getattr(getattr(self, "filterset_class", None), "base_filters", {})
        repeatable = {name for name, one in filters.items() if hasattr(one, "conjoined")}
        return {*filters, *self.pages}, repeatable


class Rows(Words, Private, GenericViewSet[Any]):
    """Rows of one kind beneath a system, read only.

    `opens` names the actions any one of which lets a person in; `opened_by` is the one that did,
    and `queryset` only tells the schema what kind of rows these are.
    """

    permission_classes = [ThroughGate]
    http_method_names = ["get", "head"]
    pagination_class = KeysetPages
    opens: tuple[str, ...] = ("dashboard.read",)
    keyset: tuple[str, ...] = ("pk",)
    system: System
    opened_by: str

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method in {"GET", "HEAD"}:
            check_words(request, *self.words())

    def rows(self) -> QuerySet[Any]:
        """Rows this person may see, by `.visible_to(user, action)`."""
        raise NotImplementedError(f"{type(self).__name__} says which rows it shows.")

    def get_queryset(self) -> QuerySet[Any]:
        if getattr(self, "swagger_fake_view", False):  # the schema asks, and has no request
            return cast(QuerySet[Any], self.queryset)  # type: ignore[arg-type]
        return self.rows()

    def shown(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        return list(self.get_serializer(rows, many=True).data)

    def list(self, request: Request, **names: Any) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.shown(page or []))

    def retrieve(self, request: Request, **names: Any) -> Response:
        key = names[self.lookup_url_kwarg or self.lookup_field]
        row = self.get_queryset().filter(**{self.lookup_field: key}).first()
        if row is None:
            raise NotFound
        return Response(self.shown([row])[0])

    def flag(self, name: str) -> bool:
        return self.request.query_params.get(name) == "true"
