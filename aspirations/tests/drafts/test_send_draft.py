"""Sending a draft for challenge: saved first, and open to doubts from then on."""

from typing import Any

import pytest
from django.test import Client

from aspirations.models import Trajectory
from aspirations.services import drafting
from aspirations.tests.drafts.makers import at, body, enter
from aspirations.tests.factories import SystemFactory
from people.models import AuditEntry, System

pytestmark = pytest.mark.django_db


def test_it_is_saved_and_sent(client: Client, system: System, draft: Trajectory) -> None:
    user = enter(client, system)
    response = client.post(at("send_draft", draft), body(draft, target_value="73"), follow=True)
    assert "sent this draft for challenge" in response.content.decode()
    draft.refresh_from_db()
    assert (draft.target.value, draft.sent_by, draft.status) == (73.0, user, "draft")
    assert draft.sent_at is not None
    assert AuditEntry.objects.get(action="send").door == "page"


def test_it_is_sent_again_after_a_change(client: Client, system: System, sent: Trajectory) -> None:
    enter(client, system)
    before = sent.sent_at
    assert before is not None
    assert client.post(at("send_draft", sent), body(sent)).status_code == 302
    sent.refresh_from_db()
    assert sent.sent_at is not None
    assert sent.sent_at > before


def test_what_another_ended_between_saving_and_sending_is_told(
    client: Client, system: System, draft: Trajectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(client, system)
    write = drafting.write

    def written_then_ended(**given: Any) -> None:
        write(**given)
        Trajectory.objects.filter(pk=draft.pk).update(status="withdrawn")

    monkeypatch.setattr(drafting, "write", written_then_ended)
    typed = body(draft, target_value="73")
    response = client.post(at("send_draft", draft), typed, follow=True)
    assert response.status_code == 200
    assert "frozen. Make a new version to change it." in response.content.decode()
    draft.refresh_from_db()
    assert draft.sent_at is None


def test_what_cannot_be_drawn_is_not_sent(
    client: Client, system: System, draft: Trajectory
) -> None:
    enter(client, system)
    response = client.post(at("send_draft", draft), body(draft, target_value=""))
    assert response.status_code == 400
    draft.refresh_from_db()
    assert draft.sent_at is None


def test_who_may(client: Client, system: System, draft: Trajectory) -> None:
    typed = body(draft)
    for role in ("viewer", "plan_owner"):
        enter(client, system, role)
        assert client.post(at("send_draft", draft), typed).status_code == 403
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.post(at("send_draft", draft), typed).status_code == 404
    assert client.get(at("send_draft", draft)).status_code == 405
