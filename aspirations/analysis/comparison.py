"""Places side by side: who differs by more than chance explains, and who is worth learning from.

Shares are held against control limits for a proportion, p̄ ± 3√(p̄(1 − p̄)/n) for n people
(D. Spiegelhalter, “Funnel plots for comparing institutional performance”, Statistics in Medicine
24, 2005, 1185–1202), so that a small place is not called different for being small. Without
counts it is the distance to the whole, period by period, that has natural limits (mean ± 2.66
mean moving ranges, Wheeler 2000): what all places share, such as a trend, drops out of it, and a
place differs where nothing at all lies outside those limits. There is no ranking.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from statistics import median

SIGMAS = 3.0
LIMIT_WIDTH, LEAST_POINTS = 2.66, 5
FEWEST = 2
"""Places below which nothing can be compared."""


class Basis(StrEnum):
    FUNNEL = "funnel"
    NATURAL = "natural"


@dataclass(frozen=True)
class Spot:
    """The latest figure of a place: its period (an ordinal), value and parts."""

    period: int | None = None
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    distances: tuple[float, ...] = ()
    """Place less whole, of each period of its stretch that both have, oldest first."""
    improving: bool = False
    """A signal of its natural variation, up to its latest figure, reads as improving."""


@dataclass(frozen=True)
class Place:
    """How one place compares.

    side      +1 above what chance explains, −1 below it, 0 within it, None where nobody can say
    low, high the range that the side was read from: of chance around the common value (funnel),
              or where the place's own distances would put it today (natural)
    learn     worth learning from: beyond chance on the better side, or improving by a signal
              while the whole is not
    """

    is_compared: bool
    side: int | None
    low: float | None
    high: float | None
    better: int
    learn: bool


@dataclass(frozen=True)
class Comparison:
    """`common` is the value that places are held against, in the metric's unit."""

    basis: Basis
    period: int | None
    common: float | None
    best: float | None
    middle: float | None
    places: list[Place]


def compare(
    spots: Sequence[Spot],
    sign: int,
    whole: float | None = None,
    per: float = 100.0,
    shared: bool = False,
) -> Comparison:
    """Places at the newest period that any of them has; older figures are not compared.

    `sign`: +1 where higher is better, −1 where lower is, 0 where neither (nobody is named then).
    `whole`: what distances were taken from, at that period; else the median stands for it.
    `per`: what a share is multiplied by in the metric's unit. `shared`: the whole improves by a
    signal too, so that improving sets nobody apart.
    """
    period = max((spot.period for spot in spots if spot.period is not None), default=None)
    now = [spot for spot in spots if spot.period == period and spot.value is not None]
    values = [spot.value for spot in now if spot.value is not None]
    is_funnel = len(now) >= FEWEST and all(is_share(spot) for spot in now)
    middle = median(values) if values else None
    share = pooled(now) if is_funnel else None
    reference = whole if whole is not None else middle
    common = share * per if share is not None else reference
    places = [
        place(spot, spot in now and len(now) >= FEWEST, sign, common, share, per) for spot in spots
    ]
    if shared:
        places = [replace(one, learn=one.better > 0) for one in places]
    best = (max(values) if sign > 0 else min(values)) if values and sign else None
    basis = Basis.FUNNEL if is_funnel else Basis.NATURAL
    return Comparison(basis, period, common, best, middle, places)


def is_share(spot: Spot) -> bool:
    """Whether a part of a whole was counted: only then does the formula for proportions hold."""
    above, below = spot.numerator, spot.denominator
    return above is not None and below is not None and 0 <= above <= below and below > 0


def pooled(spots: Sequence[Spot]) -> float | None:
    """p̄: everyone counted over everyone there, so that a large place weighs as it should."""
    below = sum(spot.denominator or 0.0 for spot in spots)
    return sum(spot.numerator or 0.0 for spot in spots) / below if below else None


def funnel(share: float, size: float) -> tuple[float, float]:
    """What chance explains of a share among `size` people, held within 0 and 1."""
    half = SIGMAS * math.sqrt(share * (1 - share) / size)
    return max(share - half, 0.0), min(share + half, 1.0)


def natural(distances: Sequence[float]) -> tuple[float, float] | None:
    """Natural limits of the distances; None where there are too few of them."""
    if len(distances) < LEAST_POINTS:
        return None
    centre = sum(distances) / len(distances)
    moves = [abs(later - one) for one, later in pairwise(distances)]
    half = LIMIT_WIDTH * sum(moves) / len(moves)
    return centre - half, centre + half


def place(
    spot: Spot, compared: bool, sign: int, common: float | None, share: float | None, per: float
) -> Place:
    low: float | None
    high: float | None
    low, high, side = None, None, None
    if compared and share is not None:
        low, high = (edge * per for edge in funnel(share, spot.denominator or 1.0))
        side = side_of(spot.value, low, high)
    elif compared and common is not None and (limits := natural(spot.distances)):
        low, high = (common + edge for edge in limits)
        side = apart(spot.distances[-1], limits)
    better = (side or 0) * sign
    learn = better > 0 or (compared and spot.improving and sign != 0)
    return Place(compared, side, low, high, better, learn)


def apart(latest: float, limits: tuple[float, float]) -> int:
    """The side of nothing at all on which the limits lie, unless the latest distance denies it."""
    side = (limits[0] > 0) - (limits[1] < 0)
    return side if latest * side > 0 else 0


def side_of(value: float | None, low: float | None, high: float | None) -> int | None:
    """+1 above `high`, −1 below `low`, 0 between them; None where any of the three is unknown."""
    if value is None or low is None or high is None:
        return None
    return (value > high) - (value < low)
