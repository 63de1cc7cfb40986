"""Moving a system in the tree: with a reason, never into a circle, never to read it oneself."""

from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from people.models import AuditEntry, System, User
from people.permissions import may
from people.services.systems import place_system
from people.tests.factories import MembershipFactory, SystemFactory
from people.tests.installation import (
    REASON,
    administrator,
    assert_methods,
    assert_only_administrators,
    client_of,
)

pytestmark = pytest.mark.django_db
ADDRESS = "/installation/systems/north/place/"


@pytest.fixture
def user() -> User:
    return administrator()


@pytest.fixture
def north() -> System:
    return SystemFactory(slug="north", name="North")


@pytest.fixture
def nation() -> System:
    return SystemFactory(slug="nation", name="Nation")


def given(parent: System | None, **change: str) -> dict[str, str]:
    return {"parent": str(parent.pk) if parent else "", "reason": REASON, "version": "1"} | change


def test_it_moves_and_says_why_in_the_trail(user: User, north: System, nation: System) -> None:
    reader = MembershipFactory(system=nation, role="viewer").user
    client = client_of(user)
    assert reverse("place_system", args=["north"]) == ADDRESS
    assert "North stands at the top now" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, given(nation)).status_code == 302
    north.refresh_from_db()
    assert (north.parent, north.version) == (nation, 2)
    assert may(reader, "dashboard.read", north)
    [line] = AuditEntry.objects.all()
    assert (line.action, line.actor, line.reason) == ("change", user, REASON)
    assert (line.before, line.after) == ({"parent": None}, {"parent": "Nation"})


def test_it_moves_back_to_the_top(user: User, north: System, nation: System) -> None:
    System.objects.filter(pk=north.pk).update(parent=nation)
    reader = MembershipFactory(system=nation, role="viewer").user
    client = client_of(user)
    assert "North lies beneath Nation now" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, given(None)).status_code == 302
    assert not may(reader, "dashboard.read", north)


def test_nobody_moves_a_system_to_read_it(user: User, north: System, nation: System) -> None:
    """Neither itself nor what lies beneath it, by a role above the new place."""
    MembershipFactory(system=nation, user=user, role="viewer")
    region = SystemFactory(parent=nation)
    answer = client_of(user).post(ADDRESS, given(region))
    assert answer.status_code == 400
    assert "you would come to read North yourself" in answer.content.decode()
    north.refresh_from_db()
    assert (north.parent, north.version) == (None, 1)
    assert not AuditEntry.objects.exists()
    assert client_of(administrator()).post(ADDRESS, given(region)).status_code == 302


def test_who_asks_for_a_second_factor_is_not_read_without_one(
    user: User, north: System, nation: System
) -> None:
    """Who came without one does not read Nation now, and would once they gave it."""
    System.objects.filter(pk=nation.pk).update(second_factor="everyone")
    MembershipFactory(system=nation, user=user, role="viewer")
    assert client_of(user).post(ADDRESS, given(nation)).status_code == 400


def test_who_reads_it_already_may_move_it(user: User, north: System, nation: System) -> None:
    MembershipFactory(system=nation, user=user, role="viewer")
    MembershipFactory(system=north, user=user, role="viewer")
    assert client_of(user).post(ADDRESS, given(nation)).status_code == 302


def test_it_lies_neither_beneath_itself_nor_too_deep(user: User, north: System) -> None:
    below = SystemFactory(parent=SystemFactory(parent=north))
    client = client_of(user)
    for parent in (north, below):
        answer = client.post(ADDRESS, given(parent))
        assert answer.status_code == 400
        assert "not one of the available choices" in answer.content.decode()
        with pytest.raises(ValidationError, match="beneath itself"):
            place_system(system=north, parent=parent, reason=REASON, actor=user, version=1)
    deep = SystemFactory()
    for _ in range(3):
        deep = SystemFactory(parent=deep)
    answer = client.post(ADDRESS, given(deep))
    assert answer.status_code == 400
    assert "at most 6 deep" in answer.content.decode()


@pytest.mark.parametrize("reason", ["", "because"])
def test_it_needs_a_reason(user: User, north: System, nation: System, reason: str) -> None:
    answer = client_of(user).post(ADDRESS, given(nation, reason=reason))
    assert answer.status_code == 400
    assert "Say why" in answer.content.decode()
    assert f'value="{nation.pk}" selected' in answer.content.decode()
    north.refresh_from_db()
    assert north.parent is None


def test_the_second_of_two_sees_what_the_first_did(
    user: User, north: System, nation: System
) -> None:
    elsewhere = SystemFactory(name="Elsewhere")
    first, second = client_of(user), client_of(administrator())
    assert first.post(ADDRESS, given(elsewhere)).status_code == 302
    answer = second.post(ADDRESS, given(nation))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Someone saved this before you" in page
    assert "Elsewhere" in page
    assert REASON in page
    assert System.objects.get(pk=north.pk).parent == elsewhere
    assert second.post(ADDRESS, given(nation, version="2")).status_code == 302


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30])
def test_a_page_without_a_version_saves_nothing(
    user: User, north: System, nation: System, version: str
) -> None:
    answer = client_of(user).post(ADDRESS, given(nation, version=version))
    assert answer.status_code == 400
    assert System.objects.get(pk=north.pk).parent is None


@pytest.mark.django_db(transaction=True)
def test_two_moves_at_once_close_no_circle(user: User) -> None:
    one, other = SystemFactory(), SystemFactory()
    ready = Barrier(2)

    def move(system: System, parent: System) -> None:
        ready.wait(10)
        try:
            place_system(system=system, parent=parent, reason=REASON, actor=user, version=1)
        except ValidationError:
            refused.append(system)
        finally:
            connection.close()

    refused: list[System] = []
    threads = [Thread(target=move, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(refused) == 1
    assert System.objects.filter(parent=None).count() == 1


def test_only_administrators_find_it(north: System) -> None:
    assert_only_administrators(ADDRESS)
    assert client_of(administrator()).get(ADDRESS.replace("north", "none")).status_code == 404


def test_other_methods_are_refused(north: System) -> None:
    assert_methods(ADDRESS, {"get", "post"})
