"""Naming who takes part: members of the system, never oneself, the joint team by leaders."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from people.models import AuditEntry, Membership, User
from people.tests.entering import enter
from people.tests.factories import MembershipFactory, UserFactory
from reviews.models import Participant, Round
from reviews.services import participants
from reviews.tests.factories import GuestFactory, ParticipantFactory, RoundFactory, ScoreFactory
from reviews.tests.ladder import REFUSED, address, answers

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Round:
    return RoundFactory.create(title="Spring pass")


@pytest.fixture
def reviewer(row: Round) -> User:
    user: User = MembershipFactory.create(
        system=row.system, role="reviewer", user__name="Inspector", user__email="i@example.org"
    ).user
    return user


def filled(user: User, **more: Any) -> dict[str, Any]:
    return {"user": user.pk, "kind": "independent", **more}


@pytest.mark.parametrize("role", ["delivery_leader", "unit_staff"])
def test_the_unit_names_a_member(client: Client, row: Round, reviewer: User, role: str) -> None:
    user = enter(client, row.system, role)
    assert (
        "Inspector (i@example.org)" in client.get(address("name_participant", row)).content.decode()
    )
    response = client.post(address("name_participant", row), filled(reviewer))
    assert response["Location"] == address("review", row)
    part = Participant.objects.get()
    assert (part.user, part.kind, part.joint_team, part.named_by) == (
        reviewer, "independent", False, user,
    )  # fmt: skip
    line = AuditEntry.objects.about(part).get()
    assert (line.actor, line.action, line.after["user"]) == (user, "create", "Inspector")


def test_only_leaders_choose_the_joint_team(client: Client, row: Round) -> None:
    one, other = (MembershipFactory.create(system=row.system).user for _ in range(2))
    enter(client, row.system, "unit_staff")
    assert "In the joint team" not in client.get(address("name_participant", row)).content.decode()
    client.post(address("name_participant", row), filled(one, joint_team="on"))
    assert not Participant.objects.get().joint_team
    staff = MembershipFactory.create(system=row.system).user
    with pytest.raises(PermissionDenied):
        participants.name(round=row, user=other, kind="unit", joint_team=True, actor=staff)
    enter(client, row.system, "delivery_leader")
    client.post(address("name_participant", row), filled(other, joint_team="on"))
    assert Participant.objects.get(user=other).joint_team


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_a_role_that_opens_no_notes_joins_no_joint_team(
    client: Client, row: Round, role: str
) -> None:
    user = MembershipFactory.create(system=row.system, role=role).user
    enter(client, row.system, "delivery_leader")
    response = client.post(address("name_participant", row), filled(user, joint_team="on"))
    assert response.status_code == 400
    assert "cannot be in the joint team" in response.content.decode()
    assert not Participant.objects.exists()


def test_who_is_no_member_here_is_unknown(client: Client, row: Round) -> None:
    elsewhere = MembershipFactory.create(role="reviewer", user__name="Foreign Inspector").user
    gone = MembershipFactory.create(system=row.system, user__is_active=False).user
    enter(client, row.system, "delivery_leader")
    assert "Foreign Inspector" not in client.get(address("name_participant", row)).content.decode()
    for user in (elsewhere, gone, UserFactory.create()):
        response = client.post(address("name_participant", row), filled(user))
        assert response.status_code == 400
        assert "Choose a member of this system" in response.content.decode()
        with pytest.raises(ValidationError, match="Only members"):
            participants.name(
                round=row, user=user, kind="unit", actor=enter(client, row.system, "unit_staff")
            )
    assert not Participant.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"user": ""},
        {"user": "x"},
        {"kind": "king"},
        {"kind": ""},
        {"tier": "king"},
        {"body": "x" * 121},
    ],
)
def test_bad_input_is_named(
    client: Client, row: Round, reviewer: User, wrong: dict[str, str]
) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(address("name_participant", row), {**filled(reviewer), **wrong})
    assert response.status_code == 400
    assert "There is a problem" in response.content.decode()
    assert not Participant.objects.exists()


def test_nobody_names_themselves(client: Client, row: Round) -> None:
    user = enter(client, row.system, "delivery_leader")
    assert client.post(address("name_participant", row), filled(user)).status_code == 400
    with pytest.raises(ValidationError, match="Nobody names themselves"):
        participants.name(round=row, user=user, kind="unit", actor=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participant.objects.create(round=row, user=user, kind="unit", named_by=user)


def test_nobody_is_named_twice(client: Client, row: Round, reviewer: User) -> None:
    ParticipantFactory.create(round=row, user=reviewer)
    actor = enter(client, row.system, "unit_staff")
    assert "Inspector (" not in client.get(address("name_participant", row)).content.decode()
    assert client.post(address("name_participant", row), filled(reviewer)).status_code == 400
    with pytest.raises(ValidationError, match="named on “Spring pass” already"):
        participants.name(round=row, user=reviewer, kind="unit", actor=actor)


def test_who_left_and_came_back_is_named_anew(client: Client, row: Round, reviewer: User) -> None:
    old = ParticipantFactory.create(round=row, user=reviewer)
    Membership.objects.filter(user=reviewer).delete()
    MembershipFactory.create(user=reviewer, system=row.system, role="reviewer")
    enter(client, row.system, "unit_staff")
    assert client.post(address("name_participant", row), filled(reviewer)).status_code == 302
    part = Participant.objects.get()
    assert (part.pk, part.at > old.at) == (old.pk, True)
    client.force_login(reviewer)
    assert client.get(address("review", row)).status_code == 200


def test_who_was_taken_off_is_named_again_and_keeps_their_scores(
    client: Client, row: Round, reviewer: User
) -> None:
    part = ParticipantFactory.create(round=row, user=reviewer, kind="self")
    ScoreFactory.create(participant=part)
    participants.take_off(participant=part, reason="Away until the spring.")
    enter(client, row.system, "unit_staff")
    assert "Inspector (" in client.get(address("name_participant", row)).content.decode()
    client.post(address("name_participant", row), filled(reviewer, kind="self"))
    part.refresh_from_db()
    assert (part.left_at, part.scores.count()) == (None, 1)
    assert AuditEntry.objects.about(part).first().action == "name again"  # type: ignore[union-attr]


@pytest.mark.parametrize("has_scored", [True, False])
@pytest.mark.parametrize("other", [
    {"kind": "unit", "signs": "on"}, {"kind": "unit"}, {"kind": "survey"},
])  # fmt: skip
def test_who_scored_in_confidence_is_not_named_again_in_another_part(
    client: Client, row: Round, reviewer: User, other: dict[str, str], has_scored: bool
) -> None:
    """As a signer, or in two groups, what they gave would be read; the answer tells nothing."""
    part = ParticipantFactory.create(round=row, user=reviewer, kind="self")
    if has_scored:
        ScoreFactory.create(participant=part)
    participants.take_off(participant=part, reason="Away until the spring.")
    enter(client, row.system, "delivery_leader")
    response = client.post(address("name_participant", row), filled(reviewer, **other))
    assert response.status_code == 400
    assert "what was promised of them stands" in response.content.decode()
    part.refresh_from_db()
    assert (part.kind, part.signs) == ("self", False)


def test_who_was_not_asked_for_scores_may_be_later(
    client: Client, row: Round, reviewer: User
) -> None:
    part = ParticipantFactory.create(round=row, user=reviewer, kind="unit")
    participants.take_off(participant=part, reason="Speaks for the schools.")
    enter(client, row.system, "unit_staff")
    client.post(address("name_participant", row), filled(reviewer, kind="survey"))
    part.refresh_from_db()
    assert (part.kind, part.left_at) == ("survey", None)


def test_scores_once_signed_never_count_in_a_group(row: Round, reviewer: User) -> None:
    part = ParticipantFactory.create(round=row, user=reviewer, kind="independent", signs=True)
    ScoreFactory.create(participant=part)
    actor = MembershipFactory.create(system=row.system).user
    participants.take_off(participant=part, reason="Somebody else signs.")
    with pytest.raises(ValidationError, match="what was promised"):
        participants.name(round=row, user=reviewer, actor=actor, kind="survey")
    participants.name(round=row, user=reviewer, actor=actor, kind="independent")
    part.refresh_from_db()
    assert part.kind == "independent"


def test_all_that_is_said_of_a_part_is_kept(client: Client, row: Round, reviewer: User) -> None:
    enter(client, row.system, "unit_staff")
    more = {"tier": "outside", "body": "Office of Standards", "signs": "on", "again": "1"}
    response = client.post(address("name_participant", row), filled(reviewer, **more))
    assert response["Location"] == address("name_participant", row)
    part = Participant.objects.get()
    assert (part.tier, part.body, part.signs) == ("outside", "Office of Standards", True)


def test_one_person_signs_for_a_body(client: Client, row: Round, reviewer: User) -> None:
    first = ParticipantFactory.create(round=row, signs=True)
    enter(client, row.system, "unit_staff")
    to = address("name_participant", row)
    response = client.post(to, filled(reviewer, signs="on"))
    assert response.status_code == 400
    assert f"{first.who} signs for this body already" in response.content.decode()
    participants.take_off(participant=first, reason="Another signs now.")
    assert client.post(to, filled(reviewer, signs="on")).status_code == 302


def test_only_a_body_has_a_signed_sheet(client: Client, row: Round, reviewer: User) -> None:
    enter(client, row.system, "unit_staff")
    response = client.post(
        address("name_participant", row), filled(reviewer, kind="survey", signs="on")
    )
    assert response.status_code == 400
    assert "sheets are signed" in response.content.decode()


@pytest.mark.parametrize("left", [True, False])
def test_a_guest_is_not_named_beside_their_own_scores(
    client: Client, row: Round, reviewer: User, left: bool
) -> None:
    guest = GuestFactory.create(round=row, email="i@example.org")
    if left:
        participants.take_off(participant=guest, reason="Has an account now.")
    enter(client, row.system, "unit_staff")
    response = client.post(address("name_participant", row), filled(reviewer))
    assert response.status_code == 400
    assert "invite them as a guest again" in response.content.decode()


def test_others_are_refused(client: Client, row: Round, reviewer: User) -> None:
    to = address("name_participant", row)
    assert answers(client, row, "post", to, filled(reviewer)) == REFUSED
    assert not row.participants.filter(user=reviewer).exists()


def test_other_methods_are_refused(client: Client, row: Round) -> None:
    enter(client, row.system, "unit_staff")
    assert client.delete(address("name_participant", row)).status_code == 405
