"""What is taken away is gone with the next request: on pages, in the interface, in files."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from delivery.tests.matrix.cast import signed_in
from people import tokens
from people.models import Export, Membership, System, User
from people.services.exports import write_waiting
from people.tests.factories import MembershipFactory, SystemFactory

pytestmark = pytest.mark.django_db
SYSTEM, API = "/rowan/", "/api/v1/systems/rowan/"
Taken = Callable[[User, System], Any]


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="rowan", second_factor="nobody")
    return row


@pytest.fixture
def leader(system: System) -> User:
    user: User = MembershipFactory.create(system=system, role="delivery_leader").user
    return user


@pytest.fixture
def browser(leader: User) -> Client:
    return signed_in("DL", leader).client()


@pytest.fixture
def program(leader: User, system: System) -> Client:
    _row, token = tokens.issue(user=leader, system=system, role="viewer", name="Reader", days=30)
    return Client(headers={"Authorization": f"Bearer {token}"})


def demote(user: User, system: System) -> None:
    Membership.objects.filter(user=user, system=system).update(role="reviewer")


def remove(user: User, system: System) -> None:
    Membership.objects.filter(user=user, system=system).delete()


def disable(user: User, system: System) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def ask_everyone(user: User, system: System) -> None:
    System.objects.filter(pk=system.pk).update(second_factor="everyone")


TAKEN = [
    # what happens, status of page, of interface by session, by token
    (demote, 404, 404, 404),
    (remove, 404, 404, 401),
    (disable, 302, 401, 401),
    # A token is no session: it stands for a program, which has no telephone.
    (ask_everyone, 302, 403, 200),
]


@pytest.mark.parametrize(("take", "page", "session", "token"), TAKEN)
def test_the_next_request_is_refused(
    system: System, leader: User, browser: Client, program: Client,
    take: Taken, page: int, session: int, token: int,
) -> None:  # fmt: skip
    assert [c.get(a).status_code for c, a in knocks(browser, program)] == [200, 200, 200]
    take(leader, system)
    assert [c.get(a).status_code for c, a in knocks(browser, program)] == [page, session, token]


def knocks(browser: Client, program: Client) -> list[tuple[Client, str]]:
    return [(browser, SYSTEM), (browser, API), (program, API)]


def test_a_leader_who_reads_only_now_changes_nothing_more(
    system: System, leader: User, browser: Client
) -> None:
    """The page was opened as a leader; what is sent from it comes too late."""
    assert browser.get("/rowan/settings/").status_code == 200
    Membership.objects.filter(user=leader).update(role="unit_staff")
    sent = browser.post("/rowan/settings/", {"version": "1", "name": "Mine"})
    assert sent.status_code == 403
    patch = browser.patch(
        API, {"name": "Mine"}, content_type="application/json", headers={"If-Match": '"1"'}
    )
    assert patch.status_code == 403
    system.refresh_from_db()
    assert system.name != "Mine"


def test_a_revoked_token_is_refused_and_its_maker_is_not(
    leader: User, browser: Client, program: Client
) -> None:
    assert program.get(API).status_code == 200
    tokens.revoke(leader.auth_token_set.get())
    assert program.get(API).status_code == 401
    assert browser.get(API).status_code == 200


def test_an_administrator_no_more_finds_nothing() -> None:
    user = MembershipFactory.create(user__is_staff=True, role="viewer").user
    client = signed_in("IA", user).client()
    assert client.get("/installation/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_staff=False)
    assert client.get("/installation/").status_code == 404


def test_a_role_above_taken_away_closes_what_lies_beneath(system: System) -> None:
    member = MembershipFactory.create(role="viewer", system__second_factor="nobody")
    System.objects.filter(pk=system.pk).update(parent=member.system)
    client = signed_in("PM", member.user).client()
    assert client.get(SYSTEM).status_code == 200
    member.delete()
    assert client.get(SYSTEM).status_code == 404


def test_a_file_asked_for_as_a_leader_is_not_written_for_who_is_none(
    leader: User, system: System, browser: Client
) -> None:
    """Its own tests go further; this one goes the whole way by the doors."""
    assert browser.post("/rowan/trail/export/").status_code == 302
    Membership.objects.filter(user=leader).update(role="unit_staff")
    assert write_waiting() == 1
    row = Export.objects.get()
    assert (row.state, row.file) == (Export.State.REFUSED, "")
    assert browser.get(f"/rowan/trail/exports/{row.pk}/file/").status_code == 404


def test_a_file_that_is_ready_is_not_given_to_who_is_no_leader_now(
    leader: User, browser: Client
) -> None:
    browser.post("/rowan/trail/export/")
    write_waiting()
    address = f"/rowan/trail/exports/{Export.objects.get().pk}/file/"
    assert browser.get(address).status_code == 200
    Membership.objects.filter(user=leader).update(role="unit_staff")
    assert browser.get(address).status_code == 404
