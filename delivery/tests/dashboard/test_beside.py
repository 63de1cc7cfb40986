"""What stands beside a row's light: the unit's own judgment, and the milestone to reach next."""

from datetime import date, timedelta

import pytest
from django.test import Client

from aspirations.models import AssessmentRound
from aspirations.tests.factories import MembershipFactory
from delivery.tests.dashboard.conftest import TODAY, Shown, World
from delivery.tests.dashboard.judging import milestone, says
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


def test_the_latest_that_still_counts_is_told(shown: Shown, world: World) -> None:
    says(world, world.grade, "G", submitted_at="2025-01-01T00:00Z")
    says(world, world.grade, "AG", submitted_at="2025-02-01T00:00Z")
    says(world, world.grade, "AR", expires_on=TODAY - timedelta(days=1))
    page = shown()
    assert "The unit says Amber-Green" in page
    assert page.count("The unit says") == 1


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
