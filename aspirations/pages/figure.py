"""The track of a series as rows of a table and as a chart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from aspirations.analysis import periods, trajectories
from aspirations.analysis.arrays import Float
from aspirations.analysis.engine import Track
from aspirations.analysis.trajectories import Path
from aspirations.charts.drawing import Drawing
from aspirations.charts.evidence import axis_ends, evidence_figure
from aspirations.charts.evidence_drawing import Scene, drawings
from aspirations.charts.flags import Marked
from aspirations.charts.parts import Ahead, Words, escaped
from aspirations.models import Judgment, Metric, Trajectory
from aspirations.pages.runs import runs
from aspirations.pages.ticks import ticks
from aspirations.sentences import (
    aim_text,
    bare,
    gap_text,
    has_band,
    is_nothing,
    period_text,
    range_text,
    short_text,
    signed,
    size_text,
    value_text,
)
from aspirations.sentences.signals import limits_text, signal_text


@dataclass(frozen=True)
class Row:
    """One period of the table, in words."""

    period: str
    actual: str
    path: str
    gap: str
    limits: str
    around: str
    inside: str
    is_outside: bool
    signal: str
    starts_stretch: bool
    is_missing: bool
    is_latest: bool


@dataclass
class Drawn:
    """A track with what is needed to print it."""

    metric: Metric
    track: Track
    judgment: Judgment | None
    target: tuple[date, float] | None
    before: Sequence[Path] = ()
    """Paths that were in force earlier."""
    events: Sequence[Marked] = ()

    @cached_property
    def ghosts(self) -> list[Float]:
        """The earlier paths over the columns, each up to its own target; none for a band."""
        if self.band is not None:
            return []
        first, width = self.track.first, self.track.actual.shape[1]
        k = np.arange(first, first + width)
        drawn = trajectories.expected(self.before, first, width)
        return [
            np.where(k <= path.k1, line, np.nan)
            for path, line in zip(self.before, drawn, strict=True)
        ]

    @cached_property
    def days(self) -> list[date]:
        """First day of each column."""
        frequency = periods.Frequency(self.metric.frequency)
        return [
            periods.start(frequency, self.track.first + column, self.metric.year_starts)
            for column in range(self.track.actual.shape[1])
        ]

    @cached_property
    def columns(self) -> range:
        """Columns from the first to the latest observation; empty where nothing is observed."""
        observed = np.flatnonzero(np.isfinite(self.track.actual[0]))
        return range(int(observed[0]), int(observed[-1]) + 1) if observed.size else range(0)

    @property
    def observed(self) -> int:
        """Number of figures, missing periods left out."""
        return int(np.isfinite(self.track.actual[0]).sum())

    @cached_property
    def new_stretches(self) -> set[int]:
        """Columns at which new natural limits start; the first stretch is not new."""
        return {int(limits["start"]) - self.track.first for limits in self.track.limits[0][1:]}

    @property
    def first_day(self) -> date | None:
        return self.days[self.columns[0]] if self.columns else None

    @property
    def latest_day(self) -> date | None:
        return self.days[self.columns[-1]] if self.columns else None

    @property
    def ahead(self) -> Ahead | None:
        if self.target is None:
            return None
        told = self.judgment
        if told is None or told.forecast is None:
            return Ahead(*self.target)
        return Ahead(*self.target, told.forecast, told.likely_low, told.likely_high)

    def rows(self) -> list[Row]:
        """Oldest first. A missing period has its row only where a figure was expected."""
        return [self._row(column) for column in self.columns if self._is_expected(column)]

    def _is_expected(self, column: int) -> bool:
        months = self.metric.expected_months
        known = bool(np.isfinite(self.track.actual[0, column]))
        return known or not months or self.days[column].month in months

    def _row(self, column: int) -> Row:
        metric, track = self.metric, self.track
        actual = finite(track.actual[0, column])
        return Row(
            period=period_text(metric, self.days[column]),
            actual=bare(metric, actual),
            path=bare(metric, finite(track.expected[0, column])),
            gap=signed(metric, finite(track.gap[0, column])),
            limits=range_text(
                metric, finite(track.lower[0, column]), finite(track.upper[0, column])
            ),
            around=range_text(metric, finite(track.low[0, column]), finite(track.high[0, column])),
            inside=self._inside(column),
            is_outside=self._inside(column) not in ("", _("Inside")),
            signal=self.signal(column),
            starts_stretch=column in self.new_stretches,
            is_missing=actual is None,
            is_latest=column == self.columns[-1],
        )

    def _inside(self, column: int) -> str:
        """Whether the figure lies in the range around the path; nothing where there is none."""
        track = self.track
        actual, low, high = (
            finite(line[0, column]) for line in (track.actual, track.low, track.high)
        )
        if actual is None or low is None or high is None:
            return ""
        if low <= actual <= high:
            return _("Inside")
        return _("Above") if actual > high else _("Below")

    def signal(self, column: int) -> str:
        """The point's signal in words, and where new limits start."""
        track = self.track
        code = str(track.signal[0, column])
        above = bool(track.actual[0, column] > track.centre[0, column])
        reading = str(track.reading[0, column])
        return signal_text(code, reading, above=above, rising=self._rising(code, reading))

    def signals(self) -> list[str]:
        """Each run of points with the same signal in words, with its periods; latest first."""
        seen = np.isfinite(self.track.actual[0])
        told = ((column, self.signal(column)) for column in self.columns if seen[column])
        return runs(self.metric, self.days, told)

    def _rising(self, code: str, reading: str) -> bool | None:
        """The slope of a trend, from whether it is good and which way is better."""
        if code != "trend" or not self.metric.sign or reading not in ("improving", "deteriorating"):
            return None
        return (reading == "improving") == (self.metric.sign > 0)

    def chart(self) -> dict[str, Any] | None:
        """The plotly figure; None where there is neither a figure nor a path to draw."""
        if not self.columns and self.target is None:
            return None
        return evidence_figure(
            self.track, self.days, self.ahead, self._words(), band=self.band, ghosts=self.ghosts,
            events=self.events,
        )  # fmt: skip

    def drawings(self) -> list[Drawing]:
        """The same as SVG, wide and narrow; none where there is nothing to draw."""
        if not self.columns and self.target is None:
            return []
        named = ticks(self.metric, self.days[0], self.days[-1])
        return drawings(Scene(
            self.track, self.days, self.ahead, self._words(), named, self.events, self.band,
            self.ghosts,
        ))  # fmt: skip

    @property
    def has_range(self) -> bool:
        """Whether the path was planned with a low and a high end."""
        return self.band is None and bool(np.isfinite(self.track.low[0]).any())

    @property
    def band(self) -> tuple[float, float] | None:
        """The edges that a promised band stands between; None where there is a path or nothing."""
        low, high = self.metric.band_low, self.metric.band_high
        if self.target is None or low is None or high is None:
            return None
        return low, high

    def axis_ends(self) -> tuple[float, float]:
        return axis_ends(self.track, self.ahead, self.band, ghosts=self.ghosts)

    def _words(self) -> Words:
        metric, judgment = self.metric, self.judgment
        latest = finite(self.track.actual[0, self.columns[-1]]) if self.columns else None
        return Words(
            actual=escaped(_("%(value)s actual") % {"value": short_text(metric, latest)}),
            path=escaped(_("Band") if has_band(metric) else _("Path")),
            target=self._end(_("Target"), self.target[1]) if self.target else "",
            forecast=self._forecast(judgment),
            suffix="%" if metric.unit == "%" else "",
            hover=[escaped(text) for text in self._hover()],
            limits=[
                escaped(limits_text(metric, limits, first=place == 0))
                for place, limits in enumerate(self.track.limits[0])
            ],
            gap=self._gap(),
            earlier=[
                _("Before: %(target)s") % {"target": self._goal(path.target)}
                for path in self.before
            ],
        )

    def _gap(self) -> str:
        """“2.1 points behind path” beside the latest figure; nothing on the path itself."""
        gap = finite(self.track.gap[0, self.columns[-1]]) if self.columns else None
        if gap is None or self.band is not None or is_nothing(self.metric, gap):
            return ""
        words = _("%(size)s ahead of path") if gap > 0 else _("%(size)s behind path")
        return words % {"size": size_text(self.metric, gap)}

    def _end(self, name: str, value: float) -> str:
        due = period_text(self.metric, self.target[0]) if self.target else ""
        return f"{escaped(name)} {escaped(self._goal(value))}<br>{escaped(due)}"

    def _goal(self, value: float) -> str:
        return (
            aim_text(self.metric, value)
            if len(self.metric.unit) <= 3 or has_band(self.metric)
            else bare(self.metric, value)
        )

    def _forecast(self, judgment: Judgment | None) -> str:
        if judgment is None or judgment.forecast is None:
            return ""
        head = _("Forecast %(value)s") % {"value": short_text(self.metric, judgment.forecast)}
        likely = range_text(self.metric, judgment.likely_low, judgment.likely_high)
        return f"{escaped(head)}<br>{escaped(likely)}"

    def _hover(self) -> Iterator[str]:
        """One line per column: period, value, and how it stands against the path."""
        for column, day in enumerate(self.days):
            actual = finite(self.track.actual[0, column])
            gap = finite(self.track.gap[0, column])
            parts = [period_text(self.metric, day), value_text(self.metric, actual)]
            if gap is not None:
                parts.append(gap_text(self.metric, gap))
            yield ": ".join(parts[:2]) + "".join(f", {part}" for part in parts[2:])


def aim(metric: Metric, path: Trajectory) -> tuple[date, float]:
    """Period and height of the target; a band is aimed at by its edge nearest to the baseline."""
    edge = nearest_edge(metric, path.baseline.value)
    return path.target.due, path.target.value if edge is None else edge


def nearest_edge(metric: Metric, value: float) -> float | None:
    """The edge of the metric's band nearest to a value, the upper one in the middle."""
    low, high = metric.band_low, metric.band_high
    if low is None or high is None:
        return None
    return low if value - low < high - value else high


def finite(value: Any) -> float | None:
    """A float, or None where the array holds NaN."""
    return float(value) if np.isfinite(value) else None
