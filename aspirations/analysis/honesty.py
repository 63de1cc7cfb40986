"""Is a path honest? Questions put to a plan before it is agreed, and the figures that answer.

No answer changes a judgment: they are read by the people who challenge the plan.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np

from aspirations.analysis import trajectories
from aspirations.analysis.arrays import Float, Int, Text
from aspirations.analysis.paths import Effect, Path
from aspirations.analysis.shapes import contribution

SMALL = 0.01
"""Share of the planned change below which a remainder is rounding between friends."""
WEAK = frozenset({"weak", "none"})


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
    drift = plan.sign * path.parameters.get("drift", 0.0) * (path.k1 - path.k0)
    left = needed - explained
    answer = Answer.SOUND if left <= SMALL * abs(needed) else Answer.DOUBT
    return Finding(
        "unexplained",
        answer,
        {"needed": needed, "explained": explained, "drift": drift, "left": left},
    )


def explained_at(path: Path, k: Int) -> Float:
    """Drift and interventions together at ordinals k (p,), in the metric's unit."""
    drift = path.parameters.get("drift", 0.0) * np.maximum(k - path.k0, 0)
    return np.asarray(sum((contribution(effect, k) for effect in path.effects), start=drift))


def over_counting(plan: Plan) -> Finding:
    """Gain claimed twice, less what the attributions of the two already take out."""
    named = plan.path.effects
    left = [
        max(0.0, row.amount - removed(named[row.first]) - removed(named[row.second]))
        for row in plan.overlaps
    ]
    told = [
        {
            "first": named[row.first].name,
            "second": named[row.second].name,
            "amount": row.amount,
            "left": rest,
            "note": row.note,
        }
        for row, rest in zip(plan.overlaps, left, strict=True)
    ]
    planned = abs(plan.path.target - plan.path.baseline)
    answer = Answer.SOUND if sum(left) <= SMALL * planned else Answer.LOOK
    return Finding("over_counting", answer, {"left": sum(left), "overlaps": told})


def removed(effect: Effect) -> float:
    """What the attribution takes out: (1 − a)·|e|."""
    return (1.0 - effect.attribution) * abs(effect.mid)


def timing(plan: Plan) -> Finding:
    """Gain the path asks for before any intervention can have an effect."""
    path = plan.path
    begins = min(effect.start + effect.lag for effect in path.effects)
    last = int(np.clip(begins, path.k0, path.k1 - 1))
    asked = float(trajectories.at([path], np.array([[last]]))[0, 0])
    drift = path.parameters.get("drift", 0.0) * (last - path.k0)
    early = plan.sign * (asked - path.baseline - drift)
    answer = Answer.LOOK if early > SMALL * abs(path.target - path.baseline) else Answer.SOUND
    return Finding("timing", answer, {"early": max(early, 0.0), "begins": begins})


def weak_evidence(plan: Plan) -> Finding:
    """Share of the explained gain that rests on weak evidence or none."""
    share = _share(plan, [grade in WEAK for grade in plan.evidence])
    answer = Answer.SOUND if share is None or share < 0.25 else Answer.LOOK
    return Finding("weak_evidence", answer, {"share": share})


def unfunded(plan: Plan) -> Finding:
    """Share of the explained gain whose work has no money."""
    share = _share(plan, [not paid for paid in plan.funded])
    answer = Answer.SOUND if share is None or share <= SMALL else Answer.LOOK
    return Finding("unfunded", answer, {"share": share})


def _share(plan: Plan, counted: Sequence[bool]) -> float | None:
    """Part of all expected effects that the counted ones make; None where nothing is said."""
    sizes = [abs(effect.mid) * effect.attribution for effect in plan.path.effects]
    if not counted or not sum(sizes):
        return None
    part = sum(size for size, counts in zip(sizes, counted, strict=True) if counts)
    return part / sum(sizes)


@dataclass(frozen=True)
class Wedges:
    """Where a path's points come from, period by period: baseline + drift + gains + left = T."""

    names: Text
    gains: Float
    """(e, width), one row for each intervention."""
    drift: Float
    left: Float
    """(width,) what no intervention explains; below 0 where they promise more than the path."""


def wedges(path: Path, first: int, width: int) -> Wedges:
    """The parts of T over the periods from `first` on; from K on those of K."""
    k = np.arange(first, first + width)
    inside = np.clip(k, path.k0, path.k1)
    expects = trajectories.at([path], k[None, :])[0]
    drift = path.parameters.get("drift", 0.0) * (inside - path.k0).astype(np.float64)
    gains = np.array([contribution(effect, inside) for effect in path.effects])
    gains = gains.reshape(len(path.effects), width)
    return Wedges(
        names=np.array([effect.name for effect in path.effects], dtype=np.str_),
        gains=gains,
        drift=drift,
        left=expects - path.baseline - drift - gains.sum(axis=0),
    )
