"""Late figures, lights that fell, milestones that passed: to whom they are told, and what."""

from datetime import date, timedelta

import pytest

from aspirations.models import Event
from delivery.notices.kinds import FALLEN, LATE, MILESTONE
from delivery.tests.notices.scene import (
    TODAY,
    judged,
    late,
    member,
    metric,
    of_kind,
    series,
    system,
    told,
)
from people.models import Role, System
from people.tests.factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meridian() -> System:
    return system()


# --- late figures ------------------------------------------------------------------------------
def test_a_late_figure_says_what_why_since_when_and_where_to_enter_it(meridian: System) -> None:
    late(series(metric(meridian, "Reading", slug="reading", owner="Data Office")))
    [notice] = of_kind(member(meridian, Role.DATA_PROVIDER, "Data Office"))
    assert notice.kind == LATE
    assert notice.what == "Reading: the figure due on 3 Mar 2026 has not come."
    assert notice.why == "You speak for its owner, Data Office."
    assert notice.since == date(2026, 3, 3)
    assert (notice.address, notice.act) == (
        "/meridian/metrics/reading/figures/",
        "Enter the figure",
    )


def test_late_segments_of_a_metric_are_one_notice(meridian: System) -> None:
    row = metric(meridian)
    for number, code in enumerate(("all", "north", "south")):
        late(series(row, code), date(2026, 3, 1 + number), freshness="stale")
    assert told(member(meridian), LATE) == [
        "Reading: figures of 3 segments are late, the first since 1 Mar 2026."
    ]


def test_of_one_late_segment_the_link_leads_to_its_figures(meridian: System) -> None:
    late(series(metric(meridian, slug="reading"), "area=north"))
    [notice] = of_kind(member(meridian), LATE)
    assert notice.what == "Reading, area=north: the figure due on 3 Mar 2026 has not come."
    assert notice.address == "/meridian/metrics/reading/figures/?segment=area%3Dnorth"


def test_fresh_and_retired_ones_are_not_told(meridian: System) -> None:
    judged(series(metric(meridian)), "G")
    late(series(metric(meridian, retired_at=meridian_time(), retired_reason="No longer set.")))
    assert told(member(meridian), LATE) == []


def meridian_time() -> str:
    return "2026-01-01T00:00:00Z"


WHO = [
    # role, office, whether it is told
    (Role.UNIT_STAFF, "", True),
    (Role.DELIVERY_LEADER, "", True),
    (Role.UNIT_STAFF, "Data Office", True),
    (Role.UNIT_STAFF, "data office", True),
    (Role.UNIT_STAFF, "Another office", False),
    (Role.ACCOUNTABLE_HEAD, "Data Office", True),
    (Role.ACCOUNTABLE_HEAD, "", False),
    (Role.DATA_PROVIDER, "Data Office", True),
    (Role.DATA_PROVIDER, "Registry", True),
    (Role.DATA_PROVIDER, "", False),
    (Role.VIEWER, "Data Office", True),
    (Role.VIEWER, "", False),
    (Role.REVIEWER, "Data Office", False),
]


@pytest.mark.parametrize(("role", "office", "is_told"), WHO)
def test_who_is_told_of_a_late_figure(
    meridian: System, role: str, office: str, is_told: bool
) -> None:
    late(series(metric(meridian, owner="Data Office", custodian="Registry")))
    assert bool(told(member(meridian, role, office), LATE)) is is_told


def test_an_office_counts_in_its_own_system_only(meridian: System) -> None:
    south = system("south")
    late(series(metric(south, owner="Data Office")))
    user = member(meridian, Role.VIEWER, "Data Office")
    MembershipFactory.create(user=user, system=south, role=Role.VIEWER)
    assert told(user) == []


def test_what_lies_beneath_is_for_its_own_people(meridian: System) -> None:
    child = system("child", parent=meridian)
    late(series(metric(child)))
    assert told(member(meridian, Role.DELIVERY_LEADER)) == []
    assert told(UserFactory.create()) == []


def test_who_lost_the_role_is_told_nothing(meridian: System) -> None:
    late(series(metric(meridian)))
    user = member(meridian)
    assert told(user)
    user.memberships.all().delete()
    assert told(user) == []


