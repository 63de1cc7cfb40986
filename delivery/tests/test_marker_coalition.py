"""The words of a coalition, looked for where programs, and not people, could carry them away."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from celery.signals import before_task_publish
from django.apps import apps
from django.conf import settings as configured
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from coalitions.models import Candidate
from coalitions.services import journal
from coalitions.services.mentions import mentions_of
from coalitions.tests.factories import CandidNoteFactory
from delivery.notices.digest import send_digests
from delivery.tests.house import House, all_logged, dumped, text, written
from delivery.tests.marked import CODED, MARKS, Marked, texts
from people.confidential.fields import SealedTextField
from people.models import AuditEntry, NoticeChoice
from people.tasks import write_exports
from people.tests.entering import prove

pytestmark = pytest.mark.django_db
WORDS = list(MARKS.values())


@pytest.fixture
def house(caplog: pytest.LogCaptureFixture) -> House:
    return written(caplog)


def found_in(said: object) -> list[str]:
    held = str(said)
    return [word for word in WORDS if word in held]


def test_every_sealed_text_of_the_room_carries_a_word(house: House) -> None:
    """Each lies in its own column and opens there; whoever adds a sealed field writes it here."""
    assert len(texts()) == len(set(WORDS)) > 25
    for model in apps.get_app_config("coalitions").get_models():
        for one in model._meta.local_fields:
            name = f"{model.__name__}.{one.name}"
            if isinstance(one, SealedTextField) and not one.choices and name not in CODED:
                held = model._default_manager.values_list(one.name, flat=True)
                assert any(MARKS[name] in str(text) for text in held), name


def test_there_is_no_admin_and_no_dump_of_the_texts(house: House) -> None:
    assert "django.contrib.admin" not in configured.INSTALLED_APPS
    out = StringIO()
    with pytest.raises(Exception, match="is not written out"):
        call_command("dumpdata", "coalitions", stdout=out)
    assert found_in(out.getvalue()) == []


def test_searching_for_a_word_finds_nothing(house: House) -> None:
    """The word as far as its last letters, since a page of results repeats what was asked."""
    client = Client()
    prove(client, house.leader)
    for word in WORDS:
        for name in ("search", "trail"):
            to = reverse(name, args=["meridian"] if name == "trail" else [])
            said = text(client.get(to, {"q": word[:-4]}))
            assert word not in said, name


def test_no_task_is_told_a_word(
    house: House, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    sent: list[object] = []

    def listen(sender: str, body: object, headers: Any, **_: Any) -> None:
        sent.append((sender, body, headers))

    before_task_publish.connect(listen)
    client = Client()
    prove(client, house.leader)
    marked = Marked(house.coalition, client)
    skipped = {"edit_charter", "edit_entry_point", "add_circle", "add_difficulty"}
    try:
        with django_capture_on_commit_callbacks(execute=True):
            for name, more, said in marked.entries():
                if name not in skipped:  # those exist already, and show what they hold
                    marked.post(marked.to(name, *more), said)
        write_exports.delay()
    finally:
        before_task_publish.disconnect(listen)
    assert "write_exports" in str(sent), "nothing was heard"
    assert found_in(sent) == []


def test_mails_of_what_waits_hold_no_word_and_name_no_candidate(
    house: House, mailoutbox: list[EmailMessage]
) -> None:
    for user in (house.leader, house.delegate.user):
        NoticeChoice.objects.create(user=user, digest="daily")
    late = house.coalition.system.today() - timedelta(days=1)
    house.coalition.next_steps.update(done_on=None, due=late)
    send_digests(now=datetime(2026, 3, 16, 7, tzinfo=UTC))  # a Monday morning
    told = [str(mail.message()) for mail in mailoutbox]
    assert [mail.body.count("something due") for mail in mailoutbox] == [1, 1]
    assert found_in(told) == []
    names = [row.actor.name for row in house.coalition.candidates.select_related("actor")]
    assert [name for name in names if name in str(told)] == []


def test_no_page_outside_names_who_is_a_candidate_in_its_head(house: House) -> None:
    """Neither title nor header nor cookie of a coalition's own pages tells of whom they are."""
    client = Client()
    prove(client, house.leader)
    names = [row.actor.name for row in house.coalition.candidates.select_related("actor")]
    walked = 0
    for name, to in house.addresses():
        if to.startswith(reverse("coalition", args=["meridian", "reading"])):
            answer = client.get(to)
            head = f"{answer.headers}{answer.cookies}{answer.content.decode().split('</title>')[0]}"
            assert found_in(head) == [], name
            assert [one for one in names if one in head] == [], name
            walked += answer.status_code == 200
    assert walked > 20


def test_a_fault_while_writing_is_reported_without_what_was_typed(
    house: House, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, mailoutbox: list[EmailMessage],
) -> None:  # fmt: skip
    settings.ADMINS = [("Operator", "operator@example.org")]

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("coalitions.services.holding.save_with_trail", fail)
    client = Client(raise_request_exception=False)
    prove(client, house.leader)
    marked = Marked(house.coalition, client)
    to = marked.to("add_next_step")
    said = {
        "candidate": marked.one.pk, "kind": "step", "due": marked.day,
        **marked.words("NextStep", "what", "owner", "outcome"), "done_on": marked.day, "version": 1,
    }  # fmt: skip
    with all_logged(caplog):
        answer = client.post(to, said)
    assert answer.status_code == 500
    assert (
        found_in([caplog.text, text(answer), *(str(mail.message()) for mail in mailoutbox)]) == []
    )
    assert "the disk is full" in mailoutbox[0].body


def test_an_erasure_leaves_no_word_and_no_office(
    house: House, settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:  # fmt: skip
    settings.DATA_DIR = tmp_path
    one = Candidate.objects.select_related("actor", "coalition__system").get(
        coalition=house.coalition, number=1
    )
    CandidNoteFactory.create(coalition=house.coalition, body=f"{one.actor.name}, {WORDS[0]}")
    also = [found.key for found in mentions_of(one) if found.place.struck]
    assert also
    client = Client()
    prove(client, house.leader)
    to = reverse("erase_candidate", args=["meridian", "reading", 1])
    with all_logged(caplog), django_capture_on_commit_callbacks(execute=True):
        answer = client.post(to, {"why": "asked", "letter": "A", "also": also})
    assert answer.status_code == 302
    kept = journal.path().read_text(encoding="utf-8")
    assert f'"actor": {one.actor_id}' in kept
    lines = str(AuditEntry.objects.filter(action="erase candidate").values())
    session = str(dict(client.session.items()))
    for said in (kept, lines, session, text(answer)):
        assert found_in(said) == []
        assert one.actor.name not in said
    logged = [record.getMessage() for record in caplog.get_records("call")]
    assert found_in(logged) == []
    assert any("coalitions_candidate" in said for said in logged), "statements were not logged"
    assert found_in(dumped("people_auditentry")) == []
