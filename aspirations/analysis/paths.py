"""A trajectory as data: one path, its interventions and season, and many paths as columns."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from aspirations.analysis.arrays import Bool, Float, Int

SHAPE_NAMES = (
    "linear",
    "compound",
    "s_curve",
    "early_gain",
    "late_gain",
    "step",
    "points",
    "interventions",
)
_CODES = {name: code for code, name in enumerate(SHAPE_NAMES)}


class PathError(ValueError):
    """A trajectory that cannot be drawn; says what, which value and what to do."""


@dataclass(frozen=True)
class Effect:
    """What one intervention is expected to add, in the metric's unit, signed as it moves it.

    `start` is the ordinal of the period in which the work starts; the effect begins `lag`
    periods later and is full `ramp` periods after that (0: at once). `low` is the pessimistic
    and `high` the optimistic case. `attribution` is the share left after overlap.
    """

    start: int
    mid: float
    low: float | None = None
    high: float | None = None
    lag: int = 0
    ramp: int = 1
    attribution: float = 1.0
    name: str = ""


@dataclass(frozen=True)
class SeasonalForm:
    """One value per season; an ordinal's season is its remainder by their number.

    An `index` multiplies and has mean 1, an `offset` adds and has sum 0.
    """

    kind: Literal["index", "offset"]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Path:
    """One agreed trajectory. k0, k1 and the periods of `points` are ordinals."""

    shape: str
    k0: int
    baseline: float
    k1: int
    target: float
    points: tuple[tuple[int, float], ...] = ()
    parameters: Mapping[str, float] = field(default_factory=dict)
    season: SeasonalForm | None = None
    low: float | None = None
    """Ends of the range at k1, which opens linearly from nothing at k0."""
    high: float | None = None
    effects: tuple[Effect, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether shape, baseline and target say everything."""
        more = self.points or self.parameters or self.effects
        return not (more or self.season or self.low is not None or self.high is not None)


@dataclass(frozen=True)
class Paths:
    """Paths of n series as columns, each (n,); what is not said by them is in `details`.

    A row without path has code −1, ordinals 0 and NaN values.
    """

    shape: Int
    k0: Int
    baseline: Float
    k1: Int
    target: Float
    details: Mapping[int, Path] = field(default_factory=dict)
    """Row to its whole path, only where it has more than the columns."""

    @classmethod
    def of(cls, rows: "Sequence[Path | None] | Paths") -> "Paths":
        """Columns of the given paths; `Paths` are given back as they are."""
        if isinstance(rows, Paths):
            return rows
        return cls(
            shape=np.array([-1 if row is None else _code(row) for row in rows], dtype=np.int64),
            k0=_column(rows, "k0", 0, np.int64),
            baseline=_column(rows, "baseline", np.nan, np.float64),
            k1=_column(rows, "k1", 0, np.int64),
            target=_column(rows, "target", np.nan, np.float64),
            details={i: row for i, row in enumerate(rows) if row is not None and not row.plain},
        )

    @property
    def exists(self) -> Bool:
        return np.asarray(self.shape >= 0)

    @property
    def seasonal(self) -> Bool:
        """Rows whose path has a season of its own."""
        found = np.zeros(len(self), dtype=bool)
        found[[row for row, path in self.details.items() if path.season]] = True
        return found

    def __len__(self) -> int:
        return len(self.shape)

    def __iter__(self) -> Iterator[Path | None]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: int) -> Path | None:
        if self.shape[row] < 0:
            return None
        return self.details.get(int(row)) or Path(
            shape=SHAPE_NAMES[self.shape[row]],
            k0=int(self.k0[row]),
            baseline=float(self.baseline[row]),
            k1=int(self.k1[row]),
            target=float(self.target[row]),
        )

    def take(self, rows: Int) -> "Paths":
        """The paths of the rows with these numbers, in that order."""
        details: dict[int, Path] = {}
        if self.details:
            known = self.details
            details = {at: known[row] for at, row in enumerate(rows.tolist()) if row in known}
        return Paths(
            shape=self.shape[rows],
            k0=self.k0[rows],
            baseline=self.baseline[rows],
            k1=self.k1[rows],
            target=self.target[rows],
            details=details,
        )

    def where(self, keep: Bool) -> "Paths":
        """The same rows, without a path where `keep` is false."""
        if bool(keep.all()):
            return self
        return Paths(
            shape=np.where(keep, self.shape, -1),
            k0=np.where(keep, self.k0, 0),
            baseline=np.where(keep, self.baseline, np.nan),
            k1=np.where(keep, self.k1, 0),
            target=np.where(keep, self.target, np.nan),
            details={row: path for row, path in self.details.items() if keep[row]},
        )


def shape_code(name: str) -> int:
    """Number of a shape; PathError where there is none of that name."""
    if name not in _CODES:
        known = ", ".join(SHAPE_NAMES)
        raise PathError(f"Unknown trajectory shape {name!r}: use one of {known}.")
    return _CODES[name]


def _code(path: Path) -> int:
    return shape_code(path.shape)


def _column(rows: Sequence[Path | None], name: str, missing: Any, kind: Any) -> Any:
    return np.array([missing if row is None else getattr(row, name) for row in rows], dtype=kind)
