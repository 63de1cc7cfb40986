"""The page of one candidate: what is thought of it, what was, and what is done about it."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition
from coalitions.tests.climb import only_its_own_people, openings_of
from coalitions.tests.factories import (
    AppraisalFactory,
    CandidateFactory,
    CoalitionFactory,
    CommitmentFactory,
    CommonGroundFactory,
    ContactFactory,
    DifficultyFactory,
    NextStepFactory,
    StandingFactory,
)
from coalitions.tests.ladder import HEADS, address, be_delegate
from people.tests.entering import enter
from people.tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
OFFICE = "Teachers’ union leader"
NEEDED = 21


@pytest.fixture
def candidate() -> Candidate:
    row: Coalition = CoalitionFactory.create()
    office = ActorFactory.create(
        system=row.system, name=OFFICE, role="Speaks for 31,000 teachers", sphere="Teachers"
    )
    return CandidateFactory.create(coalition=row, actor=office)


def to(candidate: Candidate) -> str:
    return address("candidate", candidate.coalition, candidate.number)


def opened(client: Client, candidate: Candidate) -> str:
    response = client.get(to(candidate))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def lead(client: Client, candidate: Candidate) -> None:
    enter(client, candidate.system, "delivery_leader")


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_reads_it_and_may_erase_it(
    client: Client, candidate: Candidate, role: str
) -> None:
    enter(client, candidate.system, role)
    page = opened(client, candidate)
    for words in (OFFICE, "Speaks for 31,000 teachers", "Teachers"):
        assert words in page
    assert OFFICE not in page.split("</title>")[0]
    assert openings_of(candidate.coalition) == 1
    for name in ("appraise_candidate", "place_candidate", "candidate_record", "erase_candidate"):
        assert address(name, candidate.coalition, candidate.number) in page


def test_a_delegate_reads_it_and_may_not_erase_it(client: Client, candidate: Candidate) -> None:
    be_delegate(client, candidate.coalition)
    page = opened(client, candidate)
    assert OFFICE in page
    assert address("erase_candidate", candidate.coalition, candidate.number) not in page


def test_others_find_nothing(client: Client, candidate: Candidate) -> None:
    only_its_own_people(client, candidate.coalition, "get", to(candidate), delegate=200)


def test_a_number_that_is_not_there_is_unknown(client: Client, candidate: Candidate) -> None:
    lead(client, candidate)
    assert client.get(address("candidate", candidate.coalition, 99)).status_code == 404
    other = CandidateFactory.create(coalition__aspiration__system=candidate.system)
    assert client.get(to(other)).status_code == 200


def test_who_is_not_judged_says_what_to_do(client: Client, candidate: Candidate) -> None:
    lead(client, candidate)
    page = opened(client, candidate)
    assert "Nobody has judged this candidate yet." in page
    assert "Judge it" in page
    assert "Proposed, since it came on the list." in page


# levels in the order of the judgments → what the page says of where they go
@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ("2", "One judgment so far, so nothing can be said of where it is going."),
        ("12", "Alignment is rising since 1 January 2025; it began at very low and is low."),
        ("31", "Alignment is falling since 1 January 2025; it began at high and is very low."),
        ("22", "Alignment is steady since 1 January 2025, at low."),
        ("133", "Alignment is steady since 1 February 2025, at high; it began at very low."),
        ("124", "Alignment is rising since 1 January 2025; it began at very low and is very high."),
    ],
)
def test_where_alignment_goes_is_said(
    client: Client, candidate: Candidate, levels: str, words: str
) -> None:
    for month, level in enumerate(levels, 1):
        with time_machine.travel(date(2025, month, 1)):
            AppraisalFactory.create(candidate=candidate, alignment=level)
    lead(client, candidate)
    assert words in opened(client, candidate)


def test_every_judgment_stands_there_with_what_moved(client: Client, candidate: Candidate) -> None:
    AppraisalFactory.create(candidate=candidate, alignment="1", cause="Not asked", power="3")
    AppraisalFactory.create(
        candidate=candidate, alignment="2", cause="Heard on workload", power="3",
        powers="leadership,position",
    )  # fmt: skip
    lead(client, candidate)
    page = opened(client, candidate)
    assert "Alignment is low and could be high; power is high." in page
    assert "2 judgments" in page
    for words in ("Not asked", "Heard on workload", "Alignment was very low",
                  "Type of power was credibility", "also position", "The first"):  # fmt: skip
        assert words in page
    assert "Power was" not in page
    assert page.index("Heard on workload") < page.index("Not asked")


def test_potential_no_better_than_now_is_said(client: Client, candidate: Candidate) -> None:
    AppraisalFactory.create(candidate=candidate, alignment="1", potential="1", power="4")
    lead(client, candidate)
    page = opened(client, candidate)
    assert "Alignment is very low and would stay so; power is very high." in page
    assert "Work around" in page


def test_where_it_stood_and_why(client: Client, candidate: Candidate) -> None:
    StandingFactory.create(candidate=candidate, status="member")
    StandingFactory.create(
        candidate=candidate, status="excluded", reason="Opposed in public", plan="By the hearing"
    )
    lead(client, candidate)
    page = opened(client, candidate)
    for words in ("Member", "Excluded", "Opposed in public", "By the hearing"):
        assert words in page


def test_what_is_done_about_it(client: Client, candidate: Candidate) -> None:
    row = candidate.coalition
    adviser = ActorFactory.create(system=row.system, name="Governor’s adviser")
    other = CandidateFactory.create(coalition=row, actor=adviser)
    stranger = ActorFactory.create(system=row.system, name="Chief state school officer")
    key = candidate.actor_id
    DifficultyFactory.create(coalition=row, between=f"{key},{other.actor_id}", note="The budget")
    DifficultyFactory.create(
        coalition=row, between=f"{key},{stranger.pk}", note="An old quarrel",
        settled_on=date(2025, 2, 1),
    )  # fmt: skip
    DifficultyFactory.create(coalition=row, note="Of two others")
    ContactFactory.create(coalition=row, purpose="Hear the costs").candidates.add(candidate)
    ContactFactory.create(coalition=row, purpose="With another").candidates.add(other)
    CommitmentFactory.create(candidate=candidate, what="Speak in spring", due=date(2020, 1, 1))
    NextStepFactory.create(coalition=row, candidate=candidate, what="Ask again")
    NextStepFactory.create(
        coalition=row, candidate=candidate, what="Long done", done_on=date(2025, 1, 1)
    )
    CommonGroundFactory.create(candidate=candidate, note="Shares the aim")
    lead(client, candidate)
    page = opened(client, candidate)
    for words in ("Governor’s adviser", "The budget", "Chief state school officer",
                  "settled on 1 Feb 2025", "Hear the costs", "Speak in spring", "Overdue",
                  "Ask again", "Shares the aim", "Not yet"):  # fmt: skip
        assert words in page
    for words in ("Of two others", "With another", "Long done"):
        assert words not in page
    for name in ("add_contact", "add_commitment", "add_next_step"):
        assert f"{address(name, row)}?candidate={candidate.number}" in page


def test_queries_do_not_grow_with_what_is_known(
    client: Client, candidate: Candidate, django_assert_num_queries: Any
) -> None:
    row = candidate.coalition
    lead(client, candidate)
    opened(client, candidate)  # fills what the process keeps
    for count in (2, 12):
        for _turn in range(count):
            other = AppraisalFactory.create(candidate__coalition=row).candidate
            DifficultyFactory.create(
                coalition=row, between=f"{candidate.actor_id},{other.actor_id}"
            )
            AppraisalFactory.create(candidate=candidate)
            StandingFactory.create(candidate=candidate)
            CommitmentFactory.create(candidate=candidate)
            NextStepFactory.create(coalition=row, candidate=candidate)
            ContactFactory.create(coalition=row).candidates.add(candidate)
        with django_assert_num_queries(NEEDED):
            opened(client, candidate)


def test_without_the_key_it_says_so(
    client: Client, candidate: Candidate, settings: Settings
) -> None:
    AppraisalFactory.create(candidate=candidate)
    lead(client, candidate)
    settings.CONFIDENTIAL_KEYS = []
    response = client.get(to(candidate))
    assert response.status_code == 503
    assert OFFICE not in response.content.decode()
    assert not openings_of(candidate.coalition), "what cannot be read was not opened"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_only_read(client: Client, candidate: Candidate, method: str) -> None:
    lead(client, candidate)
    assert getattr(client, method)(to(candidate)).status_code == 405
