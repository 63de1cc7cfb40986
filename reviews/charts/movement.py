"""One element in two rounds: a ring where it stood, a dot where it stands."""

from dataclasses import dataclass

from reviews.charts.scale import MIDDLE, place, ticks, written

RING, GAP, HEAD = 4.5, 3.0, 5.0


@dataclass(frozen=True)
class Move:
    """Ticks, both places, and the arrow between them; no arrow where nothing moved."""

    ticks: tuple[str, ...]
    earlier: str
    now: str
    arrow: str


def move(earlier: int, now: int, points: int) -> Move:
    start, end = place(earlier, points), place(now, points)
    return Move(ticks(points), written(start), written(end), arrow(start, end))


def arrow(start: float, end: float) -> str:
    """From the rim of the ring to the dot, as path data."""
    if start == end:
        return ""
    way = 1 if end > start else -1
    begin, tip = start + way * RING, end - way * (RING + GAP)
    back = tip - way * HEAD
    line = f"M{written(begin)} {written(MIDDLE)}H{written(tip)}"
    head = f"M{written(back)} {written(MIDDLE - 4)}L{written(tip)} {written(MIDDLE)}"
    return f"{line}{head}L{written(back)} {written(MIDDLE + 4)}"
