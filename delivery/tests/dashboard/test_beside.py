"""What stands beside a row's light: the unit's own judgment, and the milestone to reach next."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aspirations.models import AssessmentRound
from aspirations.tests.factories import MembershipFactory, observe
from delivery.tests.dashboard.conftest import TODAY, Shown, World, whole
from delivery.tests.dashboard.judging import judged_on, milestone, says
from delivery.tests.dashboard.test_figures import row_of
from people.models import System


@pytest.mark.parametrize(
    ("light", "mark"), [("G", "Green outside, Red inside"), ("AR", ""), ("AG", "")]
)
def test_a_judgment_that_differs_is_told(shown: Shown, world: World, light: str, mark: str) -> None:
    says(world, world.grade, light)
    row = row_of(shown(), world.grade)
    names = {"G": "Green", "AR": "Amber-Red", "AG": "Amber-Green"}
    assert f"<b>The unit says {names[light]}</b>" in row
    assert ("outside" in row) == bool(mark)
    assert mark in row


def test_the_reverse_is_marked_too(shown: Shown, world: World) -> None:
    says(world, world.days, "R")
    assert "Red outside, Green inside" in row_of(shown(), world.days)


def test_one_that_agrees_is_not_repeated(shown: Shown, world: World) -> None:
    says(world, world.grade, "R")
    assert "The unit says" not in shown()


def test_only_the_latest_is_told(shown: Shown, world: World) -> None:
    says(world, world.grade, "G", submitted_at=timezone.now() - timedelta(days=1))
    says(world, world.grade, "AG")
    page = shown()
    assert "The unit says Amber-Green" in page
    assert page.count("The unit says") == 1


@pytest.mark.parametrize(("days", "told"), [(1, True), (0, False), (-1, False)])
def test_it_lapses_on_its_day_with_its_warning_and_none_before_it_returns(
    shown: Shown, world: World, days: int, told: bool
) -> None:
    says(world, world.grade, "AG", submitted_at=timezone.now() - timedelta(days=1))
    says(world, world.grade, "G", expires_on=TODAY + timedelta(days=days))
    page = shown()
    assert ("The unit says Green" in page) == told
    assert ("Green outside, Red inside" in page) == told
    assert "The unit says Amber-Green" not in page


@pytest.mark.parametrize(("newer", "told"), [(1, True), (2, False)])
def test_two_newer_figures_end_it_today(shown: Shown, world: World, newer: int, told: bool) -> None:
    spoken_of = whole(world.grade).current_judgment
    says(world, world.grade, "G", judgment=spoken_of)
    observe(whole(world.grade), date(2025, 3, 1), [56.0] * newer)
    assert ("The unit says Green" in shown()) == told


@pytest.mark.parametrize(("newer", "told"), [(1, True), (2, False)])
def test_one_given_before_anything_was_judged_ends_with_two_figures_recorded_since(
    shown: Shown, world: World, newer: int, told: bool
) -> None:
    sent = timezone.now()
    says(world, world.grade, "G", submitted_at=sent)
    late = whole(world.grade).observations.order_by("-period")[:newer]
    for figure in late:
        figure.recorded_at = sent + timedelta(hours=1)
        figure.save(update_fields=["recorded_at"])
    assert ("The unit says Green" in shown()) == told


def test_of_a_past_day_what_was_public_and_sent_by_then_counts(shown: Shown, world: World) -> None:
    then = judged_on(world.grade, date(2024, 12, 16), "R", period=date(2024, 11, 1))
    sent = datetime(2024, 12, 16, 9, tzinfo=UTC)
    says(world, world.grade, "G", judgment=then, submitted_at=sent, expires_on=date(2025, 3, 16))
    assert "The unit says Green" in shown("?as_at=2024-12-16")
    assert "The unit says Green" in shown("?as_at=2025-01-30")
    # December and January are public by now.
    assert "The unit says" not in shown("?as_at=2025-01-31")
    assert "The unit says" not in shown("?as_at=2024-12-15")


def test_a_draft_and_a_sheet_of_an_open_round_are_not_told(client: Client, world: World) -> None:
    opened = AssessmentRound.objects.create(system=world.system, title="Spring", due=TODAY)
    says(world, world.grade, "G", round=opened)
    says(world, world.grade, "AG", submitted_at=None)
    client.force_login(MembershipFactory.create(system=world.system, role="viewer").user)
    assert "The unit says" not in client.get("/meridian/").content.decode()


def test_who_may_not_read_assessments_is_told_of_none(client: Client, world: World) -> None:
    says(world, world.grade, "G")
    above = MembershipFactory.create(role="viewer")
    System.objects.filter(pk=world.system.pk).update(parent=above.system)
    client.force_login(above.user)
    assert "The unit says" not in client.get("/meridian/").content.decode()


def test_the_next_milestone_is_named_and_what_is_overdue_comes_first(
    shown: Shown, world: World
) -> None:
    milestone(world.grade, date(2025, 4, 10), "Autumn check")
    row = row_of(shown(), world.grade)
    assert "Autumn check" in row
    assert "10 Apr 2025" in row
    assert "overdue" not in row
    milestone(world.grade, date(2025, 3, 12), "Coaches hired")
    row = row_of(shown(), world.grade)
    assert "Coaches hired" in row
    assert '<span class="stale">12 Mar 2025, overdue</span>' in row
    assert "Autumn check" not in row
