"""Parameters that narrow a list. Each is named here; nothing else can be asked."""

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import (  # type: ignore[import-untyped]
    ChoiceFilter,
    Filter,
    FilterSet,
    ModelChoiceFilter,
    MultipleChoiceFilter,
)
from drf_spectacular.utils import extend_schema_field

from aspirations.models import Aspiration, Light, Metric, Segment, Series
from aspirations.models.agreements import Agreement

YEARS = range(1900, 2201)
UNKNOWN = _("“%(value)s” is not known in this system. List what is there first.")
WORD = {"type": "string", "minLength": 1}
NUMBER = {"type": "integer"}
DAY = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
FLAG = {"type": "boolean", "default": False}


def refused(words: str, value: str) -> forms.ValidationError:
    """The value goes apart from the words: django-filter fills them in, and a “%” in it stays."""
    return forms.ValidationError(words, code="invalid", params={"value": value[:60]})


class DayField(forms.Field):
    """An ISO date and nothing else: 03/04/2025 means two things."""

    def to_python(self, value: str | None) -> date | None:
        if not value:
            return None
        try:
            day = date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else None
        except ValueError:
            day = None
        if day is None or day.year not in YEARS:
            raise refused(
                gettext("“%(value)s” is not a date from 1900 to 2200. Write it as 2024-04-01."),
                value,
            )
        return day


class MomentField(forms.Field):
    """A date and time with its zone: without one, nobody knows which moment is meant."""

    def to_python(self, value: str | None) -> datetime | None:
        if not value:
            return None
        try:
            moment = parse_datetime(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or moment.year not in YEARS:
            raise refused(
                gettext("“%(value)s” is not a moment. Write it as 2024-04-01T09:30:00Z."), value
            )
        return moment


class FlagField(forms.Field):
    def to_python(self, value: str | None) -> str | None:
        if value and value not in {"true", "false"}:
            raise refused(gettext("“%(value)s” is neither true nor false."), value)
        return value


class Aside(Filter):
    """Read by the view itself; it narrows nothing."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs


class Flag(Aside):
    field_class = FlagField


def told(one: Filter, schema: dict[str, Any], words: str) -> Filter:
    """The filter, with what the schema says of it."""
    extend_schema_field({**schema, "description": words})(one)
    return one


def by_day(field: str, lookup: str, words: str) -> Filter:
    one = Filter(field, lookup)
    one.field_class = DayField
    return told(one, DAY, words)


def by_moment(field: str, words: str) -> Filter:
    one = Filter(field, "gte")
    one.field_class = MomentField
    return told(one, MOMENT, words)


def switch(words: str) -> Filter:
    return told(Flag(), FLAG, words)


def clock(field: type[forms.Field], schema: dict[str, Any], words: str) -> Filter:
    one = Aside()
    one.field_class = field
    return told(one, schema, words)


def metrics(request: Any) -> QuerySet[Metric]:
    view = request.parser_context["view"]
    return Metric.objects.visible_to(request.user, view.opened_by).filter(system=view.system)


def segments(request: Any) -> QuerySet[Segment]:
    view = request.parser_context["view"]
    return Segment.objects.visible_to(request.user, view.opened_by).filter(system=view.system)


def series(request: Any) -> QuerySet[Series]:
    view = request.parser_context["view"]
    rows = Series.objects.visible_to(request.user, view.opened_by)
    return rows.filter(metric__system=view.system)


def aspirations(request: Any) -> QuerySet[Aspiration]:
    """Always by `dashboard.read`: who only loads figures does not learn what serves what."""
    view = request.parser_context["view"]
    return Aspiration.objects.visible_to(request.user, "dashboard.read").filter(system=view.system)


def one_of(
    kind: Callable[[Any], QuerySet[Any]], word: str, field: str, schema: dict[str, Any], words: str
) -> Filter:
    """One visible thing of this system; anything else is refused as unknown."""
    one = ModelChoiceFilter(
        queryset=kind, to_field_name=word, field_name=field,
        error_messages={"invalid_choice": UNKNOWN},
    )  # fmt: skip
    return told(one, schema, words)


def by_series(field: str) -> Filter:
    return one_of(series, "pk", field, NUMBER, "Number of a series.")


def by_metric(field: str) -> Filter:
    return one_of(metrics, "slug", field, WORD, "Slug of a metric.")


def by_segment(field: str) -> Filter:
    return one_of(segments, "code", field, WORD, "Code of a segment; `all` is everyone.")


def by_aspiration(field: str) -> Filter:
    return one_of(aspirations, "slug", field, WORD, "Slug of an aspiration.")


class MetricFilters(FilterSet):
    aspiration = by_aspiration("placements__aspiration")


class SeriesFilters(FilterSet):
    metric = by_metric("metric")
    segment = by_segment("segment")
    aspiration = by_aspiration("metric__placements__aspiration")


class OfSeriesFilters(FilterSet):
    """Rows that belong to a series."""

    series = by_series("series")
    metric = by_metric("series__metric")
    segment = by_segment("series__segment")
    aspiration = by_aspiration("series__metric__placements__aspiration")


class ObservationFilters(OfSeriesFilters):
    period_from = by_day("period", "gte", "First day of the earliest period.")
    period_to = by_day("period", "lte", "First day of the latest period.")
    since = by_moment("recorded_at", "Recorded or changed then or later.")
    revisions = switch("Also the values each had before.")


class ClockFilters(FilterSet):
    """What an answer is made anew by."""

    as_of = clock(DayField, DAY, "Judged anew from what was public by this day.")
    known_at = clock(MomentField, MOMENT, "Judged anew from what was recorded by this moment.")


class Itself(ModelChoiceFilter):
    """The row itself, not one that points at it."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        return qs.filter(pk=value.pk) if value else qs


class ThenFilters(ClockFilters, SeriesFilters):
    """Series that are judged anew."""

    series = told(
        Itself(queryset=series, to_field_name="pk", error_messages={"invalid_choice": UNKNOWN}),
        NUMBER, "Number of a series.",
    )  # fmt: skip


class JudgmentFilters(ClockFilters, OfSeriesFilters):
    period_from = by_day("period", "gte", "First day of the earliest period.")
    period_to = by_day("period", "lte", "First day of the latest period.")
    since = by_moment("computed_at", "Computed then or later.")
    light = MultipleChoiceFilter(
        choices=Light.choices, distinct=False, help_text="May be repeated: any of these lights."
    )
    history = switch("Every judgment, not only the newest of each series.")


class PlanFilters(OfSeriesFilters):
    status = ChoiceFilter(
        choices=Agreement.choices, help_text="Where it stands; `agreed` is in force."
    )
