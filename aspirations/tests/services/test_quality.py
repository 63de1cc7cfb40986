"""Ratings of data quality: the grade, how long it holds, and when it takes the light away."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from aspirations.models import DataQuality, Series
from aspirations.services.quality import rate, without_light
from aspirations.tests.factories import MetricFactory, SeriesFactory
from people.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
DAY = date(2024, 3, 31)


def rated(on: date = DAY, **scores: int) -> DataQuality:
    ratings = {"accuracy": 3, "timeliness": 3, "comparability": 3, **scores, "rated_on": on}
    return rate(metric=MetricFactory(), ratings=ratings)


@pytest.mark.parametrize(
    ("scores", "grade"),
    [
        ((4, 4, 4), "A"),
        ((4, 3, 4), "B"),
        ((2, 3, 4), "C"),
        ((4, 4, 1), "D"),
    ],
)
def test_the_grade_is_the_lowest_of_the_three_that_decide(
    scores: tuple[int, int, int], grade: str
) -> None:
    row = DataQuality(accuracy=scores[0], timeliness=scores[1], comparability=scores[2])
    row.relevance = 1
    assert row.grade == grade


@pytest.mark.parametrize(
    ("as_of", "blocked"),
    [
        (date(2024, 3, 30), False),
        (DAY, True),
        (date(2025, 3, 30), True),
        (date(2025, 3, 31), False),
    ],
)
def test_a_grade_d_holds_for_twelve_months(as_of: date, blocked: bool) -> None:
    row = rated(accuracy=1)
    assert (row.metric_id in without_light([row.metric_id], as_of)) is blocked


def test_a_newer_rating_takes_the_place_of_an_older_one() -> None:
    row = rated(accuracy=1)
    ratings = {"rated_on": date(2024, 5, 1), "accuracy": 2, "timeliness": 2, "comparability": 2}
    rate(metric=row.metric, ratings=ratings)
    assert without_light([row.metric_id], date(2024, 4, 30)) == {row.metric_id}
    assert without_light([row.metric_id], date(2024, 5, 1)) == set()


def test_what_the_program_was_told_later_does_not_count() -> None:
    row = rated(accuracy=1)
    before = datetime(2020, 1, 1, tzinfo=UTC)
    assert without_light([row.metric_id], DAY, before) == set()


def test_a_rating_makes_the_series_due_and_leaves_a_trail() -> None:
    series = SeriesFactory()
    Series.objects.update(stale_since=None)
    ratings = {"rated_on": DAY, "accuracy": 1, "timeliness": 2, "comparability": 3}
    rate(metric=series.metric, ratings=ratings)
    assert Series.objects.stale().count() == 1
    assert AuditEntry.objects.filter(object_type="aspirations.DataQuality").count() == 1


def test_a_score_off_the_scale_is_refused_by_name() -> None:
    with pytest.raises(ValidationError, match="scale"):
        rated(accuracy=5)
