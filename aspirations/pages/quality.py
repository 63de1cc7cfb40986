"""What the page of a metric's data quality says: the grade in force, and every rating so far."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from aspirations.models import DataQuality, Metric
from aspirations.models.quality import VALID_MONTHS, month_before
from aspirations.sentences import day_text

MOST = 50


@dataclass(frozen=True)
class QualityPage:
    """The ratings, newest first, and what the one in force means, in a sentence."""

    headline: str
    lead: str
    ratings: list[DataQuality]
    grade: str


def quality_page(metric: Metric, rows: Any, today: date) -> QualityPage:
    found = list(rows.select_related("author").order_by("-rated_on", "-pk")[:MOST])
    valid = [row for row in found if month_before(today, VALID_MONTHS) < row.rated_on <= today]
    if valid:
        return QualityPage(graded(metric, valid[0]), meaning(valid[0]), found, valid[0].grade)
    words = (
        _("The rating of %(metric)s has expired: rate its figures again")
        if found
        else _("Nobody has rated the figures of %(metric)s yet")
    )
    lead = _("A grade stands beside every figure, so that readers know how far to trust it.")
    return QualityPage(words % {"metric": metric.name}, lead, found, "")


def graded(metric: Metric, row: DataQuality) -> str:
    words = _("The figures of %(metric)s are graded %(grade)s, as of %(day)s")
    return words % {"metric": metric.name, "grade": row.grade, "day": day_text(row.rated_on)}


def meaning(row: DataQuality) -> str:
    if row.grade == "D":
        return _("While the grade is D the metric is not judged. A better rating ends that.")
    return _("The grade stands beside every figure and alters none. It expires after a year.")
