"""The demonstration shows everything there is, and a second seeding changes nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from aspirations.models import (
    AlignmentProbe,
    Aspiration,
    Assessment,
    AssessmentRound,
    Challenge,
    Event,
    Headline,
    Metric,
    QualityReview,
    Trajectory,
    Wording,
)
from people.models import AuditEntry, System

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def meridian(settings: Any, tmp_path: Path) -> System:
    settings.DATA_DIR = tmp_path
    call_command("seed_demo", verbosity=0)
    return System.objects.get(slug="meridian")


def test_a_second_seeding_changes_nothing(meridian: System) -> None:
    before = AuditEntry.objects.count()
    call_command("seed_demo", verbosity=0)
    assert AuditEntry.objects.count() == before


def test_aspirations_have_a_past(meridian: System) -> None:
    active = meridian.aspirations.active()
    assert all(row.boldness and row.setting_model for row in active)
    assert Wording.objects.filter(aspiration__slug="attendance").count() == 2
    assert QualityReview.objects.filter(aspiration__slug="early-reading").count() == 2
    assert (
        AlignmentProbe.objects.filter(level="top_team", aspiration__slug="early-reading").count()
        == 2
    )


def test_people_have_judged_twice_and_judge_again(meridian: System) -> None:
    rounds = AssessmentRound.objects.filter(system=meridian)
    assert rounds.filter(status="locked").count() == 2
    running = rounds.get(status="open")
    assert Assessment.objects.filter(round=running, submitted_at__isnull=False).exists()
    finals = Assessment.objects.filter(system=meridian, kind="final")
    assert {row.aspiration.slug for row in finals if row.aspiration} == {
        row.slug for row in Aspiration.objects.filter(system=meridian)
    }
    assert len({(row.boldness, row.planning, row.capacity, row.progress) for row in finals}) > 3


def test_people_and_rules_differ_somewhere_both_ways(meridian: System) -> None:
    sheets = Assessment.objects.filter(system=meridian, metric__isnull=False)
    told = {(row.light, row.computed_light) for row in sheets}
    assert ("G", "R") in told
    assert ("AR", "G") in told


def test_a_doubt_is_open_and_one_is_answered(meridian: System) -> None:
    doubts = Challenge.objects.filter(system=meridian)
    assert doubts.filter(answered_at=None).exists()
    assert doubts.exclude(answered_at=None).exists()
    draft = Trajectory.objects.get(series__metric__system=meridian, status="draft")
    assert draft.sent_at is not None


def test_the_unit_worded_its_headline_over_todays_draft(meridian: System) -> None:
    headline = Headline.objects.get(system=meridian)
    assert headline.approved_at is not None
    assert headline.as_of == meridian.today()


def test_days_ahead_and_behind(meridian: System) -> None:
    today = meridian.today()
    assert meridian.stocktakes.planned().filter(date__gte=today).exists()
    overdue = Event.objects.filter(series__metric__system=meridian).overdue(today)
    assert [row.label for row in overdue] == ["Early-warning list in use in 31 schools"]
    assert Metric.objects.filter(system=meridian).exclude(retired_at=None).count() == 1
