"""From evidence to a light: thresholds, the verdict at the target, and confirmation.

Arrays have rows last: (n,) for one period, (m, n) for all periods at once.
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis import forecast, variance
from aspirations.analysis.aims import Aims
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.forecast import Outlook, State
from aspirations.analysis.policy import Policy, PolicyError
from aspirations.analysis.variance import RANGE_TO_SIGMA

__all__ = [
    "LIGHTS",
    "NOT_JUDGED",
    "ROUNDING",
    "Chain",
    "Policy",
    "PolicyError",
    "Reading",
    "allowance",
    "early_noise",
    "graded",
    "letter",
    "weigh",
    "words",
]

LIGHTS = ("R", "AR", "AG", "G")
RED, AMBER_RED, AMBER_GREEN, GREEN = range(4)
NOT_JUDGED = -1
ROUNDING = 1e-9
"""Leeway of a threshold, so that a gap of exactly −5 % is not lost to binary rounding."""

LIKELIHOOD_WORDS = (
    (0.90, "very_likely"),
    (0.65, "likely"),
    (0.40, "about_even"),
    (0.10, "unlikely"),
    (0.0, "very_unlikely"),
)


def letter(code: int) -> str:
    """'R', 'AR', 'AG', 'G', or 'N' for not judged."""
    return LIGHTS[code] if code >= 0 else "N"


def words(likelihood: float) -> str:
    """Code of the words for a likelihood, '' where there is none."""
    for lowest, code in LIKELIHOOD_WORDS:
        if likelihood >= lowest:
            return code
    return ""


def graded(evidence: Float, thresholds: tuple[float, float, float]) -> Int:
    """Light of each value: at or above a threshold earns its light; NaN is not judged."""
    light = np.zeros(np.shape(evidence), dtype=np.int64)
    for threshold in thresholds:
        light += evidence >= threshold - ROUNDING
    return np.where(np.isnan(evidence), NOT_JUDGED, light)


@dataclass(frozen=True)
class Reading:
    """What one period's evidence says, before confirmation."""

    gap: Float
    """g of the value as observed."""
    outlook: Outlook
    likelihood_light: Int
    distance_light: Int
    light: Int
    """Not judged while it is too early to tell."""
    early: Bool
    capped: Bool
    """Held at Amber-Green for want of points."""


def weigh(
    state: State,
    k: Int,
    actual: Float,
    shift: Float,
    expected: Float,
    mean_range: Float,
    aims: Aims,
    policy: Policy,
) -> Reading:
    """The light of period k from the state after it; `shift` takes the season out of `actual`."""
    gap = variance.gap(actual, expected, aims.sign, aims.band)
    adjusted = variance.gap(actual + shift, expected, aims.sign, aims.band)
    view = forecast.outlook(state, k, expected, aims, mean_range, policy)
    chance = graded(view.likelihood, policy.thresholds("likelihood"))
    distance = _distance(gap, view.spread, mean_range, aims, policy)
    held_back = view.to_come > policy.cap_share + ROUNDING
    capped = np.isnan(view.likelihood) & held_back & (distance > AMBER_GREEN)
    before = np.where(chance >= 0, chance, np.where(capped, AMBER_GREEN, distance))
    met = adjusted >= -allowance(view, aims, k) - _leeway(aims)
    after = np.where(met, GREEN, np.minimum(distance, AMBER_RED))
    early = _early(state, k, expected, view, mean_range, aims, policy)
    light = np.where(k < aims.k1, np.where(early, NOT_JUDGED, before), after)
    seen = ~np.isnan(gap) & (k > aims.k0)
    return Reading(
        gap=gap,
        outlook=view,
        likelihood_light=chance,
        distance_light=distance,
        light=np.where(seen, light, NOT_JUDGED),
        early=early & seen,
        capped=capped & (k < aims.k1),
    )


def _distance(gap: Float, spread: Float, mean_range: Float, aims: Aims, policy: Policy) -> Int:
    """Journey variance against the path; where the level is held, gap in noise units."""
    path = graded(variance.journey(gap, aims.planned), policy.thresholds("distance"))
    unit = np.where(mean_range > 0, mean_range / RANGE_TO_SIGMA, spread)
    steps = np.where(unit > 0, gap / np.where(unit > 0, unit, 1.0), np.nan)
    level = graded(steps, policy.thresholds("hold"))
    exact = np.where(np.isnan(gap), NOT_JUDGED, np.where(gap >= -_leeway(aims), GREEN, RED))
    return np.where(aims.hold, np.where(np.isnan(steps), exact, level), path)


