"""What the rules said, with all the evidence."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from aspirations.analysis import periods
from aspirations.api.clocks import are_asked, clocks_asked, refuse_beside
from aspirations.api.filters import JudgmentFilters, ThenFilters
from aspirations.api.observations import label
from aspirations.models import Judgment, Light, Series
from aspirations.sentences import as_day
from aspirations.services.clocks import Clocks
from aspirations.services.looking_back import Recalled, verdicts_then
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
    """A judgment of one series. A stored one is never edited: a newer one has a higher `seq`."""

    id = serializers.IntegerField(allow_null=True, help_text="Null where it is not stored.")
    stored = serializers.BooleanField(help_text="False where it was made anew for this answer.")
    series = serializers.IntegerField()
    metric = serializers.CharField(help_text="Slug.")
    segment = serializers.CharField(help_text="Code.")
    seq = serializers.IntegerField(allow_null=True)
    as_of = serializers.DateField()
    known_at = serializers.DateTimeField(
        allow_null=True, help_text="The moment asked for, where one was."
    )
    withheld = serializers.IntegerField(
        help_text="Figures left out because they are suppressed or withheld today."
    )
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
    list=extend_schema(summary="Judgments of a system: the newest of each series, all, or anew"),
    retrieve=extend_schema(summary="One judgment, whether or not a newer one exists"),
)
class Judgments(Rows):
    queryset = Judgment.objects.none()
    serializer_class = JudgmentSerializer
    filterset_class = JudgmentFilters
    keyset: tuple[str, ...] = ("series_id", "seq")

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

    def list(self, request: Request, **names: Any) -> Response:
        return self.anew(request) if are_asked(request) else super().list(request, **names)

    def anew(self, request: Request) -> Response:
        """A page of series judged anew by other clocks; nothing is stored."""
        refuse_beside(request, {*ThenFilters.base_filters, *self.pages})
        visible = Series.objects.visible_to(request.user, self.opened_by)
        rows = visible.filter(metric__system=self.system)
        found = ThenFilters(request.query_params, queryset=rows, request=request)
        clocks = clocks_asked(found, self.system)
        self.keyset = ("pk",)
        page = self.paginate_queryset(found.qs.select_related("metric__system", "segment")) or []
        return self.get_paginated_response(
            [recalled(one, clocks) for one in verdicts_then(page, clocks)]
        )


def judgment(row: dict[str, Any]) -> dict[str, Any]:
    """A stored judgment."""
    series, stale_since = row.pop("series_id"), row.pop("stale_since")
    beside = {"stored": True, "known_at": None, "withheld": 0}
    return labelled(row) | {"series": series, "newer_due": stale_since is not None} | beside


def recalled(one: Recalled, clocks: Clocks) -> dict[str, Any]:
    """A judgment made anew, which has no place in the record."""
    row, series = one.verdict.judgment, one.verdict.series
    metric = series.metric
    return labelled(
        {name: getattr(row, name) for name in (*PLAIN, *WORDS, *FIGURES)}
        | {"frequency": metric.frequency, "year_starts": metric.year_starts}
        | {"period": as_day(row.period), "due": as_day(row.due)}
    ) | {
        "series": series.pk, "metric": metric.slug, "segment": series.segment.code,
        "trajectory_version": one.trajectory_version, "newer_due": False,
        "id": None, "seq": None, "stored": False, "known_at": clocks.known_at,
        "withheld": one.veiled,
    }  # fmt: skip


def labelled(row: dict[str, Any]) -> dict[str, Any]:
    frequency, year_starts = periods.Frequency(row.pop("frequency")), row.pop("year_starts")
    day = row["period"]
    return {
        **row,
        **{name: row[name] or None for name in WORDS},
        "period_label": label(frequency, day, year_starts) if day else None,
    }
