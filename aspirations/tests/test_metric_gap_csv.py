"""The gap of a group as a file: the page's numbers, unrounded, and nothing where one is missing."""

import csv
import io

import pytest
from django.test import Client

from aspirations.models import Observation, Segment, Series
from aspirations.tests.evidenced import judged_metric, signed_in, under_a_parent
from aspirations.tests.factories import MembershipFactory, SystemFactory

ADDRESS = "/meridian/metrics/reading/gap.csv"


@pytest.fixture
def series(db: None) -> Series:
    return judged_metric()


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_both_values_and_both_gaps(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    rows = table(client, "?group=low-income&reference=all")
    assert len(rows) == 14
    first = rows[0]
    assert (first["group"], first["reference"], first["period"]) == ("low-income", "all", "2024-01")
    assert float(first["reference_value"]) == 54.1
    assert float(first["group_value"]) == pytest.approx(44.1)
    assert float(first["absolute_gap"]) == pytest.approx(10.0)
    assert float(first["relative_gap"]) == pytest.approx(54.1 / 44.1)


def test_where_one_is_missing_there_is_no_gap_and_no_nought(client: Client, series: Series) -> None:
    Observation.objects.filter(
        series__segment__code="low-income", period="2024-03-01"
    ).update(value=None, missing_reason="suppressed")  # fmt: skip
    signed_in(client, series.metric.system)
    row = table(client, "?group=low-income")[2]
    assert row["reference_value"] == "54.9"
    assert [row[name] for name in ("group_value", "absolute_gap", "relative_gap")] == ["", "", ""]


def test_the_best_group_is_named_in_each_period(client: Client, series: Series) -> None:
    Segment.objects.filter(code="not-low").update(name="=1+1")
    signed_in(client, series.metric.system)
    rows = table(client, "?group=low-income&reference=best")
    assert {row["best_group"] for row in rows} == {"'=1+1"}
    assert float(rows[0]["absolute_gap"]) == pytest.approx(14.0)


def test_the_name_says_what_it_holds(client: Client, series: Series) -> None:
    signed_in(client, series.metric.system)
    response = client.get(f"{ADDRESS}?group=low-income&reference=not-low")
    name = 'attachment; filename="reading-low-income-against-not-low-gap.csv"'
    assert response["Content-Disposition"] == name


@pytest.mark.parametrize("query", ["?group=nowhere", "?group=low-income&reference=nowhere"])
def test_a_file_never_answers_another_question(client: Client, series: Series, query: str) -> None:
    signed_in(client, series.metric.system)
    assert client.get(ADDRESS + query).status_code == 404


def test_where_nothing_can_be_compared_the_table_is_empty(client: Client, series: Series) -> None:
    Observation.objects.exclude(series=series).delete()
    signed_in(client, series.metric.system)
    assert table(client) == []


def test_a_reader_of_the_parent_system_may_take_it(client: Client, series: Series) -> None:
    client.force_login(
        MembershipFactory.create(system=under_a_parent(series.metric.system), role="viewer").user
    )
    assert len(table(client)) == 14


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
