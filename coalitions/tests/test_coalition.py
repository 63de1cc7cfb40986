"""One coalition: who opens it, after which proof, and that every opening is logged."""

from datetime import date, timedelta
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

from coalitions.models import Candidate, CandidNote, Coalition
from coalitions.services import coalitions as services
from coalitions.tests.factories import (
    AppraisalFactory,
    CandidateFactory,
    CandidNoteFactory,
    CharterFactory,
    CircleFactory,
    CoalitionFactory,
    DelegateFactory,
    DifficultyFactory,
    NextStepFactory,
    StandingFactory,
)
from coalitions.tests.ladder import DELEGATES, HEADS, address, answers, be_delegate
from people.models import AuditEntry, Membership, Opening, System
from people.tests.entering import enter, prove
from people.tests.factories import ActorFactory, MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WORD = "vambrace"
MOST_QUERIES = 25
NEEDED = 25


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create(aspiration__title="Every child reads well")
    CandidNoteFactory.create(coalition=row, body=f"The {WORD} is wary.\n<b>bold</b>")
    return row


def to(row: Coalition) -> str:
    return address("coalition", row)


def opened(client: Client, row: Coalition) -> str:
    response = client.get(to(row))
    assert response.status_code == 200
    return response.content.decode()


# --------------------------------------------------------------------------- who
@pytest.mark.parametrize("role", sorted(HEADS))
def test_leaders_open_it(client: Client, row: Coalition, role: str) -> None:
    delegate = DelegateFactory.create(coalition=row, user=member(row, "Adviser"))
    enter(client, row.system, role)
    page = opened(client, row)
    assert WORD in page
    assert "&lt;b&gt;bold" in page
    assert "This person may ask to read this." in page
    assert address("name_delegate", row) in page
    assert address("end_delegate", row, delegate.pk) in page
    assert "Every child" not in page.split("</title>")[0]


def member(row: Coalition, name: str) -> Any:
    return MembershipFactory.create(system=row.system, role="viewer", user__name=name).user


@pytest.mark.parametrize("role", sorted(DELEGATES))
def test_a_named_delegate_opens_this_one_alone(client: Client, row: Coalition, role: str) -> None:
    be_delegate(client, row, role)
    page = opened(client, row)
    assert WORD in page
    assert address("name_delegate", row) not in page
    other = CoalitionFactory.create(aspiration__system=row.system)
    assert client.get(to(other)).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_a_role_too_small_opens_nothing_even_if_named(
    client: Client, row: Coalition, role: str
) -> None:
    be_delegate(client, row, role)
    assert client.get(to(row)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_else_finds_nothing(client: Client, row: Coalition, method: str) -> None:
    found = answers(client, row, method, to(row), {"body": "x"})
    assert found.pop("delegate") in {200, 302}
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}


def test_an_aspiration_without_one_answers_as_one_that_is_not_there(
    client: Client, row: Coalition
) -> None:
    enter(client, row.system, "delivery_leader")
    missing = reverse("coalition", args=[row.system.slug, "no-such-aim"])
    assert client.get(missing).status_code == 404


def test_removal_closes_it_at_once_and_coming_back_does_not_reopen_it(
    client: Client, row: Coalition
) -> None:
    delegate = be_delegate(client, row)
    assert WORD in opened(client, row)
    Membership.objects.filter(user=delegate.user).delete()
    assert client.get(to(row)).status_code == 404
    MembershipFactory.create(user=delegate.user, system=row.system, role="viewer")
    assert client.get(to(row)).status_code == 404
    assert delegate.user not in services.readers_of(row)
    enter(client, row.system, "delivery_leader")
    assert "No role now: closed to them" in opened(client, row)


def test_another_role_beside_it_changes_nothing(client: Client, row: Coalition) -> None:
    delegate = be_delegate(client, row)
    MembershipFactory.create(user=delegate.user, system=row.system, role="reviewer")
    assert WORD in opened(client, row)


def test_a_second_factor_is_asked_for(client: Client, row: Coalition) -> None:
    delegate = be_delegate(client, row)
    System.objects.filter(pk=row.system.pk).update(second_factor="leaders")
    assert client.get(to(row))["Location"].startswith(reverse("second_factor"))
    prove(client, delegate.user, "mfa")
    assert WORD in opened(client, row)


