"""The list of a system's tokens: who lets which program in, and what no longer works."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Membership, System, Token, User
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import administrator, client_of
from people.tokens import issue

pytestmark = pytest.mark.django_db
ADDRESS = "/north/tokens/"


@pytest.fixture
def system() -> System:
    return SystemFactory(slug="north", name="North")


@pytest.fixture
def leader(system: System) -> User:
    return member(system, "delivery_leader", name="Unit Head")


def member(system: System, role: str, **fields: str) -> User:
    user: User = MembershipFactory(
        system=system, role=role, **{f"user__{name}": value for name, value in fields.items()}
    ).user
    return user


def made(leader: User, system: System, name: str = "Warehouse", days: int = 30) -> str:
    return issue(user=leader, system=system, role="viewer", name=name, days=days)[1]


def page(user: User) -> str:
    answer = client_of(user).get(ADDRESS)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_says_what_lets_which_program_in(leader: User, system: System) -> None:
    token = made(leader, system)
    found = page(leader)
    assert reverse("tokens", args=["north"]) == ADDRESS
    assert "1 token lets a program into North" in found
    for words in ("Warehouse", "Unit Head", token[:15], "never", "Works", "Revoke"):
        assert words in found
    assert token not in found
    assert Token.objects.get().digest not in found


def test_what_no_longer_works_is_marked(leader: User, system: System) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(days=2)):
        made(leader, system, "Over", days=1)
    gone, closed = (member(system, "delivery_leader") for _ in range(2))
    made(gone, system, "Orphan")
    made(closed, system, "Shut")
    Membership.objects.filter(user=gone).delete()
    User.objects.filter(pk=closed.pk).update(is_active=False)
    found = page(leader)
    assert "No token lets a program into North" in found
    assert "Ended: its time is over" in found
    assert "its maker has no role here" in found
    assert "its maker’s account is closed" in found
    assert "Works" not in found


def test_a_system_leader_reads_it_and_can_do_nothing(leader: User, system: System) -> None:
    made(leader, system)
    found = page(member(system, "system_leader"))
    assert "Warehouse" in found
    assert "/tokens/new/" not in found
    assert "/revoke/" not in found


def test_an_administrator_reads_and_revokes_and_makes_none(leader: User, system: System) -> None:
    made(leader, system)
    found = page(administrator())
    assert "/revoke/" in found
    assert "/tokens/new/" not in found


ROLES = ["unit_staff", "leader_office", "accountable_head", "plan_owner", "data_provider",
         "reviewer", "steward", "viewer"]  # fmt: skip


@pytest.mark.parametrize("role", ROLES)
def test_other_roles_get_the_answer_of_a_system_that_is_not_there(
    system: System, role: str
) -> None:
    assert client_of(member(system, role)).get(ADDRESS).status_code == 404


def test_strangers_and_leaders_of_other_systems_find_nothing(
    leader: User, system: System, client: Client
) -> None:
    parent = SystemFactory()
    System.objects.filter(pk=system.pk).update(parent=parent)
    assert client.get(ADDRESS).status_code == 302
    for user in (UserFactory(), member(parent, "delivery_leader")):
        assert client_of(user).get(ADDRESS).status_code == 404


def test_it_shows_the_tokens_of_this_system_alone(leader: User, system: System) -> None:
    other = SystemFactory(slug="south")
    MembershipFactory(system=other, user=leader, role="delivery_leader")
    made(leader, other, "Elsewhere")
    assert "Elsewhere" not in page(leader)


def test_it_is_only_read(leader: User) -> None:
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client_of(leader), method)(ADDRESS).status_code == 405


def test_thirty_tokens_ask_no_more_than_three(leader: User, system: System) -> None:
    def queries() -> int:
        client = client_of(leader)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ADDRESS).status_code == 200
        return len(asked)

    for n in range(3):
        made(leader, system, f"Program {n}")
    few = queries()
    for n in range(27):
        made(member(system, "delivery_leader"), system, f"Further {n}")
    assert queries() == few
