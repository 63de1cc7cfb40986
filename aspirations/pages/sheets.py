"""A sheet and the evidence beside it: what the rules say, the worst gap, milestones."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from aspirations.analysis.standing import lowest, rank
from aspirations.models import Aspiration, Assessment, AssessmentRound, Event, Metric, Series
from aspirations.models.metrics import WHOLE
from aspirations.models.series import WORST_FIRST
from aspirations.pages.human import View, viewed, with_offices
from aspirations.pages.judgment import brief_text

MOST_MILESTONES = 6


@dataclass(frozen=True)
class Reading:
    """What the rules say of one headline metric, and of its worst segment."""

    metric: Metric
    light: str
    text: str
    worst: str
    worst_light: str


@dataclass(frozen=True)
class Milestone:
    label: str
    due: date
    done_on: date | None
    is_late: bool


@dataclass
class Evidence:
    """The computed side of an aspiration, in three queries."""

    aspiration: Aspiration
    today: date

    @cached_property
    def _series(self) -> list[Series]:
        rows = Series.objects.whole().filter(
            metric__placements__aspiration=self.aspiration,
            metric__prominence=Metric.Prominence.HEADLINE, metric__retired_at=None,
        )  # fmt: skip
        found = rows.select_related("metric", "current_judgment")
        return list(found.order_by("metric__placements__order", "metric__name").distinct())

    @cached_property
    def readings(self) -> list[Reading]:
        worst = self._worst()
        return [reading(row, worst.get(row.metric_id)) for row in self._series]

    def _worst(self) -> dict[int, Series]:
        place = Window(RowNumber(), partition_by=F("metric"), order_by=WORST_FIRST)
        rows = Series.objects.filter(metric__in=[row.metric_id for row in self._series])
        ranked = rows.exclude(segment__code=WHOLE).ranked().annotate(place=place).filter(place=1)
        return {row.metric_id: row for row in ranked.select_related("segment", "current_judgment")}

    @property
    def light(self) -> str:
        return lowest(row.light for row in self.readings)

    @cached_property
    def milestones(self) -> list[Milestone]:
        """Those that are late first, then by day."""
        rows = Event.objects.in_force().milestones().filter(
            series__metric__in=[row.metric_id for row in self._series])  # fmt: skip
        found = [
            Milestone(row.label, row.date, row.done_on,
                      row.done_on is None and row.date < self.today)
            for row in rows.order_by("-date")[:MOST_MILESTONES]
        ]  # fmt: skip
        return sorted(found, key=lambda row: (not row.is_late, row.due))


def reading(series: Series, worst: Series | None) -> Reading:
    told = series.current_judgment
    beneath = worst.current_judgment if worst else None
    return Reading(
        series.metric,
        told.light if told else "N",
        brief_text(series.metric, told) if told else "",
        worst.segment.name if worst and beneath and rank(beneath.light) < 4 else "",
        beneath.light if beneath else "",
    )


@dataclass
class SheetPage:
    """One person's sheet on one aspiration in one round."""

    user: Any
    round: AssessmentRound
    aspiration: Aspiration

    @cached_property
    def own(self) -> list[Assessment]:
        """The reader's revisions, newest first; of a draft not sent yet too."""
        rows = Assessment.objects.visible_to(self.user).sheets()
        mine = rows.filter(round=self.round, aspiration=self.aspiration, author=self.user.pk)
        return list(mine.order_by("-revision"))

    @property
    def latest(self) -> Assessment | None:
        return next(iter(self.own), None)

    @property
    def sent(self) -> Assessment | None:
        return next((row for row in self.own if row.submitted_at), None)

    @property
    def has_draft(self) -> bool:
        return bool(self.latest and self.latest.submitted_at is None)

    @property
    def is_open(self) -> bool:
        return self.round.status == "open"

    @cached_property
    def evidence(self) -> Evidence:
        return Evidence(self.aspiration, self.round.system.today())

    @cached_property
    def others(self) -> list[View]:
        """All sheets sent in, once the round is closed and for who may compare them."""
        if self.is_open:
            return []
        rows = Assessment.objects.visible_to(self.user).latest_sheets()
        found = rows.filter(round=self.round, aspiration=self.aspiration)
        place = self.round.system
        return [viewed(row, place) for row in with_offices(found).order_by("kind", "pk")]
