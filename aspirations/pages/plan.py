"""The plan behind a path: its shape, what carries it, where the points come from, and doubts."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.analysis import honesty, periods
from aspirations.analysis.engine import Track
from aspirations.charts.wedges import NARROW, WIDE, Names, Stack, stack
from aspirations.charts.wedges_figure import wedges_figure
from aspirations.models import Effect, Metric, Overlap, Trajectory
from aspirations.models.agreements import Shape
from aspirations.pages.plan_figures import PlanFigures
from aspirations.pages.tabs import address
from aspirations.sentences import plans
from aspirations.services.honesty import plan_of

TICKS = 5


@dataclass(frozen=True)
class Work:
    """One line of the table of interventions."""

    name: str
    gain: str
    spread: str
    timing: str
    evidence: str
    owner: str
    funding: str
    status: str


@dataclass
class PlanWords(ABC):
    """What a page says of a path and of what carries it; nothing is asked of the database."""

    metric: Metric
    row: Trajectory
    effects: list[Effect]

    @property
    @abstractmethod
    def _plan(self) -> honesty.Plan: ...

    @cached_property
    def asked(self) -> list[honesty.Finding]:
        if not self.metric.sign:
            return []
        return honesty.findings(self._plan)

    @property
    def headline(self) -> str:
        return plans.plan_headline(self.metric, self.asked)

    @property
    def shape(self) -> str:
        return plans.shape_text(self.metric, self.row)

    @property
    def answers(self) -> list[plans.Said]:
        return plans.honesty_items(self.metric, self.asked)

    # ------------------------------------------------------------- what carries it
    @property
    def gain_title(self) -> str:
        unit = _("Points") if self.metric.unit == "%" else self.metric.unit
        year = self.row.target.due.year
        return _("%(unit)s by %(year)s") % {"unit": unit or _("Change"), "year": year}

    def works(self) -> list[Work]:
        return [self._work(effect) for effect in self.effects]

    def _work(self, effect: Effect) -> Work:
        metric, work = self.metric, effect.intervention
        return Work(
            name=work.name, gain=sentences.signed(metric, self._by_end(effect)),
            spread=sentences.range_text(metric, effect.low, effect.high),
            timing=plans.timing_text(metric, effect), evidence=plans.evidence_text(effect),
            owner=work.owner, funding=str(work.get_funding_display()),
            status=str(work.get_status_display()),
        )  # fmt: skip

    def _by_end(self, effect: Effect) -> float:
        return float(self._parts.gains[self.effects.index(effect), -1])

    @property
    def total(self) -> str:
        """“Explained so far, with drift of 0.4”."""
        drift = float(self._parts.drift[-1])
        if sentences.is_nothing(self.metric, drift):
            return _("Explained so far")
        return _("Explained so far, with drift of %(drift)s") % {
            "drift": sentences.bare(self.metric, drift)
        }

    @property
    def explained(self) -> str:
        known = self._parts
        return sentences.signed(self.metric, float(known.drift[-1] + known.gains[:, -1].sum()))

    @property
    def needed(self) -> str:
        return _("of %(needed)s needed") % {
            "needed": sentences.size_text(
                self.metric, self.row.target.value - self.row.baseline.value
            )
        }

    # ------------------------------------------------------------- where the points come from
    @cached_property
    def figures(self) -> PlanFigures:
        """The arrays behind the drawing, its table and its file."""
        names = [effect.intervention.name for effect in self.effects]
        return PlanFigures(self.metric, self._plan.path, names)

    @property
    def file(self) -> str:
        """Address of the same numbers, as this version is stored."""
        version = str(self.row.version)
        return address("plan_csv", self.metric, self.row.series.segment, version=version)

    @property
    def _parts(self) -> honesty.Wedges:
        return self.figures.parts

    @property
    def is_drawn(self) -> bool:
        """Whether there is anything to stack."""
        return bool(self.effects and self.metric.sign)

    def stacks(self) -> list[tuple[str, Stack]]:
        """The drawing for wide and for narrow pages."""
        if not self.is_drawn:
            return []
        path, figures = self._plan.path, self.figures
        return [
            (
                name,
                stack(
                    self._parts, path.baseline, path.target, figures.expected, self._names, size,
                    opens_at_end=path.shape == Shape.INTERVENTIONS, ends=figures.ends,
                ),
            )
            for name, size in (("wide", WIDE), ("narrow", NARROW))
        ]  # fmt: skip

    def chart(self) -> dict[str, Any]:
        """The same as a plotly figure."""
        path, figures = self._plan.path, self.figures
        return wedges_figure(
            figures.days, figures.parts, path.baseline, path.target, figures.expected,
            figures.hover(), self._names.suffix, ends=figures.ends,
        )  # fmt: skip

    @cached_property
    def _names(self) -> Names:
        metric, known = self.metric, self._parts
        left = float(known.left[-1])
        still = sentences.value_text(metric, self.row.baseline.value + float(known.drift[-1]))
        return Names(
            gains=[f"{work.gain} {work.name}" for work in self.works()],
            left=plans.left_text(metric, left, sign=metric.sign),
            target=_("Target %(value)s") % {"value": sentences.goal_text(metric, self._goal)},
            still=_("If nothing changed %(value)s") % {"value": still},
            ticks=list(self._ticks()),
            suffix="%" if metric.unit == "%" else "",
        )

    @property
    def _goal(self) -> float:
        value: float = self.row.target.value
        return value

    def _ticks(self) -> list[tuple[int, str]]:
        """A few periods from first to last, evenly apart, by name."""
        width = self.figures.width
        count = min(TICKS, width)
        steps = np.linspace(0, width - 1, count).round().astype(int).tolist()
        frequency = periods.Frequency(self.metric.frequency)
        first, year_starts = self._plan.path.k0, self.metric.year_starts
        days = [periods.start(frequency, first + step, year_starts) for step in steps]
        return [
            (step, sentences.period_text(self.metric, day))
            for step, day in zip(steps, days, strict=True)
        ]

    @property
    def caption(self) -> str:
        words = _("%(metric)s, %(first)s to %(last)s. Dashed line: the path. Hatched: no "
                  "intervention behind it.")  # fmt: skip
        return words % {
            "metric": self.metric.name,
            "first": sentences.period_text(self.metric, self.row.baseline.period),
            "last": sentences.period_text(self.metric, self.row.target.due),
        }


@dataclass
class PlanPanel(PlanWords):
    """The path in force, with what has been observed."""

    overlaps: list[Overlap]
    track: Track
    peers_best: float | None

    @cached_property
    def _plan(self) -> honesty.Plan:
        first, history = self.track.first, self._history
        return plan_of(self.row, self.effects, self.overlaps, first, history, self.peers_best)

    @property
    def _history(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        actual = self.track.actual[0]
        seen = np.flatnonzero(np.isfinite(actual))
        return np.asarray(actual[: int(seen[-1]) + 1] if seen.size else actual[:0])
