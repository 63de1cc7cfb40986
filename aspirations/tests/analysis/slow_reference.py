"""Likelihood of delivery again, one series and one number at a time.

Written from the published rules without looking at the vectorised code, for comparison only.
Values are lists with None where missing; index i is the period, k0 and K are indices.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ALPHA, BETA, PHI, KAPPA, TAU = 0.3, 0.1, 0.9, 0.20, 0.10

Values = Sequence[float | None]
Expected = Callable[[int], float]


@dataclass
class Chance:
    level: float
    drift: float
    noise: float | None
    errors: int
    centre: float
    deviation: float
    likelihood: float | None


def normal(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def clipped_mean_square(errors: list[float]) -> float:
    kept: list[float] = []
    for error in errors:
        if len(kept) >= 5:
            limit = 3 * math.sqrt(sum(e * e for e in kept) / len(kept))
            error = max(-limit, min(limit, error))
        kept.append(error)
    return sum(e * e for e in kept) / len(kept) if kept else 0.0


def smoothing_errors(values: Values) -> list[float]:
    """Simple exponential smoothing from its first value, the first two errors dropped."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    level, errors = known[0], []
    for value in known[1:]:
        errors.append(value - level)
        level += ALPHA * (value - level)
    return errors[2:]


def filtered(gaps: Values) -> tuple[float, float, list[float]]:
    """Damped level and drift from 0, and the one-step errors."""
    level = drift = 0.0
    errors = []
    for gap in gaps:
        ahead = level + PHI * drift
        if gap is None:
            level, drift = ahead, PHI * drift
            continue
        error = gap - ahead
        errors.append(error)
        level, drift = ahead + ALPHA * error, PHI * drift + ALPHA * BETA * error
    return level, drift, errors


def spread_factor(steps: int) -> float:
    total = 1.0
    for j in range(1, steps):
        damped = sum(PHI**i for i in range(1, j + 1))
        total += (ALPHA * (1 + BETA * damped)) ** 2
    return total


def chance_of_delivery(
    before: Values,
    gaps: Values,
    steps: int,
    planned: float,
    to_come: float,
    hold: bool = False,
    left: float = 0.0,
) -> Chance:
    """`before` are the values up to the baseline, `gaps` those after it, `steps` is h; `left` is
    s·(G − T(K)), what the path itself leaves open."""
    level, drift, errors = filtered(gaps)
    every = smoothing_errors(before) + errors
    noise = math.sqrt(clipped_mean_square(every))
    if len(every) < 6 or noise == 0:
        return Chance(level, drift, None, len(every), math.nan, math.nan, None)
    promised = 0.0 if hold else KAPPA * to_come * planned
    centre = level + drift * sum(PHI**i for i in range(1, steps + 1)) - left
    deviation = math.sqrt(noise**2 * spread_factor(steps) + promised**2)
    tolerance = noise if hold else TAU * planned
    return Chance(
        level,
        drift,
        noise,
        len(every),
        centre,
        deviation,
        normal((centre + tolerance) / deviation),
    )


def seasonal_indices(values: Values, seasons: int) -> list[float] | None:
    """Additive indices by position modulo `seasons`; None with less than two years."""
    half = seasons // 2
    if sum(value is not None for value in values) < 2 * seasons:
        return None
    apart: list[list[float]] = [[] for _ in range(seasons)]
    for i in range(half, len(values) - half):
        year = [values[j] for j in range(i - half, i + half + 1)]
        if any(value is None for value in year):
            continue
        known = [value for value in year if value is not None]
        mean = (sum(known[1:-1]) + (known[0] + known[-1]) / 2) / seasons
        apart[i % seasons].append(known[half] - mean)
    if not all(apart):
        return None
    shrunk = [sum(a) / len(a) * len(a) / (len(a) + 1) for a in apart]
    mean = sum(shrunk) / seasons
    return [index - mean for index in shrunk]


def straight(k0: int, baseline: float, k1: int, target: float) -> Expected:
    def at(k: int) -> float:
        return target if k >= k1 else baseline + (target - baseline) * (k - k0) / (k1 - k0)

    return at
