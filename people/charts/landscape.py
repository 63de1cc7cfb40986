"""The map of actors: boxes of spheres in two columns, and relations as lines between the columns.

No line crosses a name, since all names stand outside of where lines run. Everything is text ready
for SVG.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from people.charts.lettering import broken, cut
from people.charts.standing import Point, Tie, by_sphere
from people.charts.ties import End, Line, drawn

SIDE, GUTTER, EDGE = 282.0, 290.0, 1.0
HEAD, FOOT, GAP = 30.0, 6.0, 14.0
ROW, NEXT_LINE = 26.0, 15.0
PER_END, TALLEST = 6.0, 96.0
"""What each line that ends at an actor adds to its height, as far as that goes."""
INSET, MARK = 12.0, 14.0
ROOM = SIDE - 2 * INSET - 2 * MARK
MOST_LINES = 2

Group = tuple[str, list[Point]]
Heights = Mapping[int, float]
"""By actor."""


@dataclass(frozen=True)
class Node:
    """An actor: its name in lines (text and height), and its mark at the side where lines run."""

    key: int
    is_body: bool
    is_quiet: bool
    x: str
    lines: tuple[tuple[str, str], ...]
    mark_x: str
    mark_y: str


@dataclass(frozen=True)
class Cluster:
    """A sphere: its box, its name, and its actors."""

    name: str
    x: str
    y: str
    high: str
    words_x: str
    words_y: str
    nodes: tuple[Node, ...]
    wide: str = f"{SIDE:.0f}"


@dataclass(frozen=True)
class Landscape:
    width: str
    height: str
    clusters: tuple[Cluster, ...]
    lines: tuple[Line, ...]


def landscape(
    points: Sequence[Point], ties: Sequence[Tie], shown: Sequence[Tie] | None = None,
    about: int = 0,
) -> Landscape:  # fmt: skip
    """The map; of the ties only those `shown`, while all of them settle who stands where.

    Where some are left out, who has no part in the rest is drawn quietly, save the one it is
    `about`.
    """
    shown = ties if shown is None else shown
    taking_part = {key for tie in shown for key in (tie.source, tie.target)} | {about}
    if len(shown) == len(ties):
        taking_part = {point.key for point in points}
    heights = heights_of(points, ties)
    left, right = columns(by_sphere(points, ties), heights)
    clusters: list[Cluster] = []
    ends: dict[int, End] = {}
    for is_left, groups in ((True, left), (False, right)):
        top = EDGE
        for group in groups:
            box, its_ends = cluster(group, top, is_left, taking_part, heights)
            clusters.append(box)
            ends |= its_ends
            top += group_height(group, heights) + GAP
    wide = 2 * EDGE + SIDE + GUTTER + (SIDE if right else 0)
    high = 2 * EDGE - GAP + max(column_height(left, heights), column_height(right, heights))
    lines = drawn(shown, ends, GUTTER)
    return Landscape(f"{wide:.0f}", f"{high:.0f}", tuple(clusters), tuple(lines))


def heights_of(points: Sequence[Point], ties: Sequence[Tie]) -> Heights:
    """Room for the lines of each name, and for the ends of all ties that may be drawn."""
    ends = Counter(key for tie in ties for key in (tie.source, tie.target))
    return {
        point.key: max(
            ROW + NEXT_LINE * (len(named(point)) - 1),
            min(ROW - PER_END * 3 + PER_END * ends[point.key], TALLEST),
        )
        for point in points
    }


def columns(groups: Sequence[Group], heights: Heights) -> tuple[list[Group], list[Group]]:
    """The groups in their order, each into the column that is shorter so far."""
    left: list[Group] = []
    right: list[Group] = []
    for group in groups:
        is_left = column_height(left, heights) <= column_height(right, heights)
        (left if is_left else right).append(group)
    return left, right


def column_height(groups: Sequence[Group], heights: Heights) -> float:
    return sum(group_height(group, heights) + GAP for group in groups)


def group_height(group: Group, heights: Heights) -> float:
    return HEAD + FOOT + sum(heights[point.key] for point in group[1])


def named(point: Point) -> list[str]:
    return broken(point.name, ROOM, MOST_LINES)


def cluster(
    group: Group, top: float, is_left: bool, taking_part: Collection[int], heights: Heights
) -> tuple[Cluster, dict[int, End]]:
    """The box of a sphere, and where lines meet its actors."""
    sphere, points = group
    x = EDGE if is_left else EDGE + SIDE + GUTTER
    edge, at = (x + SIDE if is_left else x), top + HEAD
    nodes, ends = [], {}
    for point in points:
        high = heights[point.key]
        nodes.append(node(point, x, at + high / 2, is_left, point.key not in taking_part))
        ends[point.key] = End(edge, at + high / 2, high / 2 - 5, is_left)
        at += high
    box = Cluster(
        cut(sphere, SIDE - 2 * INSET), f"{x:.0f}", f"{top:.0f}", f"{at + FOOT - top:.0f}",
        f"{words_x(x, is_left):.0f}", f"{top + 20:.0f}", tuple(nodes),
    )  # fmt: skip
    return box, ends


def words_x(x: float, is_left: bool) -> float:
    """Where words begin: clear of the marks, which stand at the side where lines run."""
    return x + INSET + (0 if is_left else MARK)


def node(point: Point, x: float, y: float, is_left: bool, is_quiet: bool) -> Node:
    words = named(point)
    first = y + 4.5 - NEXT_LINE * (len(words) - 1) / 2
    lines = [(text, f"{first + NEXT_LINE * n:.1f}") for n, text in enumerate(words)]
    mark = x + SIDE - INSET if is_left else x + INSET
    return Node(
        point.key, point.is_body, is_quiet, f"{words_x(x, is_left):.0f}", tuple(lines),
        f"{mark:.0f}", f"{y:.1f}",
    )  # fmt: skip
