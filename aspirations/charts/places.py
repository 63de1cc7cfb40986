"""Words beside what they name, moved apart where they would cover each other."""

import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from aspirations.charts.drawing import LINE, Frame, Word
from aspirations.charts.parts import FORECAST, VARIATION
from aspirations.charts.sparkline import Point, written

WIDE_LETTER, BOLD_LETTER = 6.6, 8.2
"""Width of a letter at 12 pixels, plain and bold, as wide as the widest fonts draw it."""
KINDS = {"actual": "lab-b", "target": "lab-b", "path": "lab-t", VARIATION: "lab-m"}
ANCHORS = {"left": "start", "right": "end", "center": "middle"}
NEEDED = ("target", "actual", FORECAST)
"""What is written even where nothing is free; the most important first."""
TRIES = (0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0)
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Named:
    """Lines of words for one thing, at the baseline of the first."""

    name: str
    lines: Sequence[str]
    x: float
    y: float
    anchor: str

    @property
    def box(self) -> Box:
        """(left, top, right, bottom) that the words take."""
        letter = BOLD_LETTER if KINDS.get(self.name) == "lab-b" else WIDE_LETTER
        wide = max(
            (len(words) * (WIDE_LETTER if n else letter) for n, words in enumerate(self.lines)),
            default=0,
        )
        start = {"start": self.x, "end": self.x - wide, "middle": self.x - wide / 2}[self.anchor]
        return start, self.y - 11, start + wide, self.y + LINE * (len(self.lines) - 1) + 3

    def moved(self, down: float, right: float = 0.0) -> "Named":
        return Named(self.name, self.lines, self.x + right, self.y + down, self.anchor)

    def words(self) -> list[Word]:
        first = KINDS.get(self.name, "lab")
        kinds = [first, *["lab-m"] * (len(self.lines) - 1)]
        return [
            Word(*written((self.x, self.y + LINE * n)), words, f"{kind} halo", self.anchor)
            for n, (words, kind) in enumerate(zip(self.lines, kinds, strict=True))
        ]


def named(label: Mapping[str, Any], frame: Frame) -> Named:
    """A label of the plotly figure as words in the box; its text was escaped for plotly."""
    lines = [html.unescape(part) for part in label["text"].split("<br>")]
    x, y = frame.put(date.fromisoformat(label["x"]), label["y"])
    x, y = x + label.get("xshift", 0), y - label.get("yshift", 0)
    height = LINE * (len(lines) - 1)
    drop = {"top": 10.0, "middle": 4 - height / 2, "bottom": -2 - height}[label["yanchor"]]
    return Named(label["name"], lines, x, y + drop, ANCHORS[label["xanchor"]])


def placed(
    labels: Iterable[Named], taken: Iterable[Point], frame: Frame
) -> list[tuple[str, list[Word]]]:
    """(name, words) of all that find room, clear of one another and of the points `taken`."""
    order = {name: rank for rank, name in enumerate(NEEDED)}
    boxes: list[Box] = [(x - 3, y - 3, x + 3, y + 3) for x, y in taken]
    found = []
    for label in sorted(labels, key=lambda one: order.get(one.name, len(order))):
        free = first_free(inside(label, frame), boxes, frame)
        if free is not None:
            boxes.append(free.box)
            found.append((free.name, free.words()))
    return found


def first_free(label: Named, boxes: Sequence[Box], frame: Frame) -> Named | None:
    """The label at the nearest height that is free; one that is needed stands where it stood."""
    for step in TRIES:
        tried = label.moved(step * LINE)
        _left, top, _right, bottom = tried.box
        if top > 0 and bottom < frame.bottom and not any(touch(tried.box, box) for box in boxes):
            return tried
    return label if label.name in NEEDED else None


def inside(label: Named, frame: Frame) -> Named:
    """The label moved sideways so that it stays in the box, clear of the axis' numbers."""
    left, _top, right, _bottom = label.box
    inward = max(0.0, frame.left - left)
    return label.moved(0.0, inward + min(0.0, frame.width - 2 - right - inward))


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
