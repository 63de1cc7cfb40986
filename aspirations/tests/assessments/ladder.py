"""The same climb for every page of assessments: who is refused, and how."""

from typing import Any

from django.test import Client

from aspirations.tests.assessments.scene import Scene, signed_in
from people.models import User

READERS = [
    "leader_office", "accountable_head", "plan_owner", "steward", "viewer",
]  # fmt: skip
NOT_HERE = ["data_provider", "reviewer"]
MODERATES = {"delivery_leader"}
ASSESSES = {"system_leader", "delivery_leader", "unit_staff"}


def answers(
    client: Client, stage: Scene, stranger: User, to: str, data: Any = None
) -> dict[str, int]:
    """What each role gets, of a GET or, with data, of a POST; and a leader of another system."""
    found = {}
    for role in [*sorted(ASSESSES), *READERS, *NOT_HERE]:
        found[role] = asked(signed_in(client, stage.member(role)), to, data)
    found["stranger"] = asked(signed_in(client, stranger), to, data)
    client.logout()
    found["not signed in"] = asked(client, to, data)
    return found


def asked(client: Client, to: str, data: Any) -> int:
    return (client.get(to) if data is None else client.post(to, data)).status_code


def expected(able: set[str], done: int, refused: int = 403) -> dict[str, int]:
    """`done` for those who may, 403 for other readers, 404 for the rest."""
    roles = dict.fromkeys([*sorted(ASSESSES), *READERS], refused)
    return {
        **roles, **dict.fromkeys(able, done), **dict.fromkeys(NOT_HERE, 404),
        "stranger": 404, "not signed in": 302,
    }  # fmt: skip


EVERY_READER = ASSESSES | set(READERS)
