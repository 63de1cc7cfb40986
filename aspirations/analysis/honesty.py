"""Is a path honest? Questions put to a plan before it is agreed, and the figures that answer.

No answer changes a judgment: they are read by the people who challenge the plan.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np

from aspirations.analysis import trajectories
from aspirations.analysis.arrays import Float, Int, Text
from aspirations.analysis.path_effects import contribution
from aspirations.analysis.paths import Effect, Path
from aspirations.analysis.variance import RANGE_TO_SIGMA

SMALL = 0.01
"""Share of the planned change below which a remainder is rounding between friends."""
FEWEST_KNOWN = 5
"""Figures from which a spread says anything."""
WEAK = frozenset({"weak", "none"})
WEAK_SHARE = 0.25
"""Share of the explained gain from which weak evidence is worth a question."""


class Answer(StrEnum):
    """SOUND: nothing to ask; LOOK: worth a question; DOUBT: answer it before agreeing."""

    SOUND = "sound"
    LOOK = "look"
    DOUBT = "doubt"


@dataclass(frozen=True)
class Finding:
    """One question, its answer, and the figures behind it; None where one is not known."""

    code: str
    answer: Answer
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Overlap:
    """Gain that two interventions both claim, numbered by their place among the effects."""

    first: int
    second: int
    amount: float
    note: str = ""


@dataclass(frozen=True)
class Plan:
    """A path with what is known about it. `sign` is +1 where higher is better, −1 where lower.

    `history` (m,) are the observed values from ordinal `first` on; `peers_best` the best year
    of a comparable system; `evidence` and `funded` say so for each effect, in their order.
    """

    path: Path
    sign: int
    per_year: int
    first: int = 0
    history: Float = field(default_factory=lambda: np.empty(0))
    overlaps: Sequence[Overlap] = ()
    evidence: Sequence[str] = ()
    funded: Sequence[bool] = ()
    peers_best: float | None = None


def findings(plan: Plan) -> list[Finding]:
    """All questions in the order in which they are asked."""
    asked = [steepest_year(plan), unexplained(plan)]
    if plan.path.effects:
        asked += [over_counting(plan), timing(plan), weak_evidence(plan), unfunded(plan)]
    return asked


def steepest_year(plan: Plan) -> Finding:
    """The best year the path asks for against the best there has been, here or with peers."""
    path = plan.path
    drawn = trajectories.expected([path], path.k0, path.k1 - path.k0 + 1)[0]
    asks = best_change(drawn, plan.sign, min(plan.per_year, path.k1 - path.k0))
    best = best_change(plan.history, plan.sign, plan.per_year)
    known = [value for value in (best, plan.peers_best) if value is not None]
    answer = Answer.LOOK
    if known:
        answer = Answer.SOUND if asks is None or asks <= max(known) else Answer.DOUBT
    return Finding(
        "steepest_year", answer, {"asks": asks, "best": best, "peers_best": plan.peers_best}
    )


def best_change(values: Float, sign: int, periods: int) -> float | None:
    """The largest change for the better between two values `periods` apart; None without any."""
    if len(values) <= periods:
        return None
    change = sign * (values[periods:] - values[:-periods])
    return None if np.isnan(change).all() else float(np.nanmax(change))


def unexplained(plan: Plan) -> Finding:
    """The part of the planned change with no intervention behind it."""
    path = plan.path
    needed = plan.sign * (path.target - path.baseline)
    if not path.effects:
        return Finding("no_interventions", Answer.LOOK, {"needed": needed})
    explained = plan.sign * float(explained_at(path, np.array([path.k1]))[0])
    drift = plan.sign * float(drift_at(path, np.array([path.k1]))[0])
    left = needed - explained
    answer = Answer.SOUND if left <= SMALL * abs(needed) else Answer.DOUBT
    return Finding(
        "unexplained",
        answer,
        {"needed": needed, "explained": explained, "drift": drift, "left": left},
    )


def explained_at(path: Path, k: Int) -> Float:
    """Drift and interventions together at ordinals k (p,), in the metric's unit."""
    gains = (contribution(effect, k) for effect in path.effects)
    return np.asarray(sum(gains, start=drift_at(path, k)))


def drift_at(path: Path, k: Int) -> Float:
    """What would change anyway by ordinals k (p,)."""
    return np.asarray(path.parameters.get("drift", 0.0) * np.maximum(k - path.k0, 0))


