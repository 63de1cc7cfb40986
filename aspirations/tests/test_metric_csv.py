"""The track as a file: the chart's numbers, unrounded, and no cell that runs."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.exports import file_name_part, plain_text
from aspirations.models import Series
from aspirations.services.tracks import track_of
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
    observe,
)
from people.models import System, User

FIRST = date(2024, 1, 1)
VALUES = [54.123456789, 53.2, None, 53.8, 55.2, 54.2]


@pytest.fixture
def series(db: None) -> Series:
    system = SystemFactory.create(slug="meridian", reporting_date=date(2024, 7, 31))
    row: Series = SeriesFactory.create(metric=MetricFactory.create(system=system, slug="reading"))
    observe(row, FIRST, VALUES)
    agreed_path(row, (FIRST, 54.0), (date(2024, 12, 1), 66.0))
    return row


@pytest.fixture
def reader(series: Series, client: Client) -> User:
    user: User = MembershipFactory.create(system=series.metric.system).user
    client.force_login(user)
    return user


def address(query: str = "") -> str:
    return reverse("metric_csv", args=["meridian", "reading"]) + query


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(address(query))
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def test_the_file_is_the_track_to_the_last_digit(
    client: Client, series: Series, reader: User
) -> None:
    rows = table(client)
    track = track_of(series)
    assert [row["period"] for row in rows] == [f"2024-{month:02d}" for month in range(1, 13)]
    for name, matrix in (("actual", track.actual), ("path", track.expected), ("gap", track.gap)):
        for row, value in zip(rows, matrix[0], strict=True):
            assert row[name] == ("" if value != value else repr(float(value)))
    assert rows[0]["actual"] == "54.123456789"


def test_missing_is_empty_and_never_zero(client: Client, series: Series, reader: User) -> None:
    rows = table(client)
    assert (rows[2]["actual"], rows[2]["gap"]) == ("", "")
    assert rows[2]["path"] != ""


def test_a_rate_shows_its_parts_as_far_as_they_are_public(
    client: Client, series: Series, reader: User
) -> None:
    assert {row["numerator"] + row["denominator"] for row in table(client)} == {""}
    month = series.observations.filter(period=date(2024, 4, 1))
    month.update(value=25.0, numerator=1.1, denominator=4.4)
    assert [row["numerator"] for row in table(client)] == ["", "", "", "1.1", *[""] * 8]
    assert table(client)[3]["denominator"] == "4.4"
    month.update(published_on=date(2024, 9, 1))
    assert {row["numerator"] + row["denominator"] for row in table(client)} == {""}


def test_the_name_says_what_it_holds(client: Client, series: Series, reader: User) -> None:
    response = client.get(address())
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="reading-all-track.csv"'


def test_a_segment_has_a_file_of_its_own(client: Client, series: Series, reader: User) -> None:
    segment = SegmentFactory.create(system=series.metric.system, code='=area "north"\r\n')
    observe(SeriesFactory.create(metric=series.metric, segment=segment), FIRST, [1.0])
    rows = table(client, "?segment=%3Darea%20%22north%22%0D%0A")
    assert rows[0]["segment"].startswith("'=area")
    assert rows[0]["actual"] == "1.0"
    name = client.get(address("?segment=%3Darea%20%22north%22%0D%0A"))["Content-Disposition"]
    assert name == 'attachment; filename="reading--area--north----track.csv"'


def test_a_series_without_figures_gives_an_empty_table(
    client: Client, series: Series, reader: User
) -> None:
    SeriesFactory.create(metric=MetricFactory.create(system=series.metric.system, slug="bare"))
    response = client.get(reverse("metric_csv", args=["meridian", "bare"]))
    assert response.status_code == 200
    assert response.content.decode().count("\n") == 1, "the names of the columns alone"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_text_that_looks_like_a_formula_is_kept_text(start: str) -> None:
    assert plain_text(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["north", "2024-01", "", "a=b"])
def test_other_text_is_left_alone(text: str) -> None:
    assert plain_text(text) == text


def test_file_names_hold_plain_letters_only() -> None:
    assert file_name_part("région=a/b") == "r-gion-a-b"


def test_a_metric_without_the_whole_system_asks_for_a_segment(
    client: Client, series: Series, reader: User
) -> None:
    MetricFactory.create(system=series.metric.system, slug="parts")
    assert client.get(reverse("metric_csv", args=["meridian", "parts"])).status_code == 404


def test_a_reader_of_the_parent_system_may_take_it(client: Client, series: Series) -> None:
    parent = SystemFactory.create()
    System.objects.filter(pk=series.metric.system_id).update(parent=parent)
    client.force_login(MembershipFactory.create(system=parent, role="viewer").user)
    assert len(table(client)) == 12


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_roles_that_read_no_dashboard_find_nothing(
    client: Client, series: Series, role: str
) -> None:
    member = MembershipFactory.create(system=series.metric.system, role=role)
    client.force_login(member.user)
    assert client.get(address()).status_code == 404


def test_a_stranger_finds_nothing(client: Client, series: Series) -> None:
    client.force_login(MembershipFactory.create().user)
    assert client.get(address()).status_code == 404


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client, series: Series) -> None:
    response = client.get(address())
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_an_unknown_segment_is_not_found(client: Client, series: Series, reader: User) -> None:
    assert client.get(address("?segment=nowhere")).status_code == 404


def test_it_is_only_read(client: Client, series: Series, reader: User) -> None:
    assert client.post(address()).status_code == 405