# --------------------------------------------------------------------------- proof and log
def test_fresh_proof_is_asked_for_after_a_quarter_of_an_hour(
    client: Client, row: Coalition
) -> None:
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        response = client.get(to(row))
        assert response["Location"].startswith(reverse("account_reauthenticate"))
        back = client.post(response["Location"], {"password": "a long and quiet phrase"})
        assert back["Location"] == to(row)
        assert WORD in opened(client, row)
    assert Opening.objects.count() == 1


def test_every_opening_is_logged_and_told_to_who_opens_it(client: Client, row: Coalition) -> None:
    leader = enter(client, row.system, "delivery_leader", user__name="Delivery Leader")
    opened(client, row)
    line = Opening.objects.get()
    assert (line.user, line.system, line.object_type, line.object_key) == (
        leader, row.system, "coalitions.Coalition", str(row.pk),
    )  # fmt: skip
    be_delegate(client, row)
    page = opened(client, row)
    assert "Opened 2 times" in page
    assert "Delivery Leader" in page
    assert "2 people can open this page, and each opening is logged." in page


def test_only_the_latest_openings_are_listed(client: Client, row: Coalition) -> None:
    leader = enter(client, row.system, "delivery_leader")
    Opening.objects.bulk_create(
        Opening(
            system=row.system, user=leader, object_type="coalitions.Coalition",
            object_key=str(row.pk),
        )
        for _number in range(30)
    )  # fmt: skip
    page = opened(client, row)
    assert "Opened 31 times" in page
    assert "The latest 20 are shown." in page


# --------------------------------------------------------------------------- writing
def test_a_note_is_added_and_the_trail_holds_nothing_of_it(client: Client, row: Coalition) -> None:
    for role in ("delivery_leader", "system_leader"):
        user = enter(client, row.system, role)
        assert client.post(to(row), {"body": "Wary of the union."})["Location"] == to(row)
    be_delegate(client, row)
    assert client.post(to(row), {"body": "Wary too."}).status_code == 302
    assert row.notes.count() == 4
    note = CandidNote.objects.get(author=user)
    line = AuditEntry.objects.about(note).get()
    assert line.after["body"] == "changed"
    assert "union" not in f"{line.before}{line.after}{line.object_key}{line.reason}"


@pytest.mark.parametrize("body", ["", "   ", "x" * 10_001, "a\x00b"])
def test_bad_input_is_said_and_shows_no_notes(client: Client, row: Coalition, body: str) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"body": body})
    page = response.content.decode()
    assert response.status_code == 400
    assert "There is a problem" in page
    assert WORD not in page
    assert row.notes.count() == 1


def test_what_is_typed_too_late_is_kept_and_waits_nowhere_unsealed(
    client: Client, row: Coalition
) -> None:
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.post(to(row), {"body": "brandling"})["Location"] == to(row)
    assert row.notes.count() == 2
    assert all("brandling" not in str(one.get_decoded()) for one in Session.objects.all())


def test_the_service_refuses_whom_the_page_would(row: Coalition) -> None:
    other = DelegateFactory.create(coalition__aspiration__system=row.system).user
    for user in (member(row, "Viewer"), other):
        with pytest.raises(PermissionDenied):
            services.add_note(coalition=row, body="x", actor=user)
    assert row.notes.count() == 1


# --------------------------------------------------------------------------- the key
@pytest.mark.parametrize("keys", [[], [Fernet.generate_key().decode()]])
def test_without_the_key_the_page_says_so_and_nothing_is_overwritten(
    client: Client, row: Coalition, settings: Settings, keys: list[str]
) -> None:
    enter(client, row.system, "delivery_leader")
    kept, settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS, keys
    response = client.get(to(row))
    assert response.status_code == 503
    assert "Nothing was overwritten" in response.content.decode()
    settings.CONFIDENTIAL_KEYS = kept
    assert WORD in opened(client, row)


