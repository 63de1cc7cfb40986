"""Places side by side on a page and as a file: who is really different, and no league of luck."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Metric, Observation, Segment, Series
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    observe,
)
from people.models import System, User

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/meridian/places/"
FIRST, TODAY = date(2024, 1, 1), date(2025, 3, 14)
LEVEL = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 53.9, 54.1, 54.2, 53.7, 54.4, 54.1]


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(
        slug="meridian", name="Meridian", reporting_date=TODAY, second_factor="nobody"
    )
    return row


@pytest.fixture
def metric(system: System) -> Metric:
    row: Metric = MetricFactory.create(system=system, slug="reading", name="Reading", kind="rate")
    observe(SeriesFactory.create(metric=row), FIRST, LEVEL)
    return row


def add(
    metric: Metric, value: str, shift: float = 0.0, *, size: float = 0.0, months: int = 14,
    dimension: str = "region", order: int = 0,
) -> Series:  # fmt: skip
    """A place whose figures lie `shift` beside the system's; with `size`, out of so many people."""
    segment = SegmentFactory.create(
        system=metric.system, code=value, name=value.title(), parts={dimension: value}, order=order
    )
    series: Series = SeriesFactory.create(metric=metric, segment=segment)
    seen = observe(series, FIRST, [level + shift for level in LEVEL][:months])
    for row in seen if size else []:
        assert row.value is not None
        row.denominator, row.numerator = size, size * row.value / 100
    Observation.objects.bulk_update(seen, ["numerator", "denominator"])
    return series


def enter(client: Client, row: System, role: str = "viewer") -> User:
    user: User = MembershipFactory.create(system=row, role=role).user
    client.force_login(user)
    return user


def shown(client: Client, query: str = "") -> str:
    response = client.get(f"{ADDRESS}{query}")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def row_of(page: str, name: str) -> str:
    return page.split(f">{name}</a></th>")[1].split("</tr>")[0]


def test_a_small_place_is_not_called_different_for_being_small(
    client: Client, system: System, metric: Metric
) -> None:
    add(metric, "tiny", 12.0, size=30)
    add(metric, "large", 12.0, size=3000)
    add(metric, "other", 0.0, size=9000)
    enter(client, system)
    page = shown(client)
    assert "Reading by region: 2 of 3 differ by more than chance explains" in page
    assert "within what chance explains" in row_of(page, "Tiny")
    assert "really better: beyond what chance explains" in row_of(page, "Large")
    assert "really worse: beyond what chance explains" in row_of(page, "Other")
    learn = page.split('id="learn"')[1]
    assert "Large" in learn
    assert "Tiny" not in learn


def test_without_counts_the_distance_to_the_whole_is_what_varies(
    client: Client, system: System, metric: Metric
) -> None:
    Series.objects.get(metric=metric).observations.all().delete()
    rising = [level + n for n, level in enumerate(LEVEL)]
    observe(Series.objects.get(metric=metric), FIRST, rising)
    for name, shifts in (("north", (-20.0, -19.0)), ("south", (1.0, -1.0))):
        series = add(metric, name, months=0)
        observe(series, FIRST, [v + shifts[n % 2] for n, v in enumerate(rising)])
    enter(client, system)
    page = shown(client)
    assert "Reading by region: 1 of 2 differs by more than chance explains" in page
    assert "really worse" in row_of(page, "North")
    assert "within what chance explains" in row_of(page, "South")
    assert "No place stands out for the better" in page


def test_the_systems_own_order_is_kept_whatever_the_figures(
    client: Client, system: System, metric: Metric
) -> None:
    for order, (name, shift) in enumerate((("north", -9.0), ("south", 9.0), ("east", 0.0))):
        add(metric, name, shift, order=order)
    enter(client, system)
    page = shown(client)
    found = [page.index(f">{name}</a></th>") for name in ("North", "South", "East")]
    assert found == sorted(found)


