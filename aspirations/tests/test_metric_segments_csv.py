"""The figures of all segments as a file: what the small charts show, unrounded."""

import csv
import io

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from aspirations.models import Observation, Segment, Series
from aspirations.tests.evidenced import FIRST, judged_metric, signed_in, under_a_parent
from aspirations.tests.factories import (
    MembershipFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    observe,
)

ADDRESS = "/meridian/metrics/reading/segments.csv"


@pytest.fixture
def series(db: None) -> Series:
    return judged_metric()


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_whole_and_each_group_period_by_period(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    rows = table(client)
    assert len(rows) == 3 * 14
    assert rows[0] == {
        "metric": "reading", "segment": "all", "name": "Everyone", "period": "2024-01",
        "period_starts": "2024-01-01", "actual": "54.1",
    }  # fmt: skip
    assert {row["segment"] for row in rows} == {"all", "low-income", "not-low"}


def test_a_missing_figure_has_no_row(client: Client, series: Series) -> None:
    seen = Observation.objects.filter(series__segment__code="low-income", period=FIRST)
    seen.update(value=None, missing_reason="suppressed")
    signed_in(client, series.metric.system)
    assert len(table(client)) == 3 * 14 - 1


def test_one_dimension_alone(client: Client, series: Series) -> None:
    Segment.objects.filter(code="not-low").update(parts={"area": "south"})
    signed_in(client, series.metric.system)
    rows = table(client, "?dimension=area")
    assert {row["segment"] for row in rows} == {"all", "not-low"}


def test_no_cell_runs_as_a_formula(client: Client, series: Series) -> None:
    Segment.objects.filter(code="not-low").update(name="=1+1")
    signed_in(client, series.metric.system)
    assert "'=1+1" in {row["name"] for row in table(client)}


def test_a_reader_of_the_parent_system_may_take_it(client: Client, series: Series) -> None:
    client.force_login(
        MembershipFactory.create(system=under_a_parent(series.metric.system), role="viewer").user
    )
    assert table(client)


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


def test_queries_do_not_grow_with_segments(
    client: Client, series: Series, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(client, series.metric.system)
    client.get(ADDRESS)
    with django_assert_max_num_queries(18) as few:
        client.get(ADDRESS)
    for n in range(30):
        segment = SegmentFactory.create(system=series.metric.system, code=f"area={n}")
        observe(SeriesFactory.create(metric=series.metric, segment=segment), FIRST, [1.0])
    with django_assert_max_num_queries(len(few)):
        assert len(table(client)) > 42
