"""Releasing results: the leader first, then the team; what each step opens, and not before."""

from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, TestCase
from django.urls import reverse

from people.models import Action, AuditEntry
from people.services import Conflict
from people.tests.entering import enter
from people.tests.factories import MembershipFactory
from reviews.models import Round
from reviews.services.releases import release_to_leader, release_to_team
from reviews.tests.concluding import (
    CLOSED_TO,
    SECRET,
    closed_round,
    element,
    join,
    lead,
    read_trail,
)
from reviews.tests.factories import (
    AgreedScoreFactory,
    FindingFactory,
    ParticipantFactory,
    ReviewActionFactory,
    RoundFactory,
)
from reviews.tests.ladder import address, answers

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LEADER = {"step": "leader", "version": "1", "sure": "on"}
TEAM = {"step": "team", "version": "2", "sure": "on"}


@pytest.fixture
def row() -> Round:
    return closed_round(title="Round 2")


def to(row: Round) -> str:
    return address("release_results", row)


def test_the_leaders_hear_first(client: Client, row: Round) -> None:
    user = lead(client, row)
    page = client.get(to(row)).content.decode()
    assert "Only the joint team reads the results now." in page
    assert "No finding is written down." in page
    assert "2 elements have no agreed score yet." in page
    assert client.post(to(row), LEADER)["Location"] == to(row)
    row.refresh_from_db()
    assert row.leader_at is not None
    assert row.team_at is None
    line = AuditEntry.objects.about(row).get()
    assert (line.action, line.actor) == ("release to leaders", user)
    assert "The leaders can read the results." in client.get(to(row)).content.decode()


def test_then_the_team(client: Client, row: Round) -> None:
    release_to_leader(round=row, version=1)
    leader = enter(client, row.system, "system_leader")
    assert "after the leader has heard it" in client.get(to(row)).content.decode()
    assert client.post(to(row), TEAM).status_code == 302
    row.refresh_from_db()
    assert row.team_at is not None
    lines = AuditEntry.objects.about(row)
    assert [line.action for line in lines] == ["release to team", "release to leaders"]
    assert lines[0].actor == leader
    page = client.get(to(row)).content.decode()
    assert "The leaders and the team can read the results." in page
    assert '<form class="card"' not in page


def test_the_actions_are_shared_with_the_team_s_release_and_not_before(
    client: Client, row: Round
) -> None:
    agreed = ReviewActionFactory.create(implication__finding__round=row, action__what=SECRET)
    gone = ReviewActionFactory.create(implication__finding__round=row)
    FindingFactory.create(round=row)
    gone.implication.withdrawn_at = row.closed_at
    gone.implication.save()
    elsewhere = ReviewActionFactory.create(implication__finding__round__system=row.system)
    staff = enter(client, row.system, "viewer")
    release_to_leader(round=row, version=1)
    assert not Action.objects.visible_to(staff).exists()
    assert SECRET not in read_trail(row)
    release_to_team(round=row, version=2)
    assert list(Action.objects.visible_to(staff)) == [agreed.action]
    elsewhere.action.refresh_from_db()
    assert not elsewhere.action.shared
    assert AuditEntry.objects.about(agreed.action).get().action == "share action"


def pages(client: Client, row: Round) -> dict[str, tuple[int, int]]:
    """What each kind of person gets of the findings and of the page of the release."""
    found = {}
    for role in ("delivery_leader", "system_leader", "unit_staff", "viewer"):
        enter(client, row.system, role)
        found[role] = statuses(client, row)
    join(client, row)
    found["joint team"] = statuses(client, row)
    part = ParticipantFactory.create(round=row)
    client.force_login(part.user)
    found["named reviewer"] = statuses(client, row)
    return found


def statuses(client: Client, row: Round) -> tuple[int, int]:
    return client.get(address("findings", row)).status_code, client.get(to(row)).status_code


@pytest.mark.parametrize(
    ("steps", "leader", "team"),
    [(0, (404, 404), (404, 404)), (1, (200, 200), (404, 404)), (2, (200, 200), (200, 403))],
)
def test_each_step_opens_it_to_its_own(
    client: Client, row: Round, steps: int, leader: Any, team: Any
) -> None:
    for version, step in enumerate((release_to_leader, release_to_team)[:steps], 1):
        step(round=row, version=version)
    assert pages(client, row) == {
        "delivery_leader": (200, 200), "joint team": (200, 403), "viewer": (404, 404),
        "system_leader": leader, "unit_staff": team, "named reviewer": team,
    }  # fmt: skip


