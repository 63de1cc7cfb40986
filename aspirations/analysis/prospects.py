"""What would move it: the value of the next period that earns the next better light.

The same filter and the same weighing are run with a candidate value in the next expected
period, and the candidate is narrowed down by halving until the light just turns. The answer
is always on the side that earns the light.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

import numpy as np

from aspirations.analysis import aims, forecast, lights, stretches, trajectories, variance
from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.block import Block
from aspirations.analysis.forecast import Course, Replay
from aspirations.analysis.periods import PER_YEAR
from aspirations.analysis.season import SEASONAL, seasons

HALVINGS = 50
REACH = 1e3
"""Largest step looked at, in units of noise, planned change and present gap together."""
MARGIN = 1e-9
"""How far, in the same units, the answer stays on the better side of the turning point."""


@dataclass(frozen=True)
class Prospect:
    """Each array (n,): NaN and −1 where nothing better can be asked for."""

    value: Float
    light: Int
    none_suffices: Bool


def prospects(
    block: Block, panel: Panel, course: Course, column: Int, following: Int, light: Int
) -> Prospect:
    """Solve for rows with a light below Green.

    `column` (n,) is the latest observed column, `following` the next expected ordinal.
    """
    n = len(block)
    wanted = (light >= 0) & (light < lights.GREEN)
    found = Prospect(np.full(n, np.nan), np.full(n, lights.NOT_JUDGED), np.zeros(n, dtype=bool))
    seasonal = _seasonal(block, panel)
    _solve_rows(found, Plain, wanted & ~seasonal, block, panel, course, column, following, light)
    for k in np.unique(following[wanted & seasonal]).tolist():
        same = wanted & seasonal & (following == k)
        _solve_rows(found, Seasonal, same, block, panel, course, column, following, light)
    return found


def _seasonal(block: Block, panel: Panel) -> Bool:
    """Rows whose next light may rest on seasonal indices."""
    if block.policy.season == "off" or block.frequency not in SEASONAL:
        return np.zeros(len(block), dtype=bool)
    own = panel.stretch == panel.stretch[:, -1:]
    points = (own & ~np.isnan(panel.actual)).sum(axis=1)
    return np.asarray(points + 1 >= block.policy.season_years * PER_YEAR[block.frequency])


class Trial(ABC):
    """Candidate values for some rows, weighed as if they had been observed next."""

    def __init__(
        self, block: Block, panel: Panel, course: Course, rows: Int, column: Int, following: Int
    ) -> None:
        self.policy, self.rows, self.column, self.following = block.policy, rows, column, following
        self.part, self.panel = panel.rows(rows), panel
        self.bounds = block.bounds[rows]
        self.state = course.state(rows, column)
        self.expected = _expected_next(block, self.part, rows, following)
        self.opens = _opens(block, panel, rows, column, following)

    @abstractmethod
    def light(self, value: Float) -> Int:
        """The light (n,) that each candidate would earn."""

    def mean_range(self, value: Float) -> Float:
        return stretches.extended_mean(self.part.ranges, value, self.opens, self.policy)

    def bracket(self) -> tuple[Float, Float]:
        """The worst and the best value to look at."""
        goal = self.part.aims
        latest = self.part.actual[np.arange(len(self.rows)), self.column]
        spread = np.nan_to_num(forecast.noise_of(self.state.errors, goal, self.policy))
        scale = spread + np.abs(self.state.level) + np.abs(goal.planned)
        scale = scale + np.abs(latest - self.expected) + np.abs(latest - goal.baseline)
        scale = REACH * np.where(scale > 0, scale, np.fmax(np.abs(latest), 1.0))
        banded = variance.is_band(goal.band)
        edge = variance.nearest_edge(latest, goal.band)
        way = np.where(banded, np.where(edge == goal.band[:, 0], 1, -1), goal.sign)
        best = np.where(banded, edge, self.expected + way * scale)
        worst = np.where(banded, edge, self.expected) - way * scale
        return _held(worst, self.bounds), _held(best, self.bounds)


class Plain(Trial):
    """No season: one step of the filter from the state just before the next period."""

    def __init__(
        self, block: Block, panel: Panel, course: Course, rows: Int, column: Int, following: Int
    ) -> None:
        super().__init__(block, panel, course, rows, column, following)
        missing = following - (panel.first + column) - 1
        for step in range(int(missing.max(initial=0))):
            ahead = self.state.copy()
            ahead.follow(np.full(len(rows), np.nan), self.policy)
            waits = step < missing
            self.state.level = np.where(waits, ahead.level, self.state.level)
            self.state.drift = np.where(waits, ahead.drift, self.state.drift)

    def light(self, value: Float) -> Int:
        state = self.state.copy()
        goal = self.part.aims
        state.follow(variance.gap(value, self.expected, goal.sign, goal.band), self.policy)
        return _weighed(self, state, value, np.zeros(len(value)))


class Seasonal(Trial):
    """The value also moves the seasonal indices, so the filter runs from the baseline.

    Indices, gaps and errors are linear in the value (a gap to a band is not, and is replayed
    every time), so two runs say what every value would lead to. All rows share `following`.
    """

    def __init__(
        self, block: Block, panel: Panel, course: Course, rows: Int, column: Int, following: Int
    ) -> None:
        super().__init__(block, panel, course, rows, column, following)
        self.frequency = block.frequency
        self.wide = _widened(block, rows, following)
        self.bent = bool(variance.is_band(self.part.aims.band).any())
        self.unit = np.fmax(np.abs(self.part.aims.planned), 1.0)
        self.origin = self.expected
        self.base = self._replayed(self.origin)
        self.moved = self._replayed(self.origin + self.unit)

    def light(self, value: Float) -> Int:
        told = self._replayed(value) if self.bent else self._between(value)
        errors = forecast.Errors(np.zeros(len(value)), np.zeros(len(value)))
        for error in told.errors:
            errors.add(error, self.policy)
        state = forecast.State(told.level, told.drift, errors)
        return _weighed(self, state, value, told.shift)

    def _between(self, value: Float) -> Replay:
        share = (value - self.origin) / self.unit
        return Replay(
            **{
                name: base + share * (getattr(self.moved, name) - base)
                for name, base in vars(self.base).items()
            }
        )

    def _replayed(self, value: Float) -> Replay:
        column = int(self.following[0]) - self.wide.first
        actual = self.wide.actual.copy()
        actual[:, column] = value
        panel = replace(self.wide, actual=actual)
        found = seasons(panel, self.frequency, self.policy, np.array([column]))
        return forecast.replay(panel, self.policy, found, column)


def _weighed(trial: Trial, state: forecast.State, value: Float, shift: Float) -> Int:
    reading = lights.weigh(
        state,
        trial.following,
        value,
        shift,
        trial.expected,
        trial.mean_range(value),
        trial.part.aims,
        trial.policy,
    )
    return reading.light


def _solve_rows(
    found: Prospect,
    kind: type[Trial],
    wanted: Bool,
    block: Block,
    panel: Panel,
    course: Course,
    column: Int,
    following: Int,
    light: Int,
) -> None:
    rows = np.flatnonzero(wanted)
    if len(rows):
        trial = kind(block, panel, course, rows, column[rows], following[rows])
        _solve(found, trial, rows, light[rows] + 1)


def _solve(found: Prospect, trial: Trial, rows: Int, better: Int) -> None:
    """Halve between the worst and the best value, and end a hair on the better side."""
    worst, best = trial.bracket()
    enough = trial.light(best) >= better
    limit, hair = best, MARGIN * np.abs(best - worst) / REACH
    for _ in range(HALVINGS):
        middle = worst + (best - worst) / 2
        earns = trial.light(middle) >= better
        best, worst = np.where(earns, middle, best), np.where(earns, worst, middle)
    way = np.sign(limit - worst)
    best = np.where(np.abs(limit - best) > hair, best + way * hair, limit)
    found.value[rows] = np.where(enough, best, np.nan)
    found.light[rows] = np.where(enough, trial.light(best), lights.NOT_JUDGED)
    found.none_suffices[rows] = ~enough


def _held(values: Float, bounds: Float) -> Float:
    values = np.where(values < bounds[:, 0], bounds[:, 0], values)
    return np.where(values > bounds[:, 1], bounds[:, 1], values)


def _expected_next(block: Block, part: Panel, rows: Int, following: Int) -> Float:
    """T of the next expected period; for a band the target edge."""
    banded = variance.is_band(part.aims.band)
    paths = [block.paths[row] for row in rows.tolist()]
    drawn = trajectories.at(paths, following[:, None], block.bounds[rows])[:, 0]
    return np.where(banded, part.aims.target, drawn)


def _opens(block: Block, panel: Panel, rows: Int, column: Int, following: Int) -> Bool:
    """Rows in which a stretch starts between the latest observation and the next."""
    latest = panel.first + column
    return np.array(
        [
            any(since < k <= until for k in block.rebases[row])
            for row, since, until in zip(
                rows.tolist(), latest.tolist(), following.tolist(), strict=True
            )
        ],
        dtype=bool,
    )


def _widened(block: Block, rows: Int, following: Int) -> Panel:
    """The rows with empty columns up to the next expected period."""
    part = block.take(rows)
    missing = int(following.max()) + 1 - (block.first + block.width)
    empty = np.full((len(rows), max(missing, 0)), np.nan)
    return aims.panel(replace(part, actual=np.concatenate([part.actual, empty], axis=1)))