def test_too_few_figures_and_older_ones_are_not_compared(
    client: Client, system: System, metric: Metric
) -> None:
    add(metric, "north")
    add(metric, "south")
    add(metric, "older", 9.0, months=12)
    new = add(metric, "new", 9.0, months=3)
    new.observations.all().delete()
    observe(new, date(2024, 12, 1), [60.0, 61.0, 62.0])
    enter(client, system)
    page = shown(client)
    assert "not compared: its latest figure is for Dec 2024" in row_of(page, "Older")
    assert "too few figures to say" in row_of(page, "New")


def test_dimension_and_metric_are_chosen_by_address(
    client: Client, system: System, metric: Metric
) -> None:
    for name in ("north", "south"):
        add(metric, name)
    for name in ("low", "high", "middle"):
        add(metric, name, dimension="income")
    enter(client, system)
    assert "Reading by income" in shown(client)
    assert "Reading by region" in shown(client, "?metric=reading&dimension=region")
    assert "Reading by income" in shown(client, "?metric=nothing&dimension=nothing")
    assert "Reading by income" in shown(client, "?dimension=%00")


def test_who_is_cut_by_two_dimensions_counts_in_neither(
    client: Client, system: System, metric: Metric
) -> None:
    both = add(metric, "both")
    Segment.objects.filter(pk=both.segment_id).update(parts={"region": "north", "income": "low"})
    add(metric, "north")
    add(metric, "south")
    enter(client, system)
    assert ">Both</a>" not in shown(client)


def test_a_figure_that_is_not_public_yet_is_not_shown(
    client: Client, system: System, metric: Metric
) -> None:
    for name in ("north", "south"):
        series = add(metric, name)
        series.observations.filter(period=date(2025, 2, 1)).update(
            value=99.0, published_on=date(2025, 4, 1)
        )
    enter(client, system)
    page = shown(client)
    assert "99.0" not in page
    assert "Jan 2025" in page


def test_without_places_it_says_what_they_would_be_good_for(client: Client, system: System) -> None:
    enter(client, system)
    page = shown(client)
    assert "No places can be compared yet" in page
    assert "so that others can learn there" in page
    assert client.get(f"{ADDRESS}places.csv").content.decode().count("\n") == 1


def test_the_file_holds_what_the_page_says(client: Client, system: System, metric: Metric) -> None:
    add(metric, "north", 12.0, size=3000)
    add(metric, "south", 0.0, size=9000)
    enter(client, system)
    response = client.get(f"{ADDRESS}places.csv?metric=reading&dimension=region")
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert response["Content-Type"].startswith("text/csv")
    assert "reading-by-region.csv" in response["Content-Disposition"]
    assert [row["segment"] for row in rows] == ["north", "south"]
    first = rows[0]
    assert (first["basis"], first["beyond_chance"], first["period"]) == (
        "funnel", "above", "Feb 2025",
    )  # fmt: skip
    assert float(first["value"]) == pytest.approx(66.1)
    assert float(first["denominator"]) == 3000
    assert float(first["compared_with"]) == pytest.approx((0.661 * 3000 + 0.541 * 9000) / 120)


def test_text_that_a_spreadsheet_would_run_is_kept_as_text(
    client: Client, system: System, metric: Metric
) -> None:
    add(metric, "north")
    series = add(metric, "south")
    Segment.objects.filter(pk=series.segment_id).update(name="=1+1")
    enter(client, system)
    assert ",=1+1" not in client.get(f"{ADDRESS}places.csv").content.decode()


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}places.csv"])
def test_a_stranger_and_a_provider_find_nothing(
    client: Client, system: System, metric: Metric, address: str
) -> None:
    enter(client, SystemFactory.create())
    assert client.get(address).status_code == 404
    enter(client, system, "data_provider")
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, system: System, method: str) -> None:
    enter(client, system)
    for address in (ADDRESS, f"{ADDRESS}places.csv"):
        assert getattr(client, method)(address).status_code == 405


def test_queries_do_not_grow_with_places(client: Client, system: System, metric: Metric) -> None:
    for n in range(3):
        add(metric, f"p{n}", size=500)
    enter(client, system)
    counts = []
    for more in (0, 27):
        for n in range(more):
            add(metric, f"more{n}", n / 3, size=500)
        with CaptureQueriesContext(connection) as captured:
            shown(client)
        counts.append(len(captured))
    assert counts[0] == counts[1]
