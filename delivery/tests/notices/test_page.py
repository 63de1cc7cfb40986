"""The page of notices: what it says, for whom, and at which price."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from aspirations.models import Event
from coalitions.tests.factories import CoalitionFactory, DelegateFactory, StandingFactory
from delivery.notices.gathering import MOST_OF_A_KIND
from delivery.tests.notices.scene import TODAY, judged, late, member, metric, series, system
from people.models import NoticeChoice, Role, System, User
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.installation import client_of
from reviews.tests.factories import ActionFactory, ParticipantFactory, RoundFactory
from routines.models import Stocktake

pytestmark = pytest.mark.django_db
ADDRESS = reverse("notices")


@pytest.fixture
def meridian() -> System:
    return system()


def page(user: User) -> str:
    answer = client_of(user).get(ADDRESS)
    assert answer.status_code == 200
    text = " ".join(answer.content.decode().split())
    return text[text.index("<main") : text.index("</main>")]


def test_it_counts_what_waits_and_leads_to_each(meridian: System) -> None:
    late(series(metric(meridian, "Reading", slug="reading")))
    Stocktake.objects.create(system=meridian, date=TODAY)
    text = page(member(meridian))
    assert "2 things wait for you, the oldest since 3 March 2026" in text
    assert "Reading: the figure due on 3 Mar 2026 has not come." in text
    assert "You work in the unit of this system. Since 3 Mar 2026." in text
    assert 'href="/meridian/metrics/reading/figures/"' in text
    assert text.index("Stocktake on") < text.index("the figure due")


def test_it_stands_by_system(meridian: System) -> None:
    user = member(meridian)
    north = MembershipFactory.create(user=user, system=system("north"), role="unit_staff").system
    for place in (meridian, north):
        late(series(metric(place)))
    text = page(user)
    assert text.index(">Meridian</h2>") < text.index(">North</h2>")


def test_where_nothing_waits_it_says_what_would(meridian: System) -> None:
    for user in (member(meridian, Role.VIEWER), UserFactory.create()):
        text = page(user)
        assert "Nothing waits for you" in text
        assert "ask a delivery leader to write your office beside your role" in text


def test_kinds_that_are_not_wanted_are_left_out(meridian: System) -> None:
    late(series(metric(meridian)))
    Stocktake.objects.create(system=meridian, date=TODAY)
    user = member(meridian)
    NoticeChoice.objects.create(user=user, muted=["late", "a kind that was"])
    text = page(user)
    assert "the figure due" not in text
    assert "Stocktake on" in text


def test_of_very_many_some_are_listed_and_the_rest_counted(meridian: System) -> None:
    for number in range(MOST_OF_A_KIND + 3):
        late(series(metric(meridian, f"Metric {number:02}")))
    text = page(member(meridian))
    assert f"{MOST_OF_A_KIND + 3} things wait" in text
    assert text.count("has not come.</p>") == MOST_OF_A_KIND
    assert "3 more are not listed here." in text


def test_a_name_cannot_break_out_of_the_page(meridian: System) -> None:
    late(series(metric(meridian, "<script>alert(1)</script>")))
    assert "<script>alert" not in page(member(meridian))


def test_what_needs_a_second_factor_is_not_told_without_one(meridian: System) -> None:
    late(series(metric(meridian, "Reading")))
    user = member(meridian)
    System.objects.update(second_factor="everyone")
    text = page(user)
    assert "Reading" not in text
    assert "1 more system asks you for a second factor first." in text


def test_a_stranger_signs_in_first() -> None:
    assert Client().get(ADDRESS).status_code == 302


def test_other_methods_are_refused(meridian: System) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client_of(member(meridian)), method)(ADDRESS).status_code == 405


@pytest.mark.embedded
def test_it_asks_as_often_for_thirty_of_each_as_for_three(meridian: System) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    client = client_of(user)
    grow(user, 3)
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    grow(user, 30)
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(many) == len(few) <= 24


def grow(user: User, count: int) -> None:
    start = System.objects.count()
    for number in range(start, start + count):
        place = system(f"place-{number}")
        MembershipFactory.create(user=user, system=place, role="unit_staff")
        row = series(metric(place))
        judged(row, "G", 60)
        late(row)
        judged(row, "R", 1, freshness="late", due=TODAY)
        Event.objects.create(series=row, kind="milestone", date="2026-02-01", label="Coaches")
        Stocktake.objects.create(system=place, date=TODAY)
        review(place, user)
        coalition(place, user)


def coalition(place: System, user: User) -> None:
    """One open to them, with a member, whose review is due."""
    row = CoalitionFactory.create(aspiration__system=place, review_due=TODAY)
    DelegateFactory.create(coalition=row, user=user)
    StandingFactory.create(candidate__coalition=row, status="member")


def review(place: System, user: User) -> None:
    """One that is late and asks them for scores, one whose next is due, and a late action."""
    late = RoundFactory.create(system=place, due="2026-03-02")
    ParticipantFactory.create(round=late, user=user, kind="self")
    RoundFactory.create(
        system=place, state="closed", closed_at=timezone.now(), leader_at=timezone.now(),
        next_due=date(2026, 4, 1),
    )  # fmt: skip
    ActionFactory.create(system=place, due=TODAY)
