"""The systems someone may read, with the lights of each counted."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from aspirations.analysis.standing import NOT_JUDGED, ORDER
from aspirations.models import Series
from people.gate import with_second_factor
from people.models import System
from people.permissions import lacks_second_factor
from reviews.models import Round


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


def rounds_of(user: Any, places: list[Place]) -> list[Round]:
    """The reviews on which this person is named; closed ones only where nothing else opens."""
    named = Round.objects.visible_to(user).filter(participants__user=user.pk)
    elsewhere = ~Q(system__in=[place.system.pk for place in places])
    wanted = named.filter(~Q(state=Round.State.CLOSED) | elsewhere)
    return list(wanted.select_related("system").order_by("system__name", "-starts", "pk"))


def filled_by(user: Any) -> list[System]:
    """The systems whose figures this person may bring in, though their dashboards stay closed."""
    found = System.objects.visible_to(user, "observation.write")
    dashboards = System.objects.visible_to(user, "dashboard.read").values("pk")
    return list(found.exclude(pk__in=dashboards).order_by("name", "pk"))


def asking_second_factor(user: Any) -> int:
    """How many more systems would open to this person with a second factor."""
    if not lacks_second_factor(user):
        return 0
    closed = System.objects.visible_to(with_second_factor(user), "dashboard.read")
    return closed.exclude(pk__in=System.objects.visible_to(user, "dashboard.read")).count()


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
