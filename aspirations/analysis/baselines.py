"""Where a path starts, taken from several periods: their mean, or the end of their trend.

Each row is one series over the same p periods, the last of which is the baseline period. A
missing value is NaN and is left out; nothing is put in its place.
"""

import numpy as np

from aspirations.analysis.arrays import Float, total


def mean(values: Float) -> Float:
    """Plain mean of each row (n,) of values (n, p); NaN where nothing is known."""
    return _weighted_mean(values, np.isfinite(values).astype(np.float64))


def trend(values: Float, weights: Float | None = None) -> Float:
    """Height of the least-squares line at the last period, (n,) from values (n, p).

    `weights` (n, p), where given, are the denominators of rates: a weighted line is to a pooled
    rate what a plain line is to a plain mean. NaN with fewer than two known periods.
    """
    known = np.isfinite(values)
    w = np.where(known, 1.0 if weights is None else weights, 0.0)
    step = np.broadcast_to(np.arange(1.0 - values.shape[1], 1.0), values.shape)
    time, height = _weighted_mean(step, w), _weighted_mean(values, w)
    apart = step - time[:, None]
    spread = total(w * apart**2)
    rise = total(w * apart * np.where(known, values - height[:, None], 0.0))
    usable = spread > 0
    slope = np.where(usable, rise / np.where(usable, spread, 1.0), np.nan)
    return np.asarray(height - slope * time)


def _weighted_mean(values: Float, weights: Float) -> Float:
    whole = total(weights)
    usable = whole > 0
    known = np.where(weights > 0, values, 0.0)
    return np.where(usable, total(weights * known) / np.where(usable, whole, 1.0), np.nan)
