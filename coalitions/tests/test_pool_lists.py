"""Putting the lists together: each name once, who it is, all or nothing, and nobody's author."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coalitions.models import Coalition, Nomination, OwnList, Standing
from coalitions.services.pooling import gathered, pool
from coalitions.tests.factories import CandidateFactory, CoalitionFactory
from coalitions.tests.ladder import HEADS, address
from coalitions.tests.pooling import close, key, on_list, page, said, sent, to, with_two_sent
from people.models import Actor
from people.tests.entering import enter
from people.tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
MOST_QUERIES = 30


@pytest.fixture
def row() -> Coalition:
    return with_two_sent()


# --- what it shows ------------------------------------------------------------------------------
@pytest.mark.parametrize("role", sorted(HEADS))
def test_each_name_stands_once_with_how_many_named_it(
    client: Client, row: Coalition, role: str
) -> None:
    enter(client, row.system, role)
    text = page(client, row)
    assert "The lists have 3 names between them. Say of 3 who they are." in text
    assert text.count("on 2 lists") == 1
    assert text.count("on one list") == 2
    assert "Why Union leader" in text
    order = [text.index(f">{name}</h2>") for name in ("Budget director", "Union leader")]
    assert order == sorted(order)


def test_who_named_whom_is_not_on_it(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    text = page(client, row)
    assert "Zoe" not in text
    assert "Yan" not in text


def test_lists_that_are_not_sent_or_were_pooled_stay_out(client: Client, row: Coalition) -> None:
    sent(row, "Xan", ["Unsent office"], sent_at=None)
    sent(row, "Wim", ["Earlier office"], pooled_at=timezone.now())
    enter(client, row.system, "delivery_leader")
    text = page(client, row)
    assert "Unsent office" not in text
    assert "Earlier office" not in text


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "There is no list to put together now."),
        (1, "One list is sent; it takes two or more."),
    ],
)
def test_one_list_is_shown_to_nobody(client: Client, count: int, told: str) -> None:
    row: Coalition = CoalitionFactory.create()
    for _turn in range(count):
        sent(row, "Zoe", ["Alone office"])
    leader = enter(client, row.system, "delivery_leader")
    text = page(client, row)
    assert told in text
    assert "Alone office" not in text
    lists = ",".join(str(one.pk) for one in OwnList.objects.all())
    assert client.post(to(row), {"lists": lists}).status_code == (409 if lists else 400)
    with pytest.raises(ValidationError, match="two or more"):
        pool(coalition=row, seen=gathered(row).lists, choices={}, actor=leader)
    assert not OwnList.objects.filter(pooled_at__isnull=False).exists()


def test_an_actor_of_that_name_is_chosen_and_close_ones_are_offered_first(
    client: Client, row: Coalition
) -> None:
    mayor = ActorFactory.create(system=row.system, name="MAYOR")
    ActorFactory.create(system=row.system, name="Leader of the union")
    ActorFactory.create(system=row.system, name="Retired mayor", retired_at=timezone.now())
    ActorFactory.create(name="Foreign mayor")
    enter(client, row.system, "delivery_leader")
    text = page(client, row)
    assert f'<option value="actor:{mayor.pk}" selected>' in text
    assert "Say of 2 who they are." in text
    [likely] = [part for part in text.split("<optgroup")[1:] if "Perhaps the same" in part]
    assert "Leader of the union" in likely
    assert "Retired mayor" not in text
    assert "Foreign mayor" not in text


def test_close_names_are_offered_as_the_same(client: Client, row: Coalition) -> None:
    sent(row, "Xan", ["Directors, budget", "Director of the Budget"])
    close(row)
    enter(client, row.system, "delivery_leader")
    likely = [part for part in page(client, row).split("<optgroup") if "Perhaps" in part]
    assert any("The same as “Director of the Budget”" in part for part in likely)
    assert any("The same as “Budget director”" in part for part in likely)


def test_it_tells_the_spheres_of_the_long_list(client: Client, row: Coalition) -> None:
    actor = ActorFactory.create(system=row.system, sphere="Treasury")
    CandidateFactory.create(coalition=row, actor=actor)
    ActorFactory.create(system=row.system, sphere="Legislature")
    enter(client, row.system, "delivery_leader")
    text = page(client, row)
    assert "The long list covers one sphere." in text
    assert f"{actor.name} (on the long list)" in text
    assert "Legislature" in text


# --- what it does -------------------------------------------------------------------------------
def test_an_actor_comes_onto_the_list_a_new_one_onto_the_map_too(
    client: Client, row: Coalition
) -> None:
    mayor = ActorFactory.create(system=row.system, name="Mayor")
    leader = enter(client, row.system, "delivery_leader")
    data = said(row, mayor=f"actor:{mayor.pk}", union="new")
    assert client.post(to(row), data)["Location"] == address("coalition", row)
    assert on_list(row) == [(1, "Mayor"), (2, "Union leader")]
    made = Actor.objects.get(name="Union leader")
    assert (made.system, made.kind, made.sphere) == (row.system, "person", "City hall")
    assert {(one.seq, one.status, one.author) for one in Standing.objects.all()} == {
        (1, "proposed", leader)
    }
    assert not OwnList.objects.filter(pooled_at=None).exists()
    row.refresh_from_db()
    assert row.lists_closed_at is None, "the next round can be sent"


def test_those_on_the_list_stay_as_they_are_and_numbers_go_on(
    client: Client, row: Coalition
) -> None:
    mayor = ActorFactory.create(system=row.system, name="Mayor")
    CandidateFactory.create(coalition=row, number=1)
    known = CandidateFactory.create(coalition=row, actor=mayor, number=4)
    enter(client, row.system, "delivery_leader")
    client.post(to(row), said(row, mayor=f"actor:{mayor.pk}", budget="new"))
    assert on_list(row)[1:] == [(4, "Mayor"), (5, "Budget director")]
    assert not known.standings.exists()


def test_two_names_of_one_actor_make_one_candidate(client: Client, row: Coalition) -> None:
    mayor = ActorFactory.create(system=row.system, name="Mayor")
    who = f"actor:{mayor.pk}"
    enter(client, row.system, "delivery_leader")
    client.post(to(row), said(row, mayor=who, union=who))
    assert on_list(row) == [(1, "Mayor")]


def test_the_same_as_another_counts_with_it(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    union, mayor = key(row, "Union leader"), key(row, "Mayor")
    data = said(row, budget=f"same:{union}", union=f"same:{mayor}", mayor="new")
    assert client.post(to(row), data).status_code == 302
    assert on_list(row) == [(1, "Mayor")]


def test_all_left_out_still_puts_them_together(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.post(to(row), said(row)).status_code == 302
    assert on_list(row) == []
    assert not OwnList.objects.filter(pooled_at=None).exists()


def test_a_list_that_is_not_sent_waits_for_the_next_time(client: Client, row: Coalition) -> None:
    late = sent(row, "Xan", ["Late office"], sent_at=None)
    enter(client, row.system, "delivery_leader")
    client.post(to(row), said(row))
    assert list(OwnList.objects.filter(pooled_at=None)) == [late]


# --- price --------------------------------------------------------------------------------------
def test_it_asks_as_often_for_many_as_for_few(
    client: Client, row: Coalition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, row.system, "delivery_leader")
    with CaptureQueriesContext(connection) as few:
        client.get(to(row))
    assert len(few) <= MOST_QUERIES
    for number in range(3):
        sent(row, f"Author {number}", [f"Office {number}-{n}" for n in range(9)])
    close(row)
    ActorFactory.create_batch(20, system=row.system)
    with django_assert_num_queries(len(few)):
        client.get(to(row))


def test_the_page_does_not_tell_by_its_numbers_which_names_stood_on_one_list(
    client: Client, row: Coalition
) -> None:
    enter(client, row.system, "delivery_leader")
    text, found = page(client, row), gathered(row)
    written = set(Nomination.objects.values_list("pk", flat=True))
    shown = {int(number) for number in re.findall(r'name="who_(\d+)"', text)}
    assert shown == {one.key for one in found.names}
    assert not {key for one in found.names for key in one.keys} & written
    assert [one.keys for one in gathered(row).names] == [one.keys for one in found.names]
