"""The same climb for every form of the work with a coalition: who writes, what is refused, what
the trail says, and that nothing typed is lost."""

from datetime import timedelta
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from coalitions.models import Candidate, Coalition
from coalitions.tests.factories import CandidateFactory
from coalitions.tests.ladder import HEADS, REFUSED, answers, be_delegate
from people.models import AuditEntry, Opening
from people.tests.entering import enter
from people.tests.factories import ActorFactory

SECRET = "vambrace"
"""Stands in every text that these tests write."""


def lead(client: Client, row: Coalition) -> Any:
    return enter(client, row.system, "delivery_leader")


def named(row: Coalition, office: str) -> Candidate:
    """A candidate of this coalition, by its office."""
    actor = ActorFactory.create(system=row.system, name=office)
    one: Candidate = CandidateFactory.create(coalition=row, actor=actor)
    return one


def page(response: Any) -> str:
    text: str = response.content.decode()
    return text


def everybody_who_may_writes(client: Client, row: Coalition, to: str, data: Any) -> None:
    """Both leaders and a delegate; and everybody else is refused. A GET stands in the log."""
    for role in sorted(HEADS):
        enter(client, row.system, role)
        assert client.get(to).status_code == 200
        assert client.post(to, data()).status_code == 302
    be_delegate(client, row)
    assert client.get(to).status_code == 200
    assert client.post(to, data()).status_code == 302
    assert Opening.objects.filter(object_key=str(row.pk)).count() == 3


def nobody_else_writes(client: Client, row: Coalition, to: str, data: Any) -> None:
    """The delegate of this coalition is let in, and found by its own test."""
    found = answers(client, row, "post", to, data)
    assert found.pop("delegate") in {200, 302}
    assert found == {who: code for who, code in REFUSED.items() if who != "delegate"}
    read = answers(client, row, "get", to)
    assert read.pop("delegate") == 200
    assert read == {who: code for who, code in REFUSED.items() if who != "delegate"}


def the_trail_says_nothing_of(row: Any, *more: str) -> None:
    """Lines about the row name fields and hold no value; no line at all holds these words."""
    lines = AuditEntry.objects.about(row)
    assert lines.exists()
    assert {value for line in lines for value in line.after.values()} == {"changed"}
    for line in AuditEntry.objects.all():
        text = f"{line.action}{line.object_key}{line.before}{line.after}{line.reason}"
        assert not [word for word in (SECRET, *more) if word in text]


def refused_with(client: Client, to: str, data: Any, words: str) -> None:
    """400, in these words, with what was typed kept."""
    response = client.post(to, data)
    assert response.status_code == 400
    assert words in page(response), page(response)
    assert SECRET in page(response)


def without_the_key_what_was_typed_stays(
    client: Client, settings: Settings, to: str, data: Any
) -> None:
    settings.CONFIDENTIAL_KEYS = []
    response = client.post(to, data)
    assert response.status_code == 503
    assert SECRET in page(response)
    assert "Nothing was saved" in page(response)


def only_get_and_post(client: Client, to: str) -> None:
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(to).status_code == 405


def later(client: Client, row: Coalition) -> Any:
    """As a leader whose proof of who they are is too old."""
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    return time_machine.travel(timezone.now() + timedelta(minutes=16))
