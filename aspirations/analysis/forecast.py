"""Will we get there? From the filtered gap to the chance that it closes in time.

Cells are arrays of any shape with rows last: (n,), or (moments, n).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from aspirations.analysis import aims as reached
from aspirations.analysis import variance
from aspirations.analysis.aims import Aims
from aspirations.analysis.arrays import Float, Int
from aspirations.analysis.filtering import Errors, State
from aspirations.analysis.policy import Policy

MOST = 1e6
"""A share to come beyond this says no more."""
EXACT = 1e-12
"""Noise below this share of the values themselves is binary rounding, and counts as none."""


@dataclass(frozen=True)
class Outlook:
    """What the state says of the target period; NaN where it says nothing."""

    spread: Float
    to_come: Float
    centre: Float
    deviation: Float
    tolerance: Float
    likelihood: Float


def outlook(
    state: State, k: Int, plan: Float, mean_range: Float, aims: Aims, policy: Policy
) -> Outlook:
    """Likelihood of delivery after period k; `plan` is T(k) without a season of its own."""
    spread = noise_of(state.errors, aims, policy)
    to_come = share_to_come(plan, k, aims)
    open_change = np.where(aims.hold, 0.0, aims.planned) * to_come
    ahead = aims.k1 - k
    centre = state.level + state.drift * damping(ahead, policy.phi)
    centre = centre - policy.delta * open_change - unexplained(aims)
    promised = policy.kappa * open_change
    deviation = np.sqrt(spread * spread * growth(ahead, policy) + promised * promised)
    tolerance = shortfall(spread, aims, mean_range, policy)
    known = (ahead > 0) & ~np.isnan(spread)
    deviation = np.where(known, deviation, np.nan)
    chance = ndtr((centre + tolerance) / deviation)
    return Outlook(spread, to_come, np.where(known, centre, np.nan), deviation, tolerance, chance)


def noise_of(errors: Errors, aims: Aims, policy: Policy) -> Float:
    """S, NaN with too few errors or where nothing but rounding is left."""
    spread = np.sqrt(errors.total / np.maximum(errors.count, 1.0))
    size = EXACT * np.fmax(np.abs(aims.baseline), np.abs(aims.target))
    usable = (errors.count >= policy.errors_needed) & (spread > size)
    return np.where(usable, spread, np.nan)


def share_to_come(plan: Float, k: Int, aims: Aims) -> Float:
    """u = |T(K) − T(k)|/J, of the plan without its season; nothing from K on, whatever the
    interventions leave unexplained there, and nothing where the level is held."""
    planned = np.where(aims.hold | ~(aims.planned > 0), np.inf, aims.planned)
    with np.errstate(over="ignore"):  # bounds can hold a path far from what was planned
        share = np.abs(reached.gap(aims.end, plan, aims)) / planned
    return np.where(k >= aims.k1, 0.0, np.minimum(share, MOST))


def unexplained(aims: Aims) -> Float:
    """s·(G − T(K)), what the path itself leaves open at the target period."""
    return reached.gap(aims.target, aims.end, aims)


def shortfall(spread: Float, aims: Aims, mean_range: Float, policy: Policy) -> Float:
    """What still counts as delivered: τ·J, or one noise unit where the level is held."""
    aimed = policy.tau * aims.planned
    if not aims.hold.any():
        return np.broadcast_to(aimed, np.broadcast_shapes(aimed.shape, np.shape(spread)))
    noise = np.where(mean_range > 0, mean_range, 0.0) / variance.RANGE_TO_SIGMA
    return np.where(aims.hold, np.where(np.isnan(spread), noise, spread), aimed)


def damping(ahead: Int, phi: float) -> Float:
    """φ_h = φ + φ² + … + φ^h, 0 for h ≤ 0."""
    steps = np.maximum(ahead, 0)
    powers = np.full(int(np.max(steps, initial=0)), phi).cumprod()
    return np.asarray(np.concatenate([[0.0], powers.cumsum()])[steps])


def growth(ahead: Int, policy: Policy) -> Float:
    """SE²/S² = 1 + Σ c_j² for j = 1..h − 1, with c_j = α(1 + β·φ_j)."""
    longest = int(np.max(ahead, initial=1))
    steps = np.arange(1, max(longest, 1), dtype=np.int64)
    weight = policy.alpha * (1.0 + policy.beta * damping(steps, policy.phi))
    table = np.concatenate([[1.0], 1.0 + np.cumsum(weight**2)])
    return np.asarray(table[np.clip(ahead - 1, 0, len(table) - 1)])
