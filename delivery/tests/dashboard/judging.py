"""Stored judgments of other days, and what people say, for the tests of this folder."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from aspirations.models import Assessment, Event, Judgment, Metric
from delivery.tests.dashboard.conftest import TODAY, World, whole


def judged_on(metric: Metric, day: date, light: str, **more: Any) -> Judgment:
    """The metric's judgment as if it had been another on an earlier day, and is now what it was.

    Judgments are only ever appended, so call this from the earliest day to the latest.
    """
    current = whole(metric).current_judgment
    assert current is not None
    values = {"as_of": day, "light": light, "not_judged_reason": "", **more}
    if light == "N":
        values["not_judged_reason"] = more.get("not_judged_reason", "stale")
    stored = appended(current, **values)
    judged_now(metric, current)
    return stored


def judged_now(metric: Metric, told: Judgment, **more: Any) -> None:
    """What is judged of the metric today, with some of it otherwise."""
    row = whole(metric)
    row.current_judgment = appended(told, **more)
    row.save(update_fields=["current_judgment"])


def appended(told: Judgment, **more: Any) -> Judgment:
    values = Judgment.objects.filter(pk=told.pk).values().get()
    last = Judgment.objects.filter(series=told.series_id).order_by("-seq")[0]
    return Judgment.objects.create(**{**values, "id": None, "seq": last.seq + 1, **more})


def milestone(metric: Metric, due: date, label: str, **more: Any) -> Event:
    return Event.objects.create(
        series=whole(metric), date=due, kind="milestone", label=label, **more
    )


def says(world: World, metric: Metric, light: str, **more: Any) -> Assessment:
    """The unit's own judgment of a metric, sent in."""
    values = {
        "system": world.system, "metric": metric, "author": world.reader, "light": light,
        "reason": "What we see on visits", "difference_reason": "The figures come late",
        "submitted_at": timezone.now(), "expires_on": TODAY + timedelta(days=90), **more,
    }  # fmt: skip
    return Assessment.objects.create(**values)
