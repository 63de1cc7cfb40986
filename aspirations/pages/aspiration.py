"""The page of one aspiration: what it says, how it stands, and how it came about."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from aspirations.analysis.quadrants import execution, quadrant
from aspirations.analysis.standing import NOT_JUDGED
from aspirations.models import Aspiration, Metric
from aspirations.pages import wordings
from aspirations.pages.assessments import AspirationAssessment, of_aspiration
from aspirations.pages.placed import (
    MetricRow,
    Metrics,
    judged_series,
    placed,
    sentence_of,
    worst_segments,
)
from aspirations.pages.rights import rights
from aspirations.pages.setting import SettingPanel
from aspirations.pages.sparks import figures_to_draw, spark_of
from aspirations.sentences import aspirations as words
from people.models import System

READ, WRITE, NAMES = "plan.read", "plan.write", "members.read"
REVIEWS = "review.read"


@dataclass(frozen=True)
class Role:
    """A kind of metric and who fills it; no names where none does."""

    title: str
    names: list[str]


@dataclass
class AspirationPage:
    """What the page says; each part is asked of the database as it is needed."""

    aspiration: Aspiration
    user: Any

    @property
    def system(self) -> System:
        return self.aspiration.system

    @cached_property
    def rights(self) -> frozenset[str]:
        return rights(self.user, self.system, (READ, WRITE, NAMES, REVIEWS))

    @property
    def may_write(self) -> bool:
        return WRITE in self.rights

    @property
    def may_plan(self) -> bool:
        return READ in self.rights

    @property
    def opens_reviews(self) -> bool:
        """Whether the slot for capacity reviews answers this reader, whichever there are."""
        return REVIEWS in self.rights

    @property
    def is_retired(self) -> bool:
        return self.aspiration.status == Aspiration.Status.RETIRED

    # ------------------------------------------------------------- how it stands
    @cached_property
    def metrics(self) -> Metrics:
        found = placed(self.system, aspiration=self.aspiration)
        return found.get(self.aspiration.pk, Metrics())

    @property
    def light(self) -> str:
        return self.metrics.light

    @property
    def headline(self) -> str:
        row = self.aspiration
        return words.finding(row.title, row.status, self.light, len(self.metrics.headlines))

    @property
    def sub(self) -> str:
        """The lowest headline metric with its figures."""
        lowest = self.metrics.lowest
        return sentence_of(self._series.get(lowest.metric)) if lowest else ""

    @property
    def counted(self) -> str:
        headlines = len(self.metrics.headlines)
        return words.counted(headlines, len(self.metrics) - headlines)

    @cached_property
    def rows(self) -> list[MetricRow]:
        series, worst = self._series, worst_segments([row.metric for row in self.metrics])
        drawn = self._figures
        known = Metric.objects.in_bulk([row.metric for row in self.metrics])
        return [
            MetricRow(
                known[row.metric], (found := series.get(row.metric)), worst.get(row.metric),
                spark_of(found, drawn.get(found.pk, [])) if found else None,
            )
            for row in self.metrics
        ]  # fmt: skip

    @cached_property
    def _series(self) -> Any:
        return judged_series(row.series for row in self.metrics)

    @cached_property
    def _figures(self) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        shown = list(self._series.values())
        asked = figures_to_draw(shown, self.system.today()) if shown else ()
        for key, period, value, _published in asked:
            found.setdefault(key, []).append((period, value))
        return found

    @cached_property
    def worst(self) -> MetricRow | None:
        """The headline metric whose worst segment is in the deepest trouble."""
        order = ("R", "AR", "AG", "G")
        rows = [
            row for row in self.rows
            if row.worst and row.metric.prominence == Metric.Prominence.HEADLINE
        ]  # fmt: skip
        return min(rows, key=lambda row: order.index(row.worst.light), default=None)  # type: ignore[union-attr]

    # ------------------------------------------------------------- whether its metrics suffice
    @cached_property
    def roles(self) -> list[Role]:
        return [Role(str(words.ROLES[role]), names) for role, names in self.metrics.roles.items()]

    @property
    def missing(self) -> str:
        return words.missing_text(self.metrics.lacking)

    # ------------------------------------------------------------- people, map, setting, history
    @cached_property
    def assessment(self) -> AspirationAssessment | None:
        return of_aspiration(self.user, self.aspiration)

    @cached_property
    def now(self) -> str:
        """The field of the map it is in by the last settled round, for those who may read that."""
        result = self.assessment.result if self.assessment else None
        if result is None:
            return ""
        row = result.row
        found = quadrant(
            self.aspiration.boldness, execution(row.planning, row.capacity, row.progress)
        )
        return str(Aspiration.Quadrant(found).label) if found else ""

    @property
    def place(self) -> str:
        return words.place_text(self.now, str(self.aspiration.get_intended_quadrant_display()))

    @cached_property
    def setting(self) -> SettingPanel | None:
        """How it came about and how good it is, for those who may read plans."""
        return SettingPanel(self.aspiration) if self.may_plan else None

    @property
    def watch(self) -> str:
        return str(words.SETTING.get(self.aspiration.setting_model, ""))

    @property
    def questions(self) -> list[str]:
        return [str(question) for question in words.QUESTIONS]

    @property
    def is_judged(self) -> bool:
        return self.light != NOT_JUDGED

    @cached_property
    def versions(self) -> list[wordings.Version]:
        return wordings.versions(self.aspiration, names=NAMES in self.rights)
