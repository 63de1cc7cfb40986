"""What changed between two days: lights with the reason, milestones, paths, and how fresh the
data are."""

from datetime import date

import pytest
from django.test import Client

from aspirations.models import Event, Metric, Target, Trajectory
from aspirations.tests.factories import MembershipFactory
from delivery.tests.dashboard.conftest import DUE, Shown, World, add_metric, whole
from delivery.tests.dashboard.judging import judged_now, judged_on, milestone
from people.models import System
from routines.services import plan

DECEMBER = date(2024, 12, 10)


def strip(page: str) -> str:
    """The section that tells what changed."""
    return page.split('id="changed"')[1].split("</section>")[0]


def titles(page: str) -> list[str]:
    parts = strip(page).split('<div class="what">')[1:]
    return [part.split("</a>")[0].split(">")[-1] for part in parts]


def test_a_light_that_fell_is_told_with_what_the_figures_did(shown: Shown, world: World) -> None:
    judged_on(
        world.grade, DECEMBER, "AG", likelihood=0.5, period=date(2024, 11, 1), actual=56.2,
        expected=66.1,
    )  # fmt: skip
    told = strip(shown())
    assert "Reading, Grade 3: down" in told
    assert "56.1% in Feb 2025, 56.2% in Nov 2024; the path went from 66.1 to" in told
    assert "Fewer than 1 in 20 to reach the target, about 1 in 2 before." in told


def test_the_deepest_fall_comes_first_and_what_rose_last(shown: Shown, world: World) -> None:
    names = {"a": ("G", 57.5, "AR"), "b": ("R", 90.0, "G"), "c": ("R", 90.0, "AR")}
    for slug, (_, target, before) in names.items():
        judged_on(add_metric(world.system, slug, target, name=slug), DECEMBER, before)
    assert titles(shown()) == ["b: down", "c: down", "a: up"]


def test_a_light_that_was_lost_or_found_is_no_rise_or_fall(shown: Shown, world: World) -> None:
    judged_on(world.grade, DECEMBER, "N", not_judged_reason="nothing_observed")
    aimless = add_metric(world.system, "aimless", None, name="Aimless")
    judged_on(aimless, DECEMBER, "G", not_judged_reason="")
    page = strip(shown())
    assert titles(shown()) == ["Aimless: no longer judged", "Reading, Grade 3: judged now"]
    assert "No target has been agreed." in page
    assert "It could not be judged then: no figure yet." in page


def test_what_was_never_judged_before_did_not_change(shown: Shown) -> None:
    assert titles(shown()) == []


def test_nothing_that_changed_is_said(shown: Shown) -> None:
    told = strip(shown("?since=2025-03-13"))
    assert "No light moved, no milestone was missed and no path was agreed anew." in told
    assert "New figures for" in told


def test_new_and_late_figures_are_counted(shown: Shown, world: World) -> None:
    judged_on(world.grade, DECEMBER, "R")
    told = whole(world.days).current_judgment
    assert told is not None
    judged_now(world.days, told, freshness="late")
    page = strip(shown())
    assert "New figures for 1 of 2 metrics." in page
    assert "The data of one metric are late or stale." in page


# ----------------------------------------------------------------- the day compared with
def test_without_a_stocktake_it_is_ninety_days_ago(shown: Shown) -> None:
    assert "What changed since 14 December 2024" in shown()


def test_the_last_stocktake_before_the_day_is_compared_with(shown: Shown, world: World) -> None:
    for day in (date(2024, 9, 24), DECEMBER, date(2025, 3, 24)):
        plan(system=world.system, date=day)
    assert "What changed since the stocktake on 10 December 2024" in shown()
    assert "since the stocktake on 24 September 2024" in shown("?as_at=2024-12-10")
    assert "· stocktake in 10 days, Monday 24 March 2025" in shown()
    assert "What changed since 2 January 2025" in shown("?since=2025-01-02")


def test_who_may_not_read_stocktakes_is_told_of_none(client: Client, world: World) -> None:
    plan(system=world.system, date=DECEMBER)
    plan(system=world.system, date=date(2025, 3, 24))
    above = MembershipFactory.create(role="viewer")
    System.objects.filter(pk=world.system.pk).update(parent=above.system)
    client.force_login(above.user)
    page = client.get("/meridian/").content.decode()
    assert "What changed since 14 December 2024" in page
    assert "stocktake" not in page.split("<main")[1]


