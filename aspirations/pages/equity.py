"""The gap of one group to a reference over time: chosen, drawn, tabled."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from aspirations.analysis import equity, periods
from aspirations.analysis.arrays import Float
from aspirations.charts.axis import value_range
from aspirations.charts.drawing import Drawing, Tick
from aspirations.charts.gaps import GapLine, gap_drawings, gap_figure
from aspirations.charts.parts import escaped
from aspirations.models import Metric
from aspirations.models.metrics import WHOLE
from aspirations.pages.multiples import Choice, band_of
from aspirations.pages.segments import Other, Segments
from aspirations.pages.ticks import ticks
from aspirations.sentences import bare, gaps, has_aim, has_band, period_text, signed, size_text
from aspirations.services.beside import Beside

BEST = "best"
"""The reference that is the best group of the dimension, in each period anew."""
SHOWN = 12


@dataclass(frozen=True)
class GapRow:
    """One period of the table, in words; `best` names the reference where it is the best group."""

    period: str
    reference: str
    group: str
    absolute: str
    relative: str
    best: str
    is_latest: bool


@dataclass
class Compared:
    """Which group is held against which reference, before any figure is read."""

    metric: Metric
    segments: Segments
    asked_group: str
    asked_reference: str
    here: str = ""
    """Segment of the page, which is the group unless another is asked for."""

    @cached_property
    def group(self) -> Other | None:
        """The one asked for, else the page's own, else the worst."""
        found = {row.code: row for row in self.segments.others}
        worst = self.segments.others[0] if self.segments.others else None
        return found.get(self.asked_group) or found.get(self.here) or worst

    @cached_property
    def peers(self) -> list[Other]:
        """The other groups that are cut the same way, by name."""
        if self.group is None:
            return []
        rows = (
            row
            for row in self.segments.others
            if row.dimension == self.group.dimension and row.key != self.group.key
        )
        return sorted(rows, key=lambda row: row.name)

    @cached_property
    def reference(self) -> str:
        """A code, `all` or `best`; the whole system unless it has no figures of its own."""
        known = {row.code for row in self.peers}
        if self.asked_reference in known or (self.asked_reference == BEST and self.has_best):
            return self.asked_reference
        if self.segments.whole or not known:
            return WHOLE
        return BEST if self.has_best else self.peers[0].code

    @property
    def has_best(self) -> bool:
        """Whether one group can be called the best: there is a direction and a peer."""
        return bool(self.peers) and has_aim(self.metric)

    @property
    def is_known(self) -> bool:
        """Whether group and reference are what the address asked for."""
        return self.asked_group in ("", self.group.code if self.group else "") and (
            self.asked_reference in ("", self.reference)
        )

    @cached_property
    def against(self) -> list[Other]:
        """The series that make up the reference; none where there is nothing to compare with."""
        if self.reference == BEST and self.group:
            return [self.group, *self.peers]
        if self.reference == WHOLE:
            return [self.segments.whole] if self.segments.whole else []
        return [row for row in self.peers if row.code == self.reference]

    @property
    def keys(self) -> list[int]:
        if self.group is None or not self.against:
            return []
        return [self.group.key, *(row.key for row in self.against)]

    def groups(self) -> list[Choice]:
        here = self.group.code if self.group else ""
        rows = sorted(self.segments.others, key=lambda row: row.name)
        return [Choice(row.code, row.name, row.code == here) for row in rows]

    def references(self) -> list[Choice]:
        found = []
        if self.segments.whole:
            found.append((WHOLE, self.segments.whole.name))
        if self.has_best:
            found.append((BEST, _("the best group")))
        found += [(row.code, row.name) for row in self.peers]
        return [Choice(code, name, code == self.reference) for code, name in found]

    @property
    def reference_name(self) -> str:
        if self.reference == BEST:
            return _("the best group")
        return self.against[0].name if self.against else ""


