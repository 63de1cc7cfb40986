"""How much worse off a group is than a reference, period by period: the gap of domain section 3.

Absolute is reference less group, signed so that positive means that the group is worse off;
relative is reference over group, one meaning no gap. Both are kept: 100 against 90 and 20
against 10 share only the absolute one. A period that either side lacks has neither: what is
missing or suppressed is NaN here and never taken for nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aspirations.analysis.arrays import Float

Band = tuple[float, float] | None


@dataclass(frozen=True)
class Gap:
    """Reference, group and the two gaps of each of m periods, all (m,)."""

    reference: Float
    group: Float
    absolute: Float
    relative: Float

    @property
    def known(self) -> list[int]:
        """Periods that have an absolute gap."""
        return [int(column) for column in np.flatnonzero(np.isfinite(self.absolute))]


def gap(reference: Float, group: Float, sign: int, band: Band = None) -> Gap:
    """The gap of a group to a reference.

    `sign` is +1 where higher is better and −1 where lower is. Of a band metric the distance to
    the band is compared, whichever side it lies on. Without a direction nobody is worse off, and
    the absolute gap is reference less group as it stands.
    """
    return Gap(reference, group, absolute(reference, group, sign, band), relative(reference, group))


def absolute(reference: Float, group: Float, sign: int, band: Band) -> Float:
    """In the unit of the metric."""
    if band is not None:
        return outside(group, band) - outside(reference, band)
    return (sign or 1) * (reference - group)


def relative(reference: Float, group: Float) -> Float:
    """Reference over group; undefined where the group is at nought or on its other side."""
    found = np.full(reference.shape, np.nan)
    same_side = (group != 0) & np.isfinite(group) & (reference * group >= 0)
    np.divide(reference, group, out=found, where=same_side)
    return found


def outside(values: Float, band: tuple[float, float]) -> Float:
    """How far each value lies beyond the nearer edge; 0 inside."""
    low, high = band
    beyond = np.maximum(np.maximum(low - values, values - high), 0.0)
    return np.where(np.isfinite(values), beyond, np.nan)


def best(groups: Sequence[Float], sign: int, band: Band = None) -> tuple[Float, list[int | None]]:
    """The best of several groups in each period, and which one it is; None where none is known.

    Of equals the first named one counts.
    """
    values = np.vstack(groups)
    merit = -outside(values, band) if band is not None else (sign or 1) * values
    known = np.isfinite(merit)
    leader = np.argmax(np.where(known, merit, -np.inf), axis=0)
    any_known = np.atleast_1d(known.any(axis=0))
    found = np.where(any_known, values[leader, np.arange(values.shape[1])], np.nan)
    named = zip(leader.tolist(), any_known.tolist(), strict=True)
    return found, [row if yes else None for row, yes in named]


def nearest_known(found: Gap, column: int) -> int | None:
    """The first period at or after `column` that has an absolute gap."""
    return next((known for known in found.known if known >= column), None)
