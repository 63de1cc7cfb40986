"""Who is gaining, and who is not: a small chart for each group, on one scale."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from aspirations.analysis import equity, periods
from aspirations.analysis.arrays import Float
from aspirations.charts.drawing import Drawing
from aspirations.charts.explored import Read
from aspirations.charts.multiples import common_axis, groups_figure, panel
from aspirations.charts.parts import escaped
from aspirations.models import Metric
from aspirations.pages.segments import Other, Segments
from aspirations.sentences import gaps, goal_text, period_text, short_text, value_text
from aspirations.services.beside import Beside

MOST = 12
"""Panels of a page; the table has the rest."""


@dataclass(frozen=True)
class Choice:
    """One of several, by its name in the address."""

    value: str
    title: str
    is_here: bool


@dataclass(frozen=True)
class Panel:
    """One group: its light, its chart, what the chart shows in words, and its gap to the whole."""

    code: str
    name: str
    light: str
    drawing: Drawing
    words: str
    caption: str
    is_here: bool


@dataclass(frozen=True)
class Group:
    """The groups that the panels show: chosen before any figure is read."""

    segments: Segments
    asked: str | None

    @cached_property
    def dimension(self) -> str | None:
        """The one asked for; None for all of them together, while they are few."""
        known = dict(self.segments.dimensions)
        if self.asked is not None and self.asked in known:
            return self.asked
        if self.segments.total <= MOST or not known:
            return None
        several = {name: count for name, count in known.items() if count > 1} or known
        return min(several, key=lambda name: (several[name], name))

    @cached_property
    def members(self) -> list[Other]:
        """All segments of the dimension, worst first."""
        rows = self.segments.others
        return [row for row in rows if self.dimension in (None, row.dimension)]

    @property
    def asked_members(self) -> list[Other]:
        """The segments of the dimension that was asked for; all where none was."""
        return self.members if self.dimension == self.asked else self.segments.others

    @property
    def shown(self) -> list[Other]:
        return self.members[:MOST]

    @property
    def rest(self) -> int:
        return len(self.members) - len(self.shown)

    @property
    def choices(self) -> list[Choice]:
        """The dimensions, where there is more than one; “all” while they are few."""
        named = [
            Choice(name, name or _("no dimension"), name == self.dimension)
            for name, _count in self.segments.dimensions
        ]
        return named if len(named) > 1 else []

    @property
    def has_all(self) -> bool:
        """Whether all groups together fit on the page."""
        return self.segments.total <= MOST


@dataclass
class Multiples:
    """The panels of a metric, from figures that were read together."""

    metric: Metric
    group: Group
    beside: Beside
    baseline: date | None
    """Period from which gaps are counted: that of the path, else the first with both figures."""
    here: str = ""

    @cached_property
    def days(self) -> list[date]:
        """First days of the periods that any panel shows; none where nothing is known of any."""
        frequency, starts = periods.Frequency(self.metric.frequency), self.metric.year_starts
        # TRAP: without figures there is no first period to count from.
        shown = range(self._seen.start, self._seen.stop)
        return [periods.start(frequency, self.beside.first + k, starts) for k in shown]

    @cached_property
    def _whole(self) -> Float | None:
        whole = self.group.segments.whole
        return self.beside.actual(whole.key) if whole else None

    @cached_property
    def _figures(self) -> Mapping[int, Float]:
        return {row.key: self.beside.actual(row.key) for row in self.group.shown}

    @cached_property
    def _seen(self) -> slice:
        """Columns from the first to the last figure that any panel shows."""
        rows = [*self._figures.values(), *([] if self._whole is None else [self._whole])]
        if not rows:
            return slice(0, 0)
        known = np.flatnonzero(np.isfinite(np.vstack(rows)).any(axis=0))
        return slice(int(known[0]), int(known[-1]) + 1) if known.size else slice(0, 0)

    @cached_property
    def _rows(self) -> list[Float]:
        """The figures of each panel over the periods that any of them shows."""
        return [figures[self._seen] for figures in self._figures.values()]

    @property
    def _pale(self) -> Float | None:
        return None if self._whole is None else self._whole[self._seen]

    @cached_property
    def axis(self) -> tuple[float, float, float] | None:
        """The scale of all panels; None where nothing is known of any."""
        if not self.days:
            return None
        return common_axis([*self._rows, *([] if self._pale is None else [self._pale])])

    @property
    def axis_note(self) -> str:
        """Where the scale begins, unless that is zero."""
        if self.axis is None or self.axis[0] <= 0 <= self.axis[1]:
            return ""
        start = goal_text(self.metric, self.axis[0])
        return _("The axis starts at %(start)s, not at zero.") % {"start": start}

    def panels(self) -> list[Panel]:
        if self.axis is None:
            return []
        return [
            self._panel(row, figures, self._pale, self.axis)
            for row, figures in zip(self.group.shown, self._rows, strict=True)
        ]

    def chart(self) -> dict[str, Any] | None:
        """The same figures to be pointed at; None where there is nothing to draw."""
        if self.axis is None:
            return None
        whole = self.group.segments.whole
        rows = zip(self.group.shown, self._rows, strict=True)
        return groups_figure(
            self.days, [self._read(row, figures) for row, figures in rows],
            None if whole is None or self._pale is None else self._read(whole, self._pale),
            self.axis, self._suffix,
        )  # fmt: skip

    def _read(self, row: Other, figures: Float) -> Read:
        """What each point says: “North, Jun 2024: 51.3%”."""
        told = (
            f"{row.name}, {period_text(self.metric, day)}: {value_text(self.metric, float(value))}"
            if np.isfinite(value)
            else ""
            for day, value in zip(self.days, figures, strict=True)
        )
        return Read(figures, [escaped(words) for words in told])

    @property
    def _suffix(self) -> str:
        return "%" if self.metric.unit == "%" else ""

    def _panel(
        self, row: Other, figures: Float, whole: Float | None, axis: tuple[float, float, float]
    ) -> Panel:
        days, suffix = self.days, self._suffix
        latest = last_known(figures)
        caption = self._caption(figures, whole)
        return Panel(
            code=row.code, name=row.name, light=row.light, caption=caption,
            drawing=panel(days, figures, whole, axis, short_text(self.metric, latest), suffix),
            words=self._words(row, figures, caption), is_here=row.code == self.here,
        )  # fmt: skip

    def _words(self, row: Other, figures: Float, caption: str) -> str:
        known = np.flatnonzero(np.isfinite(figures))
        if not known.size:
            return _("%(name)s: no figure.") % {"name": row.name}
        first, last = int(known[0]), int(known[-1])
        days = self.days
        words = _("%(name)s: %(now)s in %(latest)s, %(then)s in %(first)s. %(caption)s")
        return words % {
            "name": row.name, "caption": caption,
            "now": value_text(self.metric, float(figures[last])),
            "latest": period_text(self.metric, days[last]),
            "then": value_text(self.metric, float(figures[first])),
            "first": period_text(self.metric, days[first]),
        }  # fmt: skip

    def _caption(self, figures: Float, whole: Float | None) -> str:
        """“20.1 points behind the whole, was 17.3 in Jun 2024”."""
        if whole is None:
            return ""
        found = equity.gap(whole, figures, self.metric.sign, band_of(self.metric))
        if not found.known:
            return ""
        days = self.days
        start = next((n for n, day in enumerate(days) if self.baseline and day >= self.baseline), 0)
        return gaps.now_and_then(self.metric, found, days, equity.nearest_known(found, start))


def band_of(metric: Metric) -> tuple[float, float] | None:
    low, high = metric.band_low, metric.band_high
    return None if low is None or high is None else (low, high)


def last_known(figures: Float) -> float | None:
    known = figures[np.isfinite(figures)]
    return float(known[-1]) if known.size else None
