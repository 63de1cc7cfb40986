"""The systems someone may read, with the lights of each counted."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from aspirations.analysis.standing import NOT_JUDGED, ORDER
from aspirations.models import Series
from people.models import System


@dataclass(frozen=True)
class Place:
    """A system and how many of its metrics show each light; zeros are left out."""

    system: System
    counts: dict[str, int]


def places_of(user: Any) -> list[Place]:
    """By name, in two queries. A metric without a whole-system judgment counts as not judged."""
    found = System.objects.visible_to(user, "dashboard.read").annotate(size=Count("metrics"))
    systems = list(found.order_by("name", "pk"))
    lights = lights_of([system.pk for system in systems])
    return [Place(system, counted(lights[system.pk], system.size)) for system in systems]


def lights_of(systems: list[int]) -> dict[int, Counter[str]]:
    rows = Series.objects.whole().filter(
        metric__system__in=systems, current_judgment__light__in=ORDER
    )
    lights: dict[int, Counter[str]] = defaultdict(Counter)
    for system, light, count in (
        rows.order_by()
        .values_list("metric__system", "current_judgment__light")
        .annotate(count=Count("pk"))
    ):
        lights[system][light] = count
    return lights


def counted(lights: Counter[str], total: int) -> dict[str, int]:
    counts = {light: lights[light] for light in ORDER}
    counts[NOT_JUDGED] = total - sum(counts.values())
    return {light: count for light, count in counts.items() if count}
