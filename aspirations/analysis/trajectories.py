"""What was promised: the expected value T(k) of every period, from baseline to target.

Before the baseline period there is no value; from the target period on the value is the
target. A sum of interventions may end short of its target: `ends` says where, and the
remainder is `unexplained`, never hidden.
"""

from collections.abc import Sequence

import numpy as np

from aspirations.analysis import path_ranges, shapes
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.path_rules import check
from aspirations.analysis.paths import SHAPE_NAMES, Effect, Path, PathError, Paths, SeasonalForm

__all__ = [
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

Given = Sequence[Path | None] | Paths
CELLS = 2**16
"""Values drawn at a time, so that their arrays stay in the processor's cache."""


def expected(paths: Given, first: int, width: int, bounds: Float | None = None) -> Float:
    """T (n, width) of the periods from `first` on, NaN where there is no path.

    `bounds` (n, 2) hold the values inside what the metric can be; NaN for no bound.
    """
    paths = Paths.of(paths)
    k = np.broadcast_to(np.arange(first, first + width), (len(paths), width))
    return at(paths, k, bounds)


def at(paths: Given, k: Int, bounds: Float | None = None) -> Float:
    """T at any ordinals k (n, p); PathError names a row that cannot be drawn."""
    paths, drawn = Paths.of(paths), np.empty(k.shape)
    count = max(CELLS // max(k.shape[1], 1), 1)
    for first in range(0, len(paths), count):
        rows = np.arange(first, min(first + count, len(paths)))
        part = paths.take(rows) if count < len(paths) else paths
        cells = slice(first, first + count)
        values = _promised(part, k[cells], first)
        drawn[cells] = values if bounds is None else clamp(values, bounds[cells])
    return drawn


def ends(paths: Given, bounds: Float | None = None) -> Float:
    """T(K) (n,) as the shape itself ends: the target, but for a sum of interventions."""
    paths = Paths.of(paths)
    found = paths.target.copy()
    rows = np.flatnonzero(paths.shape == SHAPE_NAMES.index("interventions"))
    if len(rows):
        part = paths.take(rows)
        found[rows] = _shapes(part, part.k1[:, None])[:, 0]
    return found if bounds is None else clamp(found[:, None], bounds)[:, 0]


def unexplained(paths: Given) -> Float:
    """G − T(K) (n,): the part of the target with no intervention behind it."""
    paths = Paths.of(paths)
    return np.asarray(paths.target - ends(paths))


def ranges(
    paths: Given, first: int, width: int, bounds: Float | None = None
) -> tuple[Float, Float]:
    """Lower and upper edge (n, width) of each path's range, NaN where it has none.

    Given at K, a range opens linearly from nothing at k0; else it comes from the low and high
    effects of the interventions, whichever of the two is lower. It always holds T; from K on it
    stays as it is at K.
    """
    paths = Paths.of(paths)
    low, high = (np.full((len(paths), width), np.nan) for _ in range(2))
    rows = path_ranges.ranged(paths)
    if len(rows):
        k = np.broadcast_to(np.arange(first, first + width), (len(rows), width))
        low[rows], high[rows] = _edges(paths.take(rows), k)
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


def _edges(paths: Paths, k: Int) -> tuple[Float, Float]:
    """A range given at K lies around the promise; effects carry the shape itself."""
    promised = at(paths, k)
    inside = np.clip(k, paths.k0[:, None], paths.k1[:, None])
    middle = np.where(path_ranges.given(paths)[:, None], promised, _shapes(paths, inside))
    low, high = path_ranges.distances(paths, inside)
    return np.minimum(middle + low, promised), np.maximum(middle + high, promised)


def _promised(paths: Paths, k: Int, first: int) -> Float:
    """T of some rows, the first of which is number `first` of all."""
    k0, k1 = paths.k0[:, None], paths.k1[:, None]
    inside = np.clip(k, k0, k1)
    _refuse(paths, paths.exists & (paths.k1 <= paths.k0), first)
    drawn = _shapes(paths, inside)
    np.copyto(drawn, paths.target[:, None], where=inside == k1)
    np.copyto(drawn, paths.baseline[:, None], where=inside == k0)
    usable = np.isfinite(drawn).all(axis=1)
    if not usable.all():
        _refuse(paths, paths.exists & ~usable, first)
    np.copyto(drawn, np.nan, where=k < k0)
    return drawn


def _shapes(paths: Paths, inside: Int) -> Float:
    """The shapes themselves at ordinals held inside k0..K; NaN without a path."""
    codes = np.unique(paths.shape)
    if len(codes) == 1 and codes[0] >= 0:
        return shapes.draw(paths, inside, SHAPE_NAMES[codes[0]])
    drawn = np.full(inside.shape, np.nan)
    for code in codes[codes >= 0]:
        rows = np.flatnonzero(paths.shape == code)
        drawn[rows] = shapes.draw(paths.take(rows), inside[rows], SHAPE_NAMES[code])
    return drawn


def _refuse(paths: Paths, undrawable: Bool, first: int) -> None:
    """Say of the first row that cannot be drawn why not."""
    if not undrawable.any():
        return
    row = int(undrawable.argmax())
    path = paths[row]
    assert path is not None
    problem = "It leads through no usable value: state it anew."
    try:
        check(path)
    except PathError as known:
        problem = str(known)
    raise PathError(
        f"Row {first + row}, a path of the shape '{path.shape}' from {path.baseline:g} in period "
        f"{path.k0} to {path.target:g} in period {path.k1}, cannot be drawn. {problem}"
    )
