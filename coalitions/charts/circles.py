"""Circles of leadership: the coalition at the foot, and around it each wider ring of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import sqrt
from textwrap import wrap

from coalitions.charts.figures import written as n

WIDTH, EDGE = 320.0, 4.0
CORE, WIDEST, STEP = 44.0, 156.0, 28.0
LETTER, LINE = 6.2, 14.0
MOST = 9


@dataclass(frozen=True, repr=False)
class Ring:
    """A ring of people around the coalition; `size` is how many, where somebody knows."""

    name: str
    size: int | None = None

    @property
    def words(self) -> str:
        return self.name if self.size is None else f"{self.name}: {self.size:,}"


def circles(
    core: int, rings: Sequence[Ring], *, label: str = "Circles of leadership",
    centre: str = "coalition",
) -> str:  # fmt: skip
    """The drawing as SVG, all texts escaped; rings from the coalition outward.

    ValueError for more than nine rings, which nobody could read.
    """
    if len(rings) > MOST:
        raise ValueError(f"{len(rings)} rings are too many to draw; the most is {MOST}")
    step = min(STEP, (WIDEST - CORE) / len(rings)) if rings else STEP
    outer = CORE + step * len(rings)
    height, foot = 2 * outer + 2 * EDGE, 2 * outer + EDGE
    widths = [CORE + step * number for number in range(len(rings), 0, -1)]
    shapes = [disc(radius, foot, kind(place)) for place, radius in enumerate(widths)]
    names = [
        name
        for ring, radius in zip(reversed(rings), widths, strict=True)
        for name in named(ring, radius, foot, step)
    ]
    return (
        f'<svg class="circles" viewBox="0 0 {n(WIDTH)} {n(height)}" role="img"'
        f' aria-label="{escape(label)}">{"".join([*shapes, disc(CORE, foot, "core"), *names])}'
        f"{middle(core, centre, foot)}</svg>"
    )


def kind(place: int) -> str:
    return "ring-b" if place % 2 else "ring-a"


def disc(radius: float, foot: float, kind: str) -> str:
    """All discs stand on one foot, so that each shows more of itself at the top."""
    y = n(foot - radius)
    return f'<circle class="{kind}" cx="{n(WIDTH / 2)}" cy="{y}" r="{n(radius)}"/>'


def named(ring: Ring, radius: float, foot: float, step: float) -> list[str]:
    """The name in the band at the top of a ring, on two lines where the band is high enough."""
    band, top = 2 * step, foot - 2 * radius
    lines = in_band(ring, radius, band)
    title = f"<title>{escape(ring.words)}</title>" if any("…" in line for line in lines) else ""
    first = top + band / 2 + 4 - (len(lines) - 1) * LINE / 2
    return [
        f'<text class="lab-m" x="{n(WIDTH / 2)}" y="{n(first + number * LINE)}"'
        f' text-anchor="middle">{title}{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]


def in_band(ring: Ring, radius: float, band: float) -> list[str]:
    """On one line where it fits, else on two where the band is high enough, else cut.

    How many they are is never cut in half: it has a line of its own, or none.
    """
    one, two = room(radius, band, 1), room(radius, band, 2)
    if len(ring.words) <= one:
        return [ring.words]
    if band <= 3 * LINE:
        return fitted(ring.name, one, 1)
    if ring.size is None:
        return fitted(ring.name, two, 2)
    return [*fitted(ring.name, two, 1), f"{ring.size:,}"]


def room(radius: float, band: float, lines: int) -> int:
    """How many letters fit across a ring, where the highest of its lines stands."""
    down = max(band / 2 - (lines - 1) * LINE / 2 - 4, 4.0)
    return max(int(2 * sqrt(2 * radius * down - down * down) / LETTER), 3)


def fitted(words: str, letters: int, most: int) -> list[str]:
    """The words on at most so many lines, the rest cut and marked so."""
    lines = wrap(words, letters) or [""]
    if len(lines) <= most:
        return lines
    last = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], last[: letters - 1].rstrip() + "…"]


def middle(core: int, centre: str, foot: float) -> str:
    x = n(WIDTH / 2)
    return (
        f'<text class="core-n" x="{x}" y="{n(foot - CORE - 2)}">{core}</text>'
        f'<text class="core-t" x="{x}" y="{n(foot - CORE + 18)}">{escape(centre)}</text>'
    )


def told(rings: Iterable[Ring]) -> str:
    """The rings in one line, from the coalition outward, for who does not see the drawing."""
    return "; ".join(ring.words for ring in rings)
