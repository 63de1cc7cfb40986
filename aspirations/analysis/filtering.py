"""The gap to the path, filtered period by period, and the errors that measure its noise.

The underlying gap and its drift follow a damped trend (Gardner & McKenzie 1985). The errors are
its one-step errors together with those of simple exponential smoothing before the baseline.
Matrices have periods first, (m, n), so that the rows of one period lie side by side; a state is
(n,), or (moments, n) where every moment has its own seasonal indices.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from aspirations.analysis import aims
from aspirations.analysis.aims import Aims, Panel
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.policy import Policy
from aspirations.analysis.season import Adjustments

Cell = tuple[Int | slice, Int | slice]
"""Index of a matrix (m, n): columns, rows."""


@dataclass
class Errors:
    """Sum and number of squared one-step errors, clipped once enough stand before."""

    total: Float
    count: Float

    def add(self, error: Float, policy: Policy) -> None:
        """Take in the errors that are not NaN."""
        seen = ~np.isnan(error)
        self.take(np.where(seen, error, 0.0), seen.astype(np.float64), policy)

    def take(self, error: Float, seen: Float, policy: Policy) -> None:
        """Take in errors that are 0 where `seen` is."""
        square = error * error
        limit = self.total * (policy.clip**2 / np.maximum(self.count, 1.0))
        clipped = np.minimum(square, limit)
        young = self.count < policy.clip_after
        if young.any():
            clipped = np.where(young, square, clipped)
        self.total = self.total + clipped
        self.count = self.count + seen


@dataclass
class State:
    """Underlying gap, its drift, and the errors so far."""

    level: Float
    drift: Float
    errors: Errors

    def follow(self, gap: Float, seen: Float, policy: Policy) -> Float:
        """One period on; `gap` counts where `seen` is 1, and 0 means missing. Gives the error."""
        damped = policy.phi * self.drift
        ahead = self.level + damped
        error = (gap - ahead) * seen
        self.errors.take(error, seen, policy)
        surprise = policy.alpha * error
        self.level = ahead + surprise
        self.drift = damped + policy.beta * surprise
        return error

    def wait(self, policy: Policy) -> None:
        """One period on in which nothing is observed."""
        self.drift = policy.phi * self.drift
        self.level = self.level + self.drift

    def copy(self) -> "State":
        return State(self.level, self.drift, Errors(self.errors.total, self.errors.count))


@dataclass(frozen=True)
class Feed:
    """What the filter is fed, each matrix (m, n) with 0 where there is nothing."""

    begin: int
    """First column after a baseline."""
    gap: Float
    seen: Float
    """1 where a gap is observed after the baseline."""
    before: "Before"
    actual: Float
    expected: Float
    """Both are kept for bands only, else (m, 0)."""
    aims: Aims

    def rows(self, keep: Int) -> "Feed":
        """The feed of some rows only."""
        kept = {name: getattr(self, name).take(keep, axis=1) for name in ("gap", "seen")}
        if self.actual.size:
            kept |= {name: getattr(self, name)[:, keep] for name in ("actual", "expected")}
        return replace(self, before=self.before.rows(keep), aims=self.aims.rows(keep), **kept)

    def adjusted(self, column: int, adjustment: Float) -> Float:
        """The gap (…, n) of a column once `adjustment` takes the season out of its values."""
        if not self.actual.size:
            return self.gap[column] + adjustment
        moved = aims.gap(self.actual[column] + adjustment, self.expected[column], self.aims)
        known = self.aims.banded & (self.seen[column] > 0)
        return np.where(known, moved, self.gap[column] + adjustment)


@dataclass(frozen=True)
class Before:
    """What smoothing is fed: the first columns (c, n), with 0 where there is nothing."""

    value: Float
    """Values up to the baseline in its stretch, turned by the direction."""
    gain: Float
    """What is taken of the error: all at the first value, then α."""
    counted: Float
    """1 where the error counts: the first errors of each row are dropped."""

    def rows(self, keep: Int) -> "Before":
        """Some rows only."""
        cells = ("value", "gain", "counted")
        return replace(self, **{name: getattr(self, name).take(keep, axis=1) for name in cells})

    def errors(self, adjustments: Adjustments | None) -> Iterator[tuple[Float, Float]]:
        """One-step errors of exponential smoothing, and which of them count."""
        level: Float | float = 0.0
        for number, value in enumerate(self.value):
            moved = value if adjustments is None else value + adjustments.at(number)
            error = moved - level
            yield error * self.counted[number], self.counted[number]
            level = level + error * self.gain[number]


def feed(panel: Panel, policy: Policy) -> Feed:
    """The gaps after the baseline and the values before it."""
    goal = panel.aims
    k = panel.first + np.arange(panel.width)[:, None]
    actual, expected = np.ascontiguousarray(panel.actual.T), np.ascontiguousarray(panel.expected.T)
    gap = aims.gap(actual, expected, goal)
    seen = (k > goal.k0) & goal.exists & ~np.isnan(gap)
    kept = slice(None) if goal.banded.any() else slice(0)
    begun = goal.k0[goal.exists]
    return Feed(
        begin=int(np.clip(begun.min(initial=k[-1, 0]) + 1 - panel.first, 0, panel.width)),
        gap=np.where(seen, gap, 0.0),
        seen=seen.astype(np.float64),
        before=_before(panel, policy),
        actual=actual[:, kept],
        expected=expected[:, kept],
        aims=goal,
    )


def _before(panel: Panel, policy: Policy) -> Before:
    """Periods up to the baseline in the stretch it belongs to."""
    goal = panel.aims
    end = np.clip(goal.k0 - panel.first, 0, panel.width - 1)
    last = int(np.max(end, where=goal.exists, initial=-1))
    value = np.ascontiguousarray(panel.varying[:, : last + 1].T)
    own = np.take_along_axis(panel.stretch, end[:, None], axis=1)[:, 0]
    k = panel.first + np.arange(last + 1)[:, None]
    inside = (k <= goal.k0) & (own == panel.stretch[:, : last + 1].T) & goal.exists
    inside &= ~np.isnan(value)
    number = np.zeros(inside.shape, dtype=np.int64)
    for column in range(1, len(number)):
        number[column] = number[column - 1] + inside[column - 1]
    return Before(
        value=np.where(inside, goal.way * value, 0.0),
        gain=np.where(number == 0, 1.0, policy.alpha) * inside,
        counted=(inside & (number > policy.errors_dropped)).astype(np.float64),
    )


@dataclass(frozen=True)
class Course:
    """The state after each period (m, n), from the data up to that period.

    `gap` is the gap as the filter saw it, with the season taken out where `seasonal`.
    """

    level: Float
    drift: Float
    total: Float
    count: Float
    gap: Float
    seasonal: Bool

    def state(self, at: Cell) -> State:
        """The state at some cells (columns, rows)."""
        return State(self.level[at], self.drift[at], Errors(self.total[at], self.count[at]))


def course(given: Feed, policy: Policy) -> Course:
    """Filter every row once, without any season."""
    width, n = given.gap.shape
    state = State(np.zeros(n), np.zeros(n), smoothed(given, policy, None))
    level, drift = np.zeros((width, n)), np.zeros((width, n))
    total, count = np.zeros((width, n)), np.zeros((width, n))
    for column in range(given.begin, width):
        state.follow(given.gap[column], given.seen[column], policy)
        level[column], drift[column] = state.level, state.drift
        total[column], count[column] = state.errors.total, state.errors.count
    return Course(level, drift, total, count, given.gap.copy(), np.zeros((width, n), dtype=bool))


def smoothed(given: Feed, policy: Policy, adjustments: Adjustments | None) -> Errors:
    """The errors of smoothing, summed up."""
    n = given.gap.shape[1]
    errors = Errors(np.zeros((n,) if adjustments is None else (adjustments.count, n)), np.zeros(n))
    for error, counted in given.before.errors(adjustments):
        errors.take(error, counted, policy)
    return errors


def recourse(
    plain: Course, given: Feed, adjustments: Adjustments, rows: Int, policy: Policy
) -> None:
    """Filter `rows` again for each moment with a season, and put the states into `plain`.

    `given` and `adjustments` are of these rows alone.
    """
    nothing = np.zeros((adjustments.count, len(rows)))
    state = State(nothing, nothing, smoothed(given, policy, adjustments))
    first = adjustments.columns[0]
    for column in range(given.begin, adjustments.columns[-1] + 1):
        since = max(column - first, 0)
        if column > first:
            _drop_earliest(state)
        gap = given.adjusted(column, adjustments.at(column, since))
        state.follow(gap, given.seen[column], policy)
        if column >= first:
            own = adjustments.active[since]
            _settle(plain, state, gap[0], column, rows[own], own)


def _drop_earliest(state: State) -> None:
    """Forget the moment that lies behind."""
    state.level, state.drift = state.level[1:], state.drift[1:]
    state.errors.total = state.errors.total[1:]


def _settle(plain: Course, state: State, gap: Float, column: int, rows: Int, own: Bool) -> None:
    """Lay the earliest moment's state on the cells it belongs to."""
    plain.level[column, rows], plain.drift[column, rows] = state.level[0, own], state.drift[0, own]
    plain.total[column, rows], plain.gap[column, rows] = state.errors.total[0, own], gap[own]
    plain.seasonal[column, rows] = True
