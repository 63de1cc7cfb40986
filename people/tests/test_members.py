"""The list of who works in a system: by person, with what waits and who reads from above."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Invitation, Membership, System, User
from people.services.roles import give
from people.tests.crew import Crew, administrator, assert_methods, crew, invited
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def north() -> Crew:
    return crew()


def shown(user: User, place: Crew) -> str:
    page = client_of(user).get(place.address("members"))
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_everyone_is_listed_once_with_all_their_roles(north: Crew) -> None:
    MembershipFactory(system=north.system, user=north.staff, role="steward")
    page = shown(north.leader, north)
    assert "4 people work in North" in page
    assert page.count(north.staff.email) == 1
    assert "Unit staff" in page
    assert "Steward" in page


def test_an_address_stands_by_every_name_that_is_decided_on(north: Crew) -> None:
    """A name is what anyone gives themselves."""
    User.objects.filter(pk=north.viewer.pk).update(name=north.head.name)
    office = administrator()
    give(user=north.viewer, system=north.system, role="delivery_leader", actor=office)
    proposal = shown(north.leader, north).split('id="proposals"')[1].split("</section>")[0]
    assert north.viewer.email in proposal
    row, client = north.role_of(north.viewer), client_of(north.leader)
    for door in ("change_member", "remove_member"):
        assert north.viewer.email in client.get(north.address(door, row.pk)).content.decode()
    close = reverse("change_account", args=[north.viewer.pk, "disable"])
    assert north.viewer.email in client_of(office).get(close).content.decode()


def test_a_role_has_the_name_that_the_system_gives_it(north: Crew) -> None:
    System.objects.filter(pk=north.system.pk).update(labels={"unit_staff": "Account manager"})
    assert "Account manager" in shown(north.leader, north)


def test_staff_and_the_system_leader_read_without_controls(north: Crew) -> None:
    invited(north.system, north.leader)
    for user in (north.staff, north.head):
        page = shown(user, north)
        assert "new@example.org" in page
        for control in ("Invite someone", "Withdraw", "Renew", "/role/", "/remove/"):
            assert control not in page


def test_what_waits_is_counted_and_named(north: Crew) -> None:
    invited(north.system, north.leader)
    give(user=UserFactory(name="Ada"), system=north.system, role="system_leader",
         actor=administrator())  # fmt: skip
    page = shown(north.leader, north)
    assert "2 wait for an answer" in page
    assert "<b>Ada</b> as System leader, proposed by Installation office" in page
    assert "as Viewer, by North delivery_leader" in page


def test_an_invitation_that_has_expired_says_so(north: Crew) -> None:
    row, _link = invited(north.system, north.leader)
    day = timezone.now() - timedelta(days=1)
    Invitation.objects.filter(pk=row.pk).update(invited_at=day - timedelta(9), expires_at=day)
    assert f"The link ended on {day:%-d %b %Y}" in shown(north.leader, north)


def test_an_invitation_of_who_left_says_so(north: Crew) -> None:
    invited(north.system, north.leader)
    other = MembershipFactory(system=north.system, role="delivery_leader").user
    north.role_of(north.leader).delete()
    assert "may no longer invite" in shown(other, north)


def test_readers_from_above_are_counted_and_linked_only_where_they_can_be_seen(
    north: Crew,
) -> None:
    country = crew("country")
    System.objects.filter(pk=north.system.pk).update(parent=country.system)
    page = shown(north.leader, north)
    assert "4 members of" in page
    assert country.address("members") not in page
    assert country.leader.email not in page
    MembershipFactory(system=country.system, user=north.leader, role="unit_staff")
    assert country.address("members") in shown(north.leader, north)


def test_others_find_nothing(north: Crew) -> None:
    above = MembershipFactory(role="delivery_leader")
    System.objects.filter(pk=north.system.pk).update(parent=above.system)
    assert Client().get(north.address("members")).status_code == 302
    for user in (north.viewer, UserFactory(), above.user):
        assert client_of(user).get(north.address("members")).status_code == 404


def test_an_administrator_reads_it_and_no_figure(north: Crew) -> None:
    office = administrator()
    assert "Invite someone" in shown(office, north)
    assert client_of(office).get(north.address("dashboard")).status_code == 404


def test_who_lost_the_role_is_shut_out_with_the_next_click(north: Crew) -> None:
    client = client_of(north.staff)
    assert client.get(north.address("members")).status_code == 200
    Membership.objects.filter(user=north.staff).update(role="viewer")
    assert client.get(north.address("members")).status_code == 404
    Membership.objects.filter(user=north.staff).delete()
    assert client.get(north.address("dashboard")).status_code == 404


def test_it_is_only_read(north: Crew) -> None:
    assert_methods(north, north.address("members"), {"get"})


def fill(place: Crew, count: int, start: int = 0) -> None:
    office = administrator()
    for number in range(start, start + count):
        able = MembershipFactory(system=place.system, role="delivery_leader").user
        invited(place.system, able, f"new{number}@example.org")
        give(user=UserFactory(), system=place.system, role="system_leader", actor=office)


def test_as_many_queries_for_three_as_for_thirty(north: Crew) -> None:
    client = client_of(north.leader)
    parent = SystemFactory()
    System.objects.filter(pk=north.system.pk).update(parent=parent)
    counts = []
    for start, count in ((0, 3), (3, 27)):
        fill(north, count, start)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(north.address("members")).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 17
