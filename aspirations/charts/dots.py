"""Places as dots on one scale, each in a strip of its own, with the range it is read from."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 320.0, 30.0, 10.0


@dataclass(frozen=True)
class Strip:
    """One place in a box of 320 × 30; texts, so that no locale rewrites a number."""

    dot: str
    left: str
    wide: str


@dataclass(frozen=True)
class Strips:
    """All places on the same scale: lines for what they are compared with, ends of the scale."""

    rows: list[Strip]
    lines: list[str]
    low: float
    high: float


def strips(
    rows: Sequence[tuple[float | None, float | None, float | None]],
    lines: Sequence[float | None] = (),
) -> Strips | None:
    """Rows of value, low and high, in order; None where there is no value at all.

    A row without a value has an empty strip, one without a range no bar.
    """
    known = [number for row in (*rows, lines) for number in row if number is not None]
    if not any(row[0] is not None for row in rows):
        return None
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    if high == low:
        low, high = low - 0.5, high + 0.5

    def put(value: float | None) -> str:
        if value is None:
            return ""
        return f"{EDGE + (value - low) / span * (WIDTH - 2 * EDGE):.1f}"

    def strip(value: float | None, start: float | None, end: float | None) -> Strip:
        if start is None or end is None:
            return Strip(put(value), "", "")
        wide = (end - start) / span * (WIDTH - 2 * EDGE)
        return Strip(put(value), put(start), f"{max(wide, 1.0):.1f}")

    return Strips([strip(*row) for row in rows], [put(value) for value in lines], low, high)
