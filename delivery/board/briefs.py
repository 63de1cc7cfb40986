"""What a list asks of every metric: its light, its owner and how urgent it is; and the filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from aspirations.analysis.standing import NOT_JUDGED, ORDER, Urgency, urgency
from aspirations.models import Metric
from aspirations.models.metrics import WHOLE

LIGHTS = (*ORDER, NOT_JUDGED)
SORTS = ("aspiration", "attention")
AGES = (30, 90)
"""Days since the latest figure became public that a reader can ask for."""


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; words that mean nothing ask for everything."""

    light: str = ""
    owner: str = ""
    sort: str = "aspiration"
    late: bool = False
    page: str = ""
    segment: str = ""
    age: int = 0

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filters":
        light, sort = query.get("light", ""), query.get("sort", "")
        age, segment = query.get("age", ""), query.get("segment", "")
        return cls(
            light=light if light in LIGHTS else "",
            owner=query.get("owner", ""),
            sort=sort if sort in SORTS else "aspiration",
            late=query.get("late") == "1",
            page=query.get("page", ""),
            # PostgreSQL would refuse the question itself.
            segment="" if segment == WHOLE or "\0" in segment else segment,
            age=int(age) if age in map(str, AGES) else 0,
        )

    @property
    def narrows(self) -> bool:
        return bool(self.light or self.owner or self.late or self.segment or self.age)

    def admits(self, row: "Brief", day: date) -> bool:
        return (
            (not self.light or row.light == self.light)
            and (not self.owner or row.owner == self.owner)
            and (not self.late or row.freshness in ("late", "stale"))
            and (not self.age or row.is_older(self.age, day))
        )


class Told(NamedTuple):
    """What a stored judgment said, in plain values; `period` as text."""

    pk: int | None = None
    light: str = NOT_JUDGED
    reason: str = ""
    freshness: str = ""
    likelihood: float | None = None
    journey: float | None = None
    period: str | None = None
    actual: float | None = None
    expected: float | None = None


UNTOLD = Told()


class Brief(NamedTuple):
    """As little of a metric and one of its series as lists, counts and filters need.

    There may be tens of thousands, so this is a tuple and no more. `now` is what was judged by
    the day shown, `before` by the day compared with; `published` is the day of the latest
    figure, known only where a filter asks for it.
    """

    metric: int
    slug: str
    name: str
    owner: str
    prominence: str
    series: int | None = None
    now: Told = UNTOLD
    before: Told = UNTOLD
    published: str | None = None

    @classmethod
    def of(cls, cells: Sequence[Any]) -> "Brief":
        """From a row of the outline: five cells of the metric, one list of its series or None."""
        pk, slug, name, owner, prominence, told = cells
        if told is None:
            return cls(pk, slug, name, owner, prominence)
        series, now, before, published = told
        return cls(pk, slug, name, owner, prominence, series, said(now), said(before), published)

    @property
    def light(self) -> str:
        return self.now.light

    @property
    def reason(self) -> str:
        return self.now.reason

    @property
    def freshness(self) -> str:
        return self.now.freshness

    @property
    def step(self) -> int:
        """How far the light moved between the two days; below zero is worse, 0 no change."""
        if self.light not in ORDER or self.before.light not in ORDER:
            return 0
        return ORDER.index(self.light) - ORDER.index(self.before.light)

    @property
    def has_new_figures(self) -> bool:
        """Whether a later period was judged by the day shown than by the day compared with."""
        return (self.now.period or "") > (self.before.period or "")

    @property
    def is_headline(self) -> bool:
        return self.prominence == Metric.Prominence.HEADLINE

    @property
    def printed(self) -> Metric:
        """The metric as a row without figures prints it; not for saving."""
        return Metric(
            pk=self.metric, slug=self.slug, name=self.name, owner=self.owner,
            prominence=self.prominence,
        )  # fmt: skip

    @property
    def urgency(self) -> Urgency:
        return urgency(self.now.light, self.now.likelihood, self.now.journey)

    def is_older(self, days: int, day: date) -> bool:
        """Whether the latest figure became public more than so many days before."""
        return bool(self.published) and self.published < str(day - timedelta(days=days))  # type: ignore[operator]


def said(cells: Sequence[Any] | None) -> Told:
    return Told(*cells) if cells else UNTOLD
