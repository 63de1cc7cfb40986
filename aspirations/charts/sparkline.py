"""A small drawing beside a printed figure: actual, path, target, and where it is likely to end."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, MARGIN, DIAMOND = 190.0, 52.0, 4.0, 5.0
# The target's diamond needs room on the right, and half of itself above and below.
RIGHT, EDGE = MARGIN + 2 * DIAMOND, MARGIN + DIAMOND / 2
Point = tuple[float, float]


@dataclass(frozen=True)
class Sparkline:
    """SVG path data in a box of 190 × 52; a part that has nothing to show is empty.

    `now` is the place of the latest figure, as text, so that no locale rewrites its numbers.
    """

    actual: str
    path: str
    likely: str
    whisker: str
    now: tuple[str, str]
    target: str


def sparkline(
    runs: Sequence[Sequence[Point]],
    path: Sequence[Point] = (),
    likely: tuple[float, float] | None = None,
) -> Sparkline | None:
    """Draw (period ordinal, value) points. None where nothing has been observed.

    `runs` are stretches of figures without a gap: between two of them a figure is missing and
    no line is drawn. `path` ends at its target. `likely` is the likely range at the path's last
    period, drawn only while that lies ahead.
    """
    actual = [point for run in runs for point in run]
    if not actual:
        return None
    latest, due = actual[-1], path[-1][0] if path else None
    ends = [(due, end) for end in likely] if likely and due and due > latest[0] else []
    put = scale([*actual, *path, *ends])
    low, high = ([put(end) for end in ends]) or (None, None)
    return Sparkline(
        actual="".join(line(map(put, run)) for run in runs),
        path=line(map(put, path)),
        likely=f"{line([put(latest), high, low])}Z" if low and high else "",
        whisker=line([high, low]) if low and high else "",
        now=written(put(latest)),
        target=diamond(put(path[-1])) if path else "",
    )


def scale(points: Sequence[Point]) -> Callable[[Point], Point]:
    """A function from (ordinal, value) to a place in the box; larger values stand higher."""
    across, up = [x for x, _ in points], [y for _, y in points]
    left, bottom = min(across), min(up)
    wide = (max(across) - left) or 1.0
    tall = max(up) - bottom

    def put(point: Point) -> Point:
        x = MARGIN + (point[0] - left) / wide * (WIDTH - MARGIN - RIGHT)
        # Figures that are all alike run through the middle.
        share = (point[1] - bottom) / tall if tall else 0.5
        return x, HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)

    return put


def line(places: Iterable[Point]) -> str:
    """Path data through places, in order; one place alone is a dot, none is empty."""
    found = [" ".join(written(place)) for place in places]
    return f"M{'L'.join(found)}{'h0' if len(found) == 1 else ''}" if found else ""


def diamond(place: Point) -> str:
    x, y = written((place[0], place[1] - DIAMOND))
    return f"M{x} {y}l5 5-5 5-5-5z"


def written(place: Point) -> tuple[str, str]:
    x, y = place
    return f"{x:.1f}", f"{y:.1f}"