def over_counting(plan: Plan) -> Finding:
    """Gain claimed twice, less what the attributions of the two already take out."""
    left = not_removed(plan.path.effects, plan.overlaps)
    told = [
        _overlap(plan.path.effects, row, rest)
        for row, rest in zip(plan.overlaps, left, strict=True)
    ]
    planned = abs(plan.path.target - plan.path.baseline)
    answer = Answer.SOUND if sum(left) <= SMALL * planned else Answer.LOOK
    return Finding("over_counting", answer, {"left": sum(left), "overlaps": told})


def not_removed(effects: Sequence[Effect], overlaps: Sequence[Overlap]) -> list[float]:
    """What is left of each overlap. An attribution takes out (1 − a)·|e| once, however many
    overlaps its intervention stands in; the one that stands in fewer is drawn on first."""
    spare = [(1.0 - effect.attribution) * abs(effect.mid) for effect in effects]
    stands = Counter(place for row in overlaps for place in (row.first, row.second))
    left = []
    for row in overlaps:
        rest = row.amount
        for place in sorted((row.first, row.second), key=stands.__getitem__):
            taken = min(rest, spare[place])
            spare[place] -= taken
            rest -= taken
        left.append(rest)
    return left


def _overlap(effects: Sequence[Effect], row: Overlap, left: float) -> dict[str, Any]:
    names = {"first": effects[row.first].name, "second": effects[row.second].name}
    return {**names, "amount": row.amount, "left": left, "note": row.note}


def timing(plan: Plan) -> Finding:
    """Gain the path asks for, but for its season, while no intervention can have an effect."""
    path = replace(plan.path, season=None)
    begins = min(effect.start + effect.lag for effect in path.effects)
    quiet = min(effect.start + effect.lag - (effect.ramp == 0) for effect in path.effects)
    last = np.array([np.clip(quiet, path.k0, path.k1 - 1)])
    asked = trajectories.at([path], last[None])[0] - path.baseline - drift_at(path, last)
    early = plan.sign * float(asked[0])
    answer = Answer.LOOK if early > SMALL * abs(path.target - path.baseline) else Answer.SOUND
    return Finding("timing", answer, {"early": max(early, 0.0), "begins": begins})


def weak_evidence(plan: Plan) -> Finding:
    """Share of the explained gain that rests on weak evidence or none."""
    share = _share(plan, [grade in WEAK for grade in plan.evidence])
    answer = Answer.SOUND if share is None or share < WEAK_SHARE else Answer.LOOK
    return Finding("weak_evidence", answer, {"share": share})


def unfunded(plan: Plan) -> Finding:
    """Share of the explained gain whose work has no money."""
    share = _share(plan, [not paid for paid in plan.funded])
    answer = Answer.SOUND if share is None or share <= SMALL else Answer.LOOK
    return Finding("unfunded", answer, {"share": share})


def within_noise(plan: Plan) -> bool:
    """Whether the whole planned change is less than half of σ, the spread from one figure to the
    next (mean moving range of the history over 1.128): it could not be told from chance."""
    known = plan.history[np.isfinite(plan.history)]
    if len(known) < FEWEST_KNOWN:
        return False
    sigma = float(np.abs(np.diff(known)).mean()) / RANGE_TO_SIGMA
    return abs(plan.path.target - plan.path.baseline) < sigma / 2


def _share(plan: Plan, counted: Sequence[bool]) -> float | None:
    """Part of the gain by the target that the counted effects make; None where none is said."""
    end = np.array([plan.path.k1])
    sizes = [abs(float(contribution(effect, end)[0])) for effect in plan.path.effects]
    if not counted or not sum(sizes):
        return None
    return sum(size for size, counts in zip(sizes, counted, strict=True) if counts) / sum(sizes)


@dataclass(frozen=True)
class Wedges:
    """Where a path's points come from, period by period.

    T = baseline + drift + gains + left + season.
    """

    names: Text
    gains: Float
    """(e, width), one row for each intervention."""
    drift: Float
    left: Float
    """(width,) what no intervention explains; below 0 where they promise more than the path."""
    season: Float
    """(width,) what the path's season adds, which needs no explaining."""


def wedges(path: Path, first: int, width: int) -> Wedges:
    """The parts of T over the periods from `first` on; from K on those of K."""
    k = np.arange(first, first + width)
    inside = np.clip(k, path.k0, path.k1)
    bare = replace(path, season=None)
    expects, even = trajectories.at([path, bare], np.broadcast_to(k, (2, width)))
    drift = drift_at(path, inside)
    gains = np.array([contribution(effect, inside) for effect in path.effects])
    gains = gains.reshape(len(path.effects), width)
    return Wedges(
        names=np.array([effect.name for effect in path.effects], dtype=np.str_),
        gains=gains,
        drift=drift,
        left=even - path.baseline - drift - gains.sum(axis=0),
        season=expects - even,
    )
