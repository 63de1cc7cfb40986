"""Lines between two columns of actors: curves, arrows, and a letter on each that stays legible."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from people.charts.standing import Tie

Place = tuple[float, float]
ARROW, CLEAR = 8.0, 18.0
"""Length of an arrow's head; least distance between the middles of two letters."""
ALONG = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.2, 0.8)
"""Places on a line where its letter may stand, the best first."""
APART = 6.0
"""Distance between the ends of lines at one actor, where there is room."""


@dataclass(frozen=True)
class End:
    """Where lines meet an actor: the edge of its box, and half the height they may take."""

    x: float
    y: float
    reach: float
    is_left: bool


@dataclass(frozen=True)
class Line:
    """One relation as it is drawn; texts, so that no locale rewrites a number."""

    kind: str
    letter: str
    path: str
    head: str
    x: str
    y: str


def drawn(ties: Sequence[Tie], ends: Mapping[int, End], gutter: float) -> list[Line]:
    """The lines of all ties whose two ends are there."""
    shown = [tie for tie in ties if tie.source in ends and tie.target in ends]
    at = ports(shown, ends)
    curves = [curve(tie, at[number], ends, gutter) for number, tie in enumerate(shown)]
    letters = placed(curves)
    return [line(*row) for row in zip(shown, curves, letters, strict=True)]


def ports(ties: Sequence[Tie], ends: Mapping[int, End]) -> list[tuple[float, float]]:
    """Heights at which each tie leaves and arrives; those of one actor in the order of the other's.

    So lines that leave side by side do not cross at once.
    """
    meeting: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for number, tie in enumerate(ties):
        meeting[tie.source].append((ends[tie.target].y, number, 0))
        meeting[tie.target].append((ends[tie.source].y, number, 1))
    heights = [[0.0, 0.0] for _tie in ties]
    for key, rows in meeting.items():
        step = min(APART, 2 * ends[key].reach / max(len(rows) - 1, 1))
        top = ends[key].y - step * (len(rows) - 1) / 2
        for place, (_other, number, end) in enumerate(sorted(rows)):
            heights[number][end] = top + place * step
    return [(start, stop) for start, stop in heights]


def curve(
    tie: Tie, heights: tuple[float, float], ends: Mapping[int, End], gutter: float
) -> list[Place]:
    """Four points of a cubic curve that leaves and arrives level."""
    source, target = ends[tie.source], ends[tie.target]
    start, stop = heights
    inward, back = (1 if end.is_left else -1 for end in (source, target))
    first, last = source.x + 2 * inward, target.x + (ARROW + 1) * back
    if source.is_left == target.is_left:
        reach = min(44 + 0.3 * abs(stop - start), gutter * 0.82)
        return [(first, start), (first + reach * inward, start),
                (last + reach * back, stop), (last, stop)]  # fmt: skip
    middle = (first + last) / 2
    return [(first, start), (middle, start), (middle, stop), (last, stop)]


def on(points: Sequence[Place], share: float) -> Place:
    """The point a share of the way along a cubic curve."""
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x = sum(weight * point[0] for weight, point in zip(weights, points, strict=True))
    y = sum(weight * point[1] for weight, point in zip(weights, points, strict=True))
    return x, y


def placed(curves: Sequence[Sequence[Place]]) -> list[Place]:
    """Where each letter stands: the first place clear of the others, else the clearest."""
    taken: list[Place] = []
    for points in curves:
        spots = [on(points, share) for share in ALONG]
        free = (spot for spot in spots if clearance(spot, taken) >= CLEAR)
        taken.append(next(free, None) or max(spots, key=lambda spot: clearance(spot, taken)))
    return taken


def clearance(spot: Place, taken: Sequence[Place]) -> float:
    gaps = [((spot[0] - x) ** 2 + (spot[1] - y) ** 2) ** 0.5 for x, y in taken]
    return min(gaps, default=CLEAR)


def line(tie: Tie, points: Sequence[Place], letter: Place) -> Line:
    first, second, third, last = (f"{x:.1f} {y:.1f}" for x, y in points)
    (x, y), back = points[-1], 1 if points[-2][0] > points[-1][0] else -1
    head = f"M{x - ARROW * back:.1f} {y:.1f}l{ARROW * back:.1f} -4v8z"
    return Line(
        tie.kind, tie.letter, f"M{first}C{second} {third} {last}", head,
        f"{letter[0]:.1f}", f"{letter[1]:.1f}",
    )  # fmt: skip
