"""Laying a draft aside, with a reason; it keeps its number."""

import pytest
from django.test import Client

from aspirations.models import Trajectory
from aspirations.tests.drafts.makers import REASON, at, enter
from aspirations.tests.factories import SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db


def test_it_is_laid_aside(client: Client, system: System, draft: Trajectory) -> None:
    enter(client, system)
    assert "Lay this draft aside" in client.get(at("withdraw_draft", draft)).content.decode()
    response = client.post(at("withdraw_draft", draft), {"reason": REASON}, follow=True)
    assert "The draft is laid aside." in response.content.decode()
    draft.refresh_from_db()
    assert (draft.status, draft.target.status) == ("withdrawn", "withdrawn")
    assert AuditEntry.objects.get(action="withdraw").reason == REASON
    assert "was laid aside" in client.get(at("draft", draft)).content.decode()


@pytest.mark.parametrize(
    ("reason", "said"),
    [("", "Say why the draft is laid aside."), ("No.", "at least 10 characters")],
)
def test_it_needs_a_reason(
    client: Client, system: System, draft: Trajectory, reason: str, said: str
) -> None:
    enter(client, system)
    response = client.post(at("withdraw_draft", draft), {"reason": reason})
    assert response.status_code == 400
    assert said in response.content.decode()
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_what_is_agreed_stays(client: Client, system: System, agreed: Trajectory) -> None:
    enter(client, system)
    response = client.post(at("withdraw_draft", agreed), {"reason": REASON})
    assert response.status_code == 400
    assert "frozen" in response.content.decode()


def test_who_may(client: Client, system: System, draft: Trajectory) -> None:
    for role in ("viewer", "plan_owner"):
        enter(client, system, role)
        assert client.post(at("withdraw_draft", draft), {"reason": REASON}).status_code == 403
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(at("withdraw_draft", draft), {"reason": REASON}).status_code == 404
    enter(client, system)
    assert client.delete(at("withdraw_draft", draft)).status_code == 405
