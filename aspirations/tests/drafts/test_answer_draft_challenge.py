"""Answering a doubt: once, by who may revise the draft, with what came of it."""

import pytest
from django.test import Client

from aspirations.models import Challenge, Trajectory
from aspirations.services import challenges
from aspirations.tests.drafts.makers import at, enter
from aspirations.tests.factories import MembershipFactory, SystemFactory
from people.models import System

pytestmark = pytest.mark.django_db
FILLED = {"outcome": "changed", "text": "They start in October now."}


@pytest.fixture
def doubt(system: System, sent: Trajectory) -> Challenge:
    user = MembershipFactory.create(system=system, role="unit_staff").user
    return challenges.challenge(about=sent, text="Who hires the coaches?", actor=user)


def address(doubt: Challenge) -> str:
    assert doubt.trajectory is not None
    return at("answer_draft_challenge", doubt.trajectory, doubt.pk)


def test_the_answer_stands_beside_the_doubt(
    client: Client, system: System, doubt: Challenge
) -> None:
    user = enter(client, system)
    assert "Who hires the coaches?" in client.get(address(doubt)).content.decode()
    response = client.post(address(doubt), FILLED, follow=True)
    assert FILLED["text"] in response.content.decode()
    doubt.refresh_from_db()
    assert (doubt.outcome, doubt.answered_by) == ("changed", user)


def test_it_is_answered_once(client: Client, system: System, doubt: Challenge) -> None:
    enter(client, system)
    client.post(address(doubt), FILLED)
    response = client.post(address(doubt), {**FILLED, "outcome": "kept"})
    assert response.status_code == 400
    assert "was answered already" in response.content.decode()
    doubt.refresh_from_db()
    assert doubt.outcome == "changed"


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"outcome": ""}, "Say whether it was kept"), ({"text": ""}, "Answer the doubt"),
     ({"text": "Yes."}, "at least 10 characters"), ({"outcome": "lost"}, "Choose one of the two")],
)  # fmt: skip
def test_bad_input(
    client: Client, system: System, doubt: Challenge, typed: dict[str, str], said: str
) -> None:
    enter(client, system)
    response = client.post(address(doubt), {**FILLED, **typed})
    assert response.status_code == 400
    assert said in response.content.decode()
    doubt.refresh_from_db()
    assert doubt.answered_at is None


def test_the_owner_of_a_plan_answers_for_their_own_draft(
    client: Client, system: System, doubt: Challenge
) -> None:
    user = enter(client, system, "plan_owner")
    assert client.post(address(doubt), FILLED).status_code == 403
    Trajectory.objects.filter(challenges=doubt).update(author=user)
    assert client.post(address(doubt), FILLED).status_code == 302


def test_who_may(client: Client, system: System, doubt: Challenge) -> None:
    enter(client, system, "viewer")
    assert client.get(address(doubt)).status_code == 403
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(address(doubt), FILLED).status_code == 404
    enter(client, system)
    assert client.get(address(doubt).replace(f"/{doubt.pk}/", "/987654/")).status_code == 404
    assert client.put(address(doubt)).status_code == 405
