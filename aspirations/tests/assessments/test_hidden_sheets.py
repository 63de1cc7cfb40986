"""While a round is open nobody learns what another wrote, nor who sent what, by any way."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Assessment, AssessmentRound, Assessor, Challenge
from aspirations.services import assessments
from aspirations.tests.assessments.scene import Scene, signed_in
from people.models import AuditEntry, User
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db
# Words that stand nowhere but in Ana's sheet.
SECRET = "Quietly the plan has lost its owner."
ROLES = [
    "system_leader", "delivery_leader", "unit_staff", "leader_office", "accountable_head",
    "plan_owner", "steward", "viewer",
]  # fmt: skip


@pytest.fixture
def row(stage: Scene, leader: User, ana: User, ben: User) -> AssessmentRound:
    """Ana has sent in both of her sheets, Ben begun one draft."""
    found: AssessmentRound = stage.round(leader, ana, ben)
    stage.send(found, ana, light="R", reason=SECRET)
    stage.write(found, stage.reading, ben, reason="A draft that Ben alone reads.")
    return found


def pages(stage: Scene, row: AssessmentRound) -> list[str]:
    slug = stage.system.slug
    return [
        reverse("assessments", args=[slug]),
        reverse("assessment_sheet", args=[slug, row.pk, "reading"]),
        reverse("assessment_sheet", args=[slug, row.pk, "writing"]),
        reverse("metric_judgments", args=[slug, "grade-3"]),
        reverse("close_assessment_round", args=[slug, row.pk]),
        reverse("trail", args=[slug]),
        reverse("dashboard", args=[slug]),
        reverse("api:root") + f"systems/{slug}/assessments/",
    ]


@pytest.mark.parametrize("role", ROLES)
def test_no_page_tells_another_of_an_open_sheet(
    client: Client, stage: Scene, row: AssessmentRound, role: str
) -> None:
    reader = signed_in(client, stage.member(role))
    for address in pages(stage, row):
        body = reader.get(address).content.decode()
        assert SECRET not in body, address
        assert "A draft that Ben alone reads." not in body, address


@pytest.mark.parametrize("role", ROLES)
def test_no_row_reaches_another(stage: Scene, row: AssessmentRound, role: str) -> None:
    reader = stage.member(role)
    assert not Assessment.objects.visible_to(reader).exists()
    assert not Assessment.objects.visible_to(reader, "assessment.write").exists()
    seen = Assessor.objects.visible_to(reader).count()
    assert seen == (2 if role == "delivery_leader" else 0)


def test_each_reads_their_own(stage: Scene, row: AssessmentRound, ana: User, ben: User) -> None:
    assert Assessment.objects.visible_to(ana).count() == 2
    assert Assessment.objects.visible_to(ben).get().submitted_at is None


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff"])
def test_the_trail_tells_others_nothing_while_it_is_open(
    stage: Scene, row: AssessmentRound, ana: User, role: str
) -> None:
    reader = stage.member(role)
    label = Assessment._meta.label
    lines = AuditEntry.objects.visible_to(reader).filter(object_type=label)
    exported = AuditEntry.objects.visible_to(reader, "trail.export").filter(object_type=label)
    assert (lines.count(), exported.count()) == (0, 0)
    # One's own lines are one's own, and no line ever holds what a sheet says.
    mine = AuditEntry.objects.visible_to(ana).filter(object_type=label)
    assert [line.actor for line in mine] == [ana, ana]
    assert SECRET not in str([line.after for line in AuditEntry.objects.all()])
    assert {str(value) for line in mine for value in line.after.values()} == {"changed"}


def test_once_it_is_closed_the_trail_tells_who_sent_and_not_what(
    stage: Scene, row: AssessmentRound, leader: User, ana: User
) -> None:
    assessments.close_round(round=row, reason="Ben is ill this month.", actor=leader)
    lines = AuditEntry.objects.visible_to(leader).filter(object_type=Assessment._meta.label)
    assert {line.actor for line in lines} >= {ana}
    assert SECRET not in str([line.after for line in lines])


def test_a_count_names_nobody(client: Client, stage: Scene, row: AssessmentRound) -> None:
    colleague = stage.member("unit_staff", "Carla")
    body = signed_in(client, colleague).get(pages(stage, row)[0]).content.decode()
    assert "1 of 2 people have sent in all of their sheets." in body
    assert "Ana" not in body
    assert "Ben" not in body


def test_only_a_moderator_reads_who_has_sent(
    client: Client, stage: Scene, row: AssessmentRound, leader: User
) -> None:
    body = signed_in(client, leader).get(pages(stage, row)[0]).content.decode()
    assert "Ana" in body
    assert "2 of 2" in body
    assert SECRET not in body


def test_from_moderation_on_those_who_assess_compare(
    client: Client, stage: Scene, row: AssessmentRound, leader: User, ana: User, viewer: User
) -> None:
    assessments.close_round(round=row, reason="Ben is ill this month.", actor=leader)
    colleague = stage.member("unit_staff")
    assert Assessment.objects.visible_to(colleague).count() == 2
    body = signed_in(client, colleague).get(pages(stage, row)[1]).content.decode()
    assert SECRET in body
    assert "A draft that Ben alone reads." not in body
    assert not Assessment.objects.visible_to(viewer).exists()


def test_what_is_being_settled_is_for_who_moderates(
    stage: Scene, row: AssessmentRound, leader: User, ana: User, viewer: User
) -> None:
    assessments.close_round(round=row, reason="Ben is ill this month.", actor=leader)
    stage.settle(row, leader, reason="Not for others to read yet.")
    finals = Assessment.objects.filter(kind="final")
    second = stage.member("delivery_leader")
    assert finals.visible_to(leader).count() == finals.visible_to(second).count() == 2
    # A leader who is one no more has nothing of it either.
    leader.memberships.update(role="unit_staff")
    for reader in (leader, ana, viewer, stage.member("system_leader")):
        assert not finals.visible_to(reader).exists()
    line = str([entry.after for entry in AuditEntry.objects.all()])
    assert "Not for others to read yet." not in line


def test_once_locked_everyone_reads_results_and_those_who_assess_the_sheets(
    stage: Scene, row: AssessmentRound, leader: User, ana: User, viewer: User
) -> None:
    assessments.close_round(round=row, reason="Ben is ill this month.", actor=leader)
    stage.settle(row, leader)
    assessments.lock_round(round=row, actor=leader)
    rows = Assessment.objects.order_by("kind", "pk")
    assert [row.kind for row in rows.visible_to(viewer)] == ["final", "final"]
    assert [row.kind for row in rows.visible_to(ana)] == ["final", "final", "peer", "peer"]


def test_above_and_elsewhere_nothing_is_read(stage: Scene, row: AssessmentRound) -> None:
    parent = MembershipFactory.create(role="delivery_leader")
    type(stage.system).objects.filter(pk=stage.system.pk).update(parent=parent.system)
    assert not Assessment.objects.visible_to(parent.user).exists()
    assert not AssessmentRound.objects.visible_to(parent.user).exists()


def test_a_program_reads_what_is_settled_and_not_its_makers_drafts(
    stage: Scene, row: AssessmentRound, leader: User
) -> None:
    stage.write(row, stage.reading, leader)

    class Program:
        system_id, role = stage.system.pk, "viewer"

    program: Any = User.objects.get(pk=leader.pk)
    program.program = Program()
    assert not Assessment.objects.visible_to(program).exists()


def test_a_doubt_is_read_by_who_reads_the_sheet(
    stage: Scene, row: AssessmentRound, leader: User, ben: User, viewer: User
) -> None:
    assessments.close_round(round=row, reason="Ben is ill this month.", actor=leader)
    sheet = Assessment.objects.submitted().first()
    assert sheet is not None
    assessments.challenge(about=sheet, text="The plan has an owner since May.", actor=ben)
    assert Challenge.objects.visible_to(ben).count() == 1
    assert not Challenge.objects.visible_to(viewer).exists()
