"""Where a candidate stands: appended with a reason; disagreement alone excludes nobody."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition, Standing
from coalitions.services.candidates import place
from coalitions.tests.climb import (
    METHODS,
    leader,
    only_its_own_people,
    openings_of,
    outsider,
    trail,
)
from coalitions.tests.factories import (
    AppraisalFactory,
    CandidateFactory,
    CoalitionFactory,
    StandingFactory,
)
from coalitions.tests.ladder import HEADS, address, be_delegate
from people.services import Conflict
from people.tests.entering import enter
from people.tests.factories import ActorFactory

pytestmark = pytest.mark.django_db
WHY = "vambrace: opposed to it in public for years"
PLAN = "besagew: through the budget hearing"


@pytest.fixture
def row() -> Coalition:
    return CoalitionFactory.create()


@pytest.fixture
def candidate(row: Coalition) -> Candidate:
    """Judged, and proposed."""
    office = ActorFactory.create(system=row.system, name="Senate education chair")
    found: Candidate = CandidateFactory.create(coalition=row, actor=office)
    AppraisalFactory.create(candidate=found)
    return found


def to(candidate: Candidate) -> str:
    return address("place_candidate", candidate.coalition, candidate.number)


def sent(status: str = "shortlisted", **more: Any) -> dict[str, Any]:
    return {"version": "0", "status": status, "reason": "", "plan": "", **more}


def now(candidate: Candidate) -> str:
    return str(candidate.standings.get(seq=candidate.standings.count()).status)


@pytest.mark.parametrize("role", sorted(HEADS))
def test_a_leader_puts_it_on_the_short_list(
    client: Client, candidate: Candidate, role: str
) -> None:
    user = enter(client, candidate.system, role)
    assert "Senate education chair" in client.get(to(candidate)).content.decode()
    assert openings_of(candidate.coalition) == 1
    there = address("candidate", candidate.coalition, candidate.number)
    assert client.post(to(candidate), sent())["Location"] == there
    found = Standing.objects.get()
    assert (found.seq, found.status, found.author) == (1, "shortlisted", user)


def test_a_delegate_places(client: Client, candidate: Candidate) -> None:
    be_delegate(client, candidate.coalition)
    assert client.post(to(candidate), sent("member")).status_code == 302
    assert now(candidate) == "member"


def test_others_find_nothing(client: Client, candidate: Candidate) -> None:
    row = candidate.coalition
    only_its_own_people(client, row, "get", to(candidate), delegate=200)
    only_its_own_people(client, row, "post", to(candidate), sent(), delegate=302)
    with pytest.raises(PermissionDenied):
        place(candidate=candidate, status="member", seen=1, actor=outsider(row))
    assert Standing.objects.count() == 1


# (from, to, reason, plan) → the words of a refusal, or none
@pytest.mark.parametrize(
    ("before", "after", "reason", "plan", "words"),
    [
        ("proposed", "shortlisted", "", "", ""),
        ("proposed", "member", "", "", ""),
        ("proposed", "excluded", WHY, PLAN, ""),
        ("proposed", "excluded", "", PLAN, "Excluding a candidate needs a reason"),
        ("proposed", "excluded", "No.", PLAN, "needs a reason of at least 10 characters"),
        ("proposed", "excluded", WHY, "", "Say how you work around it"),
        ("proposed", "excluded", WHY, "Later", "Say how you work around it"),
        ("proposed", "left", WHY, "", "Only a member can leave"),
        ("proposed", "proposed", "", "", "It stands there already"),
        ("shortlisted", "proposed", "", "", ""),
        ("shortlisted", "left", WHY, "", "Only a member can leave"),
        ("member", "left", WHY, "", ""),
        ("member", "left", "", "", "leaving needs a reason"),
        ("member", "shortlisted", "", "", ""),
        ("left", "proposed", WHY, "", ""),
        ("left", "proposed", "", "", "Taking a candidate back needs a reason"),
        ("excluded", "proposed", WHY, "", ""),
        ("excluded", "proposed", "", "", "Taking a candidate back needs a reason"),
        ("excluded", "excluded", WHY, "A wholly new plan", ""),
        ("proposed", "elsewhere", "", "", "elsewhere"),
    ],
)
def test_each_way_asks_for_what_it_needs(
    client: Client, candidate: Candidate, before: str, after: str, reason: str, plan: str,
    words: str,
) -> None:  # fmt: skip
    StandingFactory.create(candidate=candidate, status=before)
    enter(client, candidate.system, "delivery_leader")
    data = sent(after, version="1", reason=reason, plan=plan)
    response = client.post(to(candidate), data)
    if not words:
        assert response.status_code == 302
        assert (now(candidate), candidate.standings.count()) == (after, 2)
        return
    assert response.status_code == 400
    page = response.content.decode()
    assert words in page
    assert not reason or reason in page
    assert candidate.standings.count() == 1


@pytest.mark.parametrize("status", ["shortlisted", "member"])
def test_nobody_unjudged_is_chosen(client: Client, row: Coalition, status: str) -> None:
    bare: Candidate = CandidateFactory.create(coalition=row)
    enter(client, row.system, "delivery_leader")
    assert "Judge it first." in client.get(to(bare)).content.decode()
    response = client.post(to(bare), sent(status))
    assert response.status_code == 400
    assert "It has not been judged yet." in response.content.decode()
    assert not bare.standings.exists()


def test_a_plan_is_kept_of_who_is_excluded_alone(candidate: Candidate) -> None:
    user = leader(candidate.coalition)
    found = place(candidate=candidate, status="member", plan=PLAN, seen=0, actor=user)
    assert found.plan == ""


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ({"alignment": "1", "potential": "1"}, "excluding it may be right, however powerful"),
        ({"alignment": "1", "potential": "2"}, "Disagreement alone is no ground to exclude"),
        ({"alignment": "3", "potential": "4"}, "Disagreement alone is no ground to exclude"),
    ],
)
def test_the_form_warns_by_the_levels(
    client: Client, row: Coalition, levels: dict[str, str], words: str
) -> None:
    found = AppraisalFactory.create(candidate__coalition=row, **levels).candidate
    enter(client, row.system, "delivery_leader")
    page = client.get(to(found)).content.decode()
    note = page.split('<p class="note', 1)[1].split("</p>")[0]
    assert words in " ".join(note.split())


def test_a_page_that_comes_back_tells_nothing_of_others(
    client: Client, candidate: Candidate
) -> None:
    enter(client, candidate.system, "delivery_leader")
    page = client.post(to(candidate), sent("excluded")).content.decode()
    assert "There is a problem" in page
    assert "Senate education chair" not in page
    assert "Its levels do not speak" not in page


def test_another_s_standing_meanwhile_is_shown(client: Client, candidate: Candidate) -> None:
    user = enter(client, candidate.system, "delivery_leader")
    place(candidate=candidate, status="excluded", reason=WHY, plan=PLAN, seen=0, actor=user)
    response = client.post(to(candidate), sent("member", reason="brassard, they agree now"))
    page = response.content.decode()
    assert response.status_code == 409
    assert PLAN in page
    assert "brassard" in page
    assert candidate.standings.count() == 1
    with pytest.raises(Conflict):
        place(candidate=candidate, status="member", seen=0, actor=user)


def test_the_service_names_the_field(candidate: Candidate) -> None:
    user = leader(candidate.coalition)
    with pytest.raises(ValidationError) as caught:
        place(candidate=candidate, status="excluded", reason="", plan=PLAN, seen=0, actor=user)
    assert set(caught.value.message_dict) == {"reason"}


def test_the_trail_says_that_and_not_where(client: Client, candidate: Candidate) -> None:
    enter(client, candidate.system, "delivery_leader")
    client.post(to(candidate), sent("excluded", reason=WHY, plan=PLAN))
    told = trail()
    assert "place coalitions.Standing" in told
    for word in ("vambrace", "besagew", "excluded", "Senate"):
        assert word not in told


def test_without_the_key_what_was_typed_stays(
    client: Client, candidate: Candidate, settings: Settings
) -> None:
    StandingFactory.create(candidate=candidate)
    enter(client, candidate.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    assert client.get(to(candidate)).status_code == 503
    response = client.post(to(candidate), sent("member", version="1", reason=WHY))
    assert response.status_code == 503
    assert WHY in response.content.decode()
    assert candidate.standings.count() == 1


@pytest.mark.parametrize("method", METHODS)
def test_other_methods_are_refused(client: Client, candidate: Candidate, method: str) -> None:
    enter(client, candidate.system, "delivery_leader")
    assert getattr(client, method)(to(candidate)).status_code == 405
