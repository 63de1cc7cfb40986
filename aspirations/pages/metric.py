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
    Judgment,
    Metric,
    ObservationRevision,
    Rebase,
    Segment,
    Series,
    Trajectory,
)
from aspirations.pages import record
from aspirations.pages.figure import Drawn, Row
from aspirations.pages.segments import RANK, Segments
from aspirations.services.tracks import track_of

TABLE_ROWS = 24


@dataclass(frozen=True)
class EarlierLight:
    """One of the last five observed periods, with the light the same rules give it."""

    light: str
    period: str
    value: str
    chance: str
    note: str


@dataclass(frozen=True)
class Recorded:
    """A stored judgment at which the light or its reason changed."""

    day: date
    light: str
    text: str


@dataclass(frozen=True)
class Worst:
    """The segment in the deepest trouble, by name."""

    code: str
    name: str
    word: str


@dataclass
class MetricPage:
    """What the page says; each part is worked out when the template asks for it."""

    user: Any
    metric: Metric
    series: Series | None
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
    def judgment(self) -> Judgment | None:
        return self.series.current_judgment if self.series else None

    @property
    def trajectory(self) -> Trajectory | None:
        return self.judgment.trajectory if self.judgment else None

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

    @property
    def light(self) -> str:
        return self.judgment.light if self.judgment else "N"

    @property
    def was(self) -> str:
        return sentences.was_text(self.judgment, self.metric) if self.judgment else ""

    @property
    def reason(self) -> str:
        if self.judgment is None:
            return _("Its figures wait for the next turn of work.")
        return sentences.reason_text(self.judgment, self.metric)

    @cached_property
    def worst(self) -> Worst | None:
        """Beside the whole system's light stands the worst segment; a segment stands alone."""
        found = self.segments.worst if self.segment and self.segment.is_whole else None
        if found is None or found.current_judgment is None:
            return None
        word = sentences.light_word(found.current_judgment.light)
        return Worst(found.segment.code, found.segment.name, word)

    @cached_property
    def target_text(self) -> str:
        """“72% by Jun 2028”, from the path the judgment was made by."""
        path = self.trajectory
        if path is None:
            return ""
        return _("%(value)s by %(due)s") % {
            "value": sentences.goal_text(self.metric, path.target.value),
            "due": sentences.period_text(self.metric, path.target.due),
        }

    @property
    def chance(self) -> str:
        """“About 1 in 7”; empty where there is no likelihood."""
        told = self.judgment
        return sentences.chance(told.likelihood) if told and told.likelihood is not None else ""

    # ------------------------------------------------------------- the figure and its table
    @cached_property
    def drawn(self) -> Drawn | None:
        if self.series is None:
            return None
        path = self.trajectory
        target = (path.target.due, path.target.value) if path else None
        return Drawn(self.metric, track_of(self.series), self.judgment, target)

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
            text = _("%(text)s, %(first)s to %(latest)s") % {
                "text": text, "first": first, "latest": latest,
            }  # fmt: skip
        return f"{text}. {self._axis_note(drawn)}".strip()

    def _axis_note(self, drawn: Drawn) -> str:
        start = drawn.axis_start()
        if start == 0:
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
    def rebases(self) -> list[tuple[str, str]]:
        """Where new limits start, and the reason a person gave."""
        if self.drawn is None or len(self.drawn.track.limits[0]) < 2:
            return []
        rows = Rebase.objects.visible_to(self.user).filter(series=self.series)
        return [(sentences.period_text(self.metric, row.period), row.reason) for row in rows]

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

    # ------------------------------------------------------------- the judgment
    @cached_property
    def findings(self) -> list[sentences.Finding]:
        return sentences.evidence_items(self.judgment, self.metric) if self.judgment else []

    @property
    def split(self) -> str:
        return sentences.split_text(self.judgment) if self.judgment else ""

    @property
    def state(self) -> str:
        return sentences.state_word(self.judgment.state) if self.judgment else ""

    @property
    def pending(self) -> str:
        return sentences.pending_text(self.judgment) if self.judgment else ""

    @property
    def confirm(self) -> str:
        return sentences.confirm_text(self.judgment, self.metric) if self.judgment else ""

    @property
    def would_move(self) -> str:
        return sentences.would_move_text(self.judgment, self.metric) if self.judgment else ""

    @property
    def would_move_to(self) -> str:
        return sentences.light_word(self.judgment.would_move_to) if self.judgment else ""

    @property
    def would_move_note(self) -> str:
        return sentences.would_move_note(self.judgment, self.metric) if self.judgment else ""

    @property
    def notes(self) -> list[str]:
        return sentences.notes(self.judgment, self.metric) if self.judgment else []

    @cached_property
    def earlier_lights(self) -> list[EarlierLight]:
        earlier = self.judgment.earlier if self.judgment else []
        return [
            EarlierLight(
                light=row["light"],
                period=sentences.period_text(self.metric, date.fromisoformat(row["period"])),
                value=sentences.short_text(self.metric, row["actual"]),
                chance=sentences.chance_short(row["likelihood"])
                if row["likelihood"] is not None
                else "–",
                note=note,
            )
            for row, note in zip(earlier, sentences.earlier_notes(earlier), strict=True)
        ]

    @cached_property
    def recorded(self) -> list[Recorded]:
        if self.series is None:
            return []
        rows = record.earlier_judgments(self.series)
        return [Recorded(row.as_of, row.light, self._recorded_text(row)) for row in rows]

    def _recorded_text(self, row: Judgment) -> str:
        if row.light == "N":
            return sentences.reason_text(row, self.metric)
        gap = sentences.gap_text(self.metric, row.gap)
        value = sentences.value_text(self.metric, row.actual)
        parts = [sentences.state_word(row.state), value, gap]
        if row.likelihood is not None:
            parts.append(sentences.about(row.likelihood))
        return ", ".join(part for part in parts if part)

    # ------------------------------------------------------------- agreements and sources
    @cached_property
    def versions(self) -> list[dict[str, str]]:
        if self.series is None:
            return []
        return [self._version(row) for row in record.path_versions(self.series, self.user)]

    def _version(self, row: Trajectory) -> dict[str, str]:
        metric = self.metric
        return {
            "number": str(row.version),
            "status": row.get_status_display(),
            "agreed_on": date_format(row.agreed_on or row.created_at, "j M Y"),
            "start": f"{sentences.value_text(metric, row.baseline.value)}, "
            f"{sentences.period_text(metric, row.baseline.period)}",
            "target": f"{sentences.goal_text(metric, row.target.value)}, "
            f"{sentences.period_text(metric, row.target.due)}",
            "shape": row.get_shape_display(),
            "reason": row.reason,
            "author": str(row.author) if row.author else "",
        }

    @cached_property
    def loaded(self) -> Import | None:
        return record.latest_import(self.series, self.user) if self.series else None

    @property
    def due(self) -> str:
        told = self.judgment
        return sentences.freshness_text(told, told.as_of) if told else ""

    @property
    def frequency(self) -> str:
        return str(self.metric.get_frequency_display())


def metric_page(
    user: Any, metric: Metric, series: Series | None, *, light: str, page: str, show_all: bool
) -> MetricPage:
    """The page of one series; an unknown light filters nothing."""
    segments = Segments(metric, series, light if light in RANK else "", page)
    return MetricPage(user, metric, series, segments, show_all)


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