# --- lights that fell --------------------------------------------------------------------------
FALLS = [
    # lights with the days since each was stored, and whether a fall is told
    ([("G", 60), ("AG", 5)], True),
    ([("G", 60), ("R", 0)], True),
    ([("AG", 60), ("G", 5)], False),
    ([("G", 60), ("AG", 29)], True),
    ([("G", 60), ("AG", 30)], False),
    ([("G", 60), ("AG", 10), ("AG", 2)], True),
    ([("G", 90), ("AG", 50), ("AG", 2)], False),
    ([("G", 60), ("N", 5)], False),
    ([("N", 60), ("R", 5)], False),
    ([("R", 5)], False),
    ([("G", 60), ("R", 20), ("AG", 3)], False),
]


@pytest.mark.parametrize(("lights", "fell"), FALLS)
def test_a_light_that_fell_lately_is_told(
    meridian: System, lights: list[tuple[str, int]], fell: bool
) -> None:
    row = series(metric(meridian))
    for light, days in lights:
        judged(row, light, days)
    assert bool(told(member(meridian), FALLEN)) is fell


def test_a_fall_is_told_with_the_day_it_fell(meridian: System) -> None:
    row = series(metric(meridian, slug="reading"))
    for light, days in (("G", 60), ("AR", 10), ("AR", 2)):
        judged(row, light, days)
    [notice] = of_kind(member(meridian), FALLEN)
    assert notice.what == "Reading fell from Green to Amber-Red."
    assert notice.since == TODAY - timedelta(days=10)
    assert notice.address == "/meridian/metrics/reading/"


def test_of_segments_only_the_whole_system_is_told(meridian: System) -> None:
    row = series(metric(meridian), "north")
    judged(row, "G", 60)
    judged(row, "R", 1)
    assert told(member(meridian), FALLEN) == []


# --- milestones --------------------------------------------------------------------------------
MILESTONES = [
    # due, done on, whether it is overdue
    (TODAY - timedelta(days=1), None, True),
    (TODAY, None, False),
    (TODAY - timedelta(days=9), TODAY - timedelta(days=2), False),
    (TODAY - timedelta(days=9), TODAY + timedelta(days=2), True),
]


@pytest.mark.parametrize(("due", "done", "is_told"), MILESTONES)
def test_a_milestone_is_told_once_its_day_has_passed(
    meridian: System, due: date, done: date | None, is_told: bool
) -> None:
    row = series(metric(meridian))
    Event.objects.create(series=row, kind="milestone", date=due, done_on=done, label="Coaches")
    Event.objects.create(series=row, kind="outside", date=due, label="Flood")
    assert bool(told(member(meridian), MILESTONE)) is is_told


def test_a_milestone_says_which_and_since_when(meridian: System) -> None:
    row = series(metric(meridian))
    Event.objects.create(series=row, kind="milestone", date=date(2026, 2, 1), label="Coaches hired")
    [notice] = of_kind(member(meridian), MILESTONE)
    assert notice.what == "Reading: “Coaches hired” was due on 1 Feb 2026."
    assert notice.since == date(2026, 2, 1)


def test_who_writes_plans_says_when_it_was_reached_and_others_look(meridian: System) -> None:
    row = series(metric(meridian, slug="reading", owner="Director"), "area=north")
    made = Event.objects.create(
        series=row, kind="milestone", date=date(2026, 2, 1), label="Coaches hired"
    )
    [staff] = of_kind(member(meridian), MILESTONE)
    [owner] = of_kind(member(meridian, Role.ACCOUNTABLE_HEAD, "Director"), MILESTONE)
    assert staff.address == f"/meridian/metrics/reading/events/{made.pk}/done/"
    assert owner.address == "/meridian/metrics/reading/?segment=area%3Dnorth"


def test_a_withdrawn_milestone_is_not_told(meridian: System) -> None:
    Event.objects.create(
        series=series(metric(meridian)), kind="milestone", date=date(2026, 2, 1), label="Coaches",
        withdrawn_at="2026-03-01T00:00:00Z", withdrawal_reason="Entered twice",
    )  # fmt: skip
    assert told(member(meridian), MILESTONE) == []