# ----------------------------------------------------------------- milestones and paths
def test_a_missed_milestone_keeps_its_place_beside_many_falls(shown: Shown, world: World) -> None:
    for n in range(5):
        judged_on(add_metric(world.system, f"m{n}", 90.0, name=f"M{n}"), DECEMBER, "G")
    milestone(world.days, date(2025, 3, 12), "31 schools use the list")
    milestone(world.days, date(2025, 3, 1), "Coaches hired")
    page = shown()
    assert titles(page)[3] == "2 milestones missed"
    assert "Coaches hired (Days in school): 13 days overdue." in strip(page)
    assert "3 more changes" in strip(page)
    assert "31 schools use the list" in strip(page).split('<details class="more')[1]


def test_one_that_was_reached_or_withdrawn_is_not_missed(shown: Shown, world: World) -> None:
    milestone(world.days, date(2025, 3, 1), "Reached", done_on=date(2025, 3, 2))
    taken = milestone(world.days, date(2025, 3, 1), "Taken back")
    Event.objects.filter(pk=taken.pk).update(
        withdrawn_at="2025-03-02T00:00Z", withdrawal_reason="Entered twice by mistake"
    )
    page = shown()
    assert "Reached" not in page
    assert "Taken back" not in page


def agree_anew(world: World, value: float, due: date = DUE) -> None:
    path = Trajectory.objects.get(series=whole(world.grade), status="agreed")
    Trajectory.objects.filter(pk=path.pk).update(status="superseded", agreed_on="2024-01-01")
    Target.objects.filter(pk=path.target_id).update(status="superseded")
    target = Target.objects.create(
        series=path.series, version=2, due=due, value=value, status="agreed"
    )
    Trajectory.objects.create(
        series=path.series, version=2, baseline=path.baseline, target=target, status="agreed",
        agreed_on="2025-02-03", reason="The grant was halved",
    )  # fmt: skip


def test_a_target_that_moved_is_told_with_version_and_reason(shown: Shown, world: World) -> None:
    agree_anew(world, 70.0)
    told = strip(shown())
    assert "Reading, Grade 3: target moved" in told
    words = "The target went from 90% by Sep 2025 to 70% by Sep 2025."
    assert f"Version 2, agreed on 3 Feb 2025. {words}" in told
    assert "The grant was halved" in told
    assert "target moved" not in strip(shown("?as_at=2025-02-02"))
    assert "target moved" not in strip(shown("?since=2025-02-03"))


def test_a_target_put_off_has_moved_too(shown: Shown, world: World) -> None:
    agree_anew(world, 90.0, date(2026, 9, 1))
    told = strip(shown())
    assert "Reading, Grade 3: target moved" in told
    assert "The target went from 90% by Sep 2025 to 90% by Sep 2026." in told


def test_another_path_to_the_same_target_is_no_move(shown: Shown, world: World) -> None:
    agree_anew(world, 90.0)
    told = strip(shown())
    assert "Reading, Grade 3: new path" in told
    assert "The target went" not in told


def test_targets_are_worded_by_their_metric(shown: Shown, world: World) -> None:
    Target.objects.filter(series=whole(world.grade)).update(value=1_234_567)
    agree_anew(world, 1_234_600.5)
    Metric.objects.filter(pk=world.grade.pk).update(unit="pupils", frequency="quarter")
    words = "1,234,567 pupils by Q3 2025 to 1,234,600.5 pupils by Q3 2025."
    assert words in strip(shown())


def test_paths_are_told_to_who_may_read_plans(client: Client, world: World) -> None:
    agree_anew(world, 70.0)
    above = MembershipFactory.create(role="viewer")
    System.objects.filter(pk=world.system.pk).update(parent=above.system)
    client.force_login(above.user)
    assert "grant was halved" not in client.get("/meridian/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_many_changes_are_folded_and_counted(shown: Shown, world: World, count: int) -> None:
    for n in range(count):
        judged_on(add_metric(world.system, f"m{n}", 90.0, name=f"M{n}"), DECEMBER, "G")
    page = strip(shown())
    assert ("more changes" in page) == (count > 4)
    assert ("6 more are not listed here" in page) == (count == 30)
