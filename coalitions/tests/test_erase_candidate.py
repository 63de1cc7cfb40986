"""Erasing a candidate: all about it goes, what is shared stays, and nothing tells whom."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from pytest_django import Settings

from coalitions.models import (
    Appraisal,
    Barrier,
    Candidate,
    CandidNote,
    CommonGround,
    Contact,
    Difficulty,
    MemberCommitment,
    NextStep,
    Nomination,
    Standing,
    Vacancy,
)
from coalitions.services import journal
from coalitions.services.candidates import add_candidate
from coalitions.services.erasing import OWN, erase_candidate
from coalitions.services.mentions import mentions_of
from coalitions.tests import factories as make
from coalitions.tests.about import OFFICE, WORD, Held
from coalitions.tests.ladder import HEADS, REFUSED, address, answers, be_delegate
from people.models import Actor, AuditEntry, Opening
from people.tests.entering import enter, grow_old
from people.tests.factories import ActorFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
SAID = {"why": "asked", "letter": "A"}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def held() -> Held:
    return Held()


def to(held: Held, number: int = 1) -> str:
    return address("erase_candidate", held.row, number)


def keys(held: Held, *kinds: str) -> list[str]:
    return [one.key for one in mentions_of(held.one) if one.place.kind in kinds]


def erased(client: Client, held: Held, **more: Any) -> None:
    response = client.post(to(held), {**SAID, **more})
    assert response.status_code == 302, response.content.decode()
    assert response["Location"] == address("coalition", held.row)


# --------------------------------------------------------------------------- what goes
@pytest.mark.parametrize("role", sorted(HEADS))
def test_all_about_it_goes_and_nothing_else(client: Client, held: Held, role: str) -> None:
    enter(client, held.row.system, role)
    erased(client, held)
    assert not Candidate.objects.filter(pk=held.one.pk).exists()
    for kind in OWN:
        rows = kind._default_manager.all()
        assert rows.count() == rows.filter(candidate=held.other.pk).count() == 1, kind
    assert [row.actor_id for row in Vacancy.objects.all()] == [held.other.actor_id]
    assert [row.note for row in Difficulty.objects.all()] == ["hard for others"]
    assert Actor.objects.filter(pk=held.one.actor_id).exists(), "the map holds public facts"


def test_what_is_shared_stays_without_it(client: Client, held: Held) -> None:
    enter(client, held.row.system, "delivery_leader")
    erased(client, held)
    met = {row.purpose: row for row in Contact.objects.all()}
    assert set(met) == {"theirs", f"shared {WORD}"}
    shared = met[f"shared {WORD}"]
    assert list(shared.candidates.all()) == [held.other]
    assert shared.version == 2, "a form opened before notices"
    removed = Barrier.objects.exclude(removed_by=held.other).get()
    assert (removed.removed_by, removed.version) == (None, 2)
    assert removed.removed_on is not None


def test_another_coalition_of_the_same_actor_keeps_its_own(client: Client, held: Held) -> None:
    elsewhere = make.CoalitionFactory.create(aspiration__system=held.row.system)
    same = make.CandidateFactory.create(coalition=elsewhere, actor=held.one.actor)
    make.AppraisalFactory.create(candidate=same)
    enter(client, held.row.system, "delivery_leader")
    erased(client, held)
    assert Appraisal.objects.filter(candidate=same).count() == 1


def test_texts_that_are_ticked_go_or_are_emptied(client: Client, held: Held) -> None:
    held.named()
    spare = make.CandidNoteFactory.create(coalition=held.row, body="Of nobody.")
    also = keys(held, "note", "appraisal", "standing")
    also.append(keys(held, "nomination")[0])
    enter(client, held.row.system, "delivery_leader")
    erased(client, held, also=also)
    assert list(CandidNote.objects.all()) == [spare]
    assert not Nomination.objects.exists()
    assert Appraisal.objects.get(candidate=held.third).cause == ""
    stood = Standing.objects.get(candidate=held.third)
    assert (stood.reason, stood.plan, stood.status) == ("", "kept", "shortlisted")
    assert OFFICE in CommonGround.objects.get(candidate=held.third).note, "it was not ticked"


def test_without_a_tick_texts_of_others_stay(client: Client, held: Held) -> None:
    held.named()
    enter(client, held.row.system, "delivery_leader")
    erased(client, held)
    assert CandidNote.objects.count() == Nomination.objects.count() == 1
    assert NextStep.objects.count() == MemberCommitment.objects.count() == 2


# --------------------------------------------------------------------------- the page
def test_the_page_says_what_goes_and_where_else_the_office_stands(
    client: Client, held: Held
) -> None:
    held.named()
    enter(client, held.row.system, "delivery_leader")
    page = " ".join(client.get(to(held)).content.decode().split())
    assert f"“{OFFICE}” will leave the list, and 10 entries are touched." in page
    assert "<dt>2</dt> <dd> Contacts" in page
    for key in keys(held, "note", "appraisal", "standing", "ground"):
        assert f'value="{key}"' in page
    assert page.count('type="checkbox"') == 5
    step = NextStep.objects.get(candidate=None)
    for url in (
        address("edit_charter", held.row), address("edit_next_step", held.row, step.pk),
        address("edit_entry_point", held.row), address("candidate_record", held.row, 1),
    ):  # fmt: skip
        assert f'href="{url}"' in page
    assert OFFICE not in page.split("</title>")[0]


def test_each_answer_is_logged_and_takes_fresh_proof(client: Client, held: Held) -> None:
    enter(client, held.row.system, "delivery_leader")
    client.get(to(held))
    assert client.post(to(held), {}).status_code == 400
    assert Opening.objects.filter(object_key=str(held.row.pk)).count() == 2
    grow_old(client, 1)
    assert client.get(to(held)).status_code in {302, 403}
    assert client.post(to(held), SAID).status_code in {302, 403}
    assert Candidate.objects.filter(pk=held.one.pk).exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Choose why."),
        ({"why": "spite", "letter": "A"}, "Choose why."),
        ({"why": "asked"}, "Type the letter of this candidate."),
        ({"why": "asked", "letter": "B"}, "“B” is another letter. This candidate is A"),
        ({**SAID, "also": ["note:1:body"]}, "does not name this office any more"),
        ({**SAID, "also": ["x"]}, "does not name this office any more"),
    ],
)
def test_bad_input_is_named_and_nothing_goes(
    client: Client, held: Held, sent: dict[str, Any], words: str
) -> None:
    make.CandidNoteFactory.create(coalition=held.row, body="Of nobody.")
    enter(client, held.row.system, "delivery_leader")
    response = client.post(to(held), sent)
    assert response.status_code == 400
    assert words in response.content.decode()
    assert Candidate.objects.filter(pk=held.one.pk).exists()
    assert CandidNote.objects.exists()
    assert not journal.path().exists()


def test_a_small_letter_will_do(client: Client, held: Held) -> None:
    enter(client, held.row.system, "delivery_leader")
    erased(client, held, letter=" a ")


# --------------------------------------------------------------------------- who
def test_others_are_refused(client: Client, held: Held) -> None:
    assert answers(client, held.row, "post", to(held), SAID) == REFUSED
    assert Candidate.objects.filter(pk=held.one.pk).exists()


def test_a_delegate_erases_nobody_by_any_door(client: Client, held: Held) -> None:
    delegate = be_delegate(client, held.row)
    with pytest.raises(PermissionDenied):
        erase_candidate(candidate=held.one, why="asked", actor=delegate.user)


def test_other_methods_are_refused(client: Client, held: Held) -> None:
    enter(client, held.row.system, "delivery_leader")
    assert client.delete(to(held)).status_code == 405


def test_the_second_of_two_finds_nothing(client: Client, held: Held) -> None:
    leader = enter(client, held.row.system, "delivery_leader")
    erased(client, held)
    assert client.post(to(held), SAID).status_code == 404
    with pytest.raises(ValidationError, match="erased meanwhile"):
        erase_candidate(candidate=held.one, why="asked", actor=leader)


def test_the_service_takes_no_other_reason_and_no_other_text(held: Held) -> None:
    note = make.CandidNoteFactory.create(coalition=held.row, body="Of nobody.")
    leader = MembershipFactory.create(system=held.row.system, role="delivery_leader").user
    with pytest.raises(ValidationError, match="Choose why"):
        erase_candidate(candidate=held.one, why=f"The {OFFICE} asked", actor=leader)
    with pytest.raises(ValidationError, match="does not name this office"):
        erase_candidate(
            candidate=held.one, why="asked", also=[f"note:{note.pk}:body"], actor=leader
        )
    assert CandidNote.objects.filter(pk=note.pk).exists()


def test_the_letter_of_one_who_is_gone_goes_to_nobody_else(held: Held) -> None:
    leader = MembershipFactory.create(system=held.row.system, role="delivery_leader").user

    def added() -> Candidate:
        office = ActorFactory.create(system=held.row.system)
        return add_candidate(coalition=held.row, office=office, actor=leader)

    last = added()
    erase_candidate(candidate=last, why="mistaken", actor=leader)
    assert added().number == last.number + 1


# --------------------------------------------------------------------------- what is told
def test_the_trail_says_that_and_not_whom(client: Client, held: Held) -> None:
    held.named()
    leader = enter(client, held.row.system, "delivery_leader")
    erased(client, held, also=keys(held, "note"))
    line = AuditEntry.objects.get(action="erase candidate")
    assert (line.actor, line.system, line.door) == (leader, held.row.system, "page")
    assert (line.object_type, line.object_key) == ("coalitions.Candidate", str(held.one.pk))
    assert (line.before, line.after) == ({}, {"texts": 1})
    assert line.reason == "They asked for it"
    told = str(AuditEntry.objects.filter(system=held.row.system).values())
    assert OFFICE not in told
    assert WORD not in told


def test_the_journal_holds_keys_alone(client: Client, held: Held, folder: Path) -> None:
    held.named()
    also = keys(held, "note")
    enter(client, held.row.system, "delivery_leader")
    erased(client, held, also=also)
    file = folder / "erasures.jsonl"
    [line] = file.read_text(encoding="utf-8").splitlines()
    kept = json.loads(line)
    assert kept.pop("at").endswith("+00:00")
    assert kept == {
        "coalition": held.row.pk, "candidate": held.one.pk, "number": 1,
        "actor": held.one.actor_id, "also": also,
    }  # fmt: skip
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert OFFICE not in line


def test_where_the_journal_cannot_be_written_nothing_is_erased(
    client: Client, held: Held, folder: Path
) -> None:
    (folder / "erasures.jsonl").mkdir()
    enter(client, held.row.system, "delivery_leader")
    response = client.post(to(held), SAID)
    assert response.status_code == 400
    assert "cannot be written (Is a directory)" in response.content.decode()
    assert Candidate.objects.filter(pk=held.one.pk).exists()


def test_where_the_line_does_not_reach_the_disk_nothing_is_erased(
    client: Client, held: Held, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is written before the end of the transaction, which then takes nothing away."""

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    enter(client, held.row.system, "delivery_leader")
    monkeypatch.setattr(os, "fsync", full)
    response = client.post(to(held), SAID)
    assert response.status_code == 400
    assert "No space left on device" in response.content.decode()
    assert Candidate.objects.filter(pk=held.one.pk).exists()
    assert not AuditEntry.objects.filter(action="erase candidate").exists()
    assert journal.path().read_text(encoding="utf-8") == ""


# --------------------------------------------------------------------------- without the key
def test_it_works_without_the_key_but_for_what_only_the_key_shows(
    client: Client, held: Held, settings: Settings
) -> None:
    held.named()
    enter(client, held.row.system, "delivery_leader")
    right, settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS, []
    response = client.get(to(held))
    assert response.status_code == 200
    page = response.content.decode()
    assert "The key of confidential texts is missing or has changed" in page
    assert 'type="checkbox"' not in page
    erased(client, held)
    settings.CONFIDENTIAL_KEYS = right
    assert not Candidate.objects.filter(pk=held.one.pk).exists()
    assert Difficulty.objects.count() == 3, "who stands in one is sealed; a replay takes it up"


def test_ticks_of_a_page_that_had_the_key_are_refused_without_it(
    client: Client, held: Held, settings: Settings
) -> None:
    held.named()
    also = keys(held, "note")
    enter(client, held.row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    response = client.post(to(held), {**SAID, "also": also})
    assert response.status_code == 400
    assert "cannot be opened now" in response.content.decode()
    assert Candidate.objects.filter(pk=held.one.pk).exists()
