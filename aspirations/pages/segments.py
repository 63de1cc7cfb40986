"""The segments of a metric: lights by count, worst first, one page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from aspirations.analysis.standing import NOT_JUDGED, ORDER
from aspirations.models import Metric, Series
from aspirations.models.metrics import WHOLE
from aspirations.models.series import WORST_FIRST, SeriesQuerySet
from aspirations.sentences import chance_short, gap_text, reason_word, signed, value_text

PER_PAGE = 20
LIGHTS = (*ORDER, NOT_JUDGED)
CROSS = " × "
"""Between the dimensions of a segment that is cut by more than one."""
# What a row prints; the long evidence of each judgment stays in the database.
PRINTED = (
    "pk", "segment__code", "segment__name", "segment__parts", "current_judgment__light",
    "current_judgment__not_judged_reason", "current_judgment__actual", "current_judgment__gap",
    "current_judgment__likelihood",
)  # fmt: skip


@dataclass(frozen=True)
class Other:
    """One series of the metric with what is printed of its judgment; light N without one."""

    key: int
    code: str
    name: str
    parts: Mapping[str, str]
    judged: str | None
    why: str | None
    actual: float | None
    gap: float | None
    likelihood: float | None

    @property
    def light(self) -> str:
        return self.judged or NOT_JUDGED

    @property
    def dimension(self) -> str:
        """“income”, or “income × region” of a segment cut by both; empty where none is stated."""
        return CROSS.join(sorted(self.parts))


@dataclass(frozen=True)
class SegmentRow:
    """One segment of the metric, in words."""

    code: str
    name: str
    light: str
    note: str
    latest: str
    gap: str
    gap_words: str
    chance: str
    is_here: bool


@dataclass
class Segments:
    """The other series of a metric, in one query however many they are."""

    metric: Metric
    here: Series | None
    light: str
    page_number: str

    @cached_property
    def _all(self) -> list[Other]:
        rows = worst_first(self.metric).values_list(*PRINTED)
        return [Other(*row) for row in rows]

    @cached_property
    def others(self) -> list[Other]:
        """All but the whole system, worst first."""
        return [row for row in self._all if row.code != WHOLE]

    @cached_property
    def whole(self) -> Other | None:
        return next((row for row in self._all if row.code == WHOLE), None)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Segments by light, lowest first; unjudged and not yet judged ones count as N."""
        found = dict.fromkeys(LIGHTS, 0)
        for row in self.others:
            found[row.light] += 1
        return found

    @cached_property
    def reasons(self) -> list[tuple[str, int]]:
        """Why segments are not judged, most frequent first."""
        found: dict[str, int] = {}
        for row in self.others:
            if row.light == NOT_JUDGED:
                found[row.why or ""] = found.get(row.why or "", 0) + 1
        why = [(reason_word(reason), count) for reason, count in found.items()]
        return sorted(why, key=lambda pair: -pair[1])

    @property
    def total(self) -> int:
        return len(self.others)

    @cached_property
    def page(self) -> Page[Other]:
        rows = [row for row in self.others if not self.light or row.light == self.light]
        return Paginator(rows, PER_PAGE).get_page(self.page_number)

    def rows(self) -> list[SegmentRow]:
        return [self._row(row) for row in self.page.object_list]

    @cached_property
    def worst(self) -> Other | None:
        """The judged segment with the lowest light, then the lowest chance."""
        return next((row for row in self.others if row.light != NOT_JUDGED), None)

    @cached_property
    def dimensions(self) -> list[tuple[str, int]]:
        """(dimension, number of segments) by name."""
        found: dict[str, int] = {}
        for row in self.others:
            found[row.dimension] = found.get(row.dimension, 0) + 1
        return sorted(found.items())

    def _row(self, row: Other) -> SegmentRow:
        metric = self.metric
        return SegmentRow(
            code=row.code,
            name=row.name,
            light=row.light,
            note=reason_word(row.why or ""),
            latest=value_text(metric, row.actual),
            gap=signed(metric, row.gap),
            gap_words=gap_text(metric, row.gap),
            chance=chance_short(row.likelihood) if row.likelihood is not None else "–",
            is_here=self.here is not None and row.key == self.here.pk,
        )


def worst_first(metric: Metric) -> SeriesQuerySet:
    return Series.objects.filter(metric=metric).ranked().order_by(*WORST_FIRST)


def worst_of(metric: Metric) -> tuple[str, str, str] | None:
    """Code, name and light of the worst judged segment, where nothing else of them is shown."""
    judged = worst_first(metric).exclude(segment__code=WHOLE)
    judged = judged.filter(current_judgment__light__in=ORDER)
    found: tuple[Any, ...] | None = judged.values_list(
        "segment__code", "segment__name", "current_judgment__light"
    ).first()
    return found
