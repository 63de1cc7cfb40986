"""Which metrics have a path that people agreed on, which are being drafted, and which lack one."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from aspirations import sentences
from aspirations.analysis import periods
from aspirations.models import Metric, Segment, Series, Trajectory
from aspirations.models.agreements import Agreement
from people import labels
from people.models import System

SOON = 365
"""Days before a path ends at which the next one should be talked about."""
GROUPS = {
    "drafted": gettext_lazy("Being drafted"),
    "none": gettext_lazy("Without a path"),
    "ending": gettext_lazy("Ending within 12 months"),
    "agreed": gettext_lazy("Agreed"),
}
WHY = {
    "drafted": gettext_lazy("Nothing is judged by a draft until a leader agrees it."),
    "none": gettext_lazy("Without a path there is nothing to be ahead of or behind, so no light."),
    "ending": gettext_lazy("Talk about the next target while there is time to plan for it."),
    "agreed": gettext_lazy("Lights are judged against these."),
}


def address_of(name: str, row: Trajectory, *more: int) -> str:
    """Address of a page of one version."""
    metric = row.series.metric
    found = reverse(name, args=[metric.system.slug, metric.slug, row.version, *more])
    return found + of_segment(row.series.segment)


def of_segment(segment: Segment) -> str:
    return "" if segment.is_whole else f"?{urlencode({'segment': segment.code})}"


@dataclass(frozen=True)
class Draft:
    """A link to a draft, and how far it has come."""

    number: int
    address: str
    state: str


@dataclass(frozen=True)
class Line:
    """One metric with its path and its drafts."""

    metric: Metric
    segment: Segment | None
    agreed: Trajectory | None
    drafts: list[Draft]
    ends_soon: bool

    @property
    def group(self) -> str:
        if self.drafts:
            return "drafted"
        if self.agreed is None:
            return "none"
        return "ending" if self.ends_soon else "agreed"

    @property
    def suffix(self) -> str:
        return of_segment(self.segment) if self.segment else ""

    @property
    def target(self) -> str:
        row = self.agreed
        if row is None:
            return ""
        return _("%(target)s by %(due)s") % {
            "target": sentences.aim_text(self.metric, row.target.value),
            "due": sentences.period_text(self.metric, row.target.due),
        }

    @property
    def version(self) -> str:
        """“Version 3, agreed on 4 Mar 2025”."""
        row = self.agreed
        if row is None:
            return ""
        return _("Version %(number)s, agreed on %(day)s") % {
            "number": row.version, "day": date_format(row.agreed_on or row.created_at, "j M Y"),
        }  # fmt: skip


@dataclass
class TrajectoryList:
    """All metrics of a system for one segment, by what is to be done about their paths."""

    system: System
    segment: Segment | None
    lines: list[Line]
    segments: list[Segment]

    @cached_property
    def groups(self) -> list[tuple[str, str, str, list[Line]]]:
        """Code, title, why it matters and lines of each group that has any."""
        found: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.group].append(line)
        return [
            (code, str(title), str(WHY[code]), found[code])
            for code, title in GROUPS.items()
            if found[code]
        ]

    @property
    def headline(self) -> str:
        """“7 of 9 metrics have an agreed path. One path ends within 12 months.”"""
        if not self.lines:
            return _("There is nothing to plan for yet.")
        agreed = sum(line.agreed is not None for line in self.lines)
        ending = sum(line.ends_soon for line in self.lines)
        words = labels.label(self.system, "metrics" if len(self.lines) > 1 else "metric")
        said = [
            _("All %(all)s %(metrics)s have an agreed path.")
            % {"all": agreed, "metrics": words}
            if agreed == len(self.lines) > 1
            else ngettext(
                "%(agreed)s of %(all)s %(metrics)s has an agreed path.",
                "%(agreed)s of %(all)s %(metrics)s have an agreed path.",
                agreed,
            ) % {"agreed": agreed, "all": len(self.lines), "metrics": words}
        ]  # fmt: skip
        if ending:
            said.append(ngettext(
                "%(count)s ends within 12 months.", "%(count)s end within 12 months.", ending
            ) % {"count": ending})  # fmt: skip
        return " ".join(said)


def trajectory_list(system: System, code: str) -> TrajectoryList | None:
    """The page of one segment; None where no segment has this code. Queries do not grow."""
    segments = list(Segment.objects.filter(system=system))
    segment = next((row for row in segments if row.code == code), None)
    if segment is None and segments and code != "all":
        return None
    metrics = Metric.objects.filter(system=system).active()
    series = {row.metric_id: row for row in Series.objects.filter(segment=segment)}
    paths = paths_by_series([row.pk for row in series.values()])
    lines = []
    for metric in metrics:
        metric.system = system
        row = series.get(metric.pk)
        whole = segment is None or segment.is_whole
        if row is not None or whole:
            lines.append(line_of(metric, segment, row, paths))
    return TrajectoryList(system, segment, lines, segments)


def paths_by_series(keys: list[int]) -> dict[int, list[Trajectory]]:
    """Paths in force and drafts of these series, with how many doubts about each are open."""
    open_doubts = Count("challenges", filter=Q(challenges__answered_at=None))
    rows = Trajectory.objects.filter(
        series__in=keys, status__in=[Agreement.AGREED, Agreement.DRAFT]
    )
    found: dict[int, list[Trajectory]] = defaultdict(list)
    for row in rows.select_related("target").annotate(doubts=open_doubts):
        found[row.series_id].append(row)
    return found


def line_of(
    metric: Metric, segment: Segment | None, series: Series | None,
    paths: dict[int, list[Trajectory]],
) -> Line:  # fmt: skip
    rows = paths.get(series.pk, []) if series else []
    if series is not None and segment is not None:
        # Known already; nothing need be asked again.
        series.metric, series.segment = metric, segment
        for row in rows:
            row.series = series
    agreed = next((row for row in rows if row.status == Agreement.AGREED), None)
    drafts = [
        Draft(row.version, address_of("draft", row), draft_state(row))
        for row in rows
        if row.status == Agreement.DRAFT
    ]
    return Line(metric, segment, agreed, drafts, ends_soon(metric, agreed, metric.system.today()))


def draft_state(row: Trajectory) -> str:
    """“sent for challenge on 3 Mar 2025, 2 challenges open”."""
    if row.sent_at is None:
        return _("not sent for challenge yet")
    said = _("sent for challenge on %(day)s") % {"day": date_format(row.sent_at, "j M Y")}
    doubts: int = row.doubts  # type: ignore[attr-defined]
    if not doubts:
        return said
    open_ones = ngettext("%(count)s challenge open", "%(count)s challenges open", doubts)
    return f"{said}, {open_ones % {'count': doubts}}"


def ends_soon(metric: Metric, agreed: Trajectory | None, today: date) -> bool:
    """Whether the target is due within a year, or was."""
    if agreed is None:
        return False
    frequency = periods.Frequency(metric.frequency)
    k = periods.ordinal(frequency, agreed.target.due, metric.year_starts)
    return (periods.end(frequency, k, metric.year_starts) - today).days <= SOON
