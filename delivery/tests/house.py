"""A house full of words that stand only in confidential texts, and ways to look for them."""

import base64
import logging
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse

from aspirations.tests.factories import AspirationFactory, MetricFactory, SeriesFactory
from coalitions.models import Coalition
from coalitions.tests.factories import CoalitionFactory, DelegateFactory
from delivery.tests.marked import MARKS, Marked
from delivery.tests.test_closed_doors import every_door
from people import tokens
from people.models import Role, System, User
from people.tests.entering import prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from reviews.models import Conversation, Round
from reviews.tests.factories import ElementFactory, ParticipantFactory, RoundFactory

NOTE, CANDID, LABEL = "quillonmark", "vambracemark", "gorgetmark"
WORDS = (NOTE, CANDID, LABEL, *MARKS.values())
OPEN = {"interview_notes": NOTE, "coalition": CANDID}
# Where addresses begin whose `pk` is that of a round.
OF_ROUND = "/sample/capacity/"


class House:
    """One system with a round and a coalition, each with a note, and its delivery leader."""

    def __init__(self) -> None:
        self.parent: System = SystemFactory.create(slug="above")
        self.system: System = SystemFactory.create(slug="meridian", parent=self.parent)
        aspiration = AspirationFactory.create(system=self.system, slug="reading")
        SeriesFactory.create(metric=MetricFactory.create(system=self.system, slug="grade-3"))
        self.round: Round = RoundFactory.create(system=self.system)
        self.element = ElementFactory.create(rubric=self.round.rubric, code="1A")
        self.coalition: Coalition = CoalitionFactory.create(aspiration=aspiration)
        self.leader: User = member(self.system, "delivery_leader")
        self.part = ParticipantFactory.create(round=self.round, role="viewer", joint_team=True)
        self.delegate = DelegateFactory.create(coalition=self.coalition)
        self.keys: dict[str, int] = {}

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every address there is, with what exists in this house in its places."""
        named = {
            "system": "meridian", "metric": "grade-3", "aspiration": "reading", "slug": "meridian",
            "code": "1A", "element": self.element.pk, "rubric": self.element.rubric_id,
            "part": self.part.pk, "talk": self.talk().pk, "number": 1,
        }  # fmt: skip
        keys = {self.round.pk, self.coalition.pk, self.part.pk, self.delegate.pk, self.leader.pk}
        for door in every_door():
            places = resolve(door.address).kwargs
            known = named | ({"pk": self.round.pk} if door.address.startswith(OF_ROUND) else {})
            if door.name in self.keys:
                known |= {"pk": self.keys[door.name]}
            found = {name: known.get(name, value) for name, value in places.items()}
            numbers = [name for name, value in places.items() if value == 1 and name not in known]
            for key in keys if numbers else {0}:
                filled = {**found, **dict.fromkeys(numbers, key)}
                yield door.name, address(door.name, filled, door.address)

    def talk(self) -> Conversation:
        return Conversation.objects.defer("label").get()

    def spoken(self, label: str) -> dict[str, Any]:
        """A conversation as the page sends it."""
        return {
            "kind": "interview", "tier": "middle", "held_on": str(self.system.today()),
            "people": "1", "label": label,
        }  # fmt: skip


def address(name: str, places: dict[str, Any], sample: str) -> str:
    try:
        return reverse(name, kwargs=places)
    except NoReverseMatch:
        return sample


def member(system: System, role: str) -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    return user


@contextmanager
def all_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Every record is kept, each statement to the database with them. The walks need none."""
    connection.force_debug_cursor = True
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django"):
        yield
    connection.force_debug_cursor = False


def written(caplog: pytest.LogCaptureFixture) -> House:
    """The house once all is written through the pages, with everything logged."""
    house = House()
    client = Client()
    with all_logged(caplog):
        prove(client, house.leader)
        for name, word in OPEN.items():
            to = page_of(house, name)
            assert client.post(to, {"body": f"The {word} matters."}).status_code == 302
            assert client.post(to, {"body": f"{word}\x00"}).status_code == 400
            assert word in text(client.get(to))
        write_down(house, client)
        marked = Marked(house.coalition, client)
        marked.write()
    house.keys = marked.keys()
    return house


def write_down(house: House, client: Client) -> None:
    """A conversation with whom is sealed, and a note of it on an element."""
    to = reverse("new_conversation", args=[house.system.slug, house.round.pk])
    assert client.post(to, house.spoken(f"The {LABEL} office\x00")).status_code == 400
    assert client.post(to, house.spoken(f"The {LABEL} office")).status_code == 302
    of_talk = reverse("conversation", args=[house.system.slug, house.round.pk, house.talk().pk])
    said = {"body": f"The {NOTE} of it.", "element": str(house.element.pk)}
    assert client.post(of_talk, said).status_code == 302
    read = text(client.get(page_of(house, "interview_notes")))
    assert LABEL in read
    assert read.count(NOTE) == 2


def page_of(house: House, name: str) -> str:
    last = house.round.pk if name == "interview_notes" else house.coalition.aspiration.slug
    return reverse(name, args=[house.system.slug, last])


def text(response: Any) -> str:
    """All of an answer: headers, cookies and body, streamed ones too."""
    streamed = getattr(response, "streaming_content", None)
    body = b"".join(streamed) if streamed is not None else response.content
    return f"{response.headers}{response.cookies}{body.decode(errors='replace')}"


def others(house: House) -> dict[str, Client]:
    """Everyone who opens neither page, each signed in and proven a moment ago."""
    people = {role: member(house.system, role) for role in Role.values}
    for role in ("system_leader", "delivery_leader"):
        del people[role]
    people |= {
        "leader above": member(house.parent, "system_leader"),
        "leader elsewhere": member(SystemFactory.create(), "delivery_leader"),
        "administrator": UserFactory.create(is_staff=True, is_superuser=True),
        "named reviewer": ParticipantFactory.create(round=house.round).user,
        "named viewer": ParticipantFactory.create(round=house.round, role="viewer").user,
    }
    clients = {who: Client() for who in people}
    for who, client in clients.items():
        prove(client, people[who])
    for role in ("viewer", "data_provider"):
        _row, token = tokens.issue(
            user=house.leader, system=house.system, role=role, name=f"Of a {role}", days=30
        )
        clients[f"program, {role}"] = Client(headers={"Authorization": f"Bearer {token}"})
    return {"not signed in": Client(), **clients}


def strays(client: Client, house: House) -> list[str]:
    """Where a marker word stands in an answer to this person."""
    client.raise_request_exception = True
    found = []
    for name, to in house.addresses():
        said = text(client.get(to))
        found += [f"{name} {to}: {word}" for word in WORDS if word in said]
    return found


def dumped(table: str) -> str:
    """Every row of a table as text; cached values as they were before they were packed."""
    name = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {name}")
        rows = cursor.fetchall()
    held = str(rows)
    if table == "cache":
        held += "".join(str(pickle.loads(base64.b64decode(row[1]))) for row in rows)
    return held
