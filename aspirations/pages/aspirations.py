"""The list of aspirations: how each stands, how it was reviewed, and which metrics it lacks."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.models import Aspiration, QualityReview, Series
from aspirations.pages.placed import Metrics, judged_series, placed, sentence_of
from aspirations.pages.quality_reviews import Review, newest_first
from aspirations.pages.rights import rights
from aspirations.sentences import aspirations as words
from aspirations.sentences.assessments import in_words
from aspirations.services.aspirations import MOST_ACTIVE
from people import labels
from people.models import System

READ, WRITE = "plan.read", "plan.write"
TROUBLE = ("R", "AR")


@dataclass(frozen=True)
class Listed:
    """One active aspiration as the list shows it."""

    row: Aspiration
    metrics: Metrics
    series: Series | None
    review: Review | None

    @property
    def light(self) -> str:
        return self.metrics.light

    @property
    def finding(self) -> str:
        """Where its lowest headline metric stands."""
        return sentence_of(self.series)

    @property
    def counted(self) -> str:
        headlines = len(self.metrics.headlines)
        return words.counted(headlines, len(self.metrics) - headlines)

    @property
    def missing(self) -> str:
        return words.missing_text(self.metrics.lacking)


class AspirationList:
    """What the page says, asked of the database as it is needed."""

    def __init__(self, system: System, user: Any) -> None:
        self.system, self.user = system, user

    @cached_property
    def rights(self) -> frozenset[str]:
        return rights(self.user, self.system, (READ, WRITE))

    @property
    def may_write(self) -> bool:
        return WRITE in self.rights

    @property
    def may_plan(self) -> bool:
        return READ in self.rights

    @cached_property
    def _all(self) -> list[Aspiration]:
        return list(self.system.aspirations.order_by("order", "pk"))

    @cached_property
    def retired(self) -> list[Aspiration]:
        return [row for row in self._all if row.status == Aspiration.Status.RETIRED]

    @cached_property
    def rows(self) -> list[Listed]:
        active = [row for row in self._all if row.status != Aspiration.Status.RETIRED]
        found = placed(self.system)
        metrics = {row.pk: found.get(row.pk, Metrics()) for row in active}
        lowest = [first for mine in metrics.values() if (first := mine.lowest)]
        series = judged_series(row.series for row in lowest)
        return [
            Listed(
                row, metrics[row.pk], self._series(metrics[row.pk], series),
                self._reviews.get(row.pk),
            )
            for row in active
        ]  # fmt: skip

    @staticmethod
    def _series(metrics: Metrics, series: dict[int, Series]) -> Series | None:
        return series.get(metrics.lowest.metric) if metrics.lowest else None

    @cached_property
    def _reviews(self) -> dict[int, Review]:
        """Aspiration key to its latest quality review, for those who may read plans."""
        if not self.may_plan:
            return {}
        rows = QualityReview.objects.in_force().filter(aspiration__system=self.system)
        found: dict[int, Review] = {}
        for row in newest_first(rows):
            found.setdefault(row.aspiration_id, Review(row))
        return found

    @property
    def warning(self) -> str:
        return words.too_many(len(self.rows), MOST_ACTIVE)

    @property
    def headline(self) -> str:
        """“Four aspirations are active; “Every child reads well” is in trouble.”"""
        many = labels.label(self.system, "aspirations")
        if not self.rows:
            return _("No %(aspirations)s have been written yet.") % {"aspirations": many}
        one = labels.label(self.system, "aspiration")
        text = ngettext("%(count)s %(one)s is active", "%(count)s %(many)s are active",
                        len(self.rows))  # fmt: skip
        text = text % {"count": in_words(len(self.rows)), "one": one, "many": many}
        text = text[:1].upper() + text[1:]
        off = [row for row in self.rows if row.light in TROUBLE]
        if not off:
            return f"{text}."
        if len(off) == 1:
            words = _("%(text)s; “%(title)s” is in trouble.")
            return words % {"text": text, "title": off[0].row.title}
        return _("%(text)s; %(off)s are in trouble.") % {"text": text, "off": in_words(len(off))}
