"""The dashboard asks the same few questions however many series and segments there are."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Effect, Intervention, Judgment, Segment, Series, Trajectory
from aspirations.tests.factories import MetricFactory, place
from delivery.tests.dashboard.conftest import World, add_metric, whole

pytestmark = pytest.mark.embedded

MOST = 7  # session, person, gate and frame included; the name of the state would be one more


def queries(client: Client, address: str = "/meridian/") -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def add_segments(world: World, count: int) -> None:
    """Judged segments of the first metric, stored as the jobs would; all but one are Green."""
    told = whole(world.grade).current_judgment
    segments = Segment.objects.bulk_create(
        Segment(system=world.system, code=f"s{n}", name=f"District {n}") for n in range(count)
    )
    rows = Series.objects.bulk_create(
        Series(metric=world.grade, segment=segment) for segment in segments
    )
    copied = Judgment.objects.filter(pk=told.pk).values().get()  # type: ignore[union-attr]
    lights = ["G"] * count
    lights[-2] = "R"
    judgments = Judgment.objects.bulk_create(
        Judgment(**{**copied, "id": None, "series_id": row.pk, "light": light, "likelihood": 1e-4})
        for row, light in zip(rows, lights, strict=True)
    )
    for row, judgment in zip(rows, judgments, strict=True):
        row.current_judgment = judgment
    Series.objects.bulk_update(rows, ["current_judgment"])


@pytest.fixture
def signed_in(client: Client, world: World) -> Client:
    client.force_login(world.reader)
    client.get("/meridian/")  # the first page of a session is noted in it
    return client


def test_few_queries(signed_in: Client, world: World) -> None:
    assert len(queries(signed_in)) <= MOST


def test_as_many_with_three_series_as_with_sixty(signed_in: Client, world: World) -> None:
    few = len(queries(signed_in))
    for n in range(20):
        place(add_metric(world.system, f"m{n}", 60.0 + n), world.attendance, order=n + 1)
        add_metric(world.system, f"alone-{n}", None)
        MetricFactory.create(system=world.system)
    assert len(queries(signed_in)) == few <= MOST
    assert len(queries(signed_in, "/meridian/?sort=attention&page=2")) <= MOST


def test_as_few_for_a_day_gone_by(signed_in: Client, world: World) -> None:
    address = "/meridian/?as_at=2024-12-16"
    few = len(queries(signed_in, address))
    for n in range(20):
        place(add_metric(world.system, f"m{n}", 60.0 + n), world.attendance, order=n + 1)
    assert len(queries(signed_in, address)) == few <= MOST


def test_paths_carried_by_interventions_cost_nothing_more(signed_in: Client, world: World) -> None:
    few = len(queries(signed_in))
    work = Intervention.objects.create(system=world.system, slug="coaches", name="Coaches")
    for path in Trajectory.objects.all():
        Effect.objects.bulk_create(
            [Effect(trajectory=path, intervention=work, start=path.baseline.period, mid=3.0)]
        )
    Trajectory.objects.update(shape="interventions")
    assert len(queries(signed_in)) == few


def test_three_hundred_segments_cost_nothing_more(signed_in: Client, world: World) -> None:
    few = queries(signed_in)
    add_segments(world, 300)
    many = queries(signed_in)
    assert len(many) == len(few)
    assert b"District 298" in signed_in.get("/meridian/").content


def test_no_figure_of_a_segment_is_loaded(signed_in: Client, world: World) -> None:
    loads = [sql for sql in queries(signed_in) if 'FROM "aspirations_observation"' in sql]
    assert len(loads) == 1
    loaded = {int(key) for key in re.findall(r'"series_id" = (\d+)', loads[0])}
    assert loaded == set(Series.objects.whole().values_list("pk", flat=True))
    assert Series.objects.count() > len(loaded)


def test_the_fragment_asks_no_more_than_the_page(signed_in: Client, world: World) -> None:
    with CaptureQueriesContext(connection) as captured:
        signed_in.get("/meridian/?light=R", headers={"HX-Target": "league"})
    assert len(captured) <= MOST
