"""What the rules said at every moment of a trial, from the data up to that moment."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from aspirations.analysis import engine
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.backtest.trials import Trials

ROWS_AT_ONCE = 1024
"""Trials judged together: their matrices of moments are large."""


@dataclass(frozen=True)
class Record:
    """Moments between baseline and target of many trials, each array (p,), in order of trial
    and time."""

    trial: Int
    origin: Int
    k1: Int
    horizon: Int
    """K − k0, periods."""
    way: Float
    """(k − k0)/(K − k0)."""
    light: Int
    """As adopted; −1 while it is too early to tell."""
    likelihood: Float
    gap: Float
    expected: Float
    planned: Float
    delivered: Bool
    """What came of the trial."""

    def __len__(self) -> int:
        return len(self.trial)

    @property
    def judged(self) -> Bool:
        return self.light >= 0

    def where(self, keep: Bool) -> "Record":
        """Some of the moments."""
        return Record(**{field.name: getattr(self, field.name)[keep] for field in fields(self)})


def empty() -> Record:
    """A record of no moments, so that none is joined with none."""
    kinds: dict[str, type] = {"delivered": bool, "way": float, "likelihood": float, "gap": float}
    kinds |= {"expected": float, "planned": float}
    nothing: dict[str, Any] = {
        field.name: np.empty(0, dtype=kinds.get(field.name, np.int64)) for field in fields(Record)
    }
    return Record(**nothing)


def record(trials: Trials) -> Record:
    """All observed moments after the baseline and before the target period."""
    rows = np.arange(len(trials))
    starts = range(0, len(trials), ROWS_AT_ONCE)
    chunks = [rows[start : start + ROWS_AT_ONCE] for start in starts]
    return joined([empty(), *(_record(trials.take(chunk), int(chunk[0])) for chunk in chunks)])


def _record(trials: Trials, first: int) -> Record:
    """The moments of some trials, numbered from `first`."""
    told = engine.moments(trials.block)
    k = trials.block.first + np.arange(trials.block.width)
    begun, before = k > told.k0[:, None], k < told.k1[:, None]
    row, column = np.nonzero(begun & before & ~np.isnan(told.ahead))
    cell = (row, column)
    horizon = told.k1[row] - told.k0[row]
    return Record(
        trial=row + first,
        origin=trials.origin[row],
        k1=told.k1[row],
        horizon=horizon,
        way=(k[column] - told.k0[row]) / np.maximum(horizon, 1),
        light=told.light[cell],
        likelihood=told.likelihood[cell],
        gap=told.ahead[cell],
        expected=told.expected[cell],
        planned=told.planned[row],
        delivered=trials.delivered[row],
    )


def joined(parts: Sequence[Record]) -> Record:
    """Several records, one after the other."""
    return Record(
        **{
            field.name: np.concatenate([getattr(part, field.name) for part in parts])
            for field in fields(Record)
        }
    )


def records(blocks: Sequence[Trials]) -> Record:
    """One record of the trials of several blocks; trials and series are numbered through."""
    parts, trial, origin = [], 0, 0
    for trials in blocks:
        own = record(trials)
        parts.append(replace(own, trial=own.trial + trial, origin=own.origin + origin))
        trial += len(trials)
        origin += int(trials.origin.max(initial=-1)) + 1
    return joined([empty(), *parts])
