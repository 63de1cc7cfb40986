"""What was promised: the expected value T(k) of every period, from baseline to target.

Before the baseline period there is no value; from the target period on the value is the
target. A sum of interventions may end short of its target: `ends` says where, and the
remainder is `unexplained`, never hidden.
"""

from collections.abc import Sequence

import numpy as np

from aspirations.analysis import shapes
from aspirations.analysis.arrays import Float, Int
from aspirations.analysis.path_rules import check
from aspirations.analysis.paths import SHAPE_NAMES, Effect, Path, PathError, Paths, SeasonalForm

__all__ = [
    "SHAPES",
    "SHAPE_NAMES",
    "Effect",
    "Path",
    "PathError",
    "Paths",
    "SeasonalForm",
    "at",
    "check",
    "clamp",
    "ends",
    "expected",
    "ranges",
    "unexplained",
]

SHAPES = SHAPE_NAMES
Given = Sequence[Path | None] | Paths


def expected(paths: Given, first: int, width: int, bounds: Float | None = None) -> Float:
    """T (n, width) of the periods from `first` on, NaN where there is no path.

    `bounds` (n, 2) hold the values inside what the metric can be; NaN for no bound.
    """
    paths = Paths.of(paths)
    k = np.broadcast_to(np.arange(first, first + width), (len(paths), width))
    return at(paths, k, bounds)


def at(paths: Given, k: Int, bounds: Float | None = None) -> Float:
    """T at any ordinals k (n, p)."""
    paths = Paths.of(paths)
    drawn = _drawn(paths, k)
    k0, k1 = paths.k0[:, None], paths.k1[:, None]
    drawn = np.where(k >= k1, paths.target[:, None], drawn)
    drawn = np.where(k == k0, paths.baseline[:, None], drawn)
    drawn[k < k0] = np.nan
    return drawn if bounds is None else clamp(drawn, bounds)


def ends(paths: Given, bounds: Float | None = None) -> Float:
    """T(K) (n,) as the shape itself ends: the target, but for a sum of interventions."""
    paths = Paths.of(paths)
    found = paths.target.copy()
    rows = np.flatnonzero(paths.shape == SHAPE_NAMES.index("interventions"))
    if len(rows):
        part = paths.take(rows)
        found[rows] = _drawn(part, part.k1[:, None])[:, 0]
    return found if bounds is None else clamp(found[:, None], bounds)[:, 0]


def unexplained(paths: Given) -> Float:
    """G − T(K) (n,): the part of the target with no intervention behind it."""
    paths = Paths.of(paths)
    return np.asarray(paths.target - ends(paths))


def ranges(
    paths: Given, first: int, width: int, bounds: Float | None = None
) -> tuple[Float, Float]:
    """Low and high side (n, width) of each path's range, NaN where it has none.

    Given at K, a range opens linearly from nothing at k0; else it comes from the low and high
    effects of the interventions. It always holds T; from K on it stays as it is at K.
    """
    paths = Paths.of(paths)
    low, high = (np.full((len(paths), width), np.nan) for _ in range(2))
    k = np.arange(first, first + width)
    for row, path in paths.details.items():
        sides = _sides(path, np.clip(k, path.k0, path.k1))
        if sides is not None:
            expects = at([path], k[None, :])[0]
            own = np.where(k < path.k0, np.nan, _drawn(Paths.of([path]), k[None, :])[0])
            low[row] = np.minimum(own + np.minimum(*sides), expects)
            high[row] = np.maximum(own + np.maximum(*sides), expects)
    if bounds is None:
        return low, high
    return clamp(low, bounds), clamp(high, bounds)


def clamp(values: Float, bounds: Float) -> Float:
    """Values (n, p) held inside bounds (n, 2); a NaN bound holds nothing."""
    low, high = bounds[:, :1], bounds[:, 1:]
    if not np.isnan(low).all():
        values = np.where(values < low, low, values)
    if not np.isnan(high).all():
        values = np.where(values > high, high, values)
    return values


def _sides(path: Path, k: Int) -> tuple[Float, Float] | None:
    """How far the two sides of a range lie from the path at ordinals inside it."""
    if path.low is not None and path.high is not None:
        x = (k - path.k0) / (path.k1 - path.k0)
        return (path.low - path.target) * x, (path.high - path.target) * x
    if not any(effect.low is not None or effect.high is not None for effect in path.effects):
        return None
    low, high = np.zeros(len(k)), np.zeros(len(k))
    for effect in path.effects:
        middle = shapes.contribution(effect, k)
        low += shapes.contribution(effect, k, effect.low) - middle
        high += shapes.contribution(effect, k, effect.high) - middle
    return low, high


def _drawn(paths: Paths, k: Int) -> Float:
    """The shapes themselves at ordinals k, held inside k0..K; NaN without a path."""
    codes = [code for code in range(len(SHAPE_NAMES)) if (paths.shape == code).any()]
    if len(codes) == 1 and bool(paths.exists.all()):
        return _draw(paths, k, codes[0])
    drawn = np.full(k.shape, np.nan)
    for code in codes:
        rows = np.flatnonzero(paths.shape == code)
        drawn[rows] = _draw(paths.take(rows), k[rows], code)
    return drawn


def _draw(paths: Paths, k: Int, code: int) -> Float:
    backwards = paths.k1 <= paths.k0
    if backwards.any():
        check_row(paths, int(backwards.argmax()))
    inside = np.clip(k, paths.k0[:, None], paths.k1[:, None])
    with np.errstate(all="ignore"):
        drawn = shapes.DRAW[SHAPE_NAMES[code]](paths, inside)
        drawn = shapes.seasoned(paths, drawn, inside)
    unusable = ~np.isfinite(drawn) & (inside < paths.k1[:, None])
    if unusable.any():
        check_row(paths, int(unusable.any(axis=1).argmax()))
    return drawn


def check_row(paths: Paths, row: int) -> None:
    """Say why a row cannot be drawn."""
    path = paths[row]
    if path is not None:
        check(path)
    raise PathError(f"The path of row {row} cannot be drawn: state it anew.")
