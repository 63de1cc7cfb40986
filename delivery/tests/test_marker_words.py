"""Words that stand only in confidential texts are found on their own pages and nowhere else.

They are written through the pages, with everything logged; then every page is asked for as
everyone, and every place is searched where a word could have been left.
"""

import base64
import logging
import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from pytest_django import Settings

from aspirations.tests.factories import AspirationFactory, MetricFactory, SeriesFactory
from coalitions.models import Coalition
from coalitions.tests.factories import CoalitionFactory, DelegateFactory
from delivery.tests.test_closed_doors import every_door
from people import tokens
from people.models import AuditEntry, Role, System, User
from people.services import exports
from people.tests.entering import prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.trail.filters import TrailFilters
from reviews.models import Round
from reviews.tests.factories import ParticipantFactory, RoundFactory

pytestmark = pytest.mark.django_db
NOTE, CANDID = "quillonmark", "vambracemark"
WORDS = (NOTE, CANDID)
OPEN = {"interview_notes": NOTE, "coalition": CANDID}


class House:
    """One system with a round and a coalition, each with a note, and its delivery leader."""

    def __init__(self) -> None:
        self.parent: System = SystemFactory.create(slug="above")
        self.system: System = SystemFactory.create(slug="meridian", parent=self.parent)
        aspiration = AspirationFactory.create(system=self.system, slug="reading")
        SeriesFactory.create(metric=MetricFactory.create(system=self.system, slug="grade-3"))
        self.round: Round = RoundFactory.create(system=self.system)
        self.coalition: Coalition = CoalitionFactory.create(aspiration=aspiration)
        self.leader: User = member(self.system, "delivery_leader")
        self.part = ParticipantFactory.create(round=self.round, role="viewer", joint_team=True)
        self.delegate = DelegateFactory.create(coalition=self.coalition)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every address there is, with what exists in this house in its places."""
        named = {
            "system": "meridian", "metric": "grade-3", "aspiration": "reading", "slug": "meridian",
        }  # fmt: skip
        keys = {self.round.pk, self.coalition.pk, self.part.pk, self.delegate.pk, self.leader.pk}
        for door in every_door():
            places = resolve(door.address).kwargs
            found = {name: named.get(name, value) for name, value in places.items()}
            numbers = [name for name, value in found.items() if isinstance(value, int)]
            for key in keys if numbers else {0}:
                filled = {**found, **dict.fromkeys(numbers, key)}
                yield door.name, address(door.name, filled, door.address)


def address(name: str, places: dict[str, Any], sample: str) -> str:
    try:
        return reverse(name, kwargs=places)
    except NoReverseMatch:
        return sample


def member(system: System, role: str) -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    return user


@pytest.fixture
def house(caplog: pytest.LogCaptureFixture) -> Iterator[House]:
    """The notes are written through the pages, and every statement to the database is logged."""
    house = House()
    connection.force_debug_cursor = True
    client = Client()
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.DEBUG, logger="django"):
        prove(client, house.leader)
        for name, word in OPEN.items():
            to = page_of(house, name)
            assert client.post(to, {"body": f"The {word} matters."}).status_code == 302
            assert client.post(to, {"body": f"{word}\x00"}).status_code == 400
            assert word in text(client.get(to))
        yield house
    connection.force_debug_cursor = False


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


def test_nobody_else_is_told_a_word_by_any_page(house: House) -> None:
    walked = list(house.addresses())
    assert len(walked) > 60, "the walk is broken"
    assert {page_of(house, name) for name in OPEN} <= {to for _name, to in walked}
    told = {who: strays(client, house) for who, client in others(house).items()}
    assert {who: found for who, found in told.items() if found} == {}


def test_those_who_may_are_told_on_the_two_pages_alone(house: House) -> None:
    readers = {
        house.leader: {"interview_notes", "coalition"},
        house.part.user: {"interview_notes"},
        house.delegate.user: {"coalition"},
    }
    for user, pages in readers.items():
        client = Client()
        prove(client, user)
        seen = {found.split()[0] for found in strays(client, house)}
        assert seen == pages, user


def test_no_table_session_or_cache_holds_a_word_or_the_key(house: House) -> None:
    secrets = (*WORDS, *configured.CONFIDENTIAL_KEYS)
    assert len(connection.introspection.table_names()) > 30
    for table in connection.introspection.table_names():
        held = dumped(table)
        assert [word for word in secrets if word in held] == [], table
    for session in Session.objects.all():
        assert not any(word in str(session.get_decoded()) for word in secrets)


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


def test_a_word_in_a_table_would_be_seen(house: House) -> None:
    System.objects.filter(pk=house.system.pk).update(note=f"The {NOTE}")
    assert NOTE in dumped("people_system")
    client = Client()
    prove(client, house.leader)
    assert any(found.startswith("dashboard ") for found in strays(client, house))


def test_the_log_and_mail_hold_no_word(
    house: House, caplog: pytest.LogCaptureFixture, mailoutbox: list[EmailMessage]
) -> None:
    records = [*caplog.get_records("setup"), *caplog.records]
    logged = str([f"{record.getMessage()} {record.__dict__}" for record in records])
    assert "reviews_interviewnote" in logged, "the database's statements were not logged"
    assert "gAAAA" in logged
    for secret in (*WORDS, *configured.CONFIDENTIAL_KEYS):
        assert secret not in logged
        assert all(secret not in mail.body for mail in mailoutbox)


def test_a_fault_is_reported_without_what_was_typed(
    house: House,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    mailoutbox: list[EmailMessage],
) -> None:
    settings.ADMINS = [("Operator", "operator@example.org")]

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("reviews.services.notes.save_with_trail", fail)
    monkeypatch.setattr("coalitions.services.save_with_trail", fail)
    client = Client(raise_request_exception=False)
    prove(client, house.leader)
    for name in OPEN:
        word = f"{OPEN[name]}fault"
        response = client.post(page_of(house, name), {"body": word})
        assert response.status_code == 500
        assert word not in text(response)
        assert word not in caplog.text
        assert all(word not in str(mail.message()) for mail in mailoutbox)
    assert len(mailoutbox) == len(OPEN), "the faults were not reported"
    assert "the disk is full" in mailoutbox[0].body


def test_the_trail_tells_leaders_that_something_changed_and_others_nothing(house: House) -> None:
    kinds = {"reviews.InterviewNote", "coalitions.CandidNote"}
    lines = AuditEntry.objects.filter(object_type__in=kinds)
    assert {line.after["body"] for line in lines} == {"changed"}
    assert told(house.leader) >= kinds
    assert told(member(house.system, "system_leader")) >= kinds
    assert told(member(house.system, "unit_staff")) & kinds == set()
    assert told(house.leader, "trail.export") & kinds == set()


def told(user: User, action: str = "trail.read") -> set[str]:
    rows = AuditEntry.objects.visible_to(user, action)
    return set(rows.values_list("object_type", flat=True))


def test_an_export_of_the_trail_holds_no_line_about_them(house: House, settings: Settings) -> None:
    filters = TrailFilters.from_query({})
    row = exports.ask(system=house.system, filters=filters, actor=house.leader)
    assert exports.write_waiting() == 1
    client = Client()
    prove(client, house.leader)
    file = text(client.get(reverse("trail_export_file", args=["meridian", row.pk])))
    assert "export" in file, "the file holds other lines"
    for word in (*WORDS, "CandidNote", "InterviewNote", "Delegate"):
        assert word not in file
