"""What the rules say on a day, to stand beside what people say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from aspirations.analysis.standing import NOT_JUDGED, rank
from aspirations.models import Aspiration, Judgment, Metric, Placement, Series
from people.models import System


@dataclass(frozen=True)
class Computed:
    """The rules' light, and the judgment it comes from; of an aspiration its lowest headline's."""

    light: str = ""
    judgment: Judgment | None = None
    metric: Metric | None = None


def day_of(system: System, at: datetime | None) -> date:
    """The system's day at a moment; without one, the day that it is judged as of."""
    if at is None:
        today: date = system.today()
        return today
    return system.day_of(at)


def metric_light(metric: Metric, day: date) -> Computed:
    """What was said of the whole system's series of a metric as of a day; empty where nothing."""
    return by_metric([metric.pk], day).get(metric.pk, Computed())


def aspiration_light(aspiration: Aspiration, day: date) -> Computed:
    """The lowest light among the headline metrics of an aspiration, with the metric that has it."""
    return by_aspiration([aspiration], day)[aspiration.pk]


def by_aspiration(aspirations: Iterable[Aspiration], day: date) -> dict[int, Computed]:
    """Aspiration key to its computed light, in two queries however many there are."""
    keys = [row.pk for row in aspirations]
    placed = Placement.objects.filter(
        aspiration__in=keys, metric__prominence=Metric.Prominence.HEADLINE, metric__retired_at=None
    ).values_list("aspiration", "metric")
    pairs = list(placed)
    told = by_metric([metric for _aspiration, metric in pairs], day)
    found = {key: Computed() for key in keys}
    for key, metric in pairs:
        if metric in told:
            found[key] = lower(found[key], told[metric])
    return found


def lower(one: Computed, other: Computed) -> Computed:
    """The lower of two lights; what is judged before what is not."""
    if not one.light:
        return other
    return other if rank(other.light) < rank(one.light) else one


def by_metric(metrics: Iterable[int], day: date) -> dict[int, Computed]:
    """Metric key to what was last said of its whole-system series as of a day; one query."""
    latest = (
        Judgment.objects.filter(series=OuterRef("pk"), as_of__lte=day)
        .order_by("-seq").values("pk")[:1]
    )  # fmt: skip
    rows = Series.objects.whole().filter(metric__in=list(metrics)).order_by()
    keys = rows.annotate(told=Subquery(latest)).filter(told__isnull=False).values("told")
    found = Judgment.objects.filter(pk__in=keys).select_related("series__metric__system")
    return {
        row.series.metric_id: Computed(row.light or NOT_JUDGED, row, row.series.metric)
        for row in found
    }
