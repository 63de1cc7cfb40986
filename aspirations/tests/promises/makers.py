"""An aspiration with judged metrics, and who is refused what is done to it."""

from datetime import date
from typing import Any

from django.test import Client
from django.urls import reverse

from aspirations.models import Aspiration, Judgment, Metric, Series
from aspirations.services.wordings import keep_wording
from aspirations.tests.factories import (
    AspirationFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
    place,
)
from people.models import System
from people.tests.entering import enter
from people.tests.factories import MembershipFactory

TODAY = date(2025, 3, 14)
OWN = {"leader_office", "accountable_head", "plan_owner", "steward", "viewer"}
# Whom an action of the unit is refused, and how: they may read the aspiration, or know nothing.
REFUSED = {
    **dict.fromkeys(OWN, 403),
    "data_provider": 404,
    "reviewer": 404,
    "elsewhere": 404,
    "above": 403,
    "nobody": 302,
}
# The same of what only members may read.
REFUSED_PLAN = {**REFUSED, "above": 404}


def system(**fields: Any) -> System:
    row: System = SystemFactory.create(
        **{"slug": "meridian", "name": "Meridian", "reporting_date": TODAY, **fields}
    )
    return row


def aspiration(place: System, **fields: Any) -> Aspiration:
    """One with its first wording."""
    row: Aspiration = AspirationFactory.create(
        **{"system": place, "slug": "reading", "title": "Every child reads well", **fields}
    )
    keep_wording(aspiration=row)
    return row


def judged(row: Aspiration, light: str, order: int = 1, **fields: Any) -> Metric:
    """A metric under the aspiration, with a path and a judgment of this light."""
    metric: Metric = MetricFactory.create(system=row.system, **fields)
    give_light(SeriesFactory.create(metric=metric), light)
    place(metric, row, order)
    return metric


def worst(metric: Metric, name: str, light: str) -> Series:
    segment = SegmentFactory.create(system=metric.system, code=name.lower(), name=name)
    series: Series = SeriesFactory.create(metric=metric, segment=segment)
    give_light(series, light)
    return series


def give_light(series: Series, light: str) -> None:
    path = agreed_path(series, (date(2024, 1, 1), 50.0), (date(2026, 1, 1), 72.0))
    series.current_judgment = Judgment.objects.create(
        series=series, seq=1, as_of=TODAY, period=date(2025, 2, 1), light=light, trajectory=path,
        input_hash="a", policy={}, actual=58.9, expected=61.0, gap=-2.1, likelihood=0.14,
        freshness="fresh", direction="steady",
    )  # fmt: skip
    series.save()


def address(name: str, row: Aspiration, *more: Any) -> str:
    return reverse(name, args=[row.system.slug, row.slug, *more])


def answers(
    client: Client, place: System, method: str, to: str, data: Any = None
) -> dict[str, int]:
    """The status that each kind of person gets who may not do this."""
    found = {}
    for role in sorted(OWN | {"data_provider", "reviewer"}):
        enter(client, place, role)
        found[role] = getattr(client, method)(to, data).status_code
    enter(client, SystemFactory.create(), "delivery_leader")
    found["elsewhere"] = getattr(client, method)(to, data).status_code
    parent = SystemFactory.create()
    System.objects.filter(pk=place.pk).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="delivery_leader").user)
    found["above"] = getattr(client, method)(to, data).status_code
    client.logout()
    found["nobody"] = getattr(client, method)(to, data).status_code
    return found


def told(response: Any) -> str:
    """The page with single blanks."""
    return " ".join(response.content.decode().split())
