"""The map of actors: what it says, what it shows and to whom, at which price."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Actor, Relation, System
from people.pages.actors import ActorsPage, offices
from people.permissions import ACTIONS
from people.tests.entering import enter
from people.tests.factories import ActorFactory, RelationFactory, SystemFactory
from people.tests.landscape import READ, READERS, WRITERS, address, answers, methods

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
QUERIES = 7


@pytest.fixture
def north() -> System:
    row: System = SystemFactory.create(
        slug="north", name="North", kind="schools", reporting_date=date(2025, 3, 14)
    )
    return row


def actor(system: System, name: str, sphere: str = "Department", **facts: Any) -> Actor:
    row: Actor = ActorFactory.create(system=system, name=name, sphere=sphere, **facts)
    return row


def relation(source: Actor, target: Actor, kind: str = "authority", note: str = "") -> Relation:
    row: Relation = RelationFactory.create(
        system=source.system, source=source, target=target, kind=kind, note=note
    )
    return row


def seen(client: Client, system: System, query: str = "") -> str:
    page = client.get(address("actors", system) + query)
    assert page.status_code == 200
    text = page.content.decode()
    return " ".join(text[text.index("<main") : text.index("</main>")].split())


def test_the_map_and_the_tables_tell_the_same(client: Client, north: System) -> None:
    head = actor(north, "Superintendent", role="Leads the department")
    deputy = actor(north, "Deputy for Learning")
    treasury = actor(north, "Budget office", "Treasury", kind="body")
    relation(head, deputy, note="By statute")
    relation(treasury, head, "funding")
    enter(client, north, "viewer")
    page = seen(client, north)
    assert "Three actors in two spheres have a say" in page
    assert 'aria-label="Map of 3 actors with 2 relations drawn between them. The tables' in page
    drawing = page[page.index('class="amap"') : page.index("amap-key")]
    assert drawing.count('class="mark"') == 3
    assert drawing.count('class="badge"') == 2
    assert 'class="line authority"' in drawing
    assert 'class="line funding"' in drawing
    assert "Directs Deputy for Learning; funded by Budget office" in page
    assert "Answers to Superintendent" in page
    assert "By statute" in page


def test_an_empty_map_teaches_how_to_begin(client: Client, north: System) -> None:
    enter(client, north, "unit_staff")
    page = seen(client, north)
    assert "Nobody is on the map yet" in page
    assert "Add the first" in page
    assert "Governor’s office" in page
    assert "<svg" not in page


def test_a_source_from_which_nobody_comes_is_marked(client: Client, north: System) -> None:
    actor(north, "Board of Education", "Board")
    enter(client, north, "unit_staff")
    page = seen(client, north)
    [board] = [part for part in page.split("<li>") if "State board</a>" in part]
    [legislature] = [part for part in page.split("<li>") if "Legislature</a>" in part]
    assert "nobody yet" not in board
    assert "nobody yet" in legislature
    assert f'href="{address("new_actor", north)}?sphere=State%20board"' in board


def test_the_map_is_narrowed_by_kind_and_by_actor(client: Client, north: System) -> None:
    first, second, third = (actor(north, name) for name in ("A office", "B office", "C office"))
    relation(first, second)
    relation(second, third, "informal")
    enter(client, north, "viewer")
    whole, informal = ActorsPage(north, {}), ActorsPage(north, {"kind": "informal"})
    assert len(whole.shown) == 2
    assert [row.kind for row in informal.shown] == ["informal"]
    assert whole.headline == informal.headline
    assert "1 of 2 relations are drawn" in seen(client, north, "?kind=informal")
    assert "A office, and whom it is related to" in seen(client, north, f"?actor={first.pk}")
    alone = ActorsPage(north, {"actor": str(third.pk), "kind": "informal"})
    assert [str(row) for row in alone.shown] == ["B office → C office"]


@pytest.mark.parametrize("query", ["?kind=x", "?actor=x", "?actor=" + "9" * 30, "?actor=²"])
def test_what_the_address_does_not_know_shows_everything(
    client: Client, north: System, query: str
) -> None:
    relation(actor(north, "A office"), actor(north, "B office"))
    enter(client, north, "viewer")
    page = seen(client, north, query)
    assert "1 relation is drawn." in page
    assert 'class="line authority"' in page
    assert 'class="quiet"' not in page


def test_who_is_retired_is_listed_and_not_drawn(client: Client, north: System) -> None:
    here = actor(north, "Superintendent")
    gone = actor(north, "Textbook commission", retired_at=timezone.now())
    relation(here, gone)
    enter(client, north, "unit_staff")
    page = seen(client, north)
    drawn, _sign, listed = page.partition('id="retired"')
    assert "Textbook commission" not in drawn
    assert 'class="line authority"' not in drawn
    assert "Textbook commission" in listed
    assert address("reinstate_actor", north, gone.pk) in listed


def test_readers_see_no_way_to_write(client: Client, north: System) -> None:
    relation(actor(north, "A office"), actor(north, "B office"))
    actor(north, "C office", retired_at=timezone.now())
    enter(client, north, "viewer")
    page = seen(client, north)
    assert "/new/" not in page
    assert "<form" not in page
    assert "Change" not in page
    assert "Remove" not in page
    enter(client, north, "unit_staff")
    page = seen(client, north)
    assert "/relations/new/" in page
    assert "Change" in page


def test_names_of_another_system_never_appear(client: Client, north: System) -> None:
    other = relation(*(ActorFactory.create_batch(2, system=SystemFactory.create())))
    actor(north, "Superintendent")
    enter(client, north, "viewer")
    page = seen(client, north)
    assert other.source.name not in page
    assert other.target.name not in page


def test_a_hostile_name_stays_a_name(client: Client, north: System) -> None:
    actor(north, "<script>alert(1)</script>" + "W" * 60, "'\"><b>")
    enter(client, north, "unit_staff")
    page = seen(client, north)
    assert "<script>alert" not in page
    assert '<b>"' not in page


def test_the_table_of_permissions_is_the_one_tested() -> None:
    assert ACTIONS["actor.read"].own == READERS
    assert ACTIONS["actor.write"].own == WRITERS


def test_all_who_read_the_dashboard_read_it(client: Client, north: System) -> None:
    to = address("actors", north)
    assert answers(client, north, "get", to, roles=set(READ) & {*READERS, "data_provider",
                                                              "reviewer"}) == READ  # fmt: skip


def test_it_is_only_read(client: Client, north: System) -> None:
    enter(client, north, "delivery_leader")
    assert methods(client, address("actors", north)) == {"get"}


def test_offices_are_offered_to_who_may_read_them(client: Client, north: System) -> None:
    actor(north, "Superintendent")
    actor(north, "Board")
    actor(north, "Gone", retired_at=timezone.now())
    actor(SystemFactory.create(), "Elsewhere")
    assert offices(enter(client, north, "viewer"), north) == ["Board", "Superintendent"]
    assert offices(enter(client, north, "reviewer"), north) == []


def test_sixty_actors_cost_as_many_queries_as_three(
    client: Client, north: System, django_assert_num_queries: Any
) -> None:
    enter(client, north, "unit_staff")
    grow(north, 3)
    seen(client, north)
    with django_assert_num_queries(QUERIES):
        seen(client, north)
    grow(north, 57)
    with django_assert_num_queries(QUERIES):
        assert "60 actors" in seen(client, north)


def grow(system: System, count: int) -> None:
    rows = ActorFactory.create_batch(count, system=system)
    for source, target in pairwise(rows):
        relation(source, target)
