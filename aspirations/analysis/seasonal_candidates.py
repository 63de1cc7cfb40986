"""Candidate values that also move the seasonal indices they are seen through."""

from copy import copy
from dataclasses import dataclass

import numpy as np

from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.block import Block
from aspirations.analysis.candidates import Candidates, Question
from aspirations.analysis.filtering import Errors, State
from aspirations.analysis.season import Adjustments, adjustments_of, centred
from aspirations.analysis.story import Ground


class Seasonal(Candidates):
    """The value also moves the seasonal indices, so the filter runs from the baseline.

    Indices, gaps and errors are linear in the value (a gap to a band is not, and is replayed
    every time), so two runs say what every value would lead to. All rows share `following`.
    """

    def __init__(self, block: Block, ground: Ground, asked: Question) -> None:
        super().__init__(block, ground, asked)
        self.at = int(asked.following[0]) - ground.panel.first
        self.feed = ground.feed.rows(asked.rows)
        self.years = Years(ground, asked, self.opens, self.at)
        self.bent = bool(self.aims.banded.any())
        if not self.bent:
            self._draw_lines()

    def _draw_lines(self) -> None:
        """Two runs, and from them what each step gives for every value."""
        self.origin, self.unit = self.expected, np.fmax(np.abs(self.aims.planned), 1.0)
        told = self._replayed(np.stack([self.origin, self.origin + self.unit]))
        self.level, self.drift = told.state.level, told.state.drift
        self.adjusted = told.adjusted
        self.errors = np.stack([error[0] for error, _ in told.heard])
        self.slopes = np.stack([error[1] for error, _ in told.heard]) - self.errors
        counts = np.cumsum([counted for _, counted in told.heard], axis=0)
        self.count = counts[-1]
        counts = np.concatenate([np.zeros_like(counts[:1]), counts[:-1]])
        self.factors = self.policy.clip**2 / np.maximum(counts, 1.0)
        self.young = counts < self.policy.clip_after

    def part(self, keep: Bool) -> "Candidates":
        other, numbers = super().part(keep), np.flatnonzero(keep)
        assert isinstance(other, Seasonal)
        other.feed, other.years = self.feed.rows(numbers), self.years.rows(numbers)
        return other

    def after(self, value: Float) -> tuple[State, Float]:
        if self.bent:
            told = self._replayed(value[None])
            errors = Errors(told.state.errors.total[0], told.state.errors.count)
            return State(told.state.level[0], told.state.drift[0], errors), told.adjusted[0]
        share = (value - self.origin) / self.unit
        level, drift, adjusted = (
            pair[0] + share * (pair[1] - pair[0])
            for pair in (self.level, self.drift, self.adjusted)
        )
        return State(level, drift, Errors(self._total(share), self.count)), adjusted

    def _total(self, share: Float) -> Float:
        """Sum of the squared errors, each clipped by those before it."""
        total = np.zeros(len(share))
        young: Bool = np.asarray(self.young.any(axis=1))
        for number, slope in enumerate(self.slopes):
            square = share * slope
            square += self.errors[number]
            square *= square
            limit = total * self.factors[number]
            if young[number]:
                limit[self.young[number]] = np.inf
            total += np.minimum(square, limit, out=limit)
        return total

    def _replayed(self, values: Float) -> "Replay":
        """The filter up to the next period for each of some values (moments, n)."""
        adjustments, n = self.years.adjustments(values), values.shape[1]
        nothing = np.zeros(values.shape)
        state = State(nothing, nothing, Errors(nothing, np.zeros(n)))
        heard = list(self.feed.before.errors(adjustments))
        for error, counted in heard:
            state.errors.take(error, counted, self.policy)
        known = len(self.feed.gap)
        for column in range(self.feed.begin, min(self.at, known)):
            gap, seen = self.feed.adjusted(column, adjustments.at(column)), self.feed.seen[column]
            heard.append((state.follow(gap, seen, self.policy), seen))
        for _ in range(known, self.at):
            state.wait(self.policy)
        moved, seen = adjustments.at(self.at), np.ones(n)
        straight = self.gap(values) + moved
        adjusted = np.where(self.aims.banded, self.gap(values + moved), straight)
        heard.append((state.follow(adjusted, seen, self.policy), seen))
        return Replay(state, adjusted, heard)


class Years:
    """The seasonal indices at the next period, as its value moves them.

    Only one deviation rests on that value: that of the period half a year before it.
    """

    def __init__(self, ground: Ground, asked: Question, opens: Bool, at: int) -> None:
        tally, panel, rows = ground.tally, ground.panel, asked.rows
        assert tally is not None
        self.at, self.first, self.seasons = at, panel.first, tally.seasons
        self.aims = panel.aims.rows(rows)
        window = _folded(at - tally.seasons // 2, tally.seasons, panel.width)
        total, years = (cells[window[:, None], rows] for cells in (tally.total, tally.years))
        stretch = panel.stretch[rows, asked.column]
        deviation = self._deviation(panel, rows, stretch)
        known = ~np.isnan(deviation) & ~opens
        total[-1] += np.where(known, deviation, 0.0)
        years[-1] += known
        self.total, self.years, self.moved = total, years, known * (-0.5 / tally.seasons)
        points = tally.points[asked.column, rows] + 1
        active = ~opens & (points >= ground.policy.season_years * tally.seasons)
        active &= (panel.stretch[rows, window.min()] == stretch) & (years >= 1).all(axis=0)
        self.active = active & self.aims.adjustable

    def _deviation(self, panel: Panel, rows: Int, stretch: Int) -> Float:
        """That of half a year before (n,), were the next value 0; NaN where there is none."""
        begin, half = self.at - self.seasons, self.seasons // 2
        year = panel.actual[rows, begin : self.at].T
        if len(year) < self.seasons:
            return np.full(len(rows), np.nan)
        whole = 0.5 * year[0]
        for value in year[1:]:
            whole = whole + value
        within = panel.stretch[rows, begin] == stretch
        return np.where(within, year[half] - whole / self.seasons, np.nan)

    def rows(self, keep: Int) -> "Years":
        """Those of some rows only."""
        other = copy(self)
        other.aims = self.aims.rows(keep)
        for name in ("total", "years", "moved", "active"):
            setattr(other, name, getattr(self, name)[..., keep])
        return other

    def adjustments(self, values: Float) -> Adjustments:
        """The indices under each of some values (moments, n)."""
        begin = self.first + self.at - self.seasons // 2 + 1
        season = (begin + np.arange(self.seasons)) % self.seasons
        index = np.zeros((self.seasons, *values.shape))
        for number, value in enumerate(values):
            total = self.total.copy()
            total[-1] += self.moved * value
            index[season, number] = self.active * self.aims.way * centred(total, self.years)
        active = np.broadcast_to(self.active, values.shape)
        columns = range(self.at, self.at + len(values))
        return adjustments_of(self.first, columns, self.aims, index, active)


def _folded(latest: int, seasons: int, width: int) -> Int:
    """Columns of one year up to `latest`, those behind the last one moved back by years."""
    columns = np.arange(latest - seasons + 1, latest + 1)
    behind = np.maximum(columns - (width - 1), 0)
    return np.asarray(columns - seasons * -(-behind // seasons))


@dataclass(frozen=True)
class Replay:
    """States (moments, n) after the next period, its gaps, and every error with its count."""

    state: State
    adjusted: Float
    heard: list[tuple[Float, Float]]
