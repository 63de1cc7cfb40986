"""What goes into a judgment: series that share a frequency, a policy and a date."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

import numpy as np

from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.periods import Frequency
from aspirations.analysis.policy import Policy
from aspirations.analysis.trajectories import Path, Paths


class _Columns:
    """A field that is given paths one by one or as columns, and keeps columns."""

    def __get__(self, block: "Block | None", owner: type) -> Paths:
        if block is None:
            raise AttributeError("Paths belong to a block, not to its class.")
        kept: Paths = vars(block)["paths"]
        return kept

    def __set__(self, block: "Block", given: Sequence[Path | None] | Paths) -> None:
        vars(block)["paths"] = Paths.of(given)


@dataclass
class Block:
    """n series (rows) over m periods (columns); column 0 is the period with ordinal `first`.

    The caller has left out what was not published by `as_of`. Optional fields may be omitted:
    no band, no bounds, a target wherever there is a path, no rebase, no lag, every period
    expected, quality better than D, today's default policy.
    """

    frequency: Frequency
    first: int
    actual: Float
    """(n, m) observed values, NaN where missing."""
    sign: Int
    """(n,) +1 higher is better, −1 lower is better, 0 band or no direction."""
    paths: _Columns = _Columns()
    as_of: date = field(kw_only=True)
    year_starts: int = 1
    policy: Policy = field(default_factory=Policy)
    band: Float = field(default_factory=lambda: np.empty(0))
    """(n, 2) lowest and highest value of the band, NaN for none."""
    bounds: Float = field(default_factory=lambda: np.empty(0))
    """(n, 2) lowest and highest possible value, NaN for none."""
    has_target: Bool = field(default_factory=lambda: np.empty(0, dtype=bool))
    rebases: Sequence[Sequence[int]] = ()
    """Per row the ordinals at which a new stretch starts."""
    lag_days: Int = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    """(n,) days from the end of a period to its expected publication."""
    expected_months: Sequence[frozenset[int]] = ()
    """Per row the calendar months (of a period's first day) that can be late; empty: all."""
    grade_d: Bool = field(default_factory=lambda: np.empty(0, dtype=bool))
    """(n,) true where the data quality grade is D."""
    cumulative: Bool = field(default_factory=lambda: np.empty(0, dtype=bool))
    """(n,) true where values are running totals of the year."""

    def __post_init__(self) -> None:
        self.actual = np.atleast_2d(np.asarray(self.actual, dtype=np.float64))
        if np.isinf(self.actual).any():
            self.actual = np.where(np.isinf(self.actual), np.nan, self.actual)
        n = self.actual.shape[0]
        if not self.width:
            self.actual = np.full((n, 1), np.nan)
        self.sign = np.asarray(self.sign, dtype=np.int64)
        self.band = _filled(self.band, np.full((n, 2), np.nan))
        self.bounds = _filled(self.bounds, np.full((n, 2), np.nan))
        self.has_target = _filled(self.has_target, self.paths.exists)
        self.lag_days = _filled(self.lag_days, np.zeros(n, dtype=np.int64))
        self.grade_d = _filled(self.grade_d, np.zeros(n, dtype=bool))
        self.cumulative = _filled(self.cumulative, np.zeros(n, dtype=bool))
        self.rebases = self.rebases or ((),) * n
        self.expected_months = self.expected_months or (frozenset(),) * n
        self._check()

    def _check(self) -> None:
        n = len(self)
        lengths = {
            "sign": self.sign.shape == (n,),
            "paths": len(self.paths) == n,
            "band": self.band.shape == (n, 2),
            "bounds": self.bounds.shape == (n, 2),
            "has_target": self.has_target.shape == (n,),
            "rebases": len(self.rebases) == n,
            "lag_days": self.lag_days.shape == (n,),
            "expected_months": len(self.expected_months) == n,
            "grade_d": self.grade_d.shape == (n,),
            "cumulative": self.cumulative.shape == (n,),
        }
        wrong = [name for name, right in lengths.items() if not right]
        if wrong:
            raise ValueError(f"{', '.join(wrong)}: give one entry for each of the {n} series.")

    def __len__(self) -> int:
        return int(self.actual.shape[0])

    @property
    def width(self) -> int:
        """Number of periods."""
        return int(self.actual.shape[1])

    def take(self, rows: Int) -> "Block":
        """The rows with these numbers as a block of their own."""
        numbers = rows.tolist()
        return replace(
            self,
            actual=self.actual[rows],
            sign=self.sign[rows],
            paths=self.paths.take(rows),
            band=self.band[rows],
            bounds=self.bounds[rows],
            has_target=self.has_target[rows],
            rebases=[self.rebases[row] for row in numbers],
            lag_days=self.lag_days[rows],
            expected_months=[self.expected_months[row] for row in numbers],
            grade_d=self.grade_d[rows],
            cumulative=self.cumulative[rows],
        )


Array = TypeVar("Array", Float, Int, Bool)


def _filled(given: Array, default: Array) -> Array:
    return np.asarray(given, dtype=default.dtype) if np.size(given) else default