@pytest.mark.parametrize(("released", "where"), [(0, 404), (1, 404), (2, 200)])
def test_before_the_team_s_release_the_unit_finds_no_word_of_it(
    client: Client, row: Round, released: int, where: int
) -> None:
    FindingFactory.create(round=row, text=SECRET)
    ReviewActionFactory.create(implication__finding__round=row, action__what="Brass lantern")
    for version, step in enumerate((release_to_leader, release_to_team)[:released], 1):
        step(round=row, version=version)
    enter(client, row.system, "unit_staff")
    assert client.get(address("findings", row)).status_code == where
    slug = row.system.slug
    for at in (
        reverse("trail", args=[slug]), reverse("search") + "?q=lantern",
        reverse("search") + "?q=middle", reverse("review", args=[slug, row.pk]),
        reverse("capacity", args=[slug]), reverse("dashboard", args=[slug]),
    ):  # fmt: skip
        page = client.get(at).content.decode()
        assert SECRET not in page
        assert released == 2 or "Brass lantern" not in page
    listed = client.get(reverse("actions", args=[slug])).content.decode()
    assert ("Brass lantern" in listed) == (released == 2)


def test_mails_say_where_and_nothing_of_what(row: Round) -> None:
    FindingFactory.create(round=row, text=SECRET)
    people = {
        role: MembershipFactory.create(system=row.system, role=role).user.email
        for role in ("delivery_leader", "system_leader", "unit_staff", "viewer")
    }
    named = ParticipantFactory.create(round=row).user.email
    with TestCase.captureOnCommitCallbacks(execute=True):
        release_to_leader(round=row, version=1)
    assert [one.to for one in mail.outbox] == [[people["system_leader"]]]
    assert mail.outbox[0].subject == "The conclusions of “Round 2” are ready for you"
    mail.outbox.clear()
    with TestCase.captureOnCommitCallbacks(execute=True):
        release_to_team(round=row, version=2)
    assert {one.to[0] for one in mail.outbox} == {people["unit_staff"], named}
    for one in mail.outbox:
        assert address("results", row) in one.body
        assert SECRET not in f"{one.body} {one.subject}"


def test_who_releases_gets_no_mail_of_it(row: Round) -> None:
    release_to_leader(round=row, version=1)
    leader = MembershipFactory.create(system=row.system, role="system_leader").user
    MembershipFactory.create(system=row.system, role="unit_staff", user=leader)
    with TestCase.captureOnCommitCallbacks(execute=True):
        release_to_team(round=row, version=2, actor=leader)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"sure": ""}, "Tick that you know it cannot be taken back"),
        ({"step": "team"}, "The leader hears first."),
        ({"step": "press"}, "There is no such step."),
        ({"step": ""}, "There is a problem"),
        ({"version": "x"}, "nothing was saved"),
    ],
)
def test_bad_input_releases_nothing(
    client: Client, row: Round, wrong: dict[str, str], words: str
) -> None:
    lead(client, row)
    response = client.post(to(row), {**LEADER, **wrong})
    assert response.status_code == 400
    assert words in response.content.decode()
    row.refresh_from_db()
    assert row.leader_at is None


def test_who_saw_an_older_round_confirms_again(client: Client, row: Round) -> None:
    lead(client, row)
    Round.objects.filter(pk=row.pk).update(title="Round 2, again", version=5)
    response = client.post(to(row), LEADER)
    assert response.status_code == 409
    page = response.content.decode()
    assert "nothing was released" in page
    assert 'name="version" value="5"' in page
    with pytest.raises(Conflict):
        release_to_leader(round=row, version=1)
    row.refresh_from_db()
    assert row.leader_at is None


def test_each_step_is_taken_once(row: Round) -> None:
    release_to_leader(round=row, version=1)
    with pytest.raises(ValidationError, match="to the leaders already"):
        release_to_leader(round=row, version=2)
    release_to_team(round=row, version=2)
    with pytest.raises(ValidationError, match="to the team already"):
        release_to_team(round=row, version=3)


def test_only_a_closed_round_is_released(client: Client) -> None:
    row = RoundFactory.create(is_light=True)
    lead(client, row)
    assert "There is nothing to release" not in client.get(to(row)).content.decode()
    response = client.post(to(row), LEADER)
    assert response.status_code == 400
    assert "is not closed, so there is nothing to release" in response.content.decode()


def test_agreed_scores_leave_no_doubt(client: Client, row: Round) -> None:
    AgreedScoreFactory.create(round=row, element=element(row, "5A"))
    FindingFactory.create(round=row)
    lead(client, row)
    page = client.get(to(row)).content.decode()
    assert "One element has no agreed score yet." in page
    assert "No finding is written down." not in page


def test_others_are_refused(client: Client, row: Round) -> None:
    assert answers(client, row, "post", to(row), LEADER) == CLOSED_TO
    leader = MembershipFactory.create(system=row.system, role="system_leader").user
    staff = join(client, row, "unit_staff")
    for actor in (leader, staff):
        with pytest.raises(PermissionDenied):
            release_to_leader(round=row, version=1, actor=actor)
    row.refresh_from_db()
    assert row.leader_at is None


def test_a_leader_in_the_joint_team_may_release_to_themselves(client: Client, row: Round) -> None:
    join(client, row, "system_leader")
    assert client.post(to(row), LEADER).status_code == 302


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    lead(client, row)
    assert client.delete(to(row)).status_code == 405