def _leeway(aims: Aims) -> Float:
    """Rounding of a gap, in the metric's unit."""
    size = np.fmax(np.abs(aims.baseline), np.abs(aims.target))
    return np.asarray(ROUNDING * np.where(aims.planned > 0, aims.planned, size))


def allowance(view: Outlook, aims: Aims, k: Int) -> Float:
    """Shortfall that still counts as delivered: before the target period τ·J, from then on τ·J
    or the noise, whichever is larger; where the level is held, one noise unit."""
    verdict = ~aims.hold & (k >= aims.k1)
    return np.where(verdict, np.fmax(view.tolerance, view.spread), view.tolerance)


def _early(
    state: State,
    k: Int,
    expected: Float,
    view: Outlook,
    mean_range: Float,
    aims: Aims,
    policy: Policy,
) -> Bool:
    """Most is to come, and neither plan nor underlying gap stands out of the noise yet."""
    noise = early_noise(view.spread, mean_range, policy)
    still = view.to_come >= policy.early_share - ROUNDING
    quiet = (np.abs(expected - aims.baseline) <= noise) & (np.abs(state.level) <= noise)
    return np.asarray(still & quiet & (k < aims.k1))


def early_noise(spread: Float, mean_range: Float, policy: Policy) -> Float:
    """2σ₂: twice the noise S, or the moving range's where there is no S; NaN without either."""
    moving = np.where(mean_range > 0, mean_range / RANGE_TO_SIGMA, np.nan)
    return policy.early_noise * np.where(np.isnan(spread), moving, spread)


class Chain:
    """Confirm before you recolour: the lights of consecutive observed periods.

    A change is adopted when the new light comes up twice running or jumps two steps. The
    first light, also after 'too early', and the first verdict at the target period or after
    it are adopted at once; later verdicts change only when they come up twice.
    """

    def __init__(self, rows: int, confirms: bool) -> None:
        self.confirms = confirms
        self.light = np.full(rows, NOT_JUDGED)
        self.pending = np.full(rows, NOT_JUDGED)
        self._previous = np.full(rows, NOT_JUDGED)
        self._verdict = np.zeros(rows, dtype=bool)
        self._delivered = np.zeros(rows, dtype=bool)
        self.state = np.zeros(rows, dtype=np.int64)

    def advance(self, raw: Int, observed: Bool, at_end: Bool) -> None:
        """One period on; only `observed` rows move, `at_end` are at their target or after."""
        adopt = self._adopts(raw, at_end)
        light = np.where(adopt, raw, self.light)
        pending = np.where(raw == light, NOT_JUDGED, raw)
        self.light = np.where(observed, light, self.light)
        self.pending = np.where(observed, pending, self.pending)
        self._previous = np.where(observed, raw, self._previous)
        self._settle(observed & at_end)

    def _adopts(self, raw: Int, at_end: Bool) -> Bool:
        if not self.confirms:
            return np.ones(raw.shape, dtype=bool)
        first = (self.light == NOT_JUDGED) | (raw == NOT_JUDGED) | (at_end & ~self._verdict)
        jump = (np.abs(raw - self.light) >= 2) & ~at_end
        return np.asarray(first | jump | (raw == self._previous))

    def _settle(self, judged: Bool) -> None:
        """Delivered once Green, held while it stays so, lost when it goes; else missed."""
        green = self.light == GREEN
        name = np.where(
            green,
            np.where(self.state_is("delivered", "held"), STATES.index("held"), 1),
            np.where(self._delivered, STATES.index("lost"), STATES.index("missed")),
        )
        self.state = np.where(judged, name, self.state)
        self._delivered |= judged & green
        self._verdict |= judged

    def state_is(self, *names: str) -> Bool:
        return np.isin(self.state, [STATES.index(name) for name in names])


STATES = ("", "delivered", "held", "missed", "lost")