def test_without_a_key_no_note_is_kept_and_what_was_typed_stays(
    client: Client, row: Coalition, settings: Settings
) -> None:
    enter(client, row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    response = client.post(to(row), {"body": "Wary of the union."})
    assert response.status_code == 503
    assert "Wary of the union." in response.content.decode()
    assert row.notes.count() == 1


# --------------------------------------------------------------------------- manners
def test_no_browser_keeps_it(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    assert "no-store" in client.get(to(row))["Cache-Control"]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, row: Coalition, method: str) -> None:
    enter(client, row.system, "delivery_leader")
    assert getattr(client, method)(to(row)).status_code == 405


# --------------------------------------------------------------------------- the group
def test_an_empty_one_says_how_to_begin(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    assert "Nobody is on the long list yet. Begin with what the coalition is for." in page
    assert address("edit_charter", row) in page
    assert address("own_list", row) in page
    assert address("new_candidate", row) in page
    assert "Group checks" not in page


def test_the_table_holds_every_fact_of_each_candidate(client: Client, row: Coalition) -> None:
    adviser = judged(row, "Governor’s education adviser", "Governor’s office", cause="Not aware")
    leader = judged(
        row, "Teachers’ union leader", "Teachers", potential="4", power="4",
        powers="credibility,leadership,position",
    )  # fmt: skip
    director = ActorFactory.create(system=row.system, name="Budget director")
    bare = CandidateFactory.create(coalition=row, actor=director)
    StandingFactory.create(candidate=leader, status="shortlisted")
    pair = DifficultyFactory.create(
        coalition=row, between=f"{adviser.actor_id},{leader.actor_id}", plan="Meet both"
    )
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:3]
    first, second, third = (" ".join(text.split()) for text in rows)
    for words in ("<b>B</b> Teachers’ union leader", "Low", "Very high", "Credibility",
                  "also leadership, position", "Teachers", "Governor’s education adviser",
                  "Shortlist", "Win over", address("edit_difficulty", row, pair.pk)):  # fmt: skip
        assert words in first
    for words in ("<b>A</b> Governor’s education adviser", "Not aware", "Proposed"):
        assert words in second
    for words in ("Budget director", "Not judged", "None noted",
                  address("appraise_candidate", row, bare.number)):  # fmt: skip
        assert words in third
    assert "One person is on the short list." in page


def test_who_is_excluded_comes_last_with_reason_and_plan(client: Client, row: Coalition) -> None:
    chair = judged(row, "Senate chair", "Legislature", alignment="1", potential="1", power="4")
    judged(row, "Parent organiser", "Families", power="1")
    StandingFactory.create(
        candidate=chair, status="excluded", reason="Opposed for years", plan="By the hearing"
    )
    enter(client, row.system, "delivery_leader")
    page = opened(client, row).split("<tbody>")[1].split("</tbody>")[0]
    assert page.index("Parent organiser") < page.index("Senate chair")
    for words in ("Excluded", "Work around", "Opposed for years", "By the hearing"):
        assert words in page


def test_the_charter_the_steps_and_the_review_stand_there(client: Client, row: Coalition) -> None:
    CharterFactory.create(coalition=row, purpose="Clear the way", criteria="Power over reading")
    for day in range(1, 9):
        NextStepFactory.create(coalition=row, what=f"Step {day}", due=date(2025, 3, day))
    NextStepFactory.create(coalition=row, what="Long done", done_on=date(2025, 1, 1))
    CircleFactory.create(coalition=row, name="Principals", size=1215)
    Coalition.objects.filter(pk=row.pk).update(review_due=date(2025, 3, 1))
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    for words in ("Clear the way", "Power over reading", "Step 1", "Step 6", "Overdue",
                  "2 more steps", "Review was due on 1 March 2025", "1,215",
                  "It may fragment"):  # fmt: skip
        assert words in page
    assert "Step 7" not in page
    assert "Long done" not in page


def judged(row: Coalition, office: str, sphere: str, **view: Any) -> Candidate:
    actor = ActorFactory.create(system=row.system, name=office, sphere=sphere)
    found: Candidate = CandidateFactory.create(coalition=row, actor=actor)
    AppraisalFactory.create(candidate=found, **view)
    return found


def test_queries_do_not_grow_with_the_candidates(
    client: Client, row: Coalition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    enter(client, row.system, "delivery_leader")
    CharterFactory.create(coalition=row)
    opened(client, row)  # fills what the process keeps
    for count in (3, 27):
        for _number in range(count):
            found = judged(row, f"Office {row.candidates.count()}", "Department")
            AppraisalFactory.create(candidate=found)
            StandingFactory.create(candidate=found)
            NextStepFactory.create(coalition=row, candidate=found)
        DifficultyFactory.create(coalition=row)
        CircleFactory.create(coalition=row)
        with django_assert_num_queries(NEEDED):
            opened(client, row)


def test_queries_do_not_grow_with_the_page(
    client: Client, row: Coalition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(20):
        CandidNoteFactory.create(coalition=row)
        delegate = DelegateFactory.create(coalition=row)
        Opening.objects.create(
            system=row.system, user=delegate.user, object_type="coalitions.Coalition",
            object_key=str(row.pk),
        )  # fmt: skip
    enter(client, row.system, "delivery_leader")
    with django_assert_max_num_queries(MOST_QUERIES):
        opened(client, row)
