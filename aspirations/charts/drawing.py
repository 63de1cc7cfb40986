"""What a drawing is made of: a box with scales, strokes in layers, and words beside them.

Everything is text ready for SVG attributes, so that no locale rewrites a number. Style sheets
give the colours: a stroke and a word say only what kind they are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from aspirations.charts.axis import LETTER, step_decimals
from aspirations.charts.sparkline import Point, line, written

TICK, LINE, SPACE = 5.0, 15.0, 20.0
"""Length of a tick mark, height of a line of words, half the width of a name, in pixels."""


@dataclass(frozen=True)
class Stroke:
    """Path data of one kind: a line, an area, or dots (`M… h0`)."""

    kind: str
    d: str


@dataclass(frozen=True)
class Word:
    """Words at a place; `anchor` is where in the words the place is: start, middle or end."""

    x: str
    y: str
    words: str
    kind: str
    anchor: str = "start"


@dataclass(frozen=True)
class Flag:
    """A numbered event: a thin line down the chart and, on top of it, a number in its shape."""

    number: str
    shape: str
    x: str
    y: str
    foot: str


@dataclass
class Layer:
    """What is switched together; several layers may share a name."""

    name: str
    strokes: list[Stroke] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)


@dataclass(frozen=True)
class Drawing:
    """A whole drawing in a box of width × height; `name` is wide or narrow."""

    name: str
    width: str
    height: str
    layers: list[Layer]


@dataclass(frozen=True)
class Tick:
    """A stretch of the time axis and its name; `end` is where the next one begins.

    `at_start`: it has one figure only, which stands at its start, and so does its name.
    """

    start: date
    end: date
    words: str
    at_start: bool = False


@dataclass(frozen=True)
class Frame:
    """A box with room around the plot, and the scales of time and value inside it."""

    name: str
    width: float
    height: float
    left: float
    right: float
    top: float
    foot: float
    first: date
    last: date
    axis: tuple[float, float, float]

    def across(self, day: date) -> float:
        whole = max((self.last - self.first).days, 1)
        share = (day - self.first).days / whole
        # A drawing of one day has its figure in the middle.
        share = share if self.last > self.first else 0.5
        return self.left + INSET + share * (self.width - self.left - self.right - 2 * INSET)

    def up(self, value: float) -> float:
        low, high, _step = self.axis
        return self.top + (high - value) / (high - low) * (self.bottom - self.top)

    def put(self, day: date, value: float) -> Point:
        return self.across(day), self.up(value)

    @property
    def bottom(self) -> float:
        return self.height - self.foot

    @property
    def edge(self) -> float:
        """Where the plot ends on the right."""
        return self.width - self.right


INSET = 6.0
"""Room between the ends of the time axis and the first and the last figure."""


def grid(frame: Frame, suffix: str = "", kind: str = "ax") -> Layer:
    """Lines across at round values, each with its number on the left."""
    low, high, step = frame.axis
    decimals = step_decimals(step)
    values = [low + step * n for n in range(round((high - low) / step) + 1)]
    layer = Layer("grid")
    for value in values:
        y = frame.up(value)
        start, end = (f"{x:.1f}" for x in (frame.left, frame.edge))
        layer.strokes.append(Stroke("grid", f"M{start} {y:.1f}H{end}"))
        words = f"{value:,.{decimals}f}{suffix if value == values[-1] else ''}"
        words = words.replace("-", "−")
        layer.words.append(Word(*written((frame.left - 8, y + 4)), words, kind, "end"))
    return layer


def time_axis(frame: Frame, ticks: Sequence[Tick]) -> Layer:
    """Marks where years begin, and each year's name in the middle of what is seen of it."""
    layer = Layer("grid")
    base = f"M{frame.left:.1f} {frame.bottom:.1f}H{frame.edge:.1f}"
    spans = [(tick.words, *ends(frame, tick)) for tick in ticks]
    spans = [span for span in spans if span[2] > span[1]]
    named_at_start = any(tick.at_start for tick in ticks)
    marks = [x for _words, x, _end in (spans if named_at_start else spans[1:])]
    base += "".join(f"M{x:.1f} {frame.bottom:.1f}v{TICK:.0f}" for x in marks)
    layer.strokes.append(Stroke("base", base))
    y = frame.bottom + TICK + LINE
    if named_at_start:
        spans = [(words, *around(frame, start, words)) for words, start, _end in spans]
    for words, start, end in thinned(spans):
        layer.words.append(Word(*written(((start + end) / 2, y)), words, "ax", "middle"))
    return layer


def ends(frame: Frame, tick: Tick) -> tuple[float, float]:
    start = max(frame.across(tick.start), frame.left)
    return start, min(frame.across(tick.end), frame.edge)


def around(frame: Frame, x: float, words: str) -> tuple[float, float]:
    """Room for a name with `x` in its middle, moved inward where the drawing would cut it."""
    half = len(words) * LETTER / 2
    middle = max(min(x, frame.width - half), half)
    return middle - SPACE, middle + SPACE


def thinned(spans: Sequence[tuple[str, float, float]]) -> list[tuple[str, float, float]]:
    """Every name, every second, third…: as many as stand clear of each other, latest first."""
    for every in range(1, len(spans) + 1):
        kept = list(spans[::-1][::every][::-1])
        places = [((start + end) / 2, len(words) * LETTER) for words, start, end in kept]
        if all(b[0] - a[0] > (a[1] + b[1]) / 2 + 8 for a, b in pairwise(places)):
            return [span for span in kept if span[2] - span[1] > 12 or len(kept) == 1]
    return []


def runs(places: Iterable[Point | None]) -> list[list[Point]]:
    """Places cut wherever one is missing."""
    found: list[list[Point]] = [[]]
    for place in places:
        if place is None:
            found.append([])
        else:
            found[-1].append(place)
    return [run for run in found if run]


def lines(places: Iterable[Point | None]) -> str:
    """Path data that breaks wherever a place is missing."""
    return "".join(line(run) for run in runs(places))


def dots(places: Iterable[Point | None]) -> str:
    """Path data of one dot at each place; a round line cap makes it a disc."""
    return "".join(f"M{place[0]:.1f} {place[1]:.1f}h0" for place in places if place)
