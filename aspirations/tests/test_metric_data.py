"""The data tab: who may read it, every figure, and what each was before."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from aspirations.models import Import, Observation, ObservationRevision, Series
from aspirations.tests.evidenced import judged_metric, signed_in, text_of, under_a_parent
from aspirations.tests.factories import MembershipFactory, SystemFactory, observe

ADDRESS = "/meridian/metrics/reading/data/"


@pytest.fixture
def series(db: None) -> Series:
    return judged_metric(groups=False)


def revised(row: Observation, value: float, reason: str) -> None:
    """The figure had this value before."""
    author = MembershipFactory.create(user__name="Ana Office").user
    ObservationRevision.objects.create(
        observation=row, number=row.revisions.count(), value=value, published_on=row.published_on,
        recorded_at=row.recorded_at, replaced_at=timezone.now(), replaced_by=author, reason=reason,
    )  # fmt: skip


def test_it_shows_every_figure_latest_first(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert page.index("Feb 2025") < page.index("Jan 2024")
    assert '<td class="num">56.1%</td>' in page


def test_a_changed_figure_keeps_its_earlier_value_with_who_and_why(
    client: Client, series: Series
) -> None:
    revised(series.observations.latest("period"), 51.5, "Two schools were counted twice")
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert "<b>51.5%</b>" in page
    assert "Ana Office" in page
    assert "Two schools were counted twice" in page


@pytest.mark.parametrize(
    ("reason", "told"), [("suppressed", False), ("withheld", False), ("missing", True)]
)
def test_what_is_withheld_now_was_never_told(
    client: Client, series: Series, reason: str, told: bool
) -> None:
    row = series.observations.latest("period")
    revised(row, 51.5, "Too few people")
    Observation.objects.filter(pk=row.pk).update(value=None, missing_reason=reason)
    signed_in(client, series.metric.system)
    assert ("51.5%" in text_of(client, ADDRESS)) is told


def test_a_missing_figure_says_why_and_a_rate_its_parts(client: Client, series: Series) -> None:
    first, second = series.observations.order_by("period")[:2]
    Observation.objects.filter(pk=first.pk).update(value=None, missing_reason="not_applicable")
    Observation.objects.filter(pk=second.pk).update(value=50.0, numerator=52, denominator=104)
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert '<td class="num">Not applicable</td>' in page
    assert "52 of 104" in page


def test_files_are_named_with_what_they_did(client: Client, series: Series) -> None:
    brought = Import.objects.create(
        system=series.metric.system, file_name="reading.csv", sha256="0", rows=14, added=13,
        changed=1, unchanged=0,
    )  # fmt: skip
    series.observations.update(imported=brought)
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert "reading.csv" in page
    assert "13 new, 1 changed, 0 unchanged" in page


def test_many_figures_come_by_the_page(client: Client, series: Series) -> None:
    observe(series, date(2020, 1, 1), [50.0] * 48)
    signed_in(client, series.metric.system)
    page = text_of(client, ADDRESS)
    assert "Page 1 of 2" in page
    assert "Jan 2020" not in page
    assert "Jan 2020" in text_of(client, f"{ADDRESS}?page=2")
    assert "Page 1 of 2" in text_of(client, f"{ADDRESS}?page=x")


def test_without_figures_it_says_what_is_needed(client: Client, series: Series) -> None:
    series.observations.all().delete()
    signed_in(client, series.metric.system)
    assert "No figure has been loaded" in text_of(client, ADDRESS)


def test_who_only_loads_figures_reads_them_and_no_light(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system, "data_provider")
    page = text_of(client, ADDRESS)
    assert "The figures of Reading, as they were loaded and revised." in page
    assert "Enter figures" in page
    assert 'class="light' not in page
    assert "Evidence" not in page
    assert "Target:" not in page


def test_only_those_who_may_are_offered_to_enter_figures(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system, "viewer")
    assert "Enter figures" not in text_of(client, ADDRESS)


def test_a_reader_of_the_parent_system_finds_nothing(client: Client, series: Series) -> None:
    client.force_login(
        MembershipFactory.create(system=under_a_parent(series.metric.system), role="viewer").user
    )
    assert client.get(ADDRESS).status_code == 404


def test_a_reviewer_finds_nothing(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system, "reviewer")
    assert client.get(ADDRESS).status_code == 404


def test_a_stranger_finds_nothing(client: Client, series: Series) -> None:
    signed_in(client, SystemFactory.create())
    assert client.get(ADDRESS).status_code == 404


def test_it_is_only_read(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    assert client.post(ADDRESS).status_code == 405


def test_queries_do_not_grow_with_figures(
    client: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = list(series.observations.order_by("-period"))
    for row in rows[:3]:
        revised(row, 1.0, "Counted anew")
    signed_in(client, series.metric.system)
    client.get(ADDRESS)
    with django_assert_max_num_queries(14) as few:
        client.get(ADDRESS)
    observe(series, date(2022, 1, 1), [50.0] * 24)
    for row in rows[3:]:
        revised(row, 1.0, "Counted anew")
    with django_assert_max_num_queries(len(few)):
        client.get(ADDRESS)
