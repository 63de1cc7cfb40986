"""The lights of a series again, one moment and one number at a time, for comparison only.

Written from the published rules without looking at the vectorised code. Values are lists with
None where missing; index i is the period. Without season, rebases or bands.
"""

import math
from dataclasses import dataclass
from itertools import pairwise

from aspirations.analysis.trajectories import Path
from aspirations.tests.analysis.slow_paths import end_of, expected, shape_at
from aspirations.tests.analysis.slow_reference import TAU, Chance, Values, chance_of_delivery

N, RED, AMBER_RED, AMBER_GREEN, GREEN = -1, 0, 1, 2, 3
TOLERANT = 1e-9


@dataclass
class Moment:
    raw: int
    likelihood: float | None
    light: int = N
    pending: int = N


def graded(evidence: float, falling: tuple[float, float, float]) -> int:
    return sum(evidence >= threshold - TOLERANT for threshold in falling)


def mean_range(values: Values) -> float | None:
    known = [value for value in values if value is not None]
    steps = [abs(b - a) for a, b in pairwise(known)]
    return sum(steps) / len(steps) if steps else None


class Series:
    """One series with its path; `first` is the ordinal of index 0."""

    def __init__(self, values: Values, path: Path, sign: int, first: int) -> None:
        self.values, self.path, self.sign, self.first = values, path, sign, first
        self.k0, self.k1 = path.k0 - first, path.k1 - first
        self.planned = abs(path.target - path.baseline)
        noise = (mean_range(values[: self.k0 + 1]) or 0.0) / 1.128
        self.hold = self.planned == 0 or self.planned < 0.5 * noise

    def gap(self, i: int) -> float | None:
        value = self.values[i]
        return None if value is None else self.sign * (value - expected(self.path, self.first + i))

    def to_come(self, i: int) -> float:
        """u, from the plan without its season."""
        if self.hold:
            return 0.0
        plan = self.path.target if i >= self.k1 else shape_at(self.path, self.first + i)
        return abs(end_of(self.path) - plan) / self.planned

    def chance(self, i: int) -> Chance:
        gaps = [self.gap(k) for k in range(self.k0 + 1, i + 1)]
        left = self.sign * (self.path.target - end_of(self.path))
        before, to_come = self.values[: self.k0 + 1], self.to_come(i)
        steps = self.k1 - i
        return chance_of_delivery(before, gaps, steps, self.planned, to_come, self.hold, left)

    def distance(self, i: int, spread: float | None) -> int:
        gap = self.gap(i)
        assert gap is not None
        if not self.hold:
            return graded(gap / self.planned, (-0.05, -0.15, -0.30))
        unit = (mean_range(self.values[: i + 1]) or 0.0) / 1.128 or spread or 0.0
        if unit:
            return graded(gap / unit, (-1.0, -2.0, -3.0))
        return GREEN if gap >= -TOLERANT * (self.planned or abs(self.path.target)) else RED

    def early(self, i: int, chance: Chance) -> bool:
        moving = mean_range(self.values[: i + 1])
        unit = chance.noise if chance.noise is not None else moving and moving / 1.128
        if unit is None or self.to_come(i) < 0.75 - TOLERANT:
            return False
        plan = shape_at(self.path, self.first + i)
        return abs(plan - self.path.baseline) <= 2 * unit and abs(chance.level) <= 2 * unit

    def raw(self, i: int) -> Moment:
        """The light of period i before confirmation."""
        chance = self.chance(i)
        distance = self.distance(i, chance.noise)
        if i >= self.k1:
            return Moment(self.verdict(i, chance, distance), None)
        if self.early(i, chance):
            return Moment(N, None)
        if chance.likelihood is not None:
            return Moment(graded(chance.likelihood, (0.65, 0.40, 0.10)), chance.likelihood)
        capped = self.to_come(i) > 0.4 + TOLERANT
        return Moment(min(distance, AMBER_GREEN) if capped else distance, None)

    def verdict(self, i: int, chance: Chance, distance: int) -> int:
        gap, noise = self.gap(i), chance.noise
        assert gap is not None
        moving = (mean_range(self.values[: i + 1]) or 0.0) / 1.128
        held = noise if noise is not None else moving
        allowed = held if self.hold else max(TAU * self.planned, noise or 0.0)
        rounding = TOLERANT * (self.planned or abs(self.path.target))
        return GREEN if gap >= -allowed - rounding else min(distance, AMBER_RED)

    def moments(self) -> dict[int, Moment]:
        """Every observed period after the baseline, confirmed."""
        told: dict[int, Moment] = {}
        light, last, ended = N, N, False
        for i in range(max(self.k0 + 1, 0), len(self.values)):
            if self.values[i] is None:
                continue
            now, at_end = self.raw(i), i >= self.k1
            first = N in (light, now.raw) or (at_end and not ended)
            jump = abs(now.raw - light) >= 2 and not at_end
            if first or jump or now.raw == last:
                light = now.raw
            now.light, now.pending = light, N if now.raw == light else now.raw
            last, ended, told[i] = now.raw, ended or at_end, now
        return told


def same(one: float | None, other: float) -> bool:
    """Whether a figure of the reference is that of an array, where NaN means none."""
    return math.isnan(other) if one is None else math.isclose(one, other, abs_tol=1e-10)
