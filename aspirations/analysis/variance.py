"""Four ways to say how far a series is from its path; positive is always good."""

import numpy as np

from aspirations.analysis.arrays import Bool, Float, Int

RANGE_TO_SIGMA = 1.128
"""Mean moving range of two normal values over their standard deviation (d₂ for n = 2)."""


def is_band(band: Float) -> Bool:
    """Rows (n, 2) that have a band."""
    return np.asarray(np.isfinite(band).all(axis=-1))


def gap(actual: Float, expected: Float, sign: Int, band: Float) -> Float:
    """g = s·(A − T), or minus the distance to the band; actual (…, n), band (n, 2).

    A row with neither direction nor band has no gap.
    """
    directed = np.where(sign == 0, np.nan, sign) * (actual - expected)
    banded = is_band(band)
    if not banded.any():
        return directed
    outside = np.fmax(0.0, np.maximum(band[:, 0] - actual, actual - band[:, 1]))
    return np.where(banded, np.where(np.isnan(actual), np.nan, -outside), directed)


def nearest_edge(values: Float, band: Float) -> Float:
    """The edge of the band (n, 2) nearest to each value (…, n), the upper one in the middle; NaN
    without band or value."""
    low, high = band[:, 0], band[:, 1]
    edge = np.where(values - low < high - values, low, high)
    return np.where(is_band(band) & ~np.isnan(values), edge, np.nan)


def relative(gaps: Float, expected: Float) -> Float:
    """v = g/|T|; NaN where T = 0."""
    return _share(gaps, np.abs(expected))


def journey(gaps: Float, planned: Float) -> Float:
    """j = g/|G − B|, the share of the planned improvement; NaN where G = B."""
    return _share(gaps, planned)


def noise(gaps: Float, mean_range: Float) -> Float:
    """z = g/σ with σ = mean moving range/1.128; NaN where nothing varies."""
    return _share(gaps, mean_range / RANGE_TO_SIGMA)


def _share(gaps: Float, whole: Float) -> Float:
    # Where the whole is 0, or next to it, there is no share.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        share = gaps / whole
    return np.where((whole > 0) & np.isfinite(share), share, np.nan)
