"""How points of a rubric's scale are shown: lights for the delivery review, slate for the rest."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reviews.models import AgreedScore, Figure, Rubric

LIGHTS = ("R", "AR", "AG", "G")
SHADES = 6
"""Neutral shades of the style sheet, the palest first."""


@dataclass(frozen=True)
class Cell:
    """One value as it stands in a table: text, word, light and shade; or why there is none.

    The word is always said; `beside` is whether it is also seen, where no light says it.
    """

    text: str
    word: str = ""
    light: str = ""
    shade: str = "k0"
    kind: str = "value"
    beside: bool = False

    @property
    def is_value(self) -> bool:
        return self.kind == "value"


@dataclass(frozen=True)
class Point:
    """One point of the scale, for a key beside a table."""

    cell: Cell
    meaning: str


@dataclass(frozen=True)
class Scale:
    """The points of one rubric, the weakest first."""

    names: tuple[str, ...]
    meanings: tuple[str, ...]
    lights: bool

    @property
    def points(self) -> int:
        return len(self.names)

    @property
    def key(self) -> list[Point]:
        cells = (self.whole(value) for value in range(1, self.points + 1))
        return [Point(cell, meaning) for cell, meaning in zip(cells, self.meanings, strict=True)]

    @property
    def strong(self) -> tuple[str, ...]:
        """Names of the upper half."""
        return self.names[self.points // 2 :]

    def is_strong(self, value: int) -> bool:
        return value > self.points // 2

    def whole(self, value: int) -> Cell:
        light = LIGHTS[value - 1] if self.lights else ""
        word = self.names[value - 1]
        return Cell(str(value), word, light, self.shade(value), beside=not self.lights)

    def shade(self, value: float) -> str:
        """A class of the style sheet: the light’s tint, two of them between two, or slate."""
        if self.lights:
            return f"k{value:.0f}" if value == int(value) else f"mid-{int(value)}"
        return f"n{1 + round((value - 1) / (self.points - 1) * (SHADES - 1))}"

    def median(self, value: float, bound: str) -> Cell:
        """A group’s figure; a bound says that it is this or beyond."""
        low = int(value)
        if bound:
            words = Figure.Bound(bound).label
            text = _("%(value)s %(bound)s") % {"value": f"{value:g}", "bound": words}
            return Cell(text, self.between(low), "", self.shade(value))
        if value == low:
            return self.whole(low)
        return Cell(f"{value:g}", self.between(low), "", self.shade(value))

    def between(self, low: int) -> str:
        high = min(low, self.points - 1)
        return _("between %(low)s and %(high)s") % {
            "low": self.names[low - 1], "high": self.names[high],
        }  # fmt: skip

    def figure(self, figure: Figure | None) -> Cell:
        """What is published of a group; a hidden figure says only that it is hidden."""
        if figure is None or figure.state == Figure.State.NONE:
            return Cell("–", _("No scores"), kind="none")
        if figure.state == Figure.State.CONFIDENTIAL:
            return Cell(_("Confidential"), kind="confidential")
        if figure.median is None:  # only a body says so, under its name
            return Cell(_("Cannot judge"), kind="unjudged")
        return self.median(figure.median, figure.bound)

    def agreed(self, row: AgreedScore | None) -> Cell:
        """What the panel decided: a point, that it cannot judge, or nothing yet."""
        if row is None:
            return Cell(_("Open"), kind="open")
        if row.value is None:
            return Cell(_("Cannot judge"), kind="unjudged")
        return self.whole(row.value)


def scale_of(rubric: Rubric | None) -> Scale:
    """Of a rubric; lights only where it asks for them and has a light for each point."""
    points: list[dict[str, Any]] = rubric.scale if rubric else []
    names = tuple(str(point["name"]) for point in points)
    meanings = tuple(str(point.get("meaning", "")) for point in points)
    lights = rubric is not None and rubric.lens == Rubric.Lens.LIGHTS
    return Scale(names, meanings, lights and len(names) == len(LIGHTS))
