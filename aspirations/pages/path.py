"""The trajectory tab: the path in force, the plan behind it, and what was agreed before."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.formats import date_format

from aspirations import sentences
from aspirations.charts.drawing import Drawing
from aspirations.charts.evidence_layout import without
from aspirations.charts.parts import VARIATION
from aspirations.models import Metric, Series, Trajectory
from aspirations.models.agreements import Agreement
from aspirations.pages import record
from aspirations.pages.figure import Drawn, aim
from aspirations.pages.head import MetricHead
from aspirations.pages.plan import PlanPanel
from aspirations.pages.tabs import address
from aspirations.services.benchmarks import best_year_of_peers
from aspirations.services.commitments import why_waiting
from aspirations.services.paths import stored_path
from aspirations.services.tracks import track_of


@dataclass(frozen=True)
class Version:
    """One version of target and path, in words."""

    number: str
    status: str
    is_in_force: bool
    agreed_on: str
    author: str
    start: str
    target: str
    shape: str
    reason: str


@dataclass
class PathPage(MetricHead):
    """What is said of one series' path, to those who may read plans."""

    @cached_property
    def _paths(self) -> list[Trajectory]:
        if self.series is None:
            return []
        rows = record.path_versions(self.series, self.user)
        for row in rows:  # the series is known already; its row need not be asked for again
            row.series = self.series
        return rows

    @property
    def versions(self) -> list[Version]:
        """Agreed ones; a draft is read where it is written."""
        return [self._version(row) for row in self._paths if row.status != Agreement.DRAFT]

    def _version(self, row: Trajectory) -> Version:
        metric = self.metric
        return Version(
            number=str(row.version), status=str(row.get_status_display()),
            is_in_force=row.status == Agreement.AGREED,
            agreed_on=date_format(row.agreed_on or row.created_at, "j M Y"),
            author=record.name_of(row.author),
            start=f"{sentences.value_text(metric, row.baseline.value)}, "
            f"{sentences.period_text(metric, row.baseline.period)}",
            target=f"{sentences.aim_text(metric, row.target.value)}, "
            f"{sentences.period_text(metric, row.target.due)}",
            shape=str(row.get_shape_display()), reason=row.reason,
        )  # fmt: skip

    @cached_property
    def in_force(self) -> Trajectory | None:
        return next((row for row in self._paths if row.status == Agreement.AGREED), None)

    def version(self, asked: str) -> Trajectory | None:
        """The version of this number, or the path in force where none is asked for."""
        if not asked:
            return self.in_force
        return next((row for row in self._paths if str(row.version) == asked), None)

    @property
    def drafts(self) -> int:
        """Drafts of this series that wait in the builder."""
        return sum(row.status == Agreement.DRAFT for row in self._paths)

    @cached_property
    def drawn(self) -> Drawn | None:
        if self.series is None:
            return None
        path = self.in_force
        before = [
            stored_path(self.metric, row)
            for row in self._paths
            if row.status == Agreement.SUPERSEDED
        ]
        target = aim(self.metric, path) if path else None
        return Drawn(self.metric, track_of(self.series), None, target, before)

    @cached_property
    def drawings(self) -> list[Drawing]:
        return self.drawn.drawings() if self.drawn and (self.in_force or self.versions) else []

    @cached_property
    def chart(self) -> dict[str, Any] | None:
        """The same as a plotly figure, which leaves natural variation to the evidence."""
        if not self.drawings or self.drawn is None:
            return None
        found = self.drawn.chart()
        return without(found, VARIATION) if found else None

    @cached_property
    def plan(self) -> PlanPanel | None:
        row = self.in_force
        if row is None or self.drawn is None:
            return None
        effects = list(row.effects.all())
        shared = record.overlaps(row, self.user) if effects else []
        peers = best_year_of_peers(row.series)
        return PlanPanel(self.metric, row, effects, shared, self.drawn.track, peers)

    @cached_property
    def waiting(self) -> str:
        """What a promised path still waits for."""
        if self.series is None or self.trajectory or self.plan:
            return ""
        return why_waiting(self.series)

    @property
    def may_draft(self) -> bool:
        return "trajectory.write" in self.rights

    @property
    def builder(self) -> str:
        """Where a new version is drafted; empty where this installation has no such page."""
        return address("new_draft", self.metric, self.segment)


def path_page(user: Any, metric: Metric, series: Series | None) -> PathPage:
    return PathPage(metric, series, user, "metric_trajectory")
