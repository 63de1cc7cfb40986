"""A rate over several periods: the sum of what was counted over the sum of what it is counted in.

A mean of rates would give a quiet month the weight of a busy one.
"""

import numpy as np

from aspirations.analysis.arrays import Float, total


def pooled(numerator: Float, denominator: Float, per: float = 100.0) -> Float:
    """per · Σ numerators / Σ denominators of each row (n,), over its m periods (n, m).

    A period counts where both parts are known (not NaN); NaN where there is no such period or
    the denominators sum to 0.
    """
    if not numerator.shape[1]:
        return np.full(len(numerator), np.nan)
    known = ~(np.isnan(numerator) | np.isnan(denominator))
    above = total(np.where(known, numerator, 0.0))
    below = total(np.where(known, denominator, 0.0))
    usable = below != 0
    return np.where(usable, per * above / np.where(usable, below, 1.0), np.nan)
