"""Lists by pages that neither repeat nor lose a row while rows are added."""

from collections.abc import Sequence
from typing import Any

from django.core import signing
from django.db.models import Q
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

USUAL, MOST = 100, 1000


class KeysetPages(BasePagination):
    """Pages that continue after the last row of the one before, in the view's `keyset` order.

    The place is signed, so that nobody can write one that the database would stumble over.
    """

    next_url: str | None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        size, keyset = page_size(request), view.keyset
        salt = f"page of {queryset.model._meta.label} by {','.join(keyset)}"
        place = read_place(request.query_params.get("cursor"), salt)
        rows = list(queryset.order_by(*keyset).filter(after(keyset, place))[: size + 1])
        self.next_url = None
        if len(rows) > size:
            rows = rows[:size]
            cursor = signing.dumps(position(rows[-1], keyset), salt=salt)
            self.next_url = replace_query_param(request.build_absolute_uri(), "cursor", cursor)
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next_url, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": "string",
                    "format": "uri",
                    "nullable": True,
                    "description": "Address of the next page; null on the last one.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {
                "name": "page_size",
                "in": "query",
                "required": False,
                "description": f"Rows on a page; {USUAL} unless given.",
                "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
            },
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Where to go on; take it from `next`, never make one.",
                "schema": {"type": "string", "minLength": 1},
            },
        ]


def page_size(request: Request) -> int:
    given = request.query_params.get("page_size", str(USUAL))
    # Plain digits only: int() would also take "+5", "1_0" and other scripts' digits.
    if not (given.isascii() and given.isdigit() and len(given) <= 6 and 1 <= int(given) <= MOST):
        raise ValidationError(
            {"page_size": f"“{given[:40]}” is not a page size. Give a number from 1 to {MOST}."}
        )
    return int(given)


def read_place(cursor: str | None, salt: str) -> list[Any] | None:
    if cursor is None:
        return None
    try:
        return list(signing.loads(cursor, salt=salt))
    except signing.BadSignature as problem:
        raise ValidationError(
            {"cursor": f"“{cursor[:40]}” is not a place in this list. Follow `next` instead."}
        ) from problem


def after(keyset: Sequence[str], place: list[Any] | None) -> Q:
    """Rows that follow `place` when ordered by `keyset`: (a, b) > (x, y), in Django's terms."""
    where = Q()
    if place is None:
        return where
    for name, value in reversed(list(zip(keyset, place, strict=True))):
        further = Q(**{f"{name}__gt": value})
        # The range on the first column lets the database use its index.
        where = (Q(**{f"{name}__gte": value}) & (further | where)) if where else further
    return where


def position(row: Any, keyset: Sequence[str]) -> list[Any]:
    values = (row[name] if isinstance(row, dict) else getattr(row, name) for name in keyset)
    return [value if isinstance(value, int | str) else value.isoformat() for value in values]
