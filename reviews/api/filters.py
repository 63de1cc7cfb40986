"""Parameters that narrow the lists of this room."""

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import FilterSet  # type: ignore[import-untyped]

from aspirations.api.filters import NUMBER, one_of
from reviews.models import Round


def reviews(request: Any) -> QuerySet[Round]:
    """Those whose results the asker may read now; any other is unknown."""
    found: QuerySet[Round] = request.parser_context["view"].reviews()
    return found


class AgreedFilters(FilterSet):
    review = one_of(reviews, "pk", "round", NUMBER, "Number of a review.")
