"""The evidence of a metric: one series judged and drawn, and the segments beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.charts.drawing import Drawing
from aspirations.charts.parts import EARLIER, EVENTS, FORECAST, RANGE_LAYER, VARIATION
from aspirations.models import Event, Import, Metric, ObservationRevision, Series, Trajectory
from aspirations.pages import events, record
from aspirations.pages.equity import Compared, EquityPanel
from aspirations.pages.events import Told
from aspirations.pages.figure import Drawn, Row, aim
from aspirations.pages.head import MetricHead
from aspirations.pages.layers import Switch, asked_layers, switches
from aspirations.pages.multiples import Group, Multiples
from aspirations.pages.rebases import RebasePanel
from aspirations.pages.segments import LIGHTS, Segments
from aspirations.pages.tabs import address
from aspirations.sentences import plans
from aspirations.services.beside import Beside, read
from aspirations.services.paths import stored_path

TABLE_ROWS = 12
SIGNALS = 4


@dataclass(frozen=True)
class Asked:
    """What the address asks of the page, beside the segment; anything unknown asks nothing."""

    light: str = ""
    page: str = ""
    show_all: bool = False
    layers: Sequence[str] = ()
    dimension: str | None = None
    group: str = ""
    reference: str = ""


@dataclass
class MetricPage(MetricHead):
    """What the page says; each part is worked out when the template asks for it."""

    asked: Asked
    segments: Segments

    def _worst_row(self) -> tuple[str, str, str] | None:
        found = self.segments.worst
        return (found.code, found.name, found.light) if found else None

    # ------------------------------------------------------------- figures, read together
    @cached_property
    def group(self) -> Group:
        return Group(self.segments, self.asked.dimension)

    @cached_property
    def compared(self) -> Compared:
        here = "" if self.segment is None or self.segment.is_whole else self.segment.code
        return Compared(
            self.metric, self.segments, self.asked.group, self.asked.reference, here
        )  # fmt: skip

    @cached_property
    def beside(self) -> Beside | None:
        """The series, the whole system, and all groups that the page shows; None without any."""
        keys = {row.key for row in self.group.shown} | set(self.compared.keys)
        keys |= {self.series.pk} if self.series else set()
        keys |= {self.segments.whole.key} if self.segments.whole and keys else set()
        return read(self.metric, keys) if keys else None

    @property
    def baseline(self) -> date | None:
        """Period of the baseline of the path that the judgment was made by."""
        return self.trajectory.baseline.period if self.trajectory else None

    @cached_property
    def multiples(self) -> Multiples | None:
        if self.beside is None or not self.group.members:
            return None
        here = self.segment.code if self.segment else ""
        return Multiples(self.metric, self.group, self.beside, self.baseline, here)

    @cached_property
    def equity(self) -> EquityPanel | None:
        if self.beside is None or not self.compared.keys:
            return None
        found = EquityPanel(
            self.metric, self.compared, self.beside, self.baseline, self.asked.show_all
        )  # fmt: skip
        return found if found.gap.known else None

    # ------------------------------------------------------------- the figure and its table
    @cached_property
    def drawn(self) -> Drawn | None:
        if self.series is None or self.beside is None:
            return None
        path = self.trajectory
        target = aim(self.metric, path) if path else None
        before = [stored_path(self.metric, row) for row in self.superseded]
        track = self.beside.track(self.series.pk)
        return Drawn(self.metric, track, self.judgment, target, before, events.marked(self.events))

    @cached_property
    def superseded(self) -> list[Trajectory]:
        """Paths that were in force before, oldest first, for those who may read plans."""
        return record.superseded_paths(self.series, self.user) if self.series else []

    def moved_targets(self) -> list[str]:
        """“72% by Dec 2026, until 3 Mar 2025”, for each earlier path: nothing moves in silence."""
        return [plans.before_text(self.metric, row) for row in self.superseded]

    @property
    def history(self) -> str:
        """Where all versions are told; empty for those who may not read plans."""
        may = "plan.read" in self.rights
        return address("metric_trajectory", self.metric, self.segment) if may else ""

    @cached_property
    def events(self) -> list[Event]:
        return events.of_series(self.series) if self.series else []

    def told_events(self) -> list[Told]:
        return events.told(self.events, self.metric.system.today())

    @property
    def chart_title(self) -> str:
        return sentences.chart_title(self.judgment)

    @cached_property
    def chart(self) -> dict[str, Any] | None:
        return self.drawn.chart() if self.drawn else None

    @cached_property
    def drawings(self) -> list[Drawing]:
        return self.drawn.drawings() if self.drawn else []

    @cached_property
    def layers(self) -> frozenset[str]:
        return asked_layers(self.asked.layers)

    @property
    def switches(self) -> list[Switch]:
        there = [name for name, yes in self._there().items() if yes]
        return switches(there, self.layers)

    def _there(self) -> dict[str, bool]:
        """Which layers this chart has."""
        if self.drawn is None:
            return {}
        return {
            RANGE_LAYER: self.drawn.has_range,
            VARIATION: bool(self.drawn.track.limits[0]),
            EVENTS: bool(self.events),
            EARLIER: bool(self.drawn.ghosts),
            FORECAST: bool(self.judgment and self.judgment.forecast is not None),
        }

    @property
    def chart_words(self) -> str:
        """What the drawing shows, for whoever does not see it."""
        lead = f"{self.chart_title}. {self.chart_subtitle}"
        return _("%(lead)s The table lists each figure.") % {"lead": lead}

    @property
    def signals(self) -> list[str]:
        """Runs of marked points in words, the latest first."""
        return self.drawn.signals()[:SIGNALS] if self.drawn else []

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the switches of the layers carry along, beside the segment."""
        group = (("group", self.asked.group), ("reference", self.asked.reference))
        return [*self._filters, *((name, value) for name, value in group if value)]

    @property
    def kept_for_gap(self) -> list[tuple[str, str]]:
        """What the choice of a gap carries along, beside the segment."""
        layers = [("layers", ",".join(self.asked.layers))] if self.asked.layers else []
        return [*self._filters, *layers]

    @property
    def _filters(self) -> list[tuple[str, str]]:
        asked = self.asked
        told = (("dimension", asked.dimension), ("light", asked.light),
                ("all", "1" if asked.show_all else ""))  # fmt: skip
        return [(name, value) for name, value in told if value]

    @property
    def gap_file(self) -> str:
        """Address of the gap that is shown, as a file."""
        group = self.compared.group
        named = {"group": group.code if group else "", "reference": self.compared.reference}
        return address("metric_gap_csv", self.metric, self.segment, **named)

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
    def show_all(self) -> bool:
        return self.asked.show_all

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
        return RebasePanel(self.metric, self.series, self.judgment, self.user, self.may_write)

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

    # ------------------------------------------------------------- where it comes from
    @cached_property
    def loaded(self) -> Import | None:
        return record.latest_import(self.series, self.user) if self.series else None


def metric_page(
    user: Any, metric: Metric, series: Series | None, asked: Asked | None = None
) -> MetricPage:
    """The page of one series; an unknown light filters nothing."""
    asked = asked or Asked()
    light = asked.light if asked.light in LIGHTS else ""
    segments = Segments(metric, series, light, asked.page)
    return MetricPage(metric, series, user, "metric", asked, segments)


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
