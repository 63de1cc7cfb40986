"""Where an axis starts and ends, and where labels go so that none covers another."""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
LETTER = 7.2
"""Width of a letter of a label in pixels, on the wide side of what fonts do at 12 pixels."""
ROOM = 0.03
"""Share of the values' span kept free below the lowest, so that its label is clear of the axis."""


def nice_step(span: float, intervals: int = 5) -> float:
    """The round step (1, 2, 2.5 or 5 times a power of ten) nearest above span/intervals."""
    raw = span / intervals
    power = 10.0 ** floor(log10(raw))
    return next(step * power for step in STEPS if step * power >= raw * (1 - 1e-9))


def value_range(values: Sequence[float]) -> tuple[float, float, float]:
    """(low, high, step) that hold all values; from zero unless that would flatten them.

    Values that use less than half of the way up from zero get an axis of their own, which the
    page must say.
    """
    if not values:
        return 0.0, 1.0, 0.2
    low, high = min(values), max(values)
    if low == high:
        low, high = low - (abs(low) * 0.1 or 1.0), high + (abs(high) * 0.1 or 1.0)
    span = high - low
    if 0 <= low < span:
        low = room = 0.0
    else:
        room = ROOM * span
    step = nice_step(high - low)
    bottom = floor((low - room) / step) * step
    top = ceil(high / step) * step
    if low >= 0:
        bottom = max(bottom, 0.0)
    return bottom, top, step


def step_decimals(step: float) -> int:
    """Decimals that tell neighbouring ticks apart: 0.25 → 2, 5 → 0."""
    return next(n for n in range(13) if n == 12 or abs(step - round(step, n)) < 1e-9 * step)


def tick_width(axis: tuple[float, float, float], suffix: str = "") -> float:
    """Room in pixels that the longest number beside the axis takes, its distance included."""
    low, high, step = axis
    decimals = step_decimals(step)
    longest = max(len(f"{end:,.{decimals}f}") for end in (low, high)) + len(suffix)
    return longest * LETTER + 10


def spread(heights: Sequence[float], apart: float) -> list[float]:
    """The heights, moved as little as needed so that neighbours stand `apart`; order is kept."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed = list(heights)
    for below, above in pairwise(order):
        placed[above] = max(placed[above], placed[below] + apart)
    excess = sum(placed[i] - heights[i] for i in order) / max(len(order), 1)
    return [height - excess for height in placed]
