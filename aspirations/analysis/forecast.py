"""Will we get there? The gap to the path, filtered, and the chance that it closes in time.

The underlying gap and its drift follow a damped trend (Gardner & McKenzie 1985); the noise is
the root mean square of its one-step errors together with those of simple exponential
smoothing before the baseline. Cells are (n,) for the plain gap, or (moments, n) where every
moment has its own seasonal indices.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from aspirations.analysis import variance
from aspirations.analysis.aims import Aims, Panel
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.policy import Policy
from aspirations.analysis.season import Season

EXACT = 1e-12
"""Noise below this share of the values themselves is binary rounding, and counts as none."""


@dataclass
class Errors:
    """Sum and number of squared one-step errors, clipped once enough stand before."""

    total: Float
    count: Float

    def add(self, error: Float, policy: Policy) -> None:
        """Take in the errors that are not NaN."""
        observed = ~np.isnan(error)
        size = np.sqrt(self.total / np.maximum(self.count, 1))
        limit = np.where(self.count >= policy.clip_after, policy.clip * size, np.inf)
        clipped = np.clip(np.where(observed, error, 0.0), -limit, limit)
        self.total = self.total + clipped * clipped
        self.count = self.count + observed


@dataclass
class State:
    """Underlying gap, its drift, and the errors so far; one value per cell."""

    level: Float
    drift: Float
    errors: Errors

    def follow(self, gap: Float, policy: Policy) -> Float:
        """One period on, with the gap observed in it or NaN; gives its error."""
        ahead = self.level + policy.phi * self.drift
        error = gap - ahead
        self.errors.add(error, policy)
        surprise = policy.alpha * np.where(np.isnan(error), 0.0, error)
        self.level = ahead + surprise
        self.drift = policy.phi * self.drift + policy.beta * surprise
        return error

    def copy(self) -> "State":
        return State(self.level, self.drift, Errors(self.errors.total, self.errors.count))


@dataclass(frozen=True)
class Course:
    """The state after each period (n, m), from the data up to that period.

    `shift` is what the season adds to the actual of the period itself.
    """

    level: Float
    drift: Float
    total: Float
    count: Float
    shift: Float
    seasonal: Bool
    """Where a season was taken out."""

    def state(self, rows: Int, column: Int) -> State:
        """The state of some rows at one column each."""
        at = (rows, column)
        return State(self.level[at], self.drift[at], Errors(self.total[at], self.count[at]))


def course(panel: Panel, policy: Policy, season: Season | None) -> Course:
    """Filter every row once, and once more per moment where a season is taken out."""
    plain = _run(panel, policy, None)
    if season is None:
        return plain
    adjusted = _run(panel, policy, season)
    active = np.zeros(panel.actual.shape, dtype=bool)
    active[:, season.moments] = season.active.T
    chosen = {
        name: np.where(active, getattr(adjusted, name), getattr(plain, name))
        for name in ("level", "drift", "total", "count", "shift")
    }
    return Course(**chosen, seasonal=active)


def _run(panel: Panel, policy: Policy, season: Season | None) -> Course:
    """All columns in turn; the state of a moment is kept when its own column is reached."""
    moments = 1 if season is None else len(season.moments)
    n, width = panel.actual.shape
    errors = _errors_before(panel, policy, season, moments)
    state = State(np.zeros((moments, n)), np.zeros((moments, n)), errors)
    kept = {name: np.full((n, width), np.nan) for name in ("level", "drift", "total", "count")}
    shift = np.zeros((n, width))
    begin = int(np.clip(_first_after(panel), 0, width))
    for column in range(begin, width):
        since = 0 if season is None else int(np.searchsorted(season.moments, column))
        if since == moments:
            break
        _drop_earlier(state, moments - since)
        moved = 0.0 if season is None else season.shift(panel, column, since)
        state.follow(_gap(panel, column, moved), policy)
        if season is None or season.moments[since] == column:
            _keep(kept, state, column)
            shift[:, column] = 0.0 if season is None else season.shift(panel, column, since)[0]
    for name, value in (("level", 0.0), ("drift", 0.0)):
        kept[name][:, :begin] = value
    return Course(**kept, shift=shift, seasonal=np.zeros((n, width), dtype=bool))


def _first_after(panel: Panel) -> int:
    """Column after the earliest baseline of the block."""
    begun = panel.aims.k0[panel.aims.exists]
    return int(begun.min()) + 1 - panel.first if len(begun) else panel.width


def _gap(panel: Panel, column: int, moved: Float | float) -> Float:
    """Gap (moments, n) of a column, NaN up to the baseline."""
    aims = panel.aims
    actual = panel.actual[:, column] + moved
    gap = variance.gap(actual, panel.expected[:, column], aims.sign, aims.band)
    return np.where(panel.first + column > aims.k0, gap, np.nan)


def _drop_earlier(state: State, keep: int) -> None:
    """Forget the moments that lie behind."""
    if len(state.level) > keep:
        state.level, state.drift = state.level[-keep:], state.drift[-keep:]
        state.errors = Errors(state.errors.total[-keep:], state.errors.count[-keep:])


def _keep(kept: dict[str, Float], state: State, column: int) -> None:
    kept["level"][:, column], kept["drift"][:, column] = state.level[0], state.drift[0]
    kept["total"][:, column] = state.errors.total[0]
    kept["count"][:, column] = state.errors.count[0]


def _errors_before(panel: Panel, policy: Policy, season: Season | None, moments: int) -> Errors:
    n = panel.actual.shape[0]
    errors = Errors(np.zeros((moments, n)), np.zeros((moments, n)))
    for error in _smoothing_errors(panel, policy, season, moments):
        errors.add(error, policy)
    return errors


def _smoothing_errors(
    panel: Panel, policy: Policy, season: Season | None, moments: int
) -> Iterator[Float]:
    """One-step errors of exponential smoothing over the stretch of k0, up to k0.

    Starts at the first value; the first errors of each row are dropped (NaN).
    """
    inside = _before(panel)
    n = panel.actual.shape[0]
    level = np.full((moments, n), np.nan)
    seen = np.zeros(n, dtype=np.int64)
    for column in np.flatnonzero(inside.any(axis=0)).tolist():
        value = np.where(inside[:, column], panel.actual[:, column], np.nan)
        adjusted = value if season is None else value + season.shift(panel, column, 0)
        error = adjusted - level
        yield np.where(seen > policy.errors_dropped, error, np.nan)
        opened = np.where(np.isnan(level), adjusted, level)
        level = opened + policy.alpha * np.where(np.isnan(error), 0.0, error)
        seen = seen + ~np.isnan(value)


def _before(panel: Panel) -> Bool:
    """Periods (n, m) up to the baseline in the stretch it belongs to."""
    k0 = panel.aims.k0 - panel.first
    own = np.take_along_axis(panel.stretch, np.clip(k0, 0, panel.width - 1)[:, None], axis=1)
    columns = np.arange(panel.width)
    inside = (columns <= k0[:, None]) & (panel.stretch == own)
    return np.asarray(inside & panel.aims.exists[:, None])


@dataclass(frozen=True)
class Replay:
    """One moment in full: the state of each row (n,) and all its errors (steps, n) in turn."""

    level: Float
    drift: Float
    errors: Float
    shift: Float


def replay(panel: Panel, policy: Policy, season: Season | None, column: int) -> Replay:
    """Filter up to a column, with the indices of that column where there are any."""
    n = panel.actual.shape[0]
    nothing = np.zeros((1, n))
    state = State(nothing, nothing, Errors(nothing, nothing))
    heard = list(_smoothing_errors(panel, policy, season, 1))
    for step in range(max(_first_after(panel), 0), column + 1):
        moved = 0.0 if season is None else season.shift(panel, step, 0)
        heard.append(state.follow(_gap(panel, step, moved), policy))
    shift = nothing if season is None else season.shift(panel, column, 0)
    errors = np.array([np.broadcast_to(error, (1, n))[0] for error in heard])
    return Replay(state.level[0], state.drift[0], errors, shift[0])


# --- from state to likelihood --------------------------------------------------------------


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
    state: State, k: Int, expected: Float, aims: Aims, mean_range: Float, policy: Policy
) -> Outlook:
    """Likelihood of delivery after period k, all arrays of one shape with rows last."""
    spread = noise_of(state.errors, aims, policy)
    planned = np.where(aims.hold, 0.0, aims.planned)
    to_come = share_to_come(expected, aims)
    ahead = aims.k1 - k
    centre = (
        state.level
        + state.drift * damping(ahead, policy.phi)
        - policy.delta * to_come * planned
        - unexplained(aims)
    )
    promised = policy.kappa * to_come * planned
    deviation = np.sqrt(spread**2 * growth(ahead, policy) + promised**2)
    tolerance = shortfall(spread, aims, mean_range, policy)
    known = (ahead > 0) & ~np.isnan(spread)
    chance = ndtr((centre + tolerance) / np.where(known, deviation, 1.0))
    return Outlook(
        spread,
        to_come,
        np.where(known, centre, np.nan),
        np.where(known, deviation, np.nan),
        tolerance,
        np.where(known, chance, np.nan),
    )


def noise_of(errors: Errors, aims: Aims, policy: Policy) -> Float:
    """S, NaN with too few errors or where nothing but rounding is left."""
    spread = np.sqrt(errors.total / np.maximum(errors.count, 1))
    size = np.fmax(np.abs(aims.baseline), np.abs(aims.target))
    usable = (errors.count >= policy.errors_needed) & (spread > EXACT * size)
    return np.where(usable, spread, np.nan)


def share_to_come(expected: Float, aims: Aims) -> Float:
    """u = |T(K) − T(k)|/J; nothing is to come where the aim is to hold or a band."""
    open_ended = aims.hold | variance.is_band(aims.band)
    planned = np.where(open_ended | ~(aims.planned > 0), 1.0, aims.planned)
    return np.where(open_ended, 0.0, np.abs(aims.end - expected) / planned)


def unexplained(aims: Aims) -> Float:
    """s·(G − T(K)), what the path itself leaves open at the target period."""
    return np.where(variance.is_band(aims.band), 0.0, aims.sign * (aims.target - aims.end))


def shortfall(spread: Float, aims: Aims, mean_range: Float, policy: Policy) -> Float:
    """What still counts as delivered: τ·J, or one noise unit where the level is held."""
    noise = np.where(mean_range > 0, mean_range, 0.0) / variance.RANGE_TO_SIGMA
    unit = np.where(np.isnan(spread), noise, spread)
    return np.where(aims.hold, unit, policy.tau * aims.planned)


def damping(ahead: Int, phi: float) -> Float:
    """φ_h = φ + φ² + … + φ^h, 0 for h ≤ 0."""
    steps = np.maximum(ahead, 0)
    if phi == 1.0:
        return steps.astype(np.float64)
    return np.asarray(phi * (1.0 - np.power(phi, steps)) / (1.0 - phi))


def growth(ahead: Int, policy: Policy) -> Float:
    """SE²/S² = 1 + Σ c_j² for j = 1..h − 1, with c_j = α(1 + β·φ_j)."""
    longest = int(np.max(ahead, initial=1))
    steps = np.arange(1, max(longest, 1), dtype=np.int64)
    weight = policy.alpha * (1.0 + policy.beta * damping(steps, policy.phi))
    table = np.concatenate([[1.0], 1.0 + np.cumsum(weight**2)])
    return np.asarray(table[np.clip(ahead - 1, 0, len(table) - 1)])
