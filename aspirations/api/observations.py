"""The figures themselves, and the values they had before."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from aspirations.analysis import periods
from aspirations.api.filters import ObservationFilters
from aspirations.models import Observation, ObservationRevision
from people.api.rows import Rows
from people.gate import may_through

# A long list repeats few periods, and writing a label costs more than the row.
label = lru_cache(maxsize=4096)(periods.label)
AUTHOR = "Name or office; present only where you may read the system’s members."


class RevisionSerializer(serializers.Serializer[Any]):
    """A value an observation had before it changed."""

    number = serializers.IntegerField(help_text="0 for the first value.")
    value = serializers.FloatField(
        allow_null=True, help_text="Null too where today’s value is suppressed or withheld."
    )
    numerator = serializers.FloatField(allow_null=True)
    denominator = serializers.FloatField(allow_null=True)
    missing_reason = serializers.ChoiceField(Observation.Missing.choices, allow_null=True)
    published_on = serializers.DateField()
    recorded_at = serializers.DateTimeField()
    replaced_at = serializers.DateTimeField()
    reason = serializers.CharField()
    author = serializers.CharField(required=False, allow_null=True, help_text=AUTHOR)
    replaced_by = serializers.CharField(required=False, allow_null=True, help_text=AUTHOR)


class ObservationSerializer(serializers.Serializer[Any]):
    """One value of one series in one period. A missing value is null with a reason, never 0."""

    id = serializers.IntegerField()
    series = serializers.IntegerField()
    metric = serializers.CharField(help_text="Slug.")
    segment = serializers.CharField(help_text="Code.")
    period = serializers.DateField(help_text="First day of the period.")
    period_label = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    numerator = serializers.FloatField(
        allow_null=True, help_text="Of a rate that came with its parts: what was counted."
    )
    denominator = serializers.FloatField(allow_null=True, help_text="What it was counted in.")
    missing_reason = serializers.ChoiceField(Observation.Missing.choices, allow_null=True)
    published_on = serializers.DateField(help_text="When the world could know it.")
    recorded_at = serializers.DateTimeField()
    revision = serializers.IntegerField(help_text="0 for a value that never changed.")
    author = serializers.CharField(required=False, allow_null=True, help_text=AUTHOR)
    revisions = RevisionSerializer(
        many=True, required=False, help_text="With `revisions=true`, and on the detail."
    )


@extend_schema_view(
    list=extend_schema(summary="Observations of a system, by series and period"),
    retrieve=extend_schema(summary="One observation, with the values it had before"),
)
class Observations(Rows):
    opens = ("observation.read",)
    queryset = Observation.objects.none()
    serializer_class = ObservationSerializer
    filterset_class = ObservationFilters
    keyset = ("series_id", "period")

    def rows(self) -> QuerySet[Observation, Any]:
        visible = Observation.objects.visible_to(self.request.user, self.opened_by)
        return visible.filter(series__metric__system=self.system).values(
            "id", "series_id", "period", "value", "numerator", "denominator", "missing_reason",
            "published_on", "recorded_at", "revision",
            author_name=F("author__name"),
            metric=F("series__metric__slug"), segment=F("series__segment__code"),
            frequency=F("series__metric__frequency"),
            year_starts=F("series__metric__year_starts"),
        )  # fmt: skip

    def shown(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        named = may_through(self.request, "members.read", self.system)
        shown = [observation(row, named) for row in rows]
        if self.action == "retrieve" or self.flag("revisions"):
            earlier = self.earlier(rows, named)
            for row in shown:
                row["revisions"] = earlier[row["id"]]
        return shown

    def earlier(
        self, rows: Sequence[dict[str, Any]], named: bool
    ) -> dict[int, list[dict[str, Any]]]:
        """The values each of these rows had before, oldest first, in one query."""
        found: dict[int, list[dict[str, Any]]] = {row["id"]: [] for row in rows}
        hidden = {row["id"] for row in rows if row["missing_reason"] in Observation.HIDDEN}
        visible = ObservationRevision.objects.visible_to(self.request.user, self.opened_by)
        for row in visible.filter(observation__in=found).order_by("observation", "number").values(
            "observation_id", "number", "value", "numerator", "denominator", "missing_reason",
            "published_on", "recorded_at", "replaced_at", "reason",
            author_name=F("author__name"), replaced_by_name=F("replaced_by__name"),
        ):  # fmt: skip
            key = row["observation_id"]
            found[key].append(revision(dict(row), named, key in hidden))
        return found


def observation(row: dict[str, Any], named: bool) -> dict[str, Any]:
    frequency, year_starts = periods.Frequency(row["frequency"]), row["year_starts"]
    shown = {
        "id": row["id"], "series": row["series_id"],
        "metric": row["metric"], "segment": row["segment"],
        "period": row["period"], "period_label": label(frequency, row["period"], year_starts),
        "value": row["value"], "numerator": row["numerator"], "denominator": row["denominator"],
        "missing_reason": row["missing_reason"] or None,
        "published_on": row["published_on"], "recorded_at": row["recorded_at"],
        "revision": row["revision"],
    }  # fmt: skip
    return {**shown, "author": row["author_name"] or None} if named else shown


def revision(row: dict[str, Any], named: bool, hidden: bool) -> dict[str, Any]:
    """An earlier value; where today's is suppressed, what it was before stays hidden too."""
    del row["observation_id"]
    authors = {"author": row.pop("author_name"), "replaced_by": row.pop("replaced_by_name")}
    row["missing_reason"] = row["missing_reason"] or None
    if hidden and row["value"] is not None:
        row |= {"value": None, "numerator": None, "denominator": None}
        row["missing_reason"] = Observation.Missing.WITHHELD.value
    return {**row, **{role: name or None for role, name in authors.items()}} if named else row
