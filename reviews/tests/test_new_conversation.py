"""Recording an interview or a focus group: who may, what is sealed, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from people.models import AuditEntry, Opening
from people.tests.entering import enter
from people.tests.factories import MembershipFactory
from reviews.models import Conversation, Round
from reviews.services import notes
from reviews.tests.factories import RoundFactory
from reviews.tests.ladder import address, answers, take_part

pytestmark = pytest.mark.django_db
WORD = "quillon"
GOOD = {
    "kind": "interview", "tier": "middle", "held_on": "2026-03-10", "people": "2",
    "label": f"The {WORD} office",
}  # fmt: skip


@pytest.fixture(autouse=True)
def spring() -> Any:
    with time_machine.travel("2026-03-20 12:00", tick=True):
        yield


@pytest.fixture
def row(spring: Any) -> Round:
    row: Round = RoundFactory.create()
    return row


def to(row: Round) -> str:
    return address("new_conversation", row)


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader"])
def test_leaders_record_one_and_write_its_notes_next(client: Client, row: Round, role: str) -> None:
    user = enter(client, row.system, role)
    assert client.get(to(row)).status_code == 200
    response = client.post(to(row), GOOD)
    talk = Conversation.objects.get()
    assert response["Location"] == address("conversation", row, talk.pk)
    assert (talk.round, talk.author, talk.people, talk.tier) == (row, user, 2, "middle")
    assert talk.label == f"The {WORD} office"
    assert not Opening.objects.exists(), "recording opens nothing"


def test_the_joint_team_records_one(client: Client, row: Round) -> None:
    take_part(client, row, "viewer", joint_team=True)
    assert client.post(to(row), GOOD).status_code == 302
    assert Conversation.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_does(client: Client, row: Round, method: str) -> None:
    found = answers(client, row, method, to(row), GOOD)
    assert found.pop("system_leader") in {200, 302}
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}
    enter(client, row.system, "unit_staff")
    assert getattr(client, method)(to(row), GOOD).status_code == 404


def test_it_asks_for_no_fresh_proof_and_shows_nothing_sealed(client: Client, row: Round) -> None:
    notes.add_conversation(
        round=row, kind="interview", held_on=timezone.now().date(), label=f"{WORD} of old",
        actor=enter(client, row.system, "delivery_leader"),
    )  # fmt: skip
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        page = client.get(to(row)).content.decode()
        assert WORD not in page
        assert client.post(to(row), {**GOOD, "people": "0"}).status_code == 400
        assert client.post(to(row), GOOD).status_code == 302


def test_the_trail_says_that_it_was_recorded_and_not_with_whom(client: Client, row: Round) -> None:
    user = enter(client, row.system, "delivery_leader")
    client.post(to(row), GOOD)
    line = AuditEntry.objects.about(Conversation.objects.get()).get()
    assert (line.action, line.actor, line.after["label"]) == ("create", user, "changed")
    assert WORD not in f"{line.before}{line.after}{line.object_key}{line.reason}"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("kind", "", "Say whether it was an interview"),
        ("kind", "chat", "Choose interview or focus group."),
        ("tier", "clergy", "Choose one of the levels."),
        ("held_on", "", "Give the day."),
        ("held_on", "10/03/2026", "That is no day."),
        ("held_on", "2026-03-21", "2026-03-21 is still to come."),
        ("held_on", "0026-03-10", "is more than a year before this review starts"),
        ("people", "", "Say how many people took part."),
        ("people", "0", "At least one person"),
        ("people", "501", "500 people are the most."),
        ("people", "1e308", "in figures"),
        ("people", "9" * 400, "500 people are the most."),
        ("label", "   ", "Say with whom"),
        ("label", "x" * 301, "at most 300 characters"),
        ("label", "a\x00b", "Null characters are not allowed."),
    ],
)
def test_bad_input_is_said_and_nothing_typed_is_lost(
    client: Client, row: Round, field: str, value: str, words: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {**GOOD, field: value})
    page = response.content.decode()
    assert response.status_code == 400
    assert words in page
    assert "There is a problem" in page
    kept = 'value="2026-03-10"' if field != "held_on" else f"The {WORD} office"
    assert kept in page
    assert not Conversation.objects.exists()


def test_today_is_the_systems(client: Client, row: Round) -> None:
    type(row.system).objects.filter(pk=row.system.pk).update(time_zone="Pacific/Auckland")
    with time_machine.travel("2026-03-20 22:00"):
        enter(client, row.system, "delivery_leader")
        assert 'value="2026-03-21"' in client.get(to(row)).content.decode()
        assert client.post(to(row), {**GOOD, "held_on": "2026-03-21"}).status_code == 302


def test_a_closed_round_takes_none_and_loses_no_typing(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    Round.objects.filter(pk=row.pk).update(state="closed", closed_at=timezone.now())
    assert "nothing is added to it" in client.get(to(row)).content.decode()
    response = client.post(to(row), GOOD)
    assert response.status_code == 400
    assert f"The {WORD} office" in response.content.decode()
    assert not Conversation.objects.exists()


def test_without_a_key_nothing_is_recorded_and_what_was_typed_stays(
    client: Client, row: Round, settings: Settings
) -> None:
    enter(client, row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    response = client.post(to(row), GOOD)
    page = response.content.decode()
    assert response.status_code == 503
    assert f"The {WORD} office" in page
    assert "Nothing was saved" in page
    assert not Conversation.objects.exists()
    assert not AuditEntry.objects.filter(object_type="reviews.Conversation").exists()


def test_the_service_refuses_whom_the_page_would(row: Round) -> None:
    staff = MembershipFactory.create(system=row.system, role="unit_staff").user
    with pytest.raises(PermissionDenied):
        notes.add_conversation(
            round=row, kind="interview", held_on=row.starts, label="x", actor=staff
        )
    assert not Conversation.objects.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, row: Round, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405
