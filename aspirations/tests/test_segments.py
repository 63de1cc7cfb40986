"""Segments listed, named and changed."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from aspirations.models import Segment
from aspirations.services.segments import create_segment
from aspirations.tests.definers import at, climb, enter, metric_of, system_of
from aspirations.tests.factories import SegmentFactory, SystemFactory
from people.models import System
from people.tests.pages import opened

pytestmark = pytest.mark.django_db
NORTH = {
    "version": "0",
    "name": "North of the river",
    "parts": "area = north\nincome = low",
    "order": "2",
}


@pytest.fixture
def system() -> System:
    return system_of()


# ------------------------------------------------------------------------------- the list
def test_an_empty_list_teaches(client: Client, system: System) -> None:
    enter(client, system)
    page = client.get(at("segments")).content.decode()
    assert "Figures are for everyone: no segments yet" in page
    assert at("new_segment") in page
    enter(client, system, "viewer")
    assert at("new_segment") not in client.get(at("segments")).content.decode()


def test_each_stands_with_its_code_and_parts(client: Client, system: System) -> None:
    metric_of(system)
    SegmentFactory.create(system=system, code="north", name="North", parts={"area": "north"})
    enter(client, system)
    page = client.get(at("segments")).content.decode()
    for words in ("Figures can be split by 1 segment", "area: north", "everyone"):
        assert words in page


def test_the_list_is_closed_to_strangers_and_to_other_methods(
    client: Client, system: System
) -> None:
    for home, role in ((SystemFactory.create(), "unit_staff"), (system, "data_provider")):
        enter(client, home, role)
        assert client.get(at("segments")).status_code == 404
    enter(client, system)
    assert client.post(at("segments")).status_code == 405


def test_more_segments_cost_no_more_queries(client: Client, system: System) -> None:
    enter(client, system)
    counts = []
    for number in (3, 27):
        for place in range(number):
            SegmentFactory.create(system=system, code=f"s-{number}-{place}")
        with CaptureQueriesContext(connection) as found:
            client.get(at("segments"))
        counts.append(len(found))
    assert counts[0] == counts[1] <= 9, counts


# ------------------------------------------------------------------------------- a new one
def test_a_group_is_named(client: Client, system: System) -> None:
    enter(client, system)
    filled = opened(client, at("new_segment")) | NORTH
    response = client.post(at("new_segment"), filled, follow=True)
    assert "files call it “north-of-the-river”" in response.content.decode()
    row = Segment.objects.get(code="north-of-the-river")
    assert (row.parts, row.order) == ({"area": "north", "income": "low"}, 2)
    assert Segment.objects.filter(system=system, code="all").exists()


BAD = [
    ({"name": ""}, "Give the segment a name."),
    ({"name": "§"}, "Give a short code"),
    ({"code": "all"}, "“all” is the code of another segment"),
    ({"code": "ALL"}, "“ALL” is the code of another segment"),
    ({"code": "taken"}, "“taken” is the code of another segment"),
    ({"code": "x" * 256}, "255"),
    ({"parts": "north"}, "write a dimension, = and its value"),
    ({"parts": "area =\n"}, "write a dimension, = and its value"),
    ({"parts": "area = a\narea = b"}, "“area” stands twice"),
    ({"order": "-1"}, "greater than or equal to 0"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named(
    client: Client, system: System, wrong: dict[str, str], said: str
) -> None:
    SegmentFactory.create(system=system, code="taken")
    enter(client, system)
    response = client.post(at("new_segment"), NORTH | wrong)
    assert response.status_code == 400
    assert said in response.content.decode()
    assert Segment.objects.filter(system=system).exclude(code="all").count() == 1


def test_who_may_not_name_one_is_refused(client: Client, system: System) -> None:
    climb(client, system, at("new_segment"), NORTH)
    assert not Segment.objects.exists()


# ------------------------------------------------------------------------------- changed
@pytest.fixture
def north(system: System) -> Segment:
    return create_segment(system=system, values={"name": "North", "parts": {"area": "north"}})


def test_a_segment_is_changed_and_keeps_its_code(
    client: Client, system: System, north: Segment
) -> None:
    enter(client, system)
    address = at("edit_segment", north.pk)
    client.post(address, opened(client, address) | {"name": "The north"})
    north.refresh_from_db()
    assert (north.name, north.code, north.parts) == ("The north", "north", {"area": "north"})


def test_the_second_of_two_writers_sees_both(
    client: Client, system: System, north: Segment
) -> None:
    enter(client, system)
    address = at("edit_segment", north.pk)
    mine = opened(client, address) | {"name": "Mine"}
    client.post(address, opened(client, address) | {"name": "Theirs"})
    response = client.post(address, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Theirs" in page
    assert "Mine" in page
    # Saved once more, on purpose, it stands.
    from_page = opened(client, address) | {"name": "Mine"}
    assert client.post(address, from_page).status_code == 302
    north.refresh_from_db()
    assert north.name == "Mine"


def test_everyone_has_no_parts(client: Client, system: System, north: Segment) -> None:
    enter(client, system)
    whole = Segment.objects.get(system=system, code="all")
    address = at("edit_segment", whole.pk)
    assert "parts" not in opened(client, address)
    client.post(address, opened(client, address) | {"name": "All of us", "parts": "a = b"})
    whole.refresh_from_db()
    assert (whole.name, whole.parts) == ("All of us", {})


def test_who_may_not_change_one_is_refused(client: Client, system: System, north: Segment) -> None:
    climb(client, system, at("edit_segment", north.pk), NORTH)
    other = SegmentFactory.create(system=SystemFactory.create())
    enter(client, system)
    assert client.get(at("edit_segment", other.pk)).status_code == 404
    north.refresh_from_db()
    assert north.name == "North"
