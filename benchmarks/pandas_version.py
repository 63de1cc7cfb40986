"""The same rules for one series at a time, as one would write them with pandas.

Shares no code with the arithmetic that is measured. A series is indexed by ordinals of months;
its path is a straight line, it has no rebase, and its planned change is larger than its noise.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr

ALPHA, BETA, PHI, KAPPA, TAU = 0.3, 0.1, 0.9, 0.20, 0.10
RED, AMBER_RED, AMBER_GREEN, GREEN = range(4)
NOT_JUDGED = -1
LEEWAY = 1e-9


@dataclass(frozen=True)
class Plan:
    """A straight path; `sign` is +1 where higher is better and −1 where lower is."""

    k0: int
    baseline: float
    k1: int
    target: float
    sign: int

    @property
    def planned(self) -> float:
        return abs(self.target - self.baseline)

    def share(self, k: pd.Index) -> pd.Series:
        """How far along the path each period is, 0 up to k0 and 1 from K on."""
        return pd.Series((k - self.k0) / (self.k1 - self.k0), index=k).clip(0.0, 1.0)

    def expected(self, k: pd.Index) -> pd.Series:
        path = self.baseline + (self.target - self.baseline) * self.share(k)
        return path.where(k > self.k0).mask(k >= self.k1, self.target)


@dataclass(frozen=True)
class Moment:
    """What the data up to one period say of it."""

    likelihood: float
    light: int


@dataclass(frozen=True)
class Judged:
    likelihood: float
    light: int
    earlier: list[int]
    """Lights of the last five observed periods, oldest first."""
    centre: float
    lower: float
    upper: float
    signal: str


def judged(values: pd.Series, plan: Plan) -> Judged:
    """The judgment at the latest observation; `values` are NaN where missing."""
    seen = values.loc[plan.k0 + 1 :].dropna().index
    moments = [moment(values.loc[:k], plan) for k in seen]
    lights = list(confirmed([one.light for one in moments], [k >= plan.k1 for k in seen]))
    centre, lower, upper = limits(values)
    return Judged(
        likelihood=moments[-1].likelihood,
        light=lights[-1],
        earlier=lights[-5:],
        centre=centre,
        lower=lower,
        upper=upper,
        signal=signal(values, centre, lower, upper),
    )


# --- natural variation -------------------------------------------------------------------------


def limits(values: pd.Series) -> tuple[float, float, float]:
    """Mean and natural limits of the observed points."""
    points = values.dropna()
    centre, moving = points.mean(), points.diff().abs().mean()
    if len(points) < 5 or moving == 0:
        return math.nan, math.nan, math.nan
    return centre, centre - 2.66 * moving, centre + 2.66 * moving


def signal(values: pd.Series, centre: float, lower: float, upper: float) -> str:
    """The signal of the latest observation, the first that applies."""
    points = values.dropna()
    near_low, near_high = centre + 2 / 3 * (lower - centre), centre + 2 / 3 * (upper - centre)
    side, moves = np.sign(points - centre), np.sign(points.diff())
    near = (points > near_high) & (points < upper) | (points < near_low) & (points > lower)
    if not lower <= points.iloc[-1] <= upper:
        return "outside"
    if len(points) >= 7 and abs(moves.iloc[-6:].sum()) == 6:
        return "trend"
    three = near.iloc[-3:]
    if abs(side.iloc[-3:].sum()) == 3 and three.sum() >= 2 and three.iloc[-1]:
        return "two_of_three"
    return "shift" if len(points) >= 7 and abs(side.iloc[-7:].sum()) == 7 else ""


# --- season ------------------------------------------------------------------------------------


def seasonal_shift(values: pd.Series, plan: Plan) -> pd.Series:
    """What takes the season out and puts the line between the indices of k0 and K back."""
    index = seasonal_index(values)
    if index is None:
        return pd.Series(0.0, index=values.index)
    opening, closing = index[plan.k0 % 12], index[plan.k1 % 12]
    line = opening + (closing - opening) * plan.share(values.index)
    return line - pd.Series(values.index % 12, index=values.index).map(index)


def seasonal_index(values: pd.Series) -> pd.Series | None:
    """Mean deviation of each month from the centred yearly mean, shrunk and centred."""
    if values.count() < 24:
        return None
    centred = values.rolling(12).mean().rolling(2).mean().shift(-6)
    by_month = (values - centred).groupby(values.index % 12)
    years = by_month.count()
    if (years < 1).any() or len(years) < 12:
        return None
    index = by_month.mean() * years / (years + 1)
    return index - index.mean()


# --- likelihood --------------------------------------------------------------------------------


def moment(values: pd.Series, plan: Plan) -> Moment:
    """Likelihood and unconfirmed light at the last of the values, which is observed."""
    k = int(values.index[-1])
    shift = seasonal_shift(values, plan)
    adjusted = values + shift
    expected = plan.expected(values.index)
    gaps = plan.sign * (adjusted - expected)
    level, drift, errors = filtered(gaps.loc[plan.k0 + 1 :])
    noise = spread([*smoothing_errors(adjusted.loc[: plan.k0]), *errors])
    gap = plan.sign * (values.iloc[-1] - expected.iloc[-1])
    distance = graded(gap / plan.planned, (-0.05, -0.15, -0.30))
    if k >= plan.k1:
        met = gaps.iloc[-1] >= -np.fmax(TAU * plan.planned, noise) - LEEWAY * plan.planned
        return Moment(math.nan, GREEN if met else min(distance, AMBER_RED))
    to_come = abs(plan.target - expected.iloc[-1]) / plan.planned
    likelihood = chance(level, drift, noise, plan.k1 - k, plan.planned, to_come)
    if too_early(values, plan, expected.iloc[-1], level, noise, to_come):
        return Moment(likelihood, NOT_JUDGED)
    if math.isnan(likelihood):
        capped = to_come > 0.4 + LEEWAY and distance > AMBER_GREEN
        return Moment(likelihood, AMBER_GREEN if capped else distance)
    return Moment(likelihood, graded(likelihood, (0.65, 0.40, 0.10)))


def smoothing_errors(before: pd.Series) -> list[float]:
    """One-step errors of simple exponential smoothing up to the baseline."""
    points = before.dropna()
    level = points.ewm(alpha=ALPHA, adjust=False).mean()
    return (points - level.shift()).iloc[3:].tolist()


def filtered(gaps: pd.Series) -> tuple[float, float, list[float]]:
    """Underlying gap and drift of a damped trend, and its one-step errors."""
    level = drift = 0.0
    errors = []
    for gap in gaps:
        ahead = level + PHI * drift
        error = 0.0
        if not math.isnan(gap):
            error = gap - ahead
            errors.append(error)
        level, drift = ahead + ALPHA * error, PHI * drift + ALPHA * BETA * error
    return level, drift, errors


def spread(errors: list[float]) -> float:
    """Root mean square of the errors, each clipped to three of those before it."""
    total = 0.0
    for count, error in enumerate(errors):
        limit = 3 * math.sqrt(total / count) if count >= 5 else math.inf
        total += min(abs(error), limit) ** 2
    return math.sqrt(total / len(errors)) if len(errors) >= 6 and total > 0 else math.nan


def chance(
    level: float, drift: float, noise: float, ahead: int, planned: float, to_come: float
) -> float:
    damped = np.cumsum(PHI ** np.arange(1, ahead + 1))
    weights = ALPHA * (1 + BETA * damped[:-1])
    variance = noise**2 * (1 + np.sum(weights**2)) + (KAPPA * to_come * planned) ** 2
    return float(ndtr((level + drift * damped[-1] + TAU * planned) / math.sqrt(variance)))


# --- lights ------------------------------------------------------------------------------------


def graded(evidence: float, thresholds: tuple[float, ...]) -> int:
    return sum(evidence >= threshold - LEEWAY for threshold in thresholds)


def too_early(
    values: pd.Series, plan: Plan, expected: float, level: float, noise: float, to_come: float
) -> bool:
    """Most is to come, and neither plan nor gap stands out of the noise."""
    sigma = values.dropna().diff().abs().mean() / 1.128 if math.isnan(noise) else noise
    quiet = abs(expected - plan.baseline) <= 2 * sigma and abs(level) <= 2 * sigma
    return to_come >= 0.75 - LEEWAY and quiet


def confirmed(lights: list[int], ended: list[bool]) -> Iterator[int]:
    """A light changes when the new one comes up twice or lies two steps away."""
    light = previous = NOT_JUDGED
    verdict = False
    for new, at_end in zip(lights, ended, strict=True):
        first = light == NOT_JUDGED or new == NOT_JUDGED or (at_end and not verdict)
        jump = abs(new - light) >= 2 and not at_end
        if first or jump or new == previous:
            light = new
        previous, verdict = new, verdict or at_end
        yield light
