"""A candidate comes on the long list: an office of the system, or a new one, perhaps judged."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Appraisal, Candidate, Coalition, Standing
from coalitions.services.candidates import add_candidate
from coalitions.tests.climb import (
    METHODS,
    leader,
    only_its_own_people,
    openings_of,
    outsider,
    trail,
)
from coalitions.tests.factories import CandidateFactory, CoalitionFactory
from coalitions.tests.ladder import HEADS, address, be_delegate
from people.models import Actor
from people.tests.entering import enter
from people.tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
OFFICE = "Board of Education chair"
WORD = "vambrace"
NEEDED = 14


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


@pytest.fixture
def office(row: Coalition) -> Actor:
    return ActorFactory.create(system=row.system, name=OFFICE, sphere="Board")


def to(row: Coalition) -> str:
    return address("new_candidate", row)


def judged(**more: Any) -> dict[str, Any]:
    return {
        "alignment": "3", "potential": "4", "power": "3", "powers": ["position"], "main": "",
        "cause": WORD, **more,
    }  # fmt: skip


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_puts_an_office_on_the_list(
    client: Client, row: Coalition, office: Actor, role: str
) -> None:
    user = enter(client, row.system, role)
    assert OFFICE in client.get(to(row)).content.decode()
    assert openings_of(row) == 1
    response = client.post(to(row), {"office": office.pk})
    assert response["Location"] == address("coalition", row)
    found = Candidate.objects.get()
    assert (found.coalition, found.actor, found.number, found.letter) == (row, office, 1, "A")
    first = Standing.objects.get()
    assert (first.status, first.author, first.seq) == ("proposed", user, 1)
    assert not Appraisal.objects.exists()


def test_the_next_one_gets_the_next_letter(row: Coalition, office: Actor) -> None:
    CandidateFactory.create(coalition=row, number=26)
    found = add_candidate(coalition=row, office=office, actor=leader(row))
    assert (found.number, found.letter) == (27, "AA")


def test_it_may_be_judged_at_once(client: Client, row: Coalition, office: Actor) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.post(to(row), {"office": office.pk, **judged()}).status_code == 302
    found = Appraisal.objects.get()
    assert (found.seq, found.candidate.actor, found.cause) == (1, office, WORD)


def test_a_new_office_is_a_public_fact_and_its_candidacy_is_not(
    client: Client, row: Coalition
) -> None:
    enter(client, row.system, "delivery_leader")
    data = {"office": "", "name": "Budget director", "kind": "person", "sphere": "Treasury"}
    assert client.post(to(row), data).status_code == 302
    found = Actor.objects.get()
    assert (found.name, found.sphere, found.system) == ("Budget director", "Treasury", row.system)
    assert Candidate.objects.get().actor == found


def test_a_delegate_who_may_not_change_the_map_chooses_from_it(
    client: Client, row: Coalition, office: Actor
) -> None:
    be_delegate(client, row, "viewer")
    page = client.get(to(row)).content.decode()
    assert OFFICE in page
    assert 'name="sphere"' not in page
    data = {"office": "", "name": "Budget director", "kind": "person", "sphere": "Treasury"}
    assert client.post(to(row), data).status_code == 400
    assert Actor.objects.count() == 1
    assert client.post(to(row), {"office": office.pk}).status_code == 302
    delegate = outsider(row)
    with pytest.raises(PermissionDenied):
        add_candidate(coalition=row, new=data, actor=delegate)


def test_a_delegate_of_the_unit_may_add_an_office(client: Client, row: Coalition) -> None:
    be_delegate(client, row, "unit_staff")
    data = {"office": "", "name": "Budget director", "kind": "person", "sphere": "Treasury"}
    assert client.post(to(row), data).status_code == 302
    assert Candidate.objects.count() == 1


def test_others_find_nothing(client: Client, row: Coalition, office: Actor) -> None:
    only_its_own_people(client, row, "get", to(row), delegate=200)
    only_its_own_people(client, row, "post", to(row), {"office": office.pk}, delegate=302)
    with pytest.raises(PermissionDenied):
        add_candidate(coalition=row, office=office, actor=outsider(row))
    assert Candidate.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({}, "Say which office comes on the list."),
        ({"office": "999999"}, "That is no office of this system"),
        ({"office": "x"}, "That is no office of this system"),
        ({"name": "Budget director"}, "Say in which sphere"),
        ({"name": "x" * 121, "sphere": "Treasury"}, "at most 120 characters"),
        ({"name": OFFICE.upper(), "sphere": "Board"}, OFFICE),
        ({"name": "New", "sphere": "Treasury", "kind": "robot"}, "robot"),
    ],
)
def test_bad_input_is_named_and_nothing_is_half_saved(
    client: Client, row: Coalition, office: Actor, wrong: dict[str, Any], words: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"office": "", **wrong, **judged()})
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert WORD in page
    assert (Actor.objects.count(), Candidate.objects.count(), Appraisal.objects.count()) == (
        1, 0, 0,
    )  # fmt: skip


def test_either_a_known_office_or_a_new_one(client: Client, row: Coalition, office: Actor) -> None:
    enter(client, row.system, "delivery_leader")
    data = {"office": office.pk, "name": "Budget director", "sphere": "Treasury"}
    response = client.post(to(row), data)
    assert response.status_code == 400
    assert "not both" in response.content.decode()
    assert not Candidate.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"alignment": ""}, "Choose one of the four."),
        ({"powers": []}, "Tick one or more of the five."),
        ({"main": "expertise"}, "Expertise is not among the kinds you ticked."),
    ],
)
def test_half_a_judgment_is_none(
    client: Client, row: Coalition, office: Actor, wrong: dict[str, Any], words: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"office": office.pk, **judged(**wrong)})
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert '<details class="panel mb4" open>' in page
    assert not Candidate.objects.exists()


def test_who_is_on_the_list_is_not_offered_and_not_added_twice(
    client: Client, row: Coalition, office: Actor
) -> None:
    CandidateFactory.create(coalition=row, actor=office)
    other = CoalitionFactory.create(aspiration__system=row.system)
    enter(client, row.system, "delivery_leader")
    assert OFFICE not in client.get(to(row)).content.decode()
    assert OFFICE in client.get(to(other)).content.decode()
    response = client.post(to(row), {"office": office.pk})
    assert response.status_code == 400
    assert "It is on the list already, as A." in response.content.decode()
    assert row.candidates.count() == 1


def test_a_page_that_comes_back_does_not_tell_by_its_gaps(
    client: Client, row: Coalition, office: Actor
) -> None:
    CandidateFactory.create(coalition=row, actor=office)
    enter(client, row.system, "delivery_leader")
    assert OFFICE in client.post(to(row), {"office": ""}).content.decode()


def test_retired_and_foreign_offices_are_refused(client: Client, row: Coalition) -> None:
    retired = ActorFactory.create(system=row.system, name="Long gone", retired_at="2025-01-01T00Z")
    foreign = ActorFactory.create(name="Of elsewhere")
    enter(client, row.system, "delivery_leader")
    page = client.get(to(row)).content.decode()
    for office in (retired, foreign):
        assert office.name not in page
        assert client.post(to(row), {"office": office.pk}).status_code == 400
        with pytest.raises(ValidationError, match="Choose an office of this system"):
            add_candidate(coalition=row, office=office, actor=leader(row))
    assert not Candidate.objects.exists()


def test_the_trail_holds_nothing_of_it(client: Client, row: Coalition, office: Actor) -> None:
    enter(client, row.system, "delivery_leader")
    client.post(to(row), {"office": office.pk, **judged()})
    told = trail()
    assert "create coalitions.Candidate" in told
    assert "judge coalitions.Appraisal" in told
    for word in (OFFICE, WORD, "position", "proposed"):
        assert word not in told


def test_without_the_key_nothing_is_saved_and_what_was_typed_stays(
    client: Client, row: Coalition, office: Actor, settings: Settings
) -> None:
    enter(client, row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    response = client.post(to(row), {"office": office.pk, **judged()})
    assert response.status_code == 503
    assert WORD in response.content.decode()
    assert not Candidate.objects.exists()


def test_queries_do_not_grow_with_the_map(
    client: Client, row: Coalition, django_assert_num_queries: Any
) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.get(to(row)).status_code == 200  # fills what the process keeps
    for count in (3, 30):
        ActorFactory.create_batch(count, system=row.system)
        with django_assert_num_queries(NEEDED):
            assert client.get(to(row)).status_code == 200


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused(client: Client, row: Coalition, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405
