"""Notes of interviews: who opens them, after which proof, and that every opening is logged."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from people.models import AuditEntry, Membership, Opening, System
from people.tests.entering import enter, prove
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from reviews.models import InterviewNote, Participant, Round
from reviews.services import moves, notes
from reviews.tests.factories import InterviewNoteFactory, ParticipantFactory, RoundFactory
from reviews.tests.ladder import OTHERS, address, answers, take_part

pytestmark = pytest.mark.django_db
WORD = "quillon"
MOST_QUERIES = 25
TEAM = {"unit_staff", "viewer", "steward", "leader_office", "accountable_head", "plan_owner"}


@pytest.fixture
def row() -> Round:
    row: Round = RoundFactory.create(title="Spring pass")
    InterviewNoteFactory.create(round=row, body=f"The {WORD} matters.\n<b>bold</b>")
    return row


def to(row: Round) -> str:
    return address("interview_notes", row)


def opened(client: Client, row: Round) -> str:
    response = client.get(to(row))
    assert response.status_code == 200
    return response.content.decode()


# --------------------------------------------------------------------------- who
@pytest.mark.parametrize("role", ["system_leader", "delivery_leader"])
def test_leaders_open_them(client: Client, row: Round, role: str) -> None:
    enter(client, row.system, role)
    page = opened(client, row)
    assert WORD in page
    assert "&lt;b&gt;bold" in page
    assert "Keep this note" in page
    assert "This person may ask to read this." in page
    assert "<title>\n" in page or "<title>Notes" in page
    assert WORD not in page.split("</title>")[0]


@pytest.mark.parametrize("role", sorted(TEAM))
def test_the_joint_team_opens_those_of_its_round(client: Client, row: Round, role: str) -> None:
    take_part(client, row, role, joint_team=True)
    assert WORD in opened(client, row)
    other = RoundFactory.create(system=row.system)
    assert client.get(to(other)).status_code == 404


@pytest.mark.parametrize("role", sorted(TEAM | {"reviewer", "data_provider"}))
def test_participants_outside_the_joint_team_do_not(client: Client, row: Round, role: str) -> None:
    take_part(client, row, role)
    assert client.get(to(row)).status_code == 404
    assert client.post(to(row), {"body": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_a_reviewer_does_not_even_if_marked(client: Client, row: Round, role: str) -> None:
    take_part(client, row, role, joint_team=True)
    assert client.get(to(row)).status_code == 404


@pytest.mark.parametrize("role", sorted({"unit_staff", *OTHERS}))
def test_who_is_not_named_does_not(client: Client, row: Round, role: str) -> None:
    enter(client, row.system, role)
    assert client.get(to(row)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_does(client: Client, row: Round, method: str) -> None:
    found = answers(client, row, method, to(row), {"body": "x"})
    assert found.pop("system_leader") in {200, 302}
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}
    assert not Opening.objects.exclude(user__memberships__role="system_leader").exists()


def test_removal_closes_them_at_once_and_coming_back_does_not_reopen_them(
    client: Client, row: Round
) -> None:
    part = take_part(client, row, "viewer", joint_team=True)
    assert WORD in opened(client, row)
    Membership.objects.filter(user=part.user).delete()
    assert client.get(to(row)).status_code == 404
    MembershipFactory.create(user=part.user, system=row.system, role="viewer")
    assert client.get(to(row)).status_code == 404
    assert part.user not in notes.readers_of(row)


def test_a_lesser_role_closes_them_at_once(client: Client, row: Round) -> None:
    part = take_part(client, row, "viewer", joint_team=True)
    Membership.objects.filter(user=part.user).update(role="data_provider")
    assert client.get(to(row)).status_code == 404


def test_a_second_factor_is_asked_for(client: Client, row: Round) -> None:
    part = take_part(client, row, "viewer", joint_team=True)
    System.objects.filter(pk=row.system.pk).update(second_factor="leaders")
    assert client.get(to(row))["Location"].startswith(reverse("second_factor"))
    assert part.user
    prove(client, part.user, "mfa")
    assert WORD in opened(client, row)


# --------------------------------------------------------------------------- proof
def test_fresh_proof_is_asked_for_after_a_quarter_of_an_hour(client: Client, row: Round) -> None:
    user = enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        assert WORD in opened(client, row)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        response = client.get(to(row))
        assert response["Location"] == f"{reverse('account_reauthenticate')}?next=" + to(
            row
        ).replace("/", "%2F")
        back = client.post(response["Location"], {"password": "a long and quiet phrase"})
        assert back["Location"] == to(row)
        assert WORD in opened(client, row)
    assert Opening.objects.filter(user=user).count() == 2


def test_a_session_without_a_record_of_proof_opens_nothing(client: Client, row: Round) -> None:
    user = enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    client.force_login(user)
    session = client.session
    session.pop("account_authentication_methods", None)
    session.save()
    assert client.get(to(row)).status_code == 302
    assert not Opening.objects.exists()


def test_who_has_no_password_here_signs_in_once_more(client: Client, row: Round) -> None:
    user = enter(client, row.system, "delivery_leader")
    assert not user.has_usable_password()
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        response = client.get(to(row))
        page = response.content.decode()
        assert response.status_code == 403
        assert "Sign in once more" in page
        assert f'name="next" value="{to(row)}"' in page
        assert WORD not in page
    assert not Opening.objects.exists()


def test_whoever_may_not_open_them_is_never_asked_for_proof(client: Client, row: Round) -> None:
    enter(client, row.system, "viewer", user__password="a long and quiet phrase")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(to(row)).status_code == 404


# --------------------------------------------------------------------------- the log
def test_every_opening_is_logged_and_told_to_who_opens_them(client: Client, row: Round) -> None:
    first = enter(client, row.system, "delivery_leader", user__name="Delivery Leader")
    opened(client, row)
    line = Opening.objects.get()
    assert (line.user, line.system, line.object_type, line.object_key) == (
        first, row.system, "reviews.Round", str(row.pk),
    )  # fmt: skip
    assert len(line.request_id) == 36
    take_part(client, row, "viewer", joint_team=True, user=member(row, "Joint Colleague"))
    page = opened(client, row)
    assert "Opened 2 times" in page
    assert "Delivery Leader" in page
    assert page.count("Joint Colleague") >= 2
    assert "2 people can open this page; every opening is logged." in page


def member(row: Round, name: str) -> Any:
    return MembershipFactory.create(system=row.system, role="viewer", user__name=name).user


def test_what_cannot_be_logged_is_not_shown(
    client: Client, row: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(client, row.system, "delivery_leader")

    def fail(**_: Any) -> None:
        raise RuntimeError("the log is full")

    monkeypatch.setattr("people.confidential.openings.Opening.objects.create", fail)
    client.raise_request_exception = False
    response = client.get(to(row))
    assert response.status_code == 500
    assert WORD not in response.content.decode()


def test_openings_of_other_rounds_are_not_told_here(client: Client, row: Round) -> None:
    other = RoundFactory.create(system=row.system)
    Opening.objects.create(
        system=row.system, user=UserFactory.create(name="Elsewhere"),
        object_type="reviews.Round", object_key=str(other.pk),
    )  # fmt: skip
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    assert "Elsewhere" not in page
    assert "Opened once" in page


# --------------------------------------------------------------------------- writing
@pytest.mark.parametrize("role", ["system_leader", "delivery_leader"])
def test_a_note_is_added(client: Client, row: Round, role: str) -> None:
    user = enter(client, row.system, role)
    assert client.post(to(row), {"body": "They fear the hearing."})["Location"] == to(row)
    note = InterviewNote.objects.first()
    assert note
    assert (note.author, note.round, note.body) == (user, row, "They fear the hearing.")
    line = AuditEntry.objects.about(note).get()
    assert (line.action, line.actor, line.after["body"]) == ("create", user, "changed")
    assert "hearing" not in f"{line.before}{line.after}{line.object_key}{line.reason}"
    assert not Opening.objects.exists(), "writing opens nothing"


def test_the_joint_team_adds_notes(client: Client, row: Round) -> None:
    take_part(client, row, "viewer", joint_team=True)
    assert client.post(to(row), {"body": "Heard."}).status_code == 302
    assert row.notes.count() == 2


@pytest.mark.parametrize("body", ["", "   ", "x" * 10_001, "a\x00b"])
def test_bad_input_is_said_and_shows_no_notes(client: Client, row: Round, body: str) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"body": body})
    page = response.content.decode()
    assert response.status_code == 400
    assert "There is a problem" in page
    assert WORD not in page
    assert row.notes.count() == 1
    assert not Opening.objects.exists()


def test_a_closed_round_takes_no_notes_and_loses_no_typing(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    moves.close(round=row)
    response = client.post(to(row), {"body": "Too late."})
    assert response.status_code == 400
    assert "Too late." in response.content.decode()
    assert "is closed" in response.content.decode()
    assert row.notes.count() == 1
    assert "Keep this note" not in opened(client, row)


def test_what_is_typed_too_late_is_kept_and_waits_nowhere_unsealed(
    client: Client, row: Round
) -> None:
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        response = client.post(to(row), {"body": "brandling"})
        assert response["Location"] == to(row)
        assert client.get(to(row)).status_code == 302
    assert row.notes.count() == 2
    assert all("brandling" not in str(one.get_decoded()) for one in Session.objects.all())


def test_the_service_refuses_whom_the_page_would(row: Round) -> None:
    staff = MembershipFactory.create(system=row.system).user
    stranger = MembershipFactory.create(system=SystemFactory.create(), role="delivery_leader").user
    for user in (staff, stranger):
        with pytest.raises(PermissionDenied):
            notes.add_note(round=row, body="x", actor=user)
    assert row.notes.count() == 1


# --------------------------------------------------------------------------- the key
@pytest.mark.parametrize("keys", [[], [Fernet.generate_key().decode()]])
def test_without_the_key_the_page_says_so_and_nothing_is_overwritten(
    client: Client, row: Round, settings: Settings, keys: list[str]
) -> None:
    enter(client, row.system, "delivery_leader")
    kept, settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS, keys
    response = client.get(to(row))
    page = response.content.decode()
    assert response.status_code == 503
    assert "cannot be opened now" in page
    assert "Nothing was overwritten" in page
    assert not Opening.objects.exists(), "nothing was shown"
    assert client.get(address("review", row)).status_code == 200
    settings.CONFIDENTIAL_KEYS = kept
    assert WORD in opened(client, row)


def test_without_a_key_no_note_is_kept_and_what_was_typed_stays(
    client: Client, row: Round, settings: Settings
) -> None:
    enter(client, row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    response = client.post(to(row), {"body": "They fear the hearing."})
    page = response.content.decode()
    assert response.status_code == 503
    assert "They fear the hearing." in page
    assert "Nothing was saved" in page
    assert row.notes.count() == 1


# --------------------------------------------------------------------------- manners
def test_no_browser_keeps_it(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.get(to(row))
    assert "no-store" in response["Cache-Control"]
    assert 'autocomplete="off"' in response.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, row: Round, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405


def test_queries_do_not_grow_with_the_page(
    client: Client, row: Round, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(20):
        InterviewNoteFactory.create(round=row)
        member = ParticipantFactory.create(round=row, role="viewer", joint_team=True).user
        Opening.objects.create(
            system=row.system, user=member, object_type="reviews.Round", object_key=str(row.pk)
        )
    assert Participant.objects.count() == 20
    enter(client, row.system, "delivery_leader")
    with django_assert_max_num_queries(MOST_QUERIES):
        opened(client, row)
