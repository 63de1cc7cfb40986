"""The definition tab: who may read it, what is stated, what changed, and how it was rated."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import DataQuality, Series
from aspirations.tests.evidenced import judged_metric, signed_in, text_of, under_a_parent
from aspirations.tests.factories import MembershipFactory, SystemFactory

ADDRESS = "/meridian/metrics/reading/definition/"


@pytest.fixture
def series(db: None) -> Series:
    return judged_metric(groups=False)


def test_it_says_what_is_counted_and_what_is_not_stated(client: Client, series: Series) -> None:
    metric = series.metric
    metric.numerator, metric.denominator = "Pupils at grade level", "Pupils tested"
    metric.save()
    signed_in(client, metric.system)
    page = text_of(client, ADDRESS)
    assert "<dt>Counted</dt><dd>Pupils at grade level</dd>" in page
    assert "<dt>Out of</dt><dd>Pupils tested</dd>" in page
    assert "<dt>Source</dt><dd>State check</dd>" in page
    assert "<dt>Known limits</dt><dd>Not stated</dd>" in page
    assert "<dt>Direction</dt><dd>Higher is better</dd>" in page
    assert "Who keeps the figures" not in page, "what nobody needs is not missed"


def test_each_version_says_what_changed(client: Client, series: Series) -> None:
    metric = series.metric
    metric.direction, metric.expected_lag, metric.expected_months = "decrease", 5, [1, 6]
    metric.save()
    signed_in(client, metric.system)
    page = text_of(client, ADDRESS)
    assert page.index("Version 2") < page.index("Version 1")
    assert "Direction: Lower is better, was Higher is better" in page
    assert "Days until a figure is due: 5, was 20" in page
    assert "Months that bring a figure: January, June, was every period" in page
    assert "As first described." in page


def test_ratings_say_their_grade_and_whether_they_still_hold(
    client: Client, series: Series
) -> None:
    rating = {"metric": series.metric, "timeliness": 3, "comparability": 4}
    DataQuality.objects.create(rated_on=date(2025, 2, 1), accuracy=3, note="Two queried", **rating)
    DataQuality.objects.create(rated_on=date(2023, 2, 1), accuracy=1, **rating)
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert page.index("Grade B") < page.index("Grade D")
    assert "1 Feb 2023, expired" in page
    assert "Two queried" in page
    assert "<dt>Coherence and comparability</dt><dd>4, very good</dd>" in page


def test_without_a_rating_it_says_why_one_matters(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    assert "Nobody has rated these figures." in text_of(client, ADDRESS)


def test_only_those_who_may_are_offered_to_edit(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    assert "Edit the definition" in text_of(client, ADDRESS)
    signed_in(client, series.metric.system, "viewer")
    assert "Edit the definition" not in text_of(client, ADDRESS)


def test_a_reader_of_the_parent_system_reads_it(client: Client, series: Series) -> None:
    client.force_login(
        MembershipFactory.create(system=under_a_parent(series.metric.system), role="viewer").user
    )
    assert "What is counted" in text_of(client, ADDRESS)


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_roles_that_read_no_dashboard_find_nothing(
    client: Client, series: Series, role: str
) -> None:
    signed_in(client, series.metric.system, role)
    assert client.get(ADDRESS).status_code == 404


def test_a_stranger_finds_nothing(client: Client, series: Series) -> None:
    signed_in(client, SystemFactory.create())
    assert client.get(ADDRESS).status_code == 404


def test_it_is_only_read(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    assert client.post(ADDRESS).status_code == 405
