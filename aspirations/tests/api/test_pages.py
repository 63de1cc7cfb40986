"""Pages of a list: every row once, in a stable order, at the cost of one query."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from aspirations.models import Segment, Series
from aspirations.services.judging import judge_now
from aspirations.tests.api.test_doors import LISTS
from aspirations.tests.api.world import World
from aspirations.tests.factories import AspirationFactory, agreed_path, observe, place

# Sign-in, gate and page; more where a row brings others with it. The limit's own are left out.
QUERIES = {
    "aspirations/": 5,
    "metrics/": 4,
    "segments/": 4,
    "series/": 4,
    "observations/": 5,
    "judgments/": 4,
    "targets/": 5,
    "trajectories/": 7,
    "interventions/": 4,
}


def walk(client: APIClient, address: str, **query: Any) -> list[dict[str, Any]]:
    """Follow `next` to the end."""
    page = client.get(address, query).json()
    rows: list[dict[str, Any]] = page["results"]
    while page["next"]:
        page = client.get(page["next"]).json()
        rows += page["results"]
    return rows


@pytest.mark.parametrize("size", [7, 100, 249, 250, 251, 1000])
def test_250_rows_come_once_each_in_order(
    world: World, by_token: Callable[[str], APIClient], size: int
) -> None:
    Segment.objects.bulk_create(
        Segment(system=world.system, code=f"d-{n}", name=f"District {n}", order=n % 5)
        for n in range(248)
    )
    client, address = by_token("viewer"), world.address("segments/")
    rows = walk(client, address, page_size=size)
    stored = Segment.objects.filter(system=world.system).order_by("order", "id")
    assert [row["id"] for row in rows] == [row.pk for row in stored]
    assert len(rows) == 250


def test_observations_come_by_series_and_period(
    world: World, by_token: Callable[[str], APIClient]
) -> None:
    rows = walk(by_token("viewer"), world.address("observations/"), page_size=5)
    places = [(row["series"], row["period"]) for row in rows]
    assert len(places) == 48
    assert places == sorted(set(places))


def test_a_row_added_meanwhile_neither_repeats_nor_hides_another(
    world: World, by_token: Callable[[str], APIClient]
) -> None:
    client = by_token("viewer")
    first = client.get(world.address("observations/"), {"page_size": 10}).json()
    observe(world.whole, date(2021, 12, 1), [40.0])
    rest = client.get(first["next"]).json()["results"]
    assert first["results"][-1]["period"] == "2022-10-01"
    assert rest[0]["period"] == "2022-11-01"


def test_filters_go_along_to_the_next_page(
    world: World, by_token: Callable[[str], APIClient]
) -> None:
    query = {"segment": "north/1", "page_size": 7}
    rows = walk(by_token("viewer"), world.address("observations/"), **query)
    assert [row["series"] for row in rows] == [world.north.pk] * 24


@pytest.mark.parametrize("rest", LISTS)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    world: World, ask: Callable[..., Any], rest: str
) -> None:
    query = {"revisions": "true"} if rest == "observations/" else {}
    extra = 1 if query else 0
    assert queries(lambda: ask("leader", rest, **query)) == QUERIES[rest] + extra
    more(world)
    assert queries(lambda: ask("leader", rest, **query)) == QUERIES[rest] + extra


def more(world: World) -> None:
    """Ten times as many series, and as many of everything that hangs on them."""
    for n in range(20):
        place(world.metric, AspirationFactory(system=world.system))
        segment = Segment.objects.create(system=world.system, code=f"s-{n}", name=str(n))
        series = Series.objects.create(metric=world.metric, segment=segment)
        observe(series, date(2023, 1, 1), [50.0 + n, 51.0, 52.0])
        agreed_path(series, (date(2023, 1, 1), 50.0 + n), (date(2025, 1, 1), 90.0))
    judge_now(Series.objects.filter(metric=world.metric).values_list("pk", flat=True))


def queries(act: Callable[[], Any]) -> int:
    """Queries for an answer, without those of making and keeping a session and the limit."""
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert act().status_code == 200
    start = max(
        place for place, query in enumerate(seen) if 'FROM "django_session"' in query["sql"]
    )
    asked = [query["sql"] for query in list(seen)[start:]]
    return sum('"cache"' not in sql and "SAVEPOINT" not in sql for sql in asked)
