"""The data tab: every figure as it stands, what it was before, and the files that brought them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from aspirations import sentences
from aspirations.models import Import, Metric, Observation, ObservationRevision, Series
from aspirations.pages.head import MetricHead
from aspirations.pages.record import name_of

PER_PAGE = 36
FILES = 12


@dataclass(frozen=True)
class Revised:
    """The value that a figure had before: who replaced it, when, and why."""

    value: str
    replaced: str
    reason: str


@dataclass(frozen=True)
class Figure:
    """One period, newest version first."""

    period: str
    value: str
    parts: str
    published: str
    recorded: str
    before: list[Revised]


@dataclass
class DataPage(MetricHead):
    """The observations of one series, a page at a time, for those who may read them."""

    page_number: str

    @cached_property
    def page(self) -> Page[Observation]:
        rows: QuerySet[Observation] = Observation.objects.none()
        if self.series is not None:
            revisions = ObservationRevision.objects.select_related("replaced_by", "replaced_import")
            rows = (
                Observation.objects.filter(series=self.series)
                .select_related("author", "imported")
                .prefetch_related(Prefetch("revisions", revisions.order_by("-number")))
                .order_by("-period")
            )
        return Paginator(rows, PER_PAGE).get_page(self.page_number)

    def figures(self) -> list[Figure]:
        return [self._figure(row) for row in self.page.object_list]

    def _figure(self, row: Observation) -> Figure:
        by = row.imported.file_name if row.imported else name_of(row.author)
        return Figure(
            period=sentences.period_text(self.metric, row.period), value=self._value(row),
            parts=parts(row), published=sentences.day_text(row.published_on),
            recorded=told(by, row.recorded_at), before=self._before(row),
        )  # fmt: skip

    def _value(self, row: Observation | ObservationRevision) -> str:
        """The value, or why there is none."""
        if row.value is None:
            return str(dict(Observation.Missing.choices).get(row.missing_reason, _("missing")))
        return sentences.value_text(self.metric, row.value)

    def _before(self, row: Observation) -> list[Revised]:
        """Earlier values; of a figure that is withheld now they stay untold too."""
        hidden = row.missing_reason in Observation.HIDDEN
        return [
            Revised(
                value=_("not told") if hidden else self._value(old),
                replaced=told(
                    name_of(old.replaced_by) or str(old.replaced_import or ""), old.replaced_at
                ),
                reason=old.reason,
            )
            for old in row.revisions.all()
        ]  # fmt: skip

    @cached_property
    def files(self) -> list[Import]:
        """Files that brought figures of this series, newest first."""
        if self.series is None:
            return []
        rows = Import.objects.visible_to(self.user).filter(observations__series=self.series)
        return list(rows.select_related("author").order_by("-at", "-pk").distinct()[:FILES])


def parts(row: Observation) -> str:
    """“52 of 96”, of a rate that states them."""
    if row.numerator is None or row.denominator is None:
        return ""
    words = _("%(numerator)s of %(denominator)s")
    return words % {"numerator": f"{row.numerator:,g}", "denominator": f"{row.denominator:,g}"}


def told(by: str, at: Any) -> str:
    """“3 Mar 2026, figures.csv”."""
    day = date_format(localtime(at), "j M Y")
    return f"{day}, {by}" if by else day


def data_page(user: Any, metric: Metric, series: Series | None, page: str) -> DataPage:
    return DataPage(metric, series, user, "metric_data", page)
