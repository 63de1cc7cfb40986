"""A system with everything the interface shows, and everyone who might knock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from aspirations.models import (
    Aspiration,
    Intervention,
    Metric,
    Observation,
    ObservationRevision,
    Series,
)
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    AspirationFactory,
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    UserFactory,
    agreed_path,
    observe,
    place,
)
from people import tokens
from people.models import System, User

START, TODAY = date(2022, 1, 1), date(2024, 1, 31)
EARLIER = datetime(2024, 1, 5, 9, tzinfo=UTC)
# Who makes the token that opens what someone may, and its role. A reviewer's there is not.
TOKENS = {
    "viewer": ("leader", "viewer"),
    "provider": ("leader", "data_provider"),
    "parent": ("above", "viewer"),
    "stranger": ("stranger", "viewer"),
}


@dataclass
class World:
    """One judged system beneath a parent, and who may knock."""

    system: System
    aspiration: Aspiration
    metric: Metric
    whole: Series
    north: Series
    changed: Observation
    people: dict[str, User]

    def address(self, rest: str = "") -> str:
        return f"/api/v1/systems/{self.system.slug}/{rest}"

    def token(self, who: str, days: int = 30) -> str:
        """A token that opens what this person may: its role is theirs, its maker a leader there."""
        maker, role = TOKENS[who]
        system = self.people[maker].memberships.get().system
        return tokens.issue(
            user=self.people[maker], system=system, role=role, name=f"As {who}", days=days
        )[1]


def build() -> World:
    parent = SystemFactory(slug="nation", name="Nation")
    system = SystemFactory(slug="rowan", parent=parent, reporting_date=TODAY)
    aspiration = AspirationFactory(system=system, slug="safe-streets")
    metric = MetricFactory(system=system, slug="calls-answered", lower_bound=0, upper_bound=100)
    place(metric, aspiration)
    Intervention.objects.create(system=system, slug="night-shift", name="A second night shift")
    whole = SeriesFactory(metric=metric)
    north = SeriesFactory(metric=metric, segment=SegmentFactory(system=system, code="north/1"))
    people = {
        "viewer": member(system, "viewer"),
        "leader": member(system, "delivery_leader", name="Delivery Unit"),
        "provider": member(system, "data_provider"),
        "reviewer": member(system, "reviewer"),
        "parent": member(parent, "viewer"),
        "above": member(parent, "delivery_leader"),
        "stranger": member(SystemFactory(), "delivery_leader"),
    }
    figures(whole, [60 + 0.7 * k + (k % 3) * 0.4 for k in range(24)])
    figures(north, [50 + 0.1 * k + (k % 4) * 0.9 for k in range(24)])
    changed = correct(whole, date(2023, 6, 1), people["leader"])
    judge_now([whole.pk, north.pk])
    return World(system, aspiration, metric, whole, north, changed, people)


def member(system: System, role: str, **fields: Any) -> User:
    user = UserFactory(**fields)
    MembershipFactory(user=user, system=system, role=role)
    return user


def figures(series: Series, values: list[float]) -> None:
    observe(series, START, values)
    agreed_path(series, (START, values[0]), (date(2025, 12, 1), 90.0))


def correct(series: Series, period: date, author: User) -> Observation:
    """One figure was changed once, as an import would have changed it."""
    row = Observation.objects.get(series=series, period=period)
    ObservationRevision.objects.create(
        observation=row, number=0, value=row.value, published_on=row.published_on,
        recorded_at=row.recorded_at, replaced_at=EARLIER, replaced_by=author, author=author,
        reason="Late returns",
    )  # fmt: skip
    row.value, row.revision, row.author, row.recorded_at = 71.25, 1, author, EARLIER
    row.save()
    return row
