"""A small drawing beside a printed figure: actual, path, target, and where it is likely to end."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN, RIGHT = 190.0, 52.0, 4.0, 14.0
DIAMOND = 5.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Sparkline:
    """SVG path data in a box of 190 × 52; a part that has nothing to show is empty."""

    actual: str
    path: str
    likely: str
    whisker: str
    now: Point | None
    target: str


def sparkline(
    actual: Sequence[Point], path: Sequence[Point] = (), likely: tuple[float, float] | None = None
) -> Sparkline | None:
    """Draw (period ordinal, value) points; the path ends at its target. None without points.

    `likely` is the likely range of the value at the path's last period.
    """
    points = [*actual, *path]
    if not actual:
        return None
    if likely and path:
        points += [(path[-1][0], likely[0]), (path[-1][0], likely[1])]
    put = scale(points)
    now, end = put(actual[-1]), (put(path[-1]) if path else None)
    low, high = (
        (put((path[-1][0], likely[0])), put((path[-1][0], likely[1])))
        if likely and path and path[-1][0] > actual[-1][0]
        else (None, None)
    )
    return Sparkline(
        actual=line(map(put, actual)),
        path=line(map(put, path)),
        likely=line([now, high, low]) + "Z" if low and high else "",
        whisker=line([high, low]) if low and high else "",
        now=now,
        target=diamond(end) if end else "",
    )


def scale(points: Sequence[Point]):  # type: ignore[no-untyped-def]
    """A function from (ordinal, value) to a place in the box; larger values stand higher."""
    across, up = [x for x, _ in points], [y for _, y in points]
    left, bottom = min(across), min(up)
    wide = (max(across) - left) or 1.0
    tall = (max(up) - bottom) or 1.0
    inner = HEIGHT - 2 * (MARGIN + DIAMOND / 2)

    def put(point: Point) -> Point:
        x = MARGIN + (point[0] - left) / wide * (WIDTH - MARGIN - RIGHT)
        y = HEIGHT - MARGIN - DIAMOND / 2 - (point[1] - bottom) / tall * inner
        return round(x, 1), round(y, 1)

    return put


def line(places) -> str:  # type: ignore[no-untyped-def]
    """Path data through places, in order; empty without any."""
    text = "L".join(f"{x:g} {y:g}" for x, y in places)
    return f"M{text}" if text else ""


def diamond(place: Point) -> str:
    x, y = place
    return f"M{x:g} {y - DIAMOND:g}l{DIAMOND:g} {DIAMOND:g}-{DIAMOND:g} {DIAMOND:g}-{DIAMOND:g}-{DIAMOND:g}z"
