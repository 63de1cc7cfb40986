"""One series with what is asked of it: the block that the engine judges."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from aspirations.analysis import periods
from aspirations.analysis.arrays import Float
from aspirations.analysis.engine import Block
from aspirations.analysis.trajectories import Path
from aspirations.bench.choice import Key
from aspirations.bench.figures import Bounds, Figures
from aspirations.bench.grids import Grid
from aspirations.bench.paths import counted, path_of
from aspirations.bench.question import Question
from aspirations.bench.refusal import Refusal


@dataclass(frozen=True)
class Asked:
    """One series with everything the engine needs, and what people call it."""

    metric: str
    segment: str
    name: str
    """What sentences call it: the metric, else the file."""
    figures: Figures
    question: Question
    block: Block
    path: Path | None
    target: float | None
    """The target's value, with or without a path to it."""

    @property
    def grid(self) -> Grid:
        return self.figures.grid


def ask(key: Key, name: str, figures: Figures, question: Question) -> Asked:
    """The series with the block that the jobs would judge. Raises Refusal."""
    grid = figures.grid
    as_of = as_of_of(figures, question)
    known = known_by(figures, question.lag, as_of)
    path = path_of(figures, known, question)
    if question.target:
        counted(question.target[0], grid, "--target")
    block = Block(
        frequency=grid.frequency, year_starts=grid.year_starts,
        first=figures.first, actual=known[None, :],
        sign=np.array([question.sign]), band=pair(question.band), bounds=pair(question.bounds),
        paths=[path], has_target=np.array([question.target is not None]),
        rebases=[rebases_of(figures, question)], lag_days=np.array([question.lag]),
        cumulative=np.array([question.cumulative]), policy=question.policy, as_of=as_of,
    )  # fmt: skip
    target = question.target[1] if question.target else None
    return Asked(*key, name, figures, question, block, path, target)


def pair(bounds: Bounds) -> Float:
    return np.array([[np.nan if side is None else side for side in bounds]], dtype=np.float64)


# --- the day ---------------------------------------------------------------------------------


def due(grid: Grid, k: int, lag: int) -> date:
    """When the figure of a period is due: the end of the period and the lag."""
    return periods.end(grid.frequency, k, grid.year_starts) + timedelta(days=lag)


def as_of_of(figures: Figures, question: Question) -> date:
    """As asked; else the day on which the latest figure was due, so that nothing is late."""
    seen = np.flatnonzero(np.isfinite(figures.values))
    if not len(seen):
        raise Refusal("The series holds no value. Choose another, or give its figures.")
    grid, lag = figures.grid, question.lag
    first, last = figures.first + int(seen[0]), figures.first + int(seen[-1])
    if question.as_of is None:
        return due(grid, last, lag)
    if question.as_of < due(grid, first, lag):
        raise Refusal(
            f"--as-of {question.as_of}: nothing was known by then. The first figure, for "
            f"{grid.label(first)}, was due on {due(grid, first, lag)}. Give that day or later."
        )
    return question.as_of


def known_by(figures: Figures, lag: int, as_of: date) -> Float:
    """The values, without those that were not due by the day."""
    values = figures.values.copy()
    last = len(values)
    while last and due(figures.grid, figures.first + last - 1, lag) > as_of:
        last -= 1
    values[last:] = np.nan
    return values


# --- periods that are named ------------------------------------------------------------------


def rebases_of(figures: Figures, question: Question) -> list[int]:
    grid, found = figures.grid, []
    last = figures.first + len(figures.values) - 1
    for label in question.rebases:
        k = counted(label, grid, "--rebase")
        if not figures.first <= k <= last:
            raise Refusal(
                f"--rebase {label}: the figures run from {grid.label(figures.first)} to "
                f"{grid.label(last)}. Name a period among them."
            )
        found.append(k)
    return sorted(set(found))
