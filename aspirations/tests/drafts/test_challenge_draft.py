"""Doubting a draft: by those who write paths or assess, once it was sent, in a sentence."""

import pytest
from django.test import Client

from aspirations.models import Challenge, Trajectory
from aspirations.services import trajectories
from aspirations.tests.drafts.makers import REASON, at, enter
from aspirations.tests.factories import SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db
FILLED = {"text": "The coaches are not hired before autumn."}


@pytest.mark.parametrize("role", ["system_leader", "unit_staff", "plan_owner"])
def test_a_doubt_is_kept_beside_the_draft(
    client: Client, system: System, sent: Trajectory, role: str
) -> None:
    user = enter(client, system, role)
    assert (
        "Challenge the plan, not the people."
        in client.get(at("challenge_draft", sent)).content.decode()
    )
    response = client.post(at("challenge_draft", sent), FILLED, follow=True)
    assert FILLED["text"] in response.content.decode()
    row = Challenge.objects.get()
    assert (row.author, row.trajectory, row.answered_at) == (user, sent, None)
    assert AuditEntry.objects.get(action="challenge").object_key == "reading all v1"


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Say what you doubt, and why."), ("No.", "at least 10 characters"),
     ("x" * 4001, "4000")],
)  # fmt: skip
def test_a_doubt_says_something(
    client: Client, system: System, sent: Trajectory, text: str, said: str
) -> None:
    enter(client, system)
    response = client.post(at("challenge_draft", sent), {"text": text})
    assert response.status_code == 400
    assert said in response.content.decode()
    assert not Challenge.objects.exists()


def test_only_what_was_sent_and_is_a_draft_still(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    response = client.post(at("challenge_draft", draft), FILLED)
    assert response.status_code == 400
    assert "Ask its author to send it." in response.content.decode()
    trajectories.agree(trajectory=draft, reason=REASON)
    response = client.post(at("challenge_draft", draft), FILLED)
    assert response.status_code == 400
    assert "is agreed and frozen" in response.content.decode()


def test_who_may(client: Client, system: System, sent: Trajectory) -> None:
    for role in ("viewer", "accountable_head"):
        enter(client, system, role)
        assert client.get(at("challenge_draft", sent)).status_code == 403
        assert client.post(at("challenge_draft", sent), FILLED).status_code == 403
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(at("challenge_draft", sent), FILLED).status_code == 404
    enter(client, system)
    assert client.delete(at("challenge_draft", sent)).status_code == 405
