"""What was promised: the expected value T(k) of every period, from baseline to target.

Before the baseline period there is no value; from the target period on the value is the
target. A shape is a pair (check, draw) in `SHAPES`; a new shape needs nothing else.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from aspirations.analysis.arrays import Float, Int


class PathError(ValueError):
    """A trajectory that cannot be drawn; says what, which value and what to do."""


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


@dataclass(frozen=True)
class Sheet:
    """Paths of one shape as columns of shape (n, 1), so that shapes draw all rows at once."""

    paths: Sequence[Path]
    k0: Int
    baseline: Float
    k1: Int
    target: Float


@dataclass(frozen=True)
class Shape:
    """`check` raises PathError; `draw` gives T at ordinals k (n, p) inside k0..k1."""

    check: Callable[[Path], None]
    draw: Callable[[Sheet, Int], Float]


def check(path: Path) -> None:
    """Refuse a path that cannot be drawn, with the reason."""
    shape = SHAPES.get(path.shape)
    if shape is None:
        known = ", ".join(SHAPES)
        raise PathError(f"Unknown trajectory shape {path.shape!r}: use one of {known}.")
    if path.k1 <= path.k0:
        raise PathError(
            f"The target (period {path.k1}) does not come after the baseline (period {path.k0}): "
            "choose a later target period."
        )
    _check_finite("baseline", path.baseline)
    _check_finite("target", path.target)
    shape.check(path)


def expected(
    paths: Sequence[Path | None], first: int, count: int, bounds: Float | None = None
) -> Float:
    """T for `count` periods from ordinal `first`: (n, count), NaN where nothing is promised.

    `bounds` (n, 2) holds the lowest and highest possible value of each row, NaN for none.
    """
    k = np.broadcast_to(np.arange(first, first + count, dtype=np.int64), (len(paths), count))
    return at(paths, k, bounds)


def at(paths: Sequence[Path | None], k: Int, bounds: Float | None = None) -> Float:
    """T at any ordinals k (n, p)."""
    drawn = np.full(k.shape, np.nan)
    for name in sorted({path.shape for path in paths if path is not None}):
        rows = [i for i, path in enumerate(paths) if path is not None and path.shape == name]
        drawn[rows] = _draw([path for path in paths if path and path.shape == name], k[rows])
    return drawn if bounds is None else clamp(drawn, bounds)


def clamp(values: Float, bounds: Float) -> Float:
    """Values (n, p) held inside bounds (n, 2); a NaN bound holds nothing."""
    low, high = bounds[:, :1], bounds[:, 1:]
    values = np.where(values < low, low, values)
    return np.where(values > high, high, values)


def _draw(paths: Sequence[Path], k: Int) -> Float:
    for path in paths:
        check(path)
    sheet = _sheet(paths)
    inside = np.clip(k, sheet.k0, sheet.k1)
    drawn = SHAPES[paths[0].shape].draw(sheet, inside)
    drawn = np.where(k > sheet.k1, sheet.target, drawn)
    return np.where(k < sheet.k0, np.nan, drawn)


def _sheet(paths: Sequence[Path]) -> Sheet:
    return Sheet(
        paths=paths,
        k0=np.array([[path.k0] for path in paths], dtype=np.int64),
        baseline=np.array([[path.baseline] for path in paths], dtype=np.float64),
        k1=np.array([[path.k1] for path in paths], dtype=np.int64),
        target=np.array([[path.target] for path in paths], dtype=np.float64),
    )


# --- shapes --------------------------------------------------------------------------------


def _check_linear(path: Path) -> None:
    if path.points:
        raise PathError(
            f"A linear trajectory has no points, but {len(path.points)} were given: "
            "leave them out or choose the shape 'points'."
        )


def _draw_linear(sheet: Sheet, k: Int) -> Float:
    share = (k - sheet.k0) / (sheet.k1 - sheet.k0)
    line = sheet.baseline + (sheet.target - sheet.baseline) * share
    return np.where(k == sheet.k1, sheet.target, line)


def _check_points(path: Path) -> None:
    if not path.points:
        raise PathError("The trajectory has no points: give at least one between its ends.")
    previous = path.k0 - 1
    for k, value in path.points:
        _check_finite(f"value at period {k}", value)
        if not path.k0 <= k <= path.k1:
            raise PathError(
                f"The point at period {k} lies outside the trajectory ({path.k0} to {path.k1}): "
                "remove it or move the target."
            )
        if k <= previous:
            raise PathError(f"The points do not go forward in time at period {k}: sort them.")
        previous = k
    _check_end("baseline", path.k0, path.baseline, path)
    _check_end("target", path.k1, path.target, path)


def _check_end(name: str, k: int, value: float, path: Path) -> None:
    given = dict(path.points).get(k, value)
    if given != value:
        raise PathError(
            f"The point at the {name} period {k} is {given}, but the {name} is {value}: "
            "make them equal or leave the point out."
        )


def _draw_points(sheet: Sheet, k: Int) -> Float:
    """Linear between knots, exact at them; short rows are padded by repeating the target."""
    times, values = _knots(sheet.paths)
    drawn = np.full(k.shape, np.nan)
    for j in range(times.shape[1] - 1):
        left, right = times[:, j : j + 1], times[:, j + 1 : j + 2]
        start, stop = values[:, j : j + 1], values[:, j + 1 : j + 2]
        width = np.maximum(right - left, 1)
        line = start + (stop - start) * ((k - left) / width)
        drawn = np.where((k >= left) & (k < right), line, drawn)
    return np.where(k == sheet.k1, sheet.target, drawn)


def _knots(paths: Sequence[Path]) -> tuple[Int, Float]:
    knots = [
        sorted({path.k0: path.baseline, **dict(path.points), path.k1: path.target}.items())
        for path in paths
    ]
    width = max(len(row) for row in knots)
    padded = [row + [row[-1]] * (width - len(row)) for row in knots]
    table = np.array(padded, dtype=np.float64).reshape(len(paths), width, 2)
    return table[:, :, 0].astype(np.int64), table[:, :, 1]


def _check_finite(name: str, value: float) -> None:
    if not math.isfinite(value):
        raise PathError(f"The {name} is {value}: give a finite number.")


SHAPES: dict[str, Shape] = {
    "linear": Shape(_check_linear, _draw_linear),
    "points": Shape(_check_points, _draw_points),
}
