"""What is sent in is not held up by fresh proof; so what is answered must tell nothing."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coalitions.models import Candidate, Coalition, Difficulty
from coalitions.tests.climb import openings_of
from coalitions.tests.factories import (
    AppraisalFactory,
    CandidateFactory,
    CoalitionFactory,
    DelegateFactory,
    DifficultyFactory,
    NominationFactory,
    OwnListFactory,
    StandingFactory,
)
from coalitions.tests.ladder import address
from people.models import Opening
from people.tests.entering import enter, grow_old
from people.tests.factories import ActorFactory

pytestmark = pytest.mark.django_db
LATER = "you showed who you are too long ago"


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


@pytest.fixture
def found(row: Coalition) -> Candidate:
    """Judged, and a member."""
    one: Candidate = AppraisalFactory.create(candidate__coalition=row).candidate
    StandingFactory.create(candidate=one, status="member")
    return one


def stale(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    grow_old(client, 1)


def told(client: Client, to: str, data: dict[str, Any]) -> tuple[int, str]:
    response = client.post(to, data)
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("status", ["proposed", "shortlisted", "member", "left", "excluded"])
def test_where_a_candidate_stands_cannot_be_tried_out(
    client: Client, found: Candidate, status: str
) -> None:
    StandingFactory.create(candidate=found, status=status)
    stale(client, found.coalition)
    to = address("place_candidate", found.coalition, found.number)
    code, page = told(client, to, {"version": "2", "status": "left", "reason": "", "plan": "brace"})
    assert code == 400
    assert LATER in page
    assert "brace" in page
    for words in ("Only a member can leave", "stands there already", "needs a reason"):
        assert words not in page
    assert not Opening.objects.exists()


def test_who_is_on_the_list_is_not_told(client: Client, found: Candidate) -> None:
    row = found.coalition
    stale(client, row)
    code, page = told(client, address("new_candidate", row), {"office": str(found.actor_id)})
    assert (code, LATER in page, "on the list already" in page) == (400, True, False)


def test_to_who_proved_it_a_refusal_is_told_and_logged(client: Client, found: Candidate) -> None:
    row = found.coalition
    enter(client, row.system, "delivery_leader")
    code, page = told(client, address("new_candidate", row), {"office": str(found.actor_id)})
    assert (code, "It is on the list already, as A." in page) == (400, True)
    assert openings_of(row) == 1


def test_pairs_cannot_be_tried_out(client: Client, row: Coalition) -> None:
    one: Difficulty = DifficultyFactory.create(coalition=row)
    other: Difficulty = DifficultyFactory.create(coalition=row)
    free = ActorFactory.create(system=row.system)
    stale(client, row)
    to = address("edit_difficulty", row, one.pk)
    answers = []
    for first, second in (other.pair, (other.pair[0], free.pk)):
        data = {"version": "999", "first": first, "second": second, "note": "n", "plan": ""}
        code, page = told(client, to, data)
        assert "noted already" not in page
        answers.append(code)
    assert answers == [409, 409]
    code, page = told(client, to, {**data, "version": "1", "second": other.pair[1]})
    assert (code, LATER in page, "noted already" in page) == (400, True, False)


def test_the_choice_that_is_refused_names_no_letter(client: Client, found: Candidate) -> None:
    row = found.coalition
    bare = CandidateFactory.create(coalition=row)
    stale(client, row)
    data = {"act": "keep", "on": [str(bare.number)], "seen": "1:1 2:0"}
    code, page = told(client, address("choose_group", row), data)
    assert (code, LATER in page) == (400, True)
    assert "member already" not in page
    assert "not been judged" not in page


@pytest.mark.parametrize("key", [True, False])
def test_the_lists_put_together_do_not_mark_who_is_on_the_long_list(
    client: Client, found: Candidate, settings: Any, key: bool
) -> None:
    for _turn in range(2):
        own = OwnListFactory.create(coalition=found.coalition, sent_at="2025-03-01T00:00Z")
        NominationFactory.create(own_list=own)
    Coalition.objects.update(lists_closed_at=timezone.now())
    stale(client, found.coalition)
    settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS if key else []
    data = {"lists": "9", "who_1": "new"}
    code, page = told(client, address("pool_lists", found.coalition), data)
    assert code == (409 if key else 503)
    assert str(found.actor) in page
    assert "(on the long list)" not in page
    assert "The long list covers" not in page


def test_one_s_own_list_is_not_spelled_out(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    own = OwnListFactory.create(coalition=row, author=user)
    NominationFactory.create(own_list=own, office="Mayor")
    grow_old(client, 1)
    code, page = told(client, address("own_list", row), {"office": "the MAYOR", "why": ""})
    assert (code, LATER in page, "on your list already" in page) == (400, True, False)


def test_a_delegate_is_not_named(client: Client, row: Coalition) -> None:
    one = DelegateFactory.create(coalition=row)
    stale(client, row)
    code, page = told(client, address("end_delegate", row, one.pk), {"reason": "short"})
    assert (code, str(one.user) in page, "short" in page) == (400, False, True)
    assert not Opening.objects.exists()


@pytest.mark.parametrize("name", ["name_delegate", "end_delegate"])
def test_who_is_named_is_shown_and_logged_and_in_no_title(
    client: Client, row: Coalition, name: str
) -> None:
    one = DelegateFactory.create(coalition=row)
    enter(client, row.system, "delivery_leader")
    more = [one.pk] if name == "end_delegate" else []
    page = client.get(address(name, row, *more)).content.decode()
    assert str(one.user) not in page.split("<title>")[1].split("</title>")[0]
    assert openings_of(row) == 1
