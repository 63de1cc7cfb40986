"""What the rules said, with all the evidence."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from aspirations.analysis import periods
from aspirations.api.filters import JudgmentFilters
from aspirations.api.observations import label
from aspirations.models import Judgment, Light
from people.api.rows import Rows

FIGURES = (
    "likelihood", "actual", "expected", "gap", "relative", "journey", "noise", "forecast",
    "likely_low", "likely_high", "would_move",
)  # fmt: skip
# Stored as empty text where there is nothing to say; null to a program.
WORDS = (
    "pending", "not_judged_reason", "state", "freshness", "likelihood_light", "distance_light",
    "direction", "signal", "would_move_to",
)  # fmt: skip
PLAIN = (
    "id", "seq", "as_of", "computed_at", "period", "light", "due", "evidence", "earlier",
    "policy", "engine_version", "input_hash",
)  # fmt: skip


def a_light(**options: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(Light.choices, allow_null=True, **options)


def a_word(**options: Any) -> serializers.CharField:
    return serializers.CharField(allow_null=True, **options)


def a_figure(**options: Any) -> serializers.FloatField:
    return serializers.FloatField(allow_null=True, **options)


class JudgmentSerializer(serializers.Serializer[Any]):
    """A judgment of one series. It is never edited: a newer one has a higher `seq`."""

    id = serializers.IntegerField()
    series = serializers.IntegerField()
    metric = serializers.CharField(help_text="Slug.")
    segment = serializers.CharField(help_text="Code.")
    seq = serializers.IntegerField()
    as_of = serializers.DateField()
    computed_at = serializers.DateTimeField()
    newer_due = serializers.BooleanField(
        help_text="Something has changed since; a newer judgment is on its way."
    )
    period = serializers.DateField(allow_null=True, help_text="First day of the latest one seen.")
    period_label = a_word()
    light = serializers.ChoiceField(Light.choices)
    pending = a_light(help_text="Light that comes if the next figure confirms it.")
    not_judged_reason = a_word()
    state = a_word(help_text="At the target period and after.")
    freshness = a_word()
    due = serializers.DateField(allow_null=True, help_text="When the next figure is expected.")
    likelihood = a_figure(min_value=0, max_value=1)
    likelihood_light = a_light()
    distance_light = a_light()
    direction = a_word()
    signal = a_word()
    actual = a_figure()
    expected = a_figure()
    gap = a_figure()
    relative = a_figure()
    journey = a_figure()
    noise = a_figure()
    forecast = a_figure()
    likely_low = a_figure()
    likely_high = a_figure()
    would_move = a_figure(help_text="Value of the next period that would bring `would_move_to`.")
    would_move_to = a_light()
    evidence = serializers.ListField(
        child=serializers.DictField(), help_text="Rule codes, lights and figures."
    )
    earlier = serializers.ListField(
        child=serializers.DictField(), help_text="The last five observed periods, oldest first."
    )
    policy = serializers.DictField(help_text="Thresholds and constants it was made under.")
    trajectory_version = serializers.IntegerField(allow_null=True)
    engine_version = serializers.CharField()
    input_hash = serializers.CharField()


@extend_schema_view(
    list=extend_schema(summary="Judgments of a system: the newest of each series, or all"),
    retrieve=extend_schema(summary="One judgment, whether or not a newer one exists"),
)
class Judgments(Rows):
    queryset = Judgment.objects.none()
    serializer_class = JudgmentSerializer
    filterset_class = JudgmentFilters
    keyset = ("series_id", "seq")

    def rows(self) -> QuerySet[Judgment, Any]:
        visible = Judgment.objects.visible_to(self.request.user, self.opened_by)
        rows = visible.filter(series__metric__system=self.system)
        if self.action == "list" and not self.flag("history"):
            rows = rows.filter(pk=F("series__current_judgment"))
        return rows.values(
            *PLAIN, *WORDS, *FIGURES, "series_id",
            metric=F("series__metric__slug"), segment=F("series__segment__code"),
            stale_since=F("series__stale_since"), trajectory_version=F("trajectory__version"),
            frequency=F("series__metric__frequency"),
            year_starts=F("series__metric__year_starts"),
        )  # fmt: skip

    def shown(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        return [judgment(row) for row in rows]


def judgment(row: dict[str, Any]) -> dict[str, Any]:
    frequency, year_starts = periods.Frequency(row.pop("frequency")), row.pop("year_starts")
    series, stale_since, day = row.pop("series_id"), row.pop("stale_since"), row["period"]
    return {
        **row,
        **{name: row[name] or None for name in WORDS},
        "series": series,
        "newer_due": stale_since is not None,
        "period_label": label(frequency, day, year_starts) if day else None,
    }
