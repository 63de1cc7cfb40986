"""Reviews and agreed judgments for programs: only of rounds whose results are open to who asks."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from people import tokens
from people.models import System, User
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from reviews.models import AgreedScore, Round
from reviews.tests.factories import (
    AgreedScoreFactory,
    ElementFactory,
    FigureFactory,
    FindingFactory,
    ParticipantFactory,
    PublicationFactory,
    RoundFactory,
    ScoreFactory,
)
from reviews.tests.ladder import OTHERS

pytestmark = [pytest.mark.django_db]
STAGES = ("open", "closed", "with leaders", "with the team")
# Who reads a review's results at each stage; everyone else reads none of them at any.
SEEN = {
    "delivery_leader": ["closed", "with leaders", "with the team"],
    "system_leader": ["with leaders", "with the team"],
    "unit_staff": ["with the team"],
}


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="rowan")
    return row


def staged(system: System) -> dict[str, Round]:
    """One review at each stage, each with one agreed judgment."""
    now = timezone.now()
    closed = {"state": "closed", "closed_at": now}
    leaders = {**closed, "leader_at": now}
    fields: dict[str, dict[str, Any]] = {
        "open": {}, "closed": closed, "with leaders": leaders,
        "with the team": {**leaders, "team_at": now},
    }  # fmt: skip
    found = {}
    for title in STAGES:
        found[title] = RoundFactory.create(system=system, title=title, **fields[title])
        AgreedScoreFactory.create(round=found[title], reason=f"Agreed {title}")
    return found


def client_of(user: User) -> APIClient:
    client = APIClient()
    client.force_login(user)
    return client


def member(system: System, role: str) -> APIClient:
    return client_of(MembershipFactory.create(system=system, role=role).user)


def address(system: System, rest: str) -> str:
    return f"/api/v1/systems/{system.slug}/{rest}"


def titles(client: APIClient, system: System) -> list[str]:
    answer = client.get(address(system, "reviews/"))
    assert answer.status_code == 200
    return [row["title"] for row in answer.json()["results"]]


@pytest.mark.parametrize("role", sorted(SEEN))
def test_each_reads_what_is_released_to_them(system: System, role: str) -> None:
    rounds, client = staged(system), member(system, role)
    assert titles(client, system) == SEEN[role]
    rows = client.get(address(system, "agreed-judgments/")).json()["results"]
    assert [row["reason"] for row in rows] == [f"Agreed {title}" for title in SEEN[role]]
    for title, round in rounds.items():
        wanted = 200 if title in SEEN[role] else 404
        agreed = AgreedScore.objects.get(round=round)
        for rest in (f"reviews/{round.pk}/", f"agreed-judgments/{agreed.pk}/"):
            assert client.get(address(system, rest)).status_code == wanted, title


@pytest.mark.parametrize("role", sorted(OTHERS))
def test_other_roles_find_nothing_even_where_named(system: System, role: str) -> None:
    rounds = staged(system)
    part = ParticipantFactory.create(round=rounds["with the team"], role=role)
    assert part.user
    client = client_of(part.user)
    for rest in ("reviews/", "agreed-judgments/", f"reviews/{rounds['with the team'].pk}/"):
        assert client.get(address(system, rest)).status_code == 404


def test_strangers_find_what_is_found_where_nothing_is(system: System) -> None:
    told = staged(system)["with the team"]
    parent = SystemFactory.create()
    System.objects.filter(pk=system.pk).update(parent=parent)
    outsiders = [
        MembershipFactory.create(system=parent, role="delivery_leader").user,
        MembershipFactory.create(role="delivery_leader").user,
        UserFactory.create(is_staff=True, is_superuser=True),
    ]
    for user in outsiders:
        for rest in ("reviews/", f"reviews/{told.pk}/", "agreed-judgments/"):
            hidden = client_of(user).get(address(system, rest))
            missing = client_of(user).get(f"/api/v1/systems/nosuch/{rest}")
            assert (hidden.status_code, hidden.content) == (404, missing.content)
    assert APIClient().get(address(system, "reviews/")).status_code == 401


@pytest.mark.parametrize("role", ["viewer", "data_provider"])
def test_no_token_reads_results(system: System, role: str) -> None:
    told = staged(system)["with the team"]
    maker = MembershipFactory.create(system=system, role="delivery_leader").user
    _row, secret = tokens.issue(user=maker, system=system, role=role, name="Nightly", days=3)
    program = APIClient(headers={"Authorization": f"Bearer {secret}"})
    for rest in ("reviews/", f"reviews/{told.pk}/", "agreed-judgments/"):
        assert program.get(address(system, rest)).status_code == 404


def test_a_review_opened_again_is_closed_to_readers(system: System) -> None:
    told, client = staged(system)["with the team"], member(system, "unit_staff")
    Round.objects.filter(pk=told.pk).update(
        state="open", closed_at=None, leader_at=None, team_at=None
    )
    assert titles(client, system) == []


def test_a_review_says_what_it_was_scored_with(system: System) -> None:
    told, client = staged(system)["with the team"], member(system, "unit_staff")
    shown = client.get(address(system, f"reviews/{told.pk}/")).json()
    assert told.rubric
    assert shown["rubric"]["key"] == told.rubric.key
    assert shown["rubric"]["scale"][0]["name"] == "Red"
    assert (shown["aspiration"], shown["follows"], shown["is_light"]) == (None, None, False)
    Round.objects.filter(pk=told.pk).update(rubric=None)
    assert client.get(address(system, f"reviews/{told.pk}/")).json()["rubric"] is None


def test_an_earlier_review_is_named_only_where_its_results_are_open(system: System) -> None:
    rounds = staged(system)
    told = rounds["with the team"]
    leader, staff = member(system, "delivery_leader"), member(system, "unit_staff")
    for earlier, to_leader, to_staff in (("closed", True, False), ("open", False, False)):
        Round.objects.filter(pk=told.pk).update(follows=rounds[earlier])
        for client, is_named in ((leader, to_leader), (staff, to_staff)):
            shown = client.get(address(system, f"reviews/{told.pk}/")).json()
            assert shown["follows"] == (rounds[earlier].pk if is_named else None)


def test_the_latest_agreed_judgment_of_each_element_comes_with_its_word(system: System) -> None:
    told = staged(system)["with the team"]
    first = told.agreed.get()
    latest = AgreedScoreFactory.create(
        round=told, element=first.element, revision=2, value=3, reason="Two more districts do.",
        dissent="One of five holds that it is weaker.",
    )  # fmt: skip
    client = member(system, "unit_staff")
    [shown] = client.get(address(system, "agreed-judgments/")).json()["results"]
    assert shown == {
        "id": latest.pk, "review": told.pk, "element": first.element.code,
        "title": first.element.title, "section": "1 Foundation", "value": 3,
        "word": "Amber-Green", "reason": "Two more districts do.",
        "dissent": "One of five holds that it is weaker.", "revision": 2,
        "at": latest.at.isoformat().replace("+00:00", "Z"),
    }  # fmt: skip
    assert client.get(address(system, f"agreed-judgments/{first.pk}/")).status_code == 404


def test_a_panel_that_cannot_judge_gives_no_value_and_no_word(system: System) -> None:
    told = staged(system)["with the team"]
    AgreedScoreFactory.create(round=told, element=told.agreed.get().element, revision=2, value=None)
    [shown] = (
        member(system, "unit_staff").get(address(system, "agreed-judgments/")).json()["results"]
    )
    assert (shown["value"], shown["word"]) == (None, None)


def test_nothing_of_raters_findings_or_figures_is_told(system: System) -> None:
    told = staged(system)["with the team"]
    element = told.agreed.get().element
    part = ParticipantFactory.create(round=told, kind="self", user__name="Quillon")
    ScoreFactory.create(participant=part, element=element, reason="Vambrace")
    FigureFactory.create(
        publication=PublicationFactory.create(round=told),
        element=element,
        median=3.5,
        basis=[777000777],
    )
    FindingFactory.create(round=told, text="Gorget")
    client = member(system, "delivery_leader")
    for rest in ("reviews/", f"reviews/{told.pk}/", "agreed-judgments/"):
        words = client.get(address(system, rest)).content.decode()
        for secret in ("Quillon", "Vambrace", "Gorget", "3.5", "777000777", "median", "basis"):
            assert secret not in words


def test_judgments_are_narrowed_by_review(system: System) -> None:
    rounds, leader = staged(system), member(system, "delivery_leader")
    told = rounds["with the team"]
    rows = leader.get(address(system, "agreed-judgments/"), {"review": told.pk}).json()["results"]
    assert [row["review"] for row in rows] == [told.pk]
    unknown = [rounds["open"].pk, RoundFactory.create(state="closed", closed_at=timezone.now()).pk]
    for review in [*unknown, 0, "x", "9" * 30]:
        answer = leader.get(address(system, "agreed-judgments/"), {"review": review})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["attr"] == "review"


@pytest.mark.parametrize("rest", ["reviews/", "agreed-judgments/"])
def test_bad_questions_and_writes_are_refused(system: System, rest: str) -> None:
    client = member(system, "unit_staff")
    to = address(system, rest)
    for query in ({"nonsense": "1"}, {"page_size": "0"}, {"cursor": "x"}):
        assert client.get(to, query).status_code == 400
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(to).status_code == 405
    for key in ("abc", "-1", "9" * 23, "%00"):
        assert client.get(f"{to}{key}/").status_code == 404


def test_pages_give_each_row_once_in_the_order_of_the_rubric(system: System) -> None:
    told, client = staged(system)["with the team"], member(system, "unit_staff")
    for place in (9, 3, 6):
        element = ElementFactory.create(rubric=told.rubric, order=place + 1000)
        AgreedScoreFactory.create(round=told, element=element)
    to, found = address(system, "agreed-judgments/?page_size=1"), []
    while to:
        page = client.get(to).json()
        found += [row["element"] for row in page["results"]]
        to = page["next"]
    assert told.rubric
    assert found == [row.code for row in told.rubric.elements.order_by("order")]


def asked(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert act().status_code == 200
    return sum('"cache"' not in query["sql"] for query in captured)


@pytest.mark.parametrize("rest", ["reviews/", "agreed-judgments/"])
def test_the_number_of_queries_does_not_grow_with_the_rows(system: System, rest: str) -> None:
    staged(system)
    client = member(system, "delivery_leader")
    client.get(address(system, rest))
    few = asked(lambda: client.get(address(system, rest)))
    for _ in range(10):
        staged(system)
    assert asked(lambda: client.get(address(system, rest))) == few <= 6
