"""The segments of a metric: lights by count, worst first, one page at a time."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.utils.functional import cached_property

from aspirations.analysis.standing import NOT_JUDGED, ORDER
from aspirations.models import Judgment, Light, Metric, Series
from aspirations.models.metrics import WHOLE
from aspirations.models.series import WORST_FIRST, SeriesQuerySet
from aspirations.sentences import chance_short, gap_text, reason_word, signed, value_text

PER_PAGE = 20
LIGHTS = (*ORDER, NOT_JUDGED)
# What a row prints; the long evidence of each judgment stays in the database.
PRINTED = (
    "light", "not_judged_reason", "state", "actual", "gap", "likelihood", "pending",
)  # fmt: skip


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


class CountedOnce(Paginator):
    """A paginator told its count by the counts of lights, which are asked for anyway."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        self._count = count
        super().__init__(rows, per_page)

    @cached_property
    def count(self) -> int:
        return self._count


def with_light(light: str) -> Q:
    """Series that show this light; those without any judgment show N."""
    if light == Light.NOT_JUDGED:
        return Q(current_judgment__light=light) | Q(current_judgment=None)
    return Q(current_judgment__light=light)


@dataclass
class Segments:
    """The other series of a metric. Queries do not grow with their number."""

    metric: Metric
    here: Series | None
    light: str
    page_number: str

    @cached_property
    def counts(self) -> dict[str, int]:
        """Segments by light, lowest first; unjudged and not yet judged ones count as N."""
        found = dict.fromkeys(LIGHTS, 0)
        for light, _reason, count in self._by_light:
            found[light] += count
        return found

    @cached_property
    def reasons(self) -> list[tuple[str, int]]:
        """Why segments are not judged, most frequent first."""
        why = [
            (reason_word(reason), count) for light, reason, count in self._by_light if light == "N"
        ]
        return sorted(why, key=lambda pair: -pair[1])

    @cached_property
    def _by_light(self) -> list[tuple[str, str, int]]:
        rows = self._others().values_list(
            "current_judgment__light", "current_judgment__not_judged_reason"
        )
        grouped = rows.order_by().annotate(count=Count("pk"))
        return [(light or "N", reason or "", count) for light, reason, count in grouped]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def page(self) -> Page[Series]:
        rows = self.worst_first()
        count = self.total
        if self.light:
            rows = rows.filter(with_light(self.light))
            count = self.counts[self.light]
        return CountedOnce(rows, PER_PAGE, count).get_page(self.page_number)

    def rows(self) -> list[SegmentRow]:
        return [self._row(series) for series in self.page.object_list]

    @cached_property
    def worst(self) -> Series | None:
        """The judged segment with the lowest light, then the lowest chance."""
        if not any(self.counts[light] for light in ("R", "AR", "AG", "G")):
            return None
        if not self.light and self.page.number == 1:
            return next(iter(self.page.object_list), None)
        return self.worst_first().first()

    def worst_first(self) -> QuerySet[Series]:
        return (
            self._others()
            .ranked()
            .select_related("segment", "current_judgment")
            .only(
                "metric_id", "segment__code", "segment__name", "segment__system_id",
                *(f"current_judgment__{name}" for name in PRINTED),
            )
            .order_by(*WORST_FIRST)
        )  # fmt: skip

    def _others(self) -> SeriesQuerySet:
        return Series.objects.filter(metric=self.metric).exclude(segment__code=WHOLE)

    def _row(self, series: Series) -> SegmentRow:
        judgment = series.current_judgment
        return SegmentRow(
            code=series.segment.code,
            name=series.segment.name,
            light=judgment.light if judgment else Light.NOT_JUDGED.value,
            note=reason_word(judgment.not_judged_reason if judgment else ""),
            latest=value_text(self.metric, judgment.actual if judgment else None),
            gap=signed(self.metric, judgment.gap if judgment else None),
            gap_words=gap_text(self.metric, judgment.gap if judgment else None),
            chance=self._chance(judgment),
            is_here=self.here is not None and series.pk == self.here.pk,
        )

    @staticmethod
    def _chance(judgment: Judgment | None) -> str:
        return (
            chance_short(judgment.likelihood)
            if judgment and judgment.likelihood is not None
            else "–"
        )
