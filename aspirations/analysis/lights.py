"""From evidence to a light: thresholds, the verdict at the target, and confirmation.

Arrays have rows last: (n,) for one period, (m, n) for all periods at once.
"""

from dataclasses import dataclass

import numpy as np

from aspirations.analysis import aims as reached
from aspirations.analysis import forecast, variance
from aspirations.analysis.aims import Aims
from aspirations.analysis.arrays import Bool, Float, Int
from aspirations.analysis.filtering import State
from aspirations.analysis.forecast import Outlook
from aspirations.analysis.policy import Policy
from aspirations.analysis.result import NOT_JUDGED
from aspirations.analysis.variance import RANGE_TO_SIGMA

__all__ = [
    "LIGHTS",
    "NOT_JUDGED",
    "ROUNDING",
    "Chain",
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
    light[np.isnan(evidence)] = NOT_JUDGED
    return light


@dataclass(frozen=True)
class Cells:
    """What some moments know of their rows, arrays of one shape with rows last."""

    state: State
    k: Int
    seen: Bool
    """A gap was observed after the baseline."""
    gap: Float
    """g of the value as observed."""
    adjusted: Float
    """The gap with the season taken out."""
    plan: Float
    """T without a season of its own."""
    mean_range: Float
    aims: Aims


@dataclass(frozen=True)
class Reading:
    """What the evidence of each moment says, before confirmation."""

    outlook: Outlook
    likelihood_light: Int
    distance_light: Int
    light: Int
    """Not judged while it is too early to tell."""
    early: Bool
    capped: Bool
    """Held at Amber-Green for want of points."""


def weigh(cells: Cells, policy: Policy) -> Reading:
    """The light of every cell that was seen; not judged elsewhere."""
    aims = cells.aims
    view = forecast.outlook(cells.state, cells.k, cells.plan, cells.mean_range, aims, policy)
    chance = graded(view.likelihood, policy.thresholds("likelihood"))
    distance = _distance(cells, view.spread, policy)
    held_back = view.to_come > policy.cap_share + ROUNDING
    capped = (chance < 0) & held_back & (distance > AMBER_GREEN)
    light = np.where(chance >= 0, chance, np.where(capped, AMBER_GREEN, distance))
    early = _early(cells, view, policy)
    light = np.where(early, NOT_JUDGED, light)
    ended = cells.k >= aims.k1
    if ended.any():
        met = cells.adjusted >= -allowance(view, aims, cells.k) - leeway(aims)
        light = np.where(ended, np.where(met, GREEN, np.minimum(distance, AMBER_RED)), light)
    return Reading(
        outlook=view,
        likelihood_light=chance,
        distance_light=distance,
        light=np.where(cells.seen, light, NOT_JUDGED),
        early=early & cells.seen,
        capped=capped & ~ended,
    )


def _distance(cells: Cells, spread: Float, policy: Policy) -> Int:
    """Journey variance against the path; where the level is held, gap in noise units."""
    aims, mean_range = cells.aims, cells.mean_range
    path = graded(variance.journey(cells.gap, aims.planned), policy.thresholds("distance"))
    if not aims.hold.any():
        return path
    unit = np.where(mean_range > 0, mean_range / RANGE_TO_SIGMA, spread)
    steps = np.where(unit > 0, cells.gap / np.where(unit > 0, unit, 1.0), np.nan)
    level = graded(steps, policy.thresholds("hold"))
    exact = np.where(cells.gap >= -leeway(aims), GREEN, RED)
    exact = np.where(np.isnan(cells.gap), NOT_JUDGED, exact)
    return np.where(aims.hold, np.where(np.isnan(steps), exact, level), path)


def leeway(aims: Aims) -> Float:
    """Rounding of a gap, in the metric's unit."""
    size = np.fmax(np.abs(aims.baseline), np.abs(aims.target))
    return np.asarray(ROUNDING * np.where(aims.planned > 0, aims.planned, size))


def allowance(view: Outlook, aims: Aims, k: Int) -> Float:
    """Shortfall that still counts as delivered: before the target period τ·J, from then on τ·J
    or the noise, whichever is larger; where the level is held, one noise unit."""
    verdict = ~aims.hold & (k >= aims.k1)
    return np.where(verdict, np.fmax(view.tolerance, view.spread), view.tolerance)


def _early(cells: Cells, view: Outlook, policy: Policy) -> Bool:
    """Most is to come, and neither plan nor underlying gap stands out of the noise yet."""
    still = (view.to_come >= policy.early_share - ROUNDING) & (cells.k < cells.aims.k1)
    if not still.any():
        return still
    noise = early_noise(view.spread, cells.mean_range, policy)
    planned = np.abs(reached.gap(cells.plan, cells.aims.baseline, cells.aims))
    return np.asarray(still & (planned <= noise) & (np.abs(cells.state.level) <= noise))


def early_noise(spread: Float, mean_range: Float, policy: Policy) -> Float:
    """2σ₂: twice the noise S, or the moving range's where there is no S, be it 0; NaN without
    either."""
    moving = mean_range / RANGE_TO_SIGMA
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
        self.state = np.zeros(rows, dtype=np.int64)
        self._previous = np.full(rows, NOT_JUDGED)
        self._verdict = np.zeros(rows, dtype=bool)
        self._delivered = np.zeros(rows, dtype=bool)

    def advance(self, raw: Int, observed: Bool, at_end: Bool) -> None:
        """One period on; only `observed` rows move, `at_end` are at their target or after."""
        light = np.where(self._adopts(raw, at_end), raw, self.light)
        self.light = np.where(observed, light, self.light)
        pending = np.where(raw == light, NOT_JUDGED, raw)
        self.pending = np.where(observed, pending, self.pending)
        self._previous = np.where(observed, raw, self._previous)
        ended = observed & at_end
        if ended.any():
            self._settle(ended)

    def _adopts(self, raw: Int, at_end: Bool) -> Bool:
        if not self.confirms:
            return np.ones(raw.shape, dtype=bool)
        first = (self.light == NOT_JUDGED) | (raw == NOT_JUDGED) | (at_end & ~self._verdict)
        jump = (np.abs(raw - self.light) >= 2) & ~at_end
        return np.asarray(first | jump | (raw == self._previous))

    def _settle(self, judged: Bool) -> None:
        """Delivered once Green, held while it stays so, lost when it goes; else missed."""
        green = self.light == GREEN
        good = np.where(np.isin(self.state, (DELIVERED, HELD)), HELD, DELIVERED)
        bad = np.where(self._delivered, LOST, MISSED)
        self.state = np.where(judged, np.where(green, good, bad), self.state)
        self._delivered |= judged & green
        self._verdict |= judged


STATES = ("", "delivered", "held", "missed", "lost")
DELIVERED, HELD, MISSED, LOST = range(1, 5)
