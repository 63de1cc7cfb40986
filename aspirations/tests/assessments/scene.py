"""A system with two aspirations, one judged metric, and people who assess."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.test import Client

from aspirations.models import (
    Aspiration,
    Assessment,
    AssessmentRound,
    Judgment,
    Metric,
    Series,
)
from aspirations.services import assessments
from aspirations.tests.factories import (
    AspirationFactory,
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    observe,
    place,
)
from people.models import System, User

TODAY = date(2025, 3, 14)
SHEET: dict[str, Any] = {
    "kind": "peer", "recent_performance": "Six of ten districts met their milestone.",
    "challenge": "high", "planning": "3", "capacity": "2", "progress": "3", "stage": "2",
    "stage_evidence": "", "light": "AG", "reason": "Half of the schools are reached, half not.",
    "difference_reason": "Coaching reaches the rest this spring.", "confidence": "fair",
    "change_mind": "A third coach who stays.",
}  # fmt: skip


@dataclass
class Scene:
    system: System
    reading: Aspiration
    writing: Aspiration
    metric: Metric
    series: Series

    def member(self, role: str, name: str = "") -> User:
        user: User = MembershipFactory.create(system=self.system, role=role).user
        if name:
            User.objects.filter(pk=user.pk).update(name=name)
            user.refresh_from_db()
        return user

    def judge(self, light: str, day: date = TODAY, period: date = date(2025, 2, 1)) -> Judgment:
        """What the rules say from this day on."""
        last = self.series.judgments.order_by("seq").last()
        told = Judgment.objects.create(
            series=self.series, seq=last.seq + 1 if last else 1, as_of=day, light=light,
            not_judged_reason="no_target" if light == "N" else "", period=period,
            actual=50.0, engine_version="test", input_hash=f"{day} {light}",
        )  # fmt: skip
        Series.objects.filter(pk=self.series.pk).update(current_judgment=told)
        self.series.refresh_from_db()
        return told

    def round(self, leader: User, *asked: User, due: date = TODAY + timedelta(days=10)) -> Any:
        return assessments.open_round(
            system=self.system, title="March 2025", due=due, assessors=asked, actor=leader
        )

    def send(self, round: AssessmentRound, author: User, **values: Any) -> None:
        """A sheet on each of the two."""
        for aspiration in (self.reading, self.writing):
            self.write(round, aspiration, author, send=True, **values)

    def write(
        self, round: AssessmentRound, aspiration: Aspiration, author: User, *, send: bool = False,
        **values: Any,
    ) -> Assessment:  # fmt: skip
        typed = {**SHEET, **values}
        numbers = {name: int(typed[name]) for name in ("planning", "capacity", "progress", "stage")
                   if typed[name]}  # fmt: skip
        return assessments.write_sheet(
            round=round, aspiration=aspiration, author=author, values={**typed, **numbers},
            send=send,
        )  # fmt: skip

    def settle(self, round: AssessmentRound, leader: User, **values: Any) -> None:
        """Both moderated, reading first."""
        for rank, aspiration in enumerate((self.reading, self.writing), start=1):
            held = {"light": "AG", "reason": "Most sheets say so.", "rank": rank,
                    "difference_reason": "The figures lag behind.", **values}  # fmt: skip
            assessments.moderate(round=round, aspiration=aspiration, values=held, actor=leader)


def scene(slug: str = "meridian") -> Scene:
    system = SystemFactory.create(slug=slug, reporting_date=TODAY)
    reading = AspirationFactory.create(system=system, slug="reading", title="Reading", order=1)
    writing = AspirationFactory.create(system=system, slug="writing", title="Writing", order=2)
    metric = MetricFactory.create(system=system, slug="grade-3", name="Reading, Grade 3")
    place(metric, reading)
    series = SeriesFactory.create(metric=metric)
    observe(series, date(2025, 1, 1), [50.0, 51.0])
    return Scene(system, reading, writing, metric, series)


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client
