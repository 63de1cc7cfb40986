"""Rounds, sheets and moderation, by their services."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from aspirations.models import Assessment, AssessmentRound
from aspirations.services import assessments
from aspirations.tests.assessments.scene import SHEET, TODAY, Scene
from aspirations.tests.factories import MetricFactory, SeriesFactory, place
from people.models import AuditEntry, User
from people.services import Conflict

pytestmark = pytest.mark.django_db


def test_a_whole_round(stage: Scene, leader: User, ana: User, ben: User) -> None:
    stage.judge("AR")
    stage.reading.boldness = 4
    stage.reading.save()
    row = stage.round(leader, ana, ben)
    stage.send(row, ana, light="AG")
    stage.send(row, ben, light="AR", difference_reason="")
    assert assessments.progress(row).all_in
    assessments.close_round(round=row, actor=leader)
    stage.settle(row, leader, planning=3, capacity=2, progress=3)
    locked = assessments.lock_round(round=row, actor=leader)
    assert (locked.status, locked.locked_by, locked.locked_at is None) == ("locked", leader, False)
    first, second = Assessment.objects.finals().order_by("rank")
    assert (first.aspiration, first.light, first.computed_light) == (stage.reading, "AG", "AR")
    assert (first.boldness, first.judgment) == (4, stage.series.current_judgment)
    assert first.expires_on == TODAY + timedelta(days=180)
    # Nothing is placed under it, so the rules say nothing.
    assert (second.aspiration, second.computed_light, second.judgment) == (stage.writing, "", None)


def test_one_round_runs_at_a_time(stage: Scene, leader: User, ana: User) -> None:
    stage.round(leader, ana)
    with pytest.raises(ValidationError, match="is not locked yet"):
        stage.round(leader, ana)


def test_what_refuses_a_round(stage: Scene, leader: User, ana: User, viewer: User) -> None:
    with pytest.raises(ValidationError, match="at least one person"):
        stage.round(leader)
    with pytest.raises(ValidationError, match="Viewer may not assess here"):
        stage.round(leader, ana, viewer)
    with pytest.raises(ValidationError, match="13 March 2025 has passed"):
        stage.round(leader, ana, due=TODAY - timedelta(days=1))
    stage.system.aspirations.update(status="retired")
    with pytest.raises(ValidationError, match="no active aspiration"):
        stage.round(leader, ana)
    with pytest.raises(PermissionDenied):
        stage.round(ana, ana)
    assert not AssessmentRound.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"light": ""}, "light", "Choose a light"),
        ({"reason": "short"}, "reason", "at least 10 characters"),
        ({"light": "G", "recent_performance": ""}, "recent_performance", "Green needs evidence"),
        ({"stage": "4"}, "stage_evidence", "Irreversible progress needs evidence"),
        ({"difference_reason": ""}, "difference_reason", "The rules say Red and you say Amber-Gre"),
        ({"planning": ""}, "planning", "Rate the quality of planning"),
        ({"capacity": ""}, "capacity", "Rate the capacity"),
        ({"progress": ""}, "progress", "Rate the evidence"),
        ({"stage": ""}, "stage", "Choose the stage"),
        ({"challenge": ""}, "challenge", "degree of challenge"),
        ({"confidence": ""}, "confidence", "how confident"),
    ],
)
def test_what_a_sheet_needs_before_it_is_sent(
    stage: Scene, leader: User, ana: User, changed: dict[str, str], field: str, words: str
) -> None:
    stage.judge("R")
    row = stage.round(leader, ana)
    values = {**SHEET, **changed}
    numbers = {name: int(values[name]) if values[name] else None
               for name in ("planning", "capacity", "progress", "stage")}  # fmt: skip
    about = {"round": row, "aspiration": stage.reading, "author": ana, "values": values | numbers}
    with pytest.raises(ValidationError) as found:
        assessments.write_sheet(send=True, **about)
    assert list(found.value.message_dict) == [field]
    assert words in found.value.message_dict[field][0]
    # As a draft the same is kept.
    assert assessments.write_sheet(**about).submitted_at is None


def test_the_same_light_as_the_rules_needs_no_reason_for_a_difference(
    stage: Scene, leader: User, ana: User
) -> None:
    stage.judge("AG")
    row = stage.round(leader, ana)
    sheet = stage.write(row, stage.reading, ana, send=True, difference_reason="")
    assert (sheet.computed_light, sheet.light) == ("AG", "AG")


def test_a_new_sheet_follows_the_one_that_was_sent(stage: Scene, leader: User, ana: User) -> None:
    row = stage.round(leader, ana)
    first = stage.write(row, stage.reading, ana, send=True, light="AG")
    draft = assessments.write_sheet(
        round=row, aspiration=stage.reading, author=ana, values={"light": "AR"}
    )
    assert (draft.revision, draft.reason, draft.submitted_at) == (2, first.reason, None)
    second = assessments.write_sheet(
        round=row, aspiration=stage.reading, author=ana, values={}, send=True
    )
    assert (second.pk, second.light) == (draft.pk, "AR")
    first.refresh_from_db()
    assert first.light == "AG"
    assert list(Assessment.objects.latest_sheets()) == [second]


def test_what_was_sent_is_never_edited(stage: Scene, leader: User, ana: User) -> None:
    row = stage.round(leader, ana)
    sheet = stage.write(row, stage.reading, ana, send=True)
    sheet.light = "G"
    with pytest.raises(ValidationError, match="was sent in"):
        sheet.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=sheet.pk).update(light="G")


def test_nobody_writes_a_final_as_a_sheet(stage: Scene, leader: User, ana: User) -> None:
    row = stage.round(leader, ana)
    with pytest.raises(ValidationError, match="not written on a sheet"):
        stage.write(row, stage.reading, ana, kind="final")


def test_closing_while_sheets_are_missing_takes_a_reason(
    stage: Scene, leader: User, ana: User, ben: User
) -> None:
    row = stage.round(leader, ana, ben)
    with pytest.raises(ValidationError, match="nothing to moderate"):
        assessments.close_round(round=row, reason="Nobody has time for it.", actor=leader)
    stage.send(row, ana)
    with pytest.raises(ValidationError, match="Closing while sheets are missing needs a reason"):
        assessments.close_round(round=row, actor=leader)
    closed = assessments.close_round(round=row, reason="Ben is ill this month.", actor=leader)
    assert closed.status == "moderation"
    assert AuditEntry.objects.about(row, row.title).latest("pk").reason == "Ben is ill this month."
    with pytest.raises(ValidationError, match="in moderation or locked already"):
        assessments.close_round(round=row, reason="Ben is ill this month.", actor=leader)


def test_who_left_keeps_no_round_open(stage: Scene, leader: User, ana: User, ben: User) -> None:
    row = stage.round(leader, ana, ben)
    stage.send(row, ana)
    ben.memberships.all().delete()
    assert assessments.progress(row).all_in


def test_a_sheet_after_the_close_is_refused(stage: Scene, leader: User, ana: User) -> None:
    row = stage.round(leader, ana)
    stage.send(row, ana)
    assessments.close_round(round=row, actor=leader)
    with pytest.raises(ValidationError, match="was closed meanwhile, so this sheet was not taken"):
        stage.write(row, stage.reading, ana, send=True, light="R")


def test_a_round_that_is_not_ready_is_not_locked(stage: Scene, leader: User, ana: User) -> None:
    stage.judge("R")
    row = stage.round(leader, ana)
    stage.send(row, ana)
    assessments.close_round(round=row, actor=leader)
    values = {"light": "G", "rank": 1, "reason": "All of it goes well."}
    assessments.moderate(round=row, aspiration=stage.reading, values=values, actor=leader)
    with pytest.raises(ValidationError) as found:
        assessments.lock_round(round=row, actor=leader)
    said = " ".join(found.value.messages)
    assert "Reading: The rules say Red and you say Green" in said
    assert "Writing: it has no moderated light yet" in said
    stage.settle(row, leader, rank=1)
    with pytest.raises(ValidationError, match="Place 1 is given twice"):
        assessments.lock_round(round=row, actor=leader)
    assert AssessmentRound.objects.get().status == "moderation"
    assert not Assessment.objects.finals().exists()


def test_nothing_moves_once_it_is_locked(stage: Scene, leader: User, ana: User) -> None:
    row = locked_round(stage, leader, ana)
    for act in (
        lambda: assessments.lock_round(round=row, actor=leader),
        lambda: stage.settle(row, leader),
        lambda: assessments.close_round(round=row, actor=leader),
        lambda: stage.write(row, stage.reading, ana, send=True),
    ):
        with pytest.raises(ValidationError):
            act()
    final = Assessment.objects.finals().first()
    assert final is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Assessment.objects.filter(pk=final.pk).update(rank=9)


def test_the_second_moderator_is_told(stage: Scene, leader: User, ana: User) -> None:
    row = stage.round(leader, ana)
    stage.send(row, ana)
    assessments.close_round(round=row, actor=leader)
    seen = AssessmentRound.objects.get().version
    values = {"light": "AG", "rank": 1}
    about = {"round": row, "aspiration": stage.reading, "actor": leader}
    assessments.moderate(values=values, version=seen, **about)
    with pytest.raises(Conflict):
        assessments.moderate(values={"rank": 2}, version=seen, **about)
    with pytest.raises(Conflict):
        assessments.lock_round(round=row, actor=leader, version=seen)


def test_the_light_of_an_aspiration_is_its_lowest_headline(stage: Scene, leader: User) -> None:
    stage.judge("AG")
    assert assessments.aspiration_light(stage.reading, TODAY).light == "AG"
    other = SeriesFactory.create(metric=MetricFactory.create(system=stage.system))
    place(other.metric, stage.reading)
    again = Scene(stage.system, stage.reading, stage.writing, other.metric, other)
    told = again.judge("R")
    found = assessments.aspiration_light(stage.reading, TODAY)
    assert (found.light, found.judgment, found.metric) == ("R", told, other.metric)
    type(other.metric).objects.filter(pk=other.metric.pk).update(prominence="secondary")
    assert assessments.aspiration_light(stage.reading, TODAY).light == "AG"
    assert assessments.aspiration_light(stage.writing, TODAY).light == ""


def test_what_someone_still_owes(stage: Scene, leader: User, ana: User, ben: User) -> None:
    row = stage.round(leader, ana)
    assert [(one.aspiration, one.is_begun) for one in assessments.to_write(ana)] == [
        (stage.reading, False), (stage.writing, False)
    ]  # fmt: skip
    assert assessments.to_write(ben) == []
    stage.write(row, stage.reading, ana)
    stage.write(row, stage.writing, ana, send=True)
    (left,) = assessments.to_write(ana)
    assert (left.round, left.aspiration, left.is_begun, left.system) == (
        row, stage.reading, True, stage.system
    )  # fmt: skip
    ana.memberships.all().delete()
    assert assessments.to_write(ana) == []


def locked_round(stage: Scene, leader: User, *authors: User) -> AssessmentRound:
    row: AssessmentRound = stage.round(leader, *authors)
    for author in authors:
        stage.send(row, author)
    assessments.close_round(round=row, actor=leader)
    stage.settle(row, leader)
    return assessments.lock_round(round=row, actor=leader)
