"""Who stands above whom: the order in which spheres and their actors are drawn."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FAR = 99
"""The depth of who directs nobody and is directed by nobody: after all the others."""


@dataclass(frozen=True)
class Point:
    """An actor as the map draws it."""

    key: int
    name: str
    sphere: str
    is_body: bool = False


@dataclass(frozen=True)
class Tie:
    """How the first stands to the second: a kind, and the letter drawn on its line."""

    source: int
    target: int
    kind: str
    letter: str = ""
    ranks: bool = False
    """Whether it puts the first above the second."""


def depths(ties: Iterable[Tie]) -> dict[int, int]:
    """Steps beneath the nearest actor over whom nobody stands; circles count as the top."""
    below: dict[int, list[int]] = defaultdict(list)
    directed: set[int] = set()
    for tie in ties:
        if tie.ranks:
            below[tie.source].append(tie.target)
            directed.add(tie.target)
    found = {key: 0 for key in below if key not in directed}
    queue = list(found)
    for key in queue:
        for target in below.get(key, ()):
            if target not in found:
                found[target] = found[key] + 1
                queue.append(target)
    return dict.fromkeys(directed | set(below), 0) | found


def by_sphere(points: Sequence[Point], ties: Sequence[Tie]) -> list[tuple[str, list[Point]]]:
    """Spheres with their actors, those who stand above others first, then by name."""
    deep = depths(ties)
    spheres: dict[str, list[Point]] = defaultdict(list)
    for point in sorted(points, key=lambda one: (deep.get(one.key, FAR), one.name.casefold())):
        spheres[point.sphere].append(point)
    return sorted(
        spheres.items(), key=lambda pair: (deep.get(pair[1][0].key, FAR), pair[0].casefold())
    )
