"""Additive seasonal indices, estimated anew at every moment from the data up to it.

Deviations from the centred yearly mean are averaged per season, shrunk by n/(n + 1) for their
n years and centred to sum 0. A moment is a column; nothing later than it is ever read.
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis.aims import Panel
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.periods import PER_YEAR, Frequency
from aspirations.analysis.policy import Policy

SEASONAL = (Frequency.MONTH, Frequency.QUARTER)


@dataclass(frozen=True)
class Season:
    """Indices (moments, n, seasons) at some moments (ascending columns); 0 where `active` (moments,
    n) is false. An ordinal's season is its remainder by the number of seasons."""

    moments: Int
    index: Float
    active: Bool

    def shift(self, panel: Panel, column: int, since: int) -> Float:
        """What to add to the actual of a column, at each moment from number `since` on.

        The season is taken out, and the straight line between the indices of k0 and K put
        back, so that the comparison stays with the path and its target as they are observed.
        """
        aims, index = panel.aims, self.index[since:]
        count, k = self.index.shape[2], panel.first + column
        rows = np.arange(index.shape[1])
        opening, closing = index[:, rows, aims.k0 % count], index[:, rows, aims.k1 % count]
        share = np.clip((k - aims.k0) / np.maximum(aims.k1 - aims.k0, 1), 0.0, 1.0)
        line: Float = opening + (closing - opening) * share
        return line - index[:, :, k % count]


def seasons(
    panel: Panel, frequency: Frequency, policy: Policy, moments: Int | None = None
) -> Season | None:
    """Indices at the given columns (all of them by default) where any row has enough years."""
    if policy.season == "off" or frequency not in SEASONAL:
        return None
    count = PER_YEAR[frequency]
    wanted = set(range(panel.width) if moments is None else moments.tolist())
    deviation = _deviations(panel, count)
    kept: list[tuple[int, Float, Bool]] = []
    tally = _Tally(panel, count, policy)
    for column in range(panel.width):
        tally.advance(column, deviation)
        if column in wanted:
            active = tally.active()
            if active.any():
                kept.append((column, tally.index(active), active))
    if not kept:
        return None
    return Season(
        moments=np.array([column for column, _, _ in kept], dtype=np.int64),
        index=np.stack([index for _, index, _ in kept]),
        active=np.stack([active for _, _, active in kept]),
    )


def _deviations(panel: Panel, count: int) -> Float:
    """Actual minus the centred yearly mean (n, m); NaN where the year around it has a hole or
    spans two stretches."""
    n, width = panel.actual.shape
    half = count // 2
    deviation = np.full((n, width), np.nan)
    inner = width - 2 * half
    if inner <= 0:
        return deviation
    total = np.zeros((n, inner))
    for offset in range(2 * half + 1):
        weight = 0.5 if offset in (0, 2 * half) else 1.0
        total += weight * panel.actual[:, offset : offset + inner]
    whole = panel.stretch[:, : width - 2 * half] == panel.stretch[:, 2 * half :]
    centred = panel.actual[:, half : half + inner] - total / count
    deviation[:, half : half + inner] = np.where(whole, centred, np.nan)
    return deviation


class _Tally:
    """Sums of deviations per season in the current stretch, moved forward period by period."""

    def __init__(self, panel: Panel, count: int, policy: Policy) -> None:
        n = panel.actual.shape[0]
        self.panel, self.count = panel, count
        self.points_needed = policy.season_years * count
        self.total, self.years = np.zeros((n, count)), np.zeros((n, count))
        self.points = np.zeros(n, dtype=np.int64)
        self.begun = np.zeros(n, dtype=bool)

    def advance(self, column: int, deviation: Float) -> None:
        stretch, half = self.panel.stretch, self.count // 2
        if column:
            fresh = stretch[:, column] != stretch[:, column - 1]
            self.total[fresh], self.years[fresh], self.points[fresh] = 0.0, 0.0, 0
        aims = self.panel.aims
        self.begun = aims.exists & (self.panel.first + column > aims.k0)
        self.points += ~np.isnan(self.panel.actual[:, column])
        if column >= half:
            season = (self.panel.first + column - half) % self.count
            new = deviation[:, column - half]
            self.total[:, season] += np.nan_to_num(new)
            self.years[:, season] += ~np.isnan(new)

    def active(self) -> Bool:
        """Rows with an aim, enough years and every season seen."""
        return self.begun & (self.points >= self.points_needed) & (self.years >= 1).all(axis=1)

    def index(self, active: Bool) -> Float:
        mean = self.total / np.maximum(self.years, 1)
        shrunk = mean * self.years / (self.years + 1)
        centred = shrunk - shrunk.mean(axis=1, keepdims=True)
        return np.where(active[:, None], centred, 0.0)
