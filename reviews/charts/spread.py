"""Where the middles of the groups’ scores of one element lie, as a bar on the scale."""

from dataclasses import dataclass

from reviews.charts.scale import place, ticks, written

HALF = 5.0
"""By how many pixels the bar reaches beyond its ends, so that one value alone is a dot."""


@dataclass(frozen=True)
class Spread:
    """Ticks and bar in a box of 138 × 26."""

    ticks: tuple[str, ...]
    left: str
    wide: str


def spread(low: float, high: float, points: int) -> Spread:
    """`low` and `high`: the lowest and the highest of the middles, between 1 and `points`."""
    start, end = place(low, points) - HALF, place(high, points) + HALF
    return Spread(ticks(points), written(start), written(end - start))
