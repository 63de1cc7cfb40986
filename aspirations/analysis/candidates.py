"""Candidate values for the next expected period, weighed as if they had been observed."""

from abc import ABC, abstractmethod
from copy import copy
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from aspirations.analysis import aims, flows, forecast, lights, stretches, trajectories, variance
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.block import Block
from aspirations.analysis.filtering import Errors, State
from aspirations.analysis.lights import Cells
from aspirations.analysis.story import Ground
from aspirations.analysis.trajectories import Paths

REACH = 1e3
"""Largest step looked at, in units of noise, planned change and present gap together."""
LEAST = 1e-300
"""A likelihood that every finite outlook exceeds."""


@dataclass(frozen=True)
class Question:
    """Some rows of a block, their latest observed column and next expected ordinal, and the
    light asked for, each array (n,)."""

    rows: Int
    column: Int
    following: Int
    better: Int

    def part(self, keep: Bool) -> "Question":
        return Question(**{name: value[keep] for name, value in vars(self).items()})


class Candidates(ABC):
    """A value for each row of a question, (n,), and what it would earn."""

    def __init__(self, block: Block, ground: Ground, asked: Question) -> None:
        self.policy, self.asked, self.ground = ground.policy, asked, ground
        self.aims = ground.panel.aims.rows(asked.rows)
        self.ranges = ground.panel.ranges.rows(asked.rows)
        self.expected, self.plan = _expected_next(ground, asked, block.bounds[asked.rows])
        self.opens = _opens(block, ground, asked)
        self.base = _base_of_next(block, ground, asked)
        self.worst, self.best = self._bracket(block.bounds[asked.rows])
        self.way = np.where(self.best < self.worst, -1.0, 1.0)
        self.middle, self.far = self._outlying(block.bounds[asked.rows])
        self.least = self.worst
        self._prepare()

    def _prepare(self) -> None:
        """Everything of the outlook that does not depend on the candidate."""
        goal, policy, better = self.aims, self.policy, self.asked.better
        ahead = goal.k1 - self.asked.following
        self.damping = forecast.damping(ahead, policy.phi)
        self.growth = forecast.growth(ahead, policy)
        self.to_come = forecast.share_to_come(self.plan, self.asked.following, goal)
        still = np.where(goal.hold, 0.0, goal.planned) * self.to_come
        self.fixed = policy.delta * still + forecast.unexplained(goal)
        self.promised = policy.kappa * still
        rising = {
            name: policy.thresholds(name)[::-1] for name in ("likelihood", "distance", "hold")
        }
        asked = {name: np.array(values)[better - 1] for name, values in rising.items()}
        self.quantile = ndtri(np.maximum(asked["likelihood"] - lights.ROUNDING, LEAST))
        self.distance = asked["distance"] - lights.ROUNDING
        self.steps = asked["hold"] - lights.ROUNDING

    @abstractmethod
    def after(self, value: Float) -> tuple[State, Float]:
        """The state once each candidate is observed, and its gap with the season taken out."""

    def gap(self, value: Float) -> Float:
        return aims.gap(value, self.expected, self.aims)

    def mean_range(self, value: Float) -> Float:
        return stretches.extended_mean(self.ranges, value - self.base, self.opens, self.policy)

    def light(self, value: Float) -> Int:
        """The light (n,) that each candidate would earn."""
        state, adjusted = self.after(value)
        cells = Cells(
            state=state,
            k=self.asked.following,
            seen=np.ones(len(value), dtype=bool),
            gap=self.gap(value),
            adjusted=adjusted,
            plan=self.plan,
            mean_range=self.mean_range(value),
            aims=self.aims,
        )
        return lights.weigh(cells, self.policy).light

    def margin(self, value: Float) -> Float:
        """By how much each candidate earns its light, continuous in the value; negative: not.

        The inner part of the same rules, for finding the turning point quickly.
        """
        state, adjusted = self.after(value)
        goal, mean_range = self.aims, self.mean_range(value)
        spread = forecast.noise_of(state.errors, goal, self.policy)
        tolerance = forecast.shortfall(spread, goal, mean_range, self.policy)
        deviation = np.sqrt(spread * spread * self.growth + self.promised * self.promised)
        likely = state.level + state.drift * self.damping - self.fixed + tolerance
        likely = likely - self.quantile * deviation
        ended = self.asked.following >= goal.k1
        if ended.any() or np.isnan(likely).any():
            near = self._near(value, spread, mean_range)
            likely = np.where(np.isnan(likely), near, likely)
            met = adjusted + np.fmax(tolerance, np.where(goal.hold, tolerance, spread))
            met = met + lights.leeway(goal)
            best = np.where(self.asked.better <= lights.AMBER_RED, np.fmax(met, near), met)
            likely = np.where(ended, best, likely)
        return self._past_early(likely, state, spread, mean_range, ended)

    def _near(self, value: Float, spread: Float, mean_range: Float) -> Float:
        """Margin of the distance from the path, −1 where too few points forbid the light."""
        goal, gap = self.aims, self.gap(value)
        unit = np.where(mean_range > 0, mean_range / variance.RANGE_TO_SIGMA, np.nan_to_num(spread))
        near = np.where(goal.hold, gap - self.steps * unit, gap - self.distance * goal.planned)
        capped = (self.to_come > self.policy.cap_share + lights.ROUNDING) & np.isnan(spread)
        return np.where(capped & (self.asked.better == lights.GREEN), -1.0, near)

    def _past_early(
        self, margin: Float, state: State, spread: Float, mean_range: Float, ended: Bool
    ) -> Float:
        """No light is earned while it is too early to tell."""
        still = (self.to_come >= self.policy.early_share - lights.ROUNDING) & ~ended
        if not still.any():
            return margin
        noise = lights.early_noise(spread, mean_range, self.policy)
        planned = np.abs(aims.gap(self.plan, self.aims.baseline, self.aims))
        quiet = still & (planned <= noise)
        return np.where(quiet, np.fmin(margin, np.abs(state.level) - noise), margin)

    def part(self, keep: Bool) -> "Candidates":
        """Those of some rows only."""
        other, numbers = copy(self), np.flatnonzero(keep)
        for name, value in vars(self).items():
            if isinstance(value, np.ndarray):
                setattr(other, name, value[..., numbers])
        other.asked, other.aims = self.asked.part(keep), self.aims.rows(numbers)
        other.ranges = self.ranges.rows(numbers)
        return other

    def narrow(self) -> tuple[Float, Float]:
        """The path itself as the value, and its margin; worst and best are narrowed to the side
        of it on which the light turns.

        Beyond the worse side a light may be earned again, by a value so bad that it widens the
        noise until everything seems possible: nobody is to be told to aim for that.
        """
        value = self.middle
        margin = self.margin(value)
        self.worst = np.where(margin < 0, value, self.worst)
        self.best = np.where(margin < 0, self.best, value)
        return value, margin

    def _outlying(self, bounds: Float) -> tuple[Float, Float]:
        """The path itself, and the value farthest beyond it; of a band its other edge, since a
        season can ask for more than to be just inside."""
        middle = np.clip(self.expected, *np.sort([self.worst, self.best], axis=0))
        room = self.aims.band[:, 1] - self.aims.band[:, 0]
        far = np.where(self.aims.banded, self.best + self.way * room, self.best)
        return middle, trajectories.clamp(far[:, None], bounds)[:, 0]

    def slope(self) -> Float:
        """What the margin gains, about, from one unit more of the value."""
        policy, direct = self.policy, self.asked.following >= self.aims.k1
        weight = policy.alpha * (1.0 + policy.beta * self.damping)
        return self.way * np.where(direct, 1.0, weight)

    def _bracket(self, bounds: Float) -> tuple[Float, Float]:
        """The worst and the best value to look at."""
        goal, at = self.aims, (self.asked.column, self.asked.rows)
        latest = self.ground.panel.actual[self.asked.rows, self.asked.column]
        state = self.ground.course.state(at)
        spread = np.nan_to_num(forecast.noise_of(state.errors, goal, self.policy))
        scale = spread + np.abs(state.level) + np.abs(goal.planned)
        scale = scale + np.abs(latest - self.expected) + np.abs(latest - goal.baseline)
        scale = REACH * np.where(scale > 0, scale, np.fmax(np.abs(latest), 1.0))
        target, way = goal.seen_from(latest)
        best = np.where(goal.banded, target, self.expected + way * scale)
        worst = np.where(goal.banded, target, self.expected) - way * scale
        best, worst = (trajectories.clamp(side[:, None], bounds)[:, 0] for side in (best, worst))
        return worst, best


