"""Everything a chart of a series needs, period by period."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, overload

import numpy as np

from aspirations.analysis import aims, memory, trajectories, variance
from aspirations.analysis.arrays import Bool, Float
from aspirations.analysis.block import Block
from aspirations.analysis.magnitude import at_ease
from aspirations.analysis.result import Track
from aspirations.analysis.variation import Limits, Variation, variation

ROWS_AT_ONCE = 1024
"""Rows computed together, so that the matrices stay in the processor's cache."""
MATRICES = (
    "actual", "expected", "low", "high", "gap", "relative", "journey", "noise",
    "centre", "lower", "upper",
)  # fmt: skip


def track(block: Block) -> Track:
    """Figures from the first observation to the later of latest observation and target."""
    return at_ease(_track, block)


def _track(block: Block) -> Track:
    memory.keep_freed()
    wide = _fitted(block)
    shape = wide.actual.shape
    matrices = {name: np.empty(shape) for name in MATRICES}
    signal, reading = np.empty(shape, dtype=np.int8), np.empty(shape, dtype=np.int8)
    limits = StretchLimits(wide.first)
    for part, rows in _parts(wide):
        natural, figures = _figures(part)
        for name, matrix in matrices.items():
            matrix[rows] = figures[name]
        signal[rows], reading[rows] = natural.signal, natural.reading
        limits.add(natural, part.cumulative)
    return Track(wide.first, **matrices, signal_codes=signal, reading_codes=reading, limits=limits)


def _parts(block: Block) -> Iterator[tuple[Block, slice]]:
    for start in range(0, len(block), ROWS_AT_ONCE):
        rows = slice(start, min(start + ROWS_AT_ONCE, len(block)))
        yield block.take(np.arange(rows.start, rows.stop)), rows


def _figures(part: Block) -> tuple[Variation, dict[str, Float]]:
    """The matrices (n, m) of some rows. A running total has signals, those of what each period
    added, but no limits to hold the total itself against."""
    panel = aims.panel(part)
    goal = panel.aims
    expected, gap = (cells.T for cells in aims.told(part.actual.T, panel.expected.T, goal))
    natural = variation(panel.varying, panel.stretch, part.sign, part.policy)
    lines = {name: getattr(natural, name) for name in ("centre", "lower", "upper")}
    for line in lines.values():
        line[part.cumulative] = np.nan
    low, high = trajectories.ranges(panel.paths, part.first, part.width, part.bounds)
    return natural, {
        "actual": part.actual,
        "expected": expected,
        "low": low,
        "high": high,
        "gap": gap,
        "relative": variance.relative(gap, expected),
        "journey": variance.journey(gap, goal.planned[:, None]),
        "noise": variance.noise(gap, panel.ranges.mean),
        **lines,
    }


def _fitted(block: Block) -> Block:
    """The block cut to its first observation and lengthened to its latest target."""
    seen = np.flatnonzero((~np.isnan(block.actual)).any(axis=0))
    begins, ends = _span(block)
    first = block.first + int(seen[0]) if len(seen) else min(begins, default=block.first)
    last = max([block.first + int(seen[-1]) if len(seen) else first, *ends])
    actual = np.full((len(block), last - first + 1), np.nan)
    if len(seen):
        observed = block.actual[:, int(seen[0]) : int(seen[-1]) + 1]
        actual[:, : observed.shape[1]] = observed
    return replace(block, first=first, actual=actual)


def _span(block: Block) -> tuple[list[int], list[int]]:
    """First baseline and last target of all paths, if there are any."""
    paths = block.paths.take(np.flatnonzero(block.paths.exists))
    return ([int(paths.k0.min())], [int(paths.k1.max())]) if len(paths) else ([], [])


class StretchLimits(Sequence[list[dict[str, Any]]]):
    """Per row the stretches that have observations, written out when a row is asked for."""

    def __init__(self, first: int) -> None:
        self.first = first
        self._parts: list[tuple[list[Limits], Bool]] = []
        self._starts: list[int] = [0]

    def add(self, natural: Variation, cumulative: Bool) -> None:
        """The limits of the next rows; those of running totals keep their lines to themselves."""
        self._parts.append((natural.stretches, cumulative))
        self._starts.append(len(self) + len(cumulative))

    def __len__(self) -> int:
        return self._starts[-1]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    @overload
    def __getitem__(self, i: int) -> list[dict[str, Any]]: ...
    @overload
    def __getitem__(self, i: slice) -> list[list[dict[str, Any]]]: ...
    def __getitem__(self, i: Any) -> Any:
        if isinstance(i, slice):
            return [self[row] for row in range(*i.indices(len(self)))]
        row = range(len(self))[i]
        part = int(np.searchsorted(self._starts, row, side="right")) - 1
        stretches, cumulative = self._parts[part]
        within = row - self._starts[part]
        return [
            _entry(limits, within, self.first, bool(cumulative[within]))
            for limits in stretches
            if limits.start[within] >= 0
        ]


def _entry(limits: Limits, i: int, first: int, bare: bool) -> dict[str, Any]:
    lines = {name: getattr(limits, name)[i] for name in ("centre", "lower", "upper")}
    return {
        "start": first + int(limits.start[i]),
        "n": int(limits.points[i]),
        **{name: None if bare or np.isnan(at) else float(at) for name, at in lines.items()},
        "trial": bool(limits.trial[i]),
    }
