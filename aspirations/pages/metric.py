"""The metric page: one series judged and drawn, and the segments beside it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.models import (
    Import,
    Metric,
    ObservationRevision,
    Segment,
    Series,
    Trajectory,
)
from aspirations.models.agreements import Agreement
from aspirations.pages import record
from aspirations.pages.figure import Drawn, Row, aim
from aspirations.pages.judgment import JudgmentPanel
from aspirations.pages.plan import PlanPanel
from aspirations.pages.rebases import RebasePanel
from aspirations.pages.segments import LIGHTS, Segments
from aspirations.services.commitments import why_waiting
from aspirations.services.paths import stored_path
from aspirations.services.tracks import track_of
from people.permissions import may

TABLE_ROWS = 24


@dataclass(frozen=True)
class Worst:
    """The segment in the deepest trouble, by name."""

    code: str
    name: str
    word: str


@dataclass
class MetricPage(JudgmentPanel):
    """What the page says; each part is worked out when the template asks for it."""

    user: Any
    segments: Segments
    show_all: bool

    @property
    def segment(self) -> Segment | None:
        return self.series.segment if self.series else None

    @property
    def is_whole(self) -> bool:
        """Of the whole system, or of a metric that has segments only."""
        return self.segment is None or self.segment.is_whole

    @property
    def as_at(self) -> date:
        """The day the judgment speaks of."""
        day: date = self.judgment.as_of if self.judgment else self.metric.system.today()
        return day

    # ------------------------------------------------------------- what it says at the top
    @cached_property
    def headline(self) -> str:
        if self.series is None:
            return _("%(name)s has no figure for the whole system, only for its segments.") % {
                "name": self.metric.name
            }
        return sentences.metric_headline(self.metric, self.judgment, self.segment, self.target_text)

    @property
    def subject(self) -> str:
        return sentences.subject(self.metric, self.segment)

    @cached_property
    def worst(self) -> Worst | None:
        """Beside the whole system's light stands the worst segment; a segment stands alone."""
        found = self.segments.worst if self.segment and self.segment.is_whole else None
        if found is None or found.current_judgment is None:
            return None
        word = sentences.light_word(found.current_judgment.light)
        return Worst(found.segment.code, found.segment.name, word)

    # ------------------------------------------------------------- the figure and its table
    @cached_property
    def drawn(self) -> Drawn | None:
        if self.series is None:
            return None
        path = self.trajectory
        target = aim(self.metric, path) if path else None
        before = [
            stored_path(self.metric, row)
            for row in self._paths
            if row.status == Agreement.SUPERSEDED
        ]
        return Drawn(self.metric, track_of(self.series), self.judgment, target, before)

    @property
    def chart_title(self) -> str:
        return sentences.chart_title(self.judgment)

    @cached_property
    def chart(self) -> dict[str, Any] | None:
        return self.drawn.chart() if self.drawn else None

    @property
    def chart_subtitle(self) -> str:
        """Measure, place, period and, where it does not start at zero, the axis."""
        drawn = self.drawn
        if drawn is None:
            return ""
        place = self.segment.name if self.segment else ""
        text = _("%(metric)s, %(place)s") % {"metric": self.metric.name, "place": place}
        if len(self.metric.unit) > 1:
            text = _("%(text)s, in %(unit)s") % {"text": text, "unit": self.metric.unit}
        if drawn.first_day and drawn.latest_day:
            first = sentences.period_text(self.metric, drawn.first_day)
            latest = sentences.period_text(self.metric, drawn.latest_day)
            spans = _("%(text)s, %(first)s to %(latest)s")
            words = spans if first != latest else _("%(text)s, %(latest)s")
            text = words % {"text": text, "first": first, "latest": latest}
        return f"{text}. {self._axis_note(drawn)}".strip()

    def _axis_note(self, drawn: Drawn) -> str:
        start, end = drawn.axis_ends()
        if start <= 0 <= end:
            return ""
        return _("The axis starts at %(start)s, not at zero.") % {
            "start": sentences.goal_text(self.metric, start)
        }

    @cached_property
    def table(self) -> list[Row]:
        return self.drawn.rows() if self.drawn else []

    @property
    def shown_rows(self) -> list[Row]:
        return self.table if self.show_all else self.table[-TABLE_ROWS:]

    @property
    def hidden_rows(self) -> int:
        return len(self.table) - len(self.shown_rows)

    @property
    def gap_unit(self) -> str:
        return _("points") if self.metric.unit == "%" else self.metric.unit

    @cached_property
    def rebases(self) -> RebasePanel | None:
        if self.series is None:
            return None
        return RebasePanel(self.metric, self.series, self.judgment, self.user)

    @property
    def straight_line(self) -> str:
        """Where a straight line would end: a caption, which no rule uses."""
        known = sentences.figures(self.judgment, "straight_line") if self.judgment else {}
        value = known.get("ends_at")
        if value is None or self.drawn is None or self.judgment is None:
            return ""
        count = min(self.judgment.policy["straight_line_points"], self.drawn.observed)
        return _(
            "A straight line through the last %(count)s figures would end at %(value)s; it is "
            "shown here only, and no rule uses it."
        ) % {"count": count, "value": sentences.value_text(self.metric, value)}

    # ------------------------------------------------------------- agreements and sources
    @cached_property
    def versions(self) -> list[dict[str, str]]:
        return [self._version(row) for row in self._paths]

    @cached_property
    def _paths(self) -> list[Trajectory]:
        if self.series is None:
            return []
        rows = record.path_versions(self.series, self.user)
        for row in rows:
            row.series = self.series
        return rows

    @cached_property
    def plan(self) -> PlanPanel | None:
        """The path in force, for those who may read plans."""
        agreed = (row for row in self._paths if row.status == Agreement.AGREED)
        row = next(agreed, None)
        if row is None or self.drawn is None:
            return None
        effects = list(row.effects.all())
        shared = record.overlaps(row, self.user) if effects else []
        return PlanPanel(self.metric, row, effects, shared, self.drawn.track)

    @cached_property
    def waiting(self) -> str:
        """What a promised path still waits for, for those who may read plans."""
        if self.series is None or self.trajectory or self.plan:
            return ""
        if not may(self.user, "plan.read", self.metric.system):
            return ""
        return why_waiting(self.series)

    def _version(self, row: Trajectory) -> dict[str, str]:
        metric = self.metric
        return {
            "number": str(row.version),
            "status": row.get_status_display(),
            "agreed_on": date_format(row.agreed_on or row.created_at, "j M Y"),
            "start": f"{sentences.value_text(metric, row.baseline.value)}, "
            f"{sentences.period_text(metric, row.baseline.period)}",
            "target": f"{sentences.aim_text(metric, row.target.value)}, "
            f"{sentences.period_text(metric, row.target.due)}",
            "shape": row.get_shape_display(),
            "reason": row.reason,
            "author": str(row.author) if row.author else "",
        }

    @cached_property
    def loaded(self) -> Import | None:
        return record.latest_import(self.series, self.user) if self.series else None

    @property
    def frequency(self) -> str:
        return str(self.metric.get_frequency_display())


def metric_page(
    user: Any, metric: Metric, series: Series | None, *, light: str, page: str, show_all: bool
) -> MetricPage:
    """The page of one series; an unknown light filters nothing."""
    segments = Segments(metric, series, light if light in LIGHTS else "", page)
    return MetricPage(metric, series, user, segments, show_all)


def with_page_rows(rows: Any) -> Any:
    """Series with all that the page prints of it, in one query."""
    revisions = (
        ObservationRevision.objects.filter(observation__series=OuterRef("pk"))
        .order_by()
        .values("observation__series")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return rows.select_related(
        "segment",
        "current_judgment__trajectory__baseline",
        "current_judgment__trajectory__target",
    ).annotate(revisions=Coalesce(Subquery(revisions), Value(0)))
