"""Words that stand only in confidential texts are found on their own pages and nowhere else.

They are written through the pages, with everything logged; then every page is asked for as
everyone, and every place is searched where a word could have been left.
"""

from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from coalitions.urls import names as of_coalitions
from delivery.tests.house import (
    LABEL,
    NOTE,
    OPEN,
    WORDS,
    House,
    all_logged,
    dumped,
    member,
    others,
    page_of,
    strays,
    text,
    written,
)
from delivery.tests.marked import MARKS
from people.models import AuditEntry, System, User
from people.services import exports
from people.tests.entering import prove
from people.trail.filters import TrailFilters

pytestmark = pytest.mark.django_db
# Read on its author's own list; once lists are put together, on a record that it names alone.
UNTOLD = {MARKS["Nomination.why"]}


@pytest.fixture
def house(caplog: pytest.LogCaptureFixture) -> House:
    return written(caplog)


def test_nobody_else_is_told_a_word_by_any_page(house: House) -> None:
    walked = list(house.addresses())
    assert len(walked) > 60, "the walk is broken"
    reached = {to for _name, to in walked}
    assert {page_of(house, name) for name in OPEN} <= reached
    talk = reverse("conversation", args=["meridian", house.round.pk, house.talk().pk])
    assert talk in reached
    told = {who: strays(client, house) for who, client in others(house).items()}
    assert {who: found for who, found in told.items() if found} == {}


def test_those_who_may_are_told_on_their_own_pages_alone(house: House) -> None:
    readers: dict[User, set[str]] = {
        house.leader: {"interview_notes", *of_coalitions},
        house.part.user: {"interview_notes"},
        house.delegate.user: {*of_coalitions},
    }
    for user, pages in readers.items():
        client = Client()
        prove(client, user)
        found = strays(client, house)
        assert {line.split()[0] for line in found} <= pages, user
        told = {line.split()[-1] for line in found}
        of_reviews = {NOTE, LABEL}
        may = set(WORDS) if len(pages) > len(of_coalitions) else set(WORDS) - of_reviews
        expected = of_reviews if user == house.part.user else may
        assert expected - UNTOLD <= told <= expected, user


def test_no_table_session_or_cache_holds_a_word_or_the_key(house: House) -> None:
    secrets = (*WORDS, *configured.CONFIDENTIAL_KEYS)
    assert len(connection.introspection.table_names()) > 30
    for table in connection.introspection.table_names():
        held = dumped(table)
        assert [word for word in secrets if word in held] == [], table
    for session in Session.objects.all():
        assert not any(word in str(session.get_decoded()) for word in secrets)


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
    monkeypatch.setattr("coalitions.services.coalitions.save_with_trail", fail)
    client = Client(raise_request_exception=False)
    prove(client, house.leader)
    sent = [(page_of(house, name), {"body": f"{word}fault"}) for name, word in OPEN.items()]
    new = reverse("new_conversation", args=["meridian", house.round.pk])
    sent.append((new, house.spoken(f"{LABEL}fault")))
    with all_logged(caplog):
        answers = [client.post(to, said) for to, said in sent]
    assert {response.status_code for response in answers} == {500}
    told = [caplog.text, *(text(response) for response in answers)]
    told += [str(mail.message()) for mail in mailoutbox]
    assert [words for words in told for mark in WORDS if f"{mark}fault" in words] == []
    assert len(mailoutbox) == len(sent), "the faults were not reported"
    assert "the disk is full" in mailoutbox[0].body


def test_the_trail_tells_leaders_that_something_changed_and_others_nothing(house: House) -> None:
    kinds = {"reviews.InterviewNote", "coalitions.CandidNote"}
    lines = AuditEntry.objects.filter(object_type__in=kinds)
    assert {line.after["body"] for line in lines} == {"changed"}
    talks = AuditEntry.objects.filter(object_type="reviews.Conversation")
    assert {line.after["label"] for line in talks} == {"changed"}
    kinds |= {"reviews.Conversation"}
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
    for word in (*WORDS, "CandidNote", "InterviewNote", "Conversation", "Delegate"):
        assert word not in file
