"""The worst segment of each metric, found by the database however many segments there are."""

from collections.abc import Collection

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from aspirations.analysis.standing import NOT_JUDGED
from aspirations.models import Series
from aspirations.models.metrics import WHOLE
from aspirations.models.series import WORST_FIRST
from delivery.league import Worst


def worst_segments(metrics: Collection[int]) -> dict[int, Worst]:
    """Metric key to its worst segment, in one query; metrics without segments are left out.

    A segment that is not judged is never the worst while another one is judged.
    """
    by_metric = F("metric")
    rows = (
        Series.objects.filter(metric__in=metrics)
        .exclude(segment__code=WHOLE)
        .ranked()
        .annotate(
            place=Window(RowNumber(), partition_by=by_metric, order_by=WORST_FIRST),
            segments=Window(Count("pk"), partition_by=by_metric),
        )
        .filter(place=1)
        .order_by()
        .values_list(
            "metric", "metric__slug", "metric__name", "segment__name", "segment__code",
            "current_judgment__light", "segments", "current_judgment__likelihood",
            "current_judgment__journey",
        )
    )  # fmt: skip
    return {
        key: Worst(slug, metric, name, code, light or NOT_JUDGED, segments, likelihood, journey)
        for key, slug, metric, name, code, light, segments, likelihood, journey in rows
    }