@dataclass
class EquityPanel:
    """The gap over time, from figures that were read together."""

    metric: Metric
    compared: Compared
    beside: Beside
    baseline: date | None
    show_all: bool = False

    @cached_property
    def days(self) -> list[date]:
        frequency, starts = periods.Frequency(self.metric.frequency), self.metric.year_starts
        width = self.beside.block.width
        return [periods.start(frequency, self.beside.first + k, starts) for k in range(width)]

    @cached_property
    def _reference(self) -> tuple[Float, list[int | None]]:
        """Values of the reference, and which of its series gave each."""
        rows = [self.beside.actual(row.key) for row in self.compared.against]
        if self.compared.reference == BEST:
            return equity.best(rows, self.metric.sign, band_of(self.metric))
        return rows[0], [0] * self.beside.block.width

    @cached_property
    def gap(self) -> equity.Gap:
        group = self.compared.group
        assert group is not None  # a panel is made only for a group
        reference, _leaders = self._reference
        values = self.beside.actual(group.key)
        return equity.gap(reference, values, self.metric.sign, band_of(self.metric))

    @cached_property
    def start(self) -> int | None:
        """The period from which the gap is counted: the baseline's, or the first that has one."""
        days = self.days
        column = next(
            (n for n, day in enumerate(days) if self.baseline and day >= self.baseline), 0
        )
        return equity.nearest_known(self.gap, column)

    # ------------------------------------------------------------- in words
    @property
    def group_name(self) -> str:
        return self.compared.group.name if self.compared.group else ""

    @property
    def finding(self) -> str:
        return gaps.finding(
            self.metric, self.gap, self.days, self.start, self.group_name,
            self.compared.reference_name,
        )  # fmt: skip

    @property
    def relative_finding(self) -> str:
        return gaps.relative_text(self.gap, self.start) if self.gap.known else ""

    @property
    def has_aim(self) -> bool:
        return has_aim(self.metric)

    @property
    def has_band(self) -> bool:
        return has_band(self.metric)

    # ------------------------------------------------------------- drawn
    def absolute_drawings(self) -> list[Drawing]:
        return gap_drawings(self._absolute)

    def relative_drawings(self) -> list[Drawing]:
        return gap_drawings(self._relative)

    def absolute_chart(self) -> dict[str, Any] | None:
        """The plotly figure of the same gap; None where there is nothing to draw."""
        return gap_figure(self._absolute)

    def relative_chart(self) -> dict[str, Any] | None:
        return gap_figure(self._relative)

    @property
    def _absolute(self) -> GapLine:
        return self._line(self.gap.absolute, 0.0, self._size)

    @property
    def _relative(self) -> GapLine:
        return self._line(self.gap.relative, 1.0, gaps.ratio_text)

    def _line(self, values: Float, none: float, words: Callable[[float | None], str]) -> GapLine:
        shown, days = self._shown(values), self.days[self._seen]
        then, now = ends_of(shown)
        hover = [
            escaped(f"{period_text(self.metric, day)}: {words(float(value))}")
            if np.isfinite(value)
            else ""
            for day, value in zip(days, shown, strict=True)
        ]
        return GapLine(
            days, shown, none, self._ticks(), "", _("No gap"), words(then), words(now), hover
        )

    @property
    def relative_note(self) -> str:
        """The relative axis is drawn around one; where it leaves nought out, that is said."""
        drawn = [value for value in self._shown(self.gap.relative).tolist() if value == value]
        return _("The axis does not start at zero.") if drawn and self._leaves_nought(drawn) else ""

    @staticmethod
    def _leaves_nought(drawn: list[float]) -> bool:
        return value_range([*drawn, 1.0])[0] > 0

    def _size(self, value: float | None) -> str:
        if value is None:
            return ""
        return f"{'−' if value < 0 else ''}{size_text(self.metric, value)}"

    @cached_property
    def _seen(self) -> slice:
        known = self.gap.known
        return slice(known[0], known[-1] + 1) if known else slice(0, 0)

    def _shown(self, values: Float) -> Float:
        return values[self._seen]

    def _ticks(self) -> list[Tick]:
        days = self.days[self._seen]
        return ticks(self.metric, days[0], days[-1]) if days else []

    # ------------------------------------------------------------- as a table and a file
    def table(self) -> list[GapRow]:
        """Periods that have both figures, or one of them; oldest first."""
        rows = [self._row(column) for column in self._columns()]
        return rows if self.show_all else rows[-SHOWN:]

    @property
    def hidden_rows(self) -> int:
        return max(0, len(self._columns()) - SHOWN) if not self.show_all else 0

    def _columns(self) -> list[int]:
        either = np.isfinite(self.gap.reference) | np.isfinite(self.gap.group)
        return [int(column) for column in np.flatnonzero(either)]

    def _row(self, column: int) -> GapRow:
        reference, group, absolute, relative = self._values(column)
        return GapRow(
            period=period_text(self.metric, self.days[column]),
            reference=bare(self.metric, reference), group=bare(self.metric, group),
            absolute=signed(self.metric, absolute), relative=gaps.ratio_text(relative),
            best=self._best(column),
            is_latest=bool(self.gap.known) and column == self.gap.known[-1],
        )  # fmt: skip

    def _best(self, column: int) -> str:
        if self.compared.reference != BEST:
            return ""
        leader = self._reference[1][column]
        return "" if leader is None else self.compared.against[leader].name

    def _values(self, column: int) -> list[float | None]:
        found = (self.gap.reference, self.gap.group, self.gap.absolute, self.gap.relative)
        return [known(line, column) for line in found]

    def file_rows(self) -> Iterator[list[object]]:
        """Label, first day, the two values, the two gaps and the name of the best group."""
        frequency = periods.Frequency(self.metric.frequency)
        for column in self._columns():
            day = self.days[column]
            label = periods.label(frequency, day, self.metric.year_starts)
            values = ["" if value is None else value for value in self._values(column)]
            yield [label, day.isoformat(), *values, self._best(column)]


def known(line: Float, column: int) -> float | None:
    return float(line[column]) if np.isfinite(line[column]) else None


def ends_of(values: Float) -> tuple[float | None, float | None]:
    """The first and the last value that is known."""
    found: Sequence[float] = values[np.isfinite(values)].tolist()
    return (found[0], found[-1]) if found else (None, None)
