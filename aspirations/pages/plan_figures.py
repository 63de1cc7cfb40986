"""What a path is made of, period by period: the arrays that are stacked, tabled and filed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from aspirations.analysis import honesty, periods, trajectories
from aspirations.analysis.arrays import Float
from aspirations.analysis.paths import Path
from aspirations.charts.parts import escaped
from aspirations.models import Metric, Trajectory
from aspirations.sentences import bare, is_nothing, period_text, signed
from aspirations.services.paths import stored_path


@dataclass(frozen=True)
class PeriodRow:
    """One period of the table, in words."""

    period: str
    still: str
    gains: list[str]
    season: str
    left: str
    path: str
    low: str
    high: str


@dataclass(frozen=True)
class PlanFigures:
    """The path from its baseline to its target, and what carries it; `names` of its gains."""

    metric: Metric
    path: Path
    names: Sequence[str]

    @property
    def width(self) -> int:
        return self.path.k1 - self.path.k0 + 1

    @cached_property
    def parts(self) -> honesty.Wedges:
        return honesty.wedges(self.path, self.path.k0, self.width)

    @cached_property
    def expected(self) -> Float:
        return trajectories.expected([self.path], self.path.k0, self.width)[0]

    @cached_property
    def edges(self) -> tuple[Float, Float]:
        """Lower and upper edge; not a number where the path has none."""
        low, high = trajectories.ranges([self.path], self.path.k0, self.width)
        return low[0], high[0]

    @property
    def ends(self) -> tuple[float, float] | None:
        """The range in which the path may end."""
        low, high = (float(edge[-1]) for edge in self.edges)
        return None if np.isnan((low, high)).any() else (low, high)

    @property
    def still(self) -> Float:
        """What would be without anything done: the baseline and its drift."""
        return self.path.baseline + self.parts.drift

    @property
    def has_season(self) -> bool:
        return any(not is_nothing(self.metric, float(value)) for value in self.parts.season)

    @property
    def has_range(self) -> bool:
        return bool(np.isfinite(self.edges[0]).any())

    @cached_property
    def days(self) -> list[date]:
        """First day of each period."""
        frequency, starts = periods.Frequency(self.metric.frequency), self.metric.year_starts
        return [periods.start(frequency, k, starts) for k in range(self.path.k0, self.path.k1 + 1)]

    def hover(self) -> list[list[str]]:
        """What each intervention adds in each period, then the path, for who points at them."""
        told = [[signed(self.metric, float(value)) for value in line] for line in self.parts.gains]
        told.append([bare(self.metric, float(value)) for value in self.expected])
        named = zip([*self.names, _("Path")], told, strict=True)
        return [
            [
                escaped(f"{name}, {period_text(self.metric, day)}: {words}")
                for day, words in zip(self.days, line, strict=True)
            ]
            for name, line in named
        ]

    # ------------------------------------------------------------- as a table and a file
    @property
    def heads(self) -> list[str]:
        """Names of the columns between period and path."""
        season = [_("Season")] if self.has_season else []
        return [_("Without anything done"), *self.names, *season, _("Not explained")]

    def table(self) -> list[PeriodRow]:
        return [self._row(column) for column in range(self.width)]

    def _row(self, column: int) -> PeriodRow:
        metric, parts = self.metric, self.parts
        low, high = (known(edge[column]) for edge in self.edges)
        return PeriodRow(
            period=period_text(metric, self.days[column]),
            still=bare(metric, float(self.still[column])),
            gains=[signed(metric, float(value)) for value in parts.gains[:, column]],
            season=signed(metric, float(parts.season[column])),
            left=signed(metric, float(parts.left[column])),
            path=bare(metric, float(self.expected[column])),
            low=bare(metric, low), high=bare(metric, high),
        )  # fmt: skip

    def file_rows(self) -> Iterator[list[object]]:
        """Label, first day, what would be, gains, season, not explained, path, low and high."""
        parts, (low, high) = self.parts, self.edges
        lines = [self.still, *parts.gains, parts.season, parts.left, self.expected, low, high]
        frequency, starts = periods.Frequency(self.metric.frequency), self.metric.year_starts
        for column, day in enumerate(self.days):
            label = periods.label(frequency, day, starts)
            found = (known(line[column]) for line in lines)
            yield [label, day.isoformat(), *("" if value is None else value for value in found)]


def plan_figures(metric: Metric, row: Trajectory) -> PlanFigures | None:
    """Of a version as it is stored; None where it cannot be drawn."""
    try:
        path = stored_path(metric, row)
    except ValidationError:
        return None
    return PlanFigures(metric, path, [effect.name for effect in path.effects])


def known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