class Plain(Candidates):
    """No season: one step of the filter from the state just before the next period."""

    def __init__(self, block: Block, ground: Ground, asked: Question) -> None:
        super().__init__(block, ground, asked)
        state = ground.course.state((asked.column, asked.rows))
        missing = asked.following - (ground.panel.first + asked.column) - 1
        for step in range(int(missing.max(initial=0))):
            ahead = state.copy()
            ahead.wait(self.policy)
            waits = step < missing
            state.level = np.where(waits, ahead.level, state.level)
            state.drift = np.where(waits, ahead.drift, state.drift)
        self.level, self.drift = state.level, state.drift
        self.total, self.count = state.errors.total, state.errors.count

    def after(self, value: Float) -> tuple[State, Float]:
        state = State(self.level, self.drift, Errors(self.total, self.count))
        gap = self.gap(value)
        state.follow(gap, np.ones(len(value)), self.policy)
        return state, gap


def _expected_next(ground: Ground, asked: Question, bounds: Float) -> tuple[Float, Float]:
    """T of the next expected period, and T without a season of its own."""
    goal, paths = ground.panel.aims.rows(asked.rows), ground.panel.paths.take(asked.rows)

    def drawn(given: Paths) -> Float:
        values = trajectories.at(given, asked.following[:, None], bounds)[:, 0]
        return aims.arrived(values, goal.target, asked.following, goal)

    expected = drawn(paths)
    return expected, drawn(aims.unseasonal(paths)) if paths.seasonal.any() else expected


def _opens(block: Block, ground: Ground, asked: Question) -> Bool:
    """Rows in which a stretch starts between the latest observation and the next."""
    opens = np.zeros(len(asked.rows), dtype=bool)
    if not any(block.rebases):
        return opens
    latest = (ground.panel.first + asked.column).tolist()
    for i, row in enumerate(asked.rows.tolist()):
        opens[i] = any(latest[i] < k <= asked.following[i] for k in block.rebases[row])
    return opens


def _base_of_next(block: Block, ground: Ground, asked: Question) -> Float:
    """What a running total starts from: the total of the period before in the same year."""
    base = np.zeros(len(asked.rows))
    running = np.flatnonzero(block.cumulative[asked.rows])
    if not len(running):
        return base
    k, calendar = asked.following[running], (block.frequency, block.year_starts)
    continues = flows.years(k, *calendar) == flows.years(k - 1, *calendar)
    direct = asked.column[running] + ground.panel.first == k - 1
    before = np.where(direct, ground.panel.actual[asked.rows, asked.column][running], np.nan)
    base[running] = np.where(continues, before, 0.0)
    return base
