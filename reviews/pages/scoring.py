"""A rater's own sheet: the same for members and for guests."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from reviews.models import GROUPS, Element, Participant, Round, Rubric, Score
from reviews.pages.ways import Way
from reviews.services import retention, scores
from reviews.services.scores import NOTHING, Own

LIGHTS = ("R", "AR", "AG", "G")


@dataclass(frozen=True)
class Point:
    """One level of a scale. `light` is a light's letters, where the rubric shows lights at all."""

    number: int
    name: str
    meaning: str
    light: str


def points(rubric: Rubric) -> list[Point]:
    lit = rubric.lens == Rubric.Lens.LIGHTS and rubric.points == len(LIGHTS)
    return [
        Point(number, row["name"], row.get("meaning", ""), LIGHTS[number - 1] if lit else "")
        for number, row in enumerate(rubric.scale, start=1)
    ]


def sources(score: Score) -> list[tuple[str, str]]:
    """The kind of each source, in words, and what it is."""
    kinds = dict(Score.Source.choices)
    return [(str(kinds.get(row["kind"], "")), row["text"]) for row in score.sources]


@dataclass(frozen=True)
class Line:
    """One element as its rater sees it in the list."""

    element: Element
    own: Own
    address: str
    point: Point | None


@dataclass
class Sheet:
    """All that one rater is asked, and what they said of it so far."""

    way: Way
    part: Participant
    user: Any = None

    @property
    def round(self) -> Round:
        return self.part.round

    @cached_property
    def rubric(self) -> Rubric | None:
        return self.round.rubric

    @property
    def is_late(self) -> bool:
        """Whether answers are still taken after the day on which it was to close."""
        return self.round.is_late(self.round.system.today())

    @property
    def days_kept(self) -> int:
        """After the closing, until single scores are destroyed."""
        return retention.DAYS

    @property
    def is_signed(self) -> bool:
        """Whether it is the one sheet of a body, rather than one confidential voice of several."""
        return self.part.kind not in GROUPS

    @cached_property
    def elements(self) -> list[Element]:
        return list(Element.objects.filter(rubric=self.rubric)) if self.rubric else []

    @cached_property
    def own(self) -> dict[int, Own]:
        return scores.sheet_of(self.part)

    @cached_property
    def points(self) -> list[Point]:
        return points(self.rubric) if self.rubric else []

    @cached_property
    def lines(self) -> list[Line]:
        return [self._line(element) for element in self.elements]

    def _line(self, element: Element) -> Line:
        own = self.own.get(element.pk, NOTHING)
        value = own.score.value if own.score else None
        point = self.points[value - 1] if value else None
        return Line(element, own, self.way.element(element.code), point)

    @property
    def sections(self) -> Iterator[tuple[str, list[Line]]]:
        for name, lines in groupby(self.lines, key=lambda line: line.element.section):
            yield name, list(lines)

    @property
    def answered(self) -> int:
        return sum(line.own.counts for line in self.lines)

    @property
    def left(self) -> int:
        return len(self.lines) - self.answered

    @property
    def waiting(self) -> Line | None:
        """The first element without an answer."""
        return next((line for line in self.lines if not line.own.counts), None)
