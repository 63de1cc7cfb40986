"""The series of one block, and the columns of the database as rows of theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from aspirations.analysis import periods
from aspirations.analysis.arrays import Bool, Days, Float, Int
from aspirations.analysis.paths import Path, Paths
from aspirations.analysis.policy import Policy
from aspirations.models import Metric
from aspirations.services.copying import Columns


@dataclass(frozen=True)
class Members:
    """Series of one block: their keys in order, and for each the place of its metric."""

    keys: Int
    metrics: list[Metric]
    metric: Int
    policy: Policy
    day: date

    @property
    def frequency(self) -> periods.Frequency:
        return periods.Frequency(self.metrics[0].frequency)

    @property
    def year_starts(self) -> int:
        return self.metrics[0].year_starts

    def count(self, days: Days) -> Int:
        """Ordinals of the periods that begin on these days."""
        return counted(self.frequency, days, self.year_starts)

    def among(self, series: Int) -> tuple[Bool, Int]:
        """Which of these keys are members, and the rows of those that are."""
        row = np.minimum(np.searchsorted(self.keys, series), len(self.keys) - 1)
        mine = self.keys[row] == series
        return mine, row[mine]

    def each(self, values: Sequence[Any], kind: str) -> Any:
        """One value a metric becomes one value a series."""
        return np.array(values, dtype=kind)[self.metric]


def observed(members: Members, seen: list[Columns]) -> tuple[int, Float]:
    """Ordinal of the first column, and (series, period) values; NaN if absent."""
    found = []
    for columns in seen:
        mine, row = members.among(columns["series"])
        found.append((row, members.count(columns["period"][mine]), columns["value"][mine]))
    counts = np.concatenate([count for _, count, _ in found])
    if not len(counts):
        return 0, np.full((len(members.keys), 1), np.nan)
    first = int(counts.min())
    actual = np.full((len(members.keys), int(counts.max()) - first + 1), np.nan)
    for row, count, value in found:
        actual[row, count - first] = value
    return first, actual


def counted(frequency: periods.Frequency, days: Days, year_starts: int) -> Int:
    """Ordinals of days; counted once for each day between the first and the last."""
    if not len(days):
        return np.empty(0, dtype=np.int64)
    number = days.astype("datetime64[D]").astype(np.int64)
    first = number.min()
    between = (first + np.arange(number.max() - first + 1)).astype("datetime64[D]")
    return np.asarray(periods.ordinals(frequency, between, year_starts)[number - first])


def paths_of(members: Members, agreed: Columns, details: dict[int, Path]) -> Paths:
    """The paths in force as columns, with those of some rows whole."""
    mine, row = members.among(agreed["series"])
    found = {name: cells[mine] for name, cells in agreed.items()}
    begins, ends = (members.count(found[name]) for name in ("begins", "ends"))
    n = len(members.keys)
    return Paths(
        shape=scattered(n, row, found["shape"], -1),
        k0=scattered(n, row, begins, 0),
        baseline=scattered(n, row, found["baseline"], np.nan),
        k1=scattered(n, row, ends, 0),
        target=scattered(n, row, found["target"], np.nan),
        details=details,
    )


def scattered(n: int, row: Int, values: Any, nothing: float) -> Any:
    """One value a series, `nothing` where there is none; of two for one series the later."""
    found = np.full(n, nothing, dtype=values.dtype)
    found[row] = values
    return found


def path_keys(members: Members, agreed: Columns) -> list[int | None]:
    mine, row = members.among(agreed["series"])
    found: list[int | None] = [None] * len(members.keys)
    for place, key in zip(row.tolist(), agreed["trajectory"][mine].tolist(), strict=True):
        found[place] = key
    return found


def rebases_of(members: Members, rebases: Columns) -> list[Sequence[int]]:
    """Per series the ordinals at which a new stretch starts, in order."""
    mine, row = members.among(rebases["series"])
    starts = members.count(rebases["period"][mine])
    found: list[Sequence[int]] = [()] * len(members.keys)
    for place, start in sorted(set(zip(row.tolist(), starts.tolist(), strict=True))):
        found[place] = (*found[place], start)
    return found
