"""The power map: power upward, alignment to the right, an arrow to the alignment one could reach.

Everyone in a row of equal power has a lane of their own, so that no arrow crosses another pin;
only a row of more than eight people shares lanes. What a pin looks like is in power-map.css.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import hypot

from coalitions.charts.figures import written as n

LEVELS = 4
LEFT, TOP, WIDE, HIGH = 104.0, 14.0, 148.0, 112.0
WIDTH, HEIGHT = 704.0, 520.0
EDGE, NEAR, FAR, TIP = 13.5, 46.0, 82.0, 6.0
RADIUS, SMALLEST = 11.5, 2.0
LANES, SHIFT = 8, 1.2


@dataclass(frozen=True, repr=False)
class Pin:
    """One candidate. Levels go from 1 to 4; `name`, where given, shows under the pointer."""

    key: str
    alignment: int
    potential: int
    power: int
    chosen: bool
    name: str = ""


@dataclass(frozen=True, repr=False)
class Words:
    """What stands around the drawing; four levels, weakest first."""

    levels: Sequence[str] = ("Very low", "Low", "High", "Very high")
    across: str = "Alignment with the aspiration: now (circle), possible (arrow) →"
    upward: str = "Power over the aspiration →"
    label: str = "Candidates by power and alignment"


@dataclass(frozen=True, repr=False)
class Place:
    """Where a pin stands, how large it is, and at which x its arrow ends."""

    pin: Pin
    x: float
    y: float
    radius: float
    tip: float


def power_map(pins: Iterable[Pin], words: Words | None = None) -> str:
    """The drawing as SVG, all texts escaped. ValueError for a level outside 1 to 4."""
    words = words or Words()
    places = [place for row in rows_of(pins) for place in placed(row)]
    parts = [*grid(words), *map(arrow, places), *map(mark, places), *axes(words)]
    return (
        f'<svg class="power-map" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" role="img"'
        f' aria-label="{escape(words.label)}">{"".join(parts)}</svg>'
    )


def rows_of(pins: Iterable[Pin]) -> list[list[Pin]]:
    """Pins by power, each row in the order of its keys, Z before AA."""
    rows: dict[int, list[Pin]] = defaultdict(list)
    for pin in sorted(pins, key=lambda pin: (len(pin.key), pin.key)):
        if not {pin.alignment, pin.potential, pin.power} <= set(range(1, LEVELS + 1)):
            raise ValueError("the levels of a pin go from 1 to 4; leave out who has none yet")
        rows[pin.power].append(pin)
    return [rows[power] for power in sorted(rows)]


def placed(row: Sequence[Pin]) -> list[Place]:
    """Places of everyone in a row of equal power: a lane each, as long as there are enough."""
    if len(row) <= LANES:
        return spread([(pin, number) for number, pin in enumerate(row)], len(row), 0.0)
    seen: dict[int, int] = defaultdict(int)
    numbered = []
    for pin in row:
        numbered.append((pin, seen[pin.alignment]))
        seen[pin.alignment] += 1
    return spread(numbered, max(seen.values()), SHIFT)


def spread(numbered: Sequence[tuple[Pin, int]], most: int, shift: float) -> list[Place]:
    """Pins with their number in the row or the cell, up to `most`, as places without overlap.

    Neighbouring lanes stand in different columns of the cell once they come close. Lanes of one
    cell lie by `shift` off those of the next, so that two arrows in a lane stay two.
    """
    lanes = min(max(most, LEVELS), LANES)
    step = (HIGH - 2 * EDGE) / (lanes - 1) if most > LEVELS else (HIGH - 38) / (LEVELS - 1)
    columns = 1 if most <= LEVELS else 2 * -(-most // LANES)
    gap = column_gap(columns)
    radius = fitting(step, gap, columns)
    places = []
    for pin, number in numbered:
        turn, lane = divmod(number, lanes)
        column = 2 * turn + lane % 2 if columns > 1 else 0
        x = left_of(pin.alignment) + (NEAR if columns == 1 else EDGE + 8 + column * gap)
        y = top_of(pin.power) + (19 if columns == 1 else EDGE) + lane * step
        y += (pin.alignment - (LEVELS + 1) / 2) * shift
        places.append(Place(pin, x, y, radius, left_of(pin.potential) + tip_at(columns)))
    return places


def column_gap(columns: int) -> float:
    """Room between the columns of a cell: close for two, else as wide as the cell allows."""
    if columns <= 2:
        return 34.0
    return (WIDE - 2 * (EDGE + 8)) / (columns - 1)


def tip_at(columns: int) -> float:
    """How far into a cell an arrow leads: beyond the pins that stand in it, where it can."""
    return FAR if columns == 1 else FAR + 16


def fitting(step: float, gap: float, columns: int) -> float:
    """The largest radius at which no two pins of a cell touch."""
    if columns == 1:
        return min(RADIUS, step / 2 - 0.5)
    nearest = min(hypot(step, gap), 2 * step, 2 * gap)
    return max(min(RADIUS, nearest / 2 - 0.5), SMALLEST)


def left_of(alignment: int) -> float:
    return LEFT + (alignment - 1) * WIDE


def top_of(power: int) -> float:
    return TOP + (LEVELS - power) * HIGH


def grid(words: Words) -> list[str]:
    """Sixteen cells, their frame, and the names of the levels on both axes."""
    steps = range(1, LEVELS + 1)
    cells = [
        f'<rect class="gc" x="{n(left_of(x))}" y="{n(top_of(y))}" width="{n(WIDE)}"'
        f' height="{n(HIGH)}"/>'
        for y in steps
        for x in steps
    ]
    up = [word(LEFT - 12, top_of(y) + 60, words.levels[y - 1], "end") for y in steps]
    along = [word(left_of(x) + WIDE / 2, 482, words.levels[x - 1]) for x in steps]
    frame = (
        f'<rect class="gframe" x="{n(LEFT)}" y="{n(TOP)}" width="{n(LEVELS * WIDE)}"'
        f' height="{n(LEVELS * HIGH)}"/>'
    )
    return [*cells, *up, *along, frame]


def axes(words: Words) -> list[str]:
    turned = (
        f'<text class="lab-m" transform="translate(16 {n(TOP + 2 * HIGH)}) rotate(-90)"'
        f' text-anchor="middle">{escape(words.upward)}</text>'
    )
    return [word(LEFT + 2 * WIDE, 512, words.across), turned]


def word(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text class="lab-m" x="{n(x)}" y="{n(y)}" text-anchor="{anchor}">{escape(text)}</text>'


def arrow(place: Place) -> str:
    """From the rim of the pin to the level it could reach, either way; nothing where it stays."""
    if place.pin.potential == place.pin.alignment:
        return ""
    way = 1 if place.tip > place.x else -1
    start, end = place.x + way * (place.radius + 0.5), place.tip - way * TIP
    head = f"M{n(place.tip)} {n(place.y)}l{n(-8 * way)} -4.5v9z"
    return (
        f'<path class="move" d="M{n(start)} {n(place.y)}H{n(end)}"/><path class="head" d="{head}"/>'
    )


def mark(place: Place) -> str:
    """The circle with its letters, filled where the candidate is chosen."""
    pin, on = place.pin, "-on" if place.pin.chosen else ""
    title = f"<title>{escape(pin.name)}</title>" if pin.name else ""
    x, y = n(place.x), n(place.y)
    return (
        f'<g>{title}<circle class="pin{on}" cx="{x}" cy="{y}" r="{n(place.radius)}"/>'
        f'<text class="lab-n{on}{size_of(place)}" x="{x}" y="{y}" dy=".34em">{escape(pin.key)}'
        f"</text></g>"
    )


def size_of(place: Place) -> str:
    """A smaller letter where the pin is small, or holds more than one."""
    if place.radius < 8:
        return " lab-xs"
    return " lab-s" if len(place.pin.key) > 1 or place.radius < 10 else ""
