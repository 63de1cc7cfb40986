"""What a list asks of every metric: its light, its owner and how urgent it is; and the filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aspirations.analysis.standing import NOT_JUDGED, ORDER, Urgency, urgency
from aspirations.models import Metric

LIGHTS = (*ORDER, NOT_JUDGED)
SORTS = ("aspiration", "attention")


@dataclass(frozen=True)
class Filters:
    """What the reader asked to see; words that mean nothing ask for everything."""

    light: str = ""
    owner: str = ""
    sort: str = "aspiration"
    late: bool = False
    page: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filters":
        light, sort = query.get("light", ""), query.get("sort", "")
        return cls(
            light=light if light in LIGHTS else "",
            owner=query.get("owner", ""),
            sort=sort if sort in SORTS else "aspiration",
            late=query.get("late") == "1",
            page=query.get("page", ""),
        )

    @property
    def narrows(self) -> bool:
        return bool(self.light or self.owner or self.late)

    def admits(self, row: "Brief") -> bool:
        return (
            (not self.light or row.light == self.light)
            and (not self.owner or row.owner == self.owner)
            and (not self.late or row.freshness in ("late", "stale"))
        )


@dataclass(frozen=True)
class Brief:
    """As little of a metric and its whole-system series as lists, counts and filters need."""

    metric: int
    slug: str
    name: str
    owner: str
    prominence: str
    series: int | None = None
    light: str = NOT_JUDGED
    reason: str = ""
    freshness: str = ""
    likelihood: float | None = None
    journey: float | None = None
    before: str = ""

    @classmethod
    def of(
        cls,
        key: int,
        slug: str,
        name: str,
        owner: str,
        prominence: str,
        told: Mapping[str, Any] | None,
        earlier: Sequence[Mapping[str, Any]] | None = None,
    ) -> "Brief":
        """`told`, `earlier`: what is known of the whole-system series; None where there is none."""
        known = {field: value for field, value in (told or {}).items() if value is not None}
        before = earlier[-2]["light"] if earlier and len(earlier) > 1 else ""
        return cls(key, slug, name, owner, prominence, **known, before=before)

    @property
    def step(self) -> int:
        """How far the light moved with the latest figure; below zero is worse, 0 no change."""
        if self.light not in ORDER or self.before not in ORDER:
            return 0
        return ORDER.index(self.light) - ORDER.index(self.before)

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
        return urgency(self.light, self.likelihood, self.journey)
