"""Rounds on which conclusions are drawn, for tests: who draws them, and who is refused."""

from typing import Any

from django.test import Client
from django.utils import timezone

from people.models import AuditEntry, User
from people.tests.entering import enter
from reviews.models import Element, Round
from reviews.tests.factories import ElementFactory, RoundFactory
from reviews.tests.ladder import REFUSED, take_part

# What `answers` gives for an action of those who draw the conclusions, before any release.
CLOSED_TO = {**REFUSED, "system_leader": 404, "named reviewer": 404}
SECRET = "The middle does not trust the unit."


def closed_round(**fields: Any) -> Round:
    """A closed round, with two elements in its rubric."""
    row: Round = RoundFactory.create(state="closed", closed_at=timezone.now(), **fields)
    for code, title in (("5A", "Build system capacity"), ("5C", "Relationships")):
        ElementFactory.create(rubric=row.rubric, code=code, title=title)
    return row


def element(row: Round, code: str) -> Element:
    assert row.rubric
    return row.rubric.elements.get(code=code)


def join(client: Client, row: Round, role: str = "viewer") -> User:
    """Sign in as someone of the joint team whose role alone opens nothing of it."""
    part = take_part(client, row, role=role, joint_team=True, kind="unit")
    assert part.user
    return part.user


def lead(client: Client, row: Round) -> User:
    return enter(client, row.system, "delivery_leader")


def read_trail(row: Round) -> str:
    """All that the trail of the system holds."""
    lines = AuditEntry.objects.filter(system=row.system)
    return " ".join(
        f"{line.action} {line.object_key} {line.before} {line.after} {line.reason}"
        for line in lines
    )
