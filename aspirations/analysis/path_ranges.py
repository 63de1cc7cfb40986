"""How far the two edges of a path's range lie from the path."""

import numpy as np

from aspirations.analysis import path_effects
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.paths import Paths


def ranged(paths: Paths) -> Int:
    """Rows that have a range: given at the target, or from low and high effects."""
    rows = [
        row
        for row, path in paths.details.items()
        if path.low is not None or path_effects.has_range(path)
    ]
    return np.array(rows, dtype=np.int64)


def given(paths: Paths) -> Bool:
    """Rows (n,) whose range is given at the target; that goes before the effects'."""
    return np.array([path is not None and path.low is not None for path in paths], dtype=bool)


def distances(paths: Paths, k: Int) -> tuple[Float, Float]:
    """Lower and upper edge less the path, (n, p), at ordinals k inside k0..K of ranged rows.

    A given range opens in a straight line from nothing at k0; effects bring that of their cases.
    """
    low, high = _carried(paths, k)
    rows = np.flatnonzero(given(paths))
    if len(rows):
        part = paths.take(rows)
        x = (k[rows] - part.k0[:, None]) / (part.k1 - part.k0)[:, None]
        ends = np.array([[path.low, path.high] for path in part if path], dtype=np.float64)
        low[rows], high[rows] = (ends - part.target[:, None]).T[:, :, None] * x
    return low, high


def _carried(paths: Paths, k: Int) -> tuple[Float, Float]:
    """The low and the high case of all effects less their middle case, whichever is lower."""
    cautious, hopeful = np.zeros(k.shape), np.zeros(k.shape)
    for layer in path_effects.layers(paths):
        reached = layer.reached(k[layer.rows])
        cautious[layer.rows] += (layer.low - layer.mid) * reached
        hopeful[layer.rows] += (layer.high - layer.mid) * reached
    return np.minimum(cautious, hopeful), np.maximum(cautious, hopeful)
