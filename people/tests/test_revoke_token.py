"""Revoking a token: asked once, effective at the program's next request."""

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from people.models import AuditEntry, System, Token, User
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import administrator, client_of
from people.tokens import issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def system() -> System:
    return SystemFactory(slug="north", name="North")


@pytest.fixture
def leader(system: System) -> User:
    user: User = MembershipFactory(system=system, role="delivery_leader").user
    return user


@pytest.fixture
def token(leader: User, system: System) -> str:
    return issue(user=leader, system=system, role="viewer", name="Warehouse", days=30)[1]


@pytest.fixture
def address(token: str) -> str:
    return reverse("revoke_token", args=["north", token[:15]])


def knock(token: str) -> int:
    program = APIClient(headers={"Authorization": f"Bearer {token}"})
    return int(program.get("/api/v1/systems/").status_code)


def test_it_asks_first_and_then_shuts_the_program_out(
    leader: User, token: str, address: str
) -> None:
    client = client_of(leader)
    assert "Shut out “Warehouse”?" in client.get(address).content.decode()
    assert knock(token) == 200
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [("/north/tokens/", 302)]
    assert "is shut out from its next request on" in answer.content.decode()
    assert knock(token) == 401
    [line] = AuditEntry.objects.filter(action="revoke token")
    assert (line.actor, line.door) == (leader, "page")
    assert line.before == {"name": "Warehouse", "role": "viewer", "maker": leader.email}


def test_an_administrator_may(token: str, address: str) -> None:
    assert client_of(administrator()).post(address).status_code == 302
    assert knock(token) == 401


def test_a_system_leader_reads_and_may_not(system: System, token: str, address: str) -> None:
    reader = client_of(MembershipFactory(system=system, role="system_leader").user)
    assert reader.get(address).status_code == reader.post(address).status_code == 403
    assert knock(token) == 200


def test_others_find_nothing(system: System, token: str, address: str, client: Client) -> None:
    assert client.post(address).status_code == 302
    staff = MembershipFactory(system=system, role="unit_staff").user
    for user in (UserFactory(), staff, MembershipFactory(role="delivery_leader").user):
        assert client_of(user).post(address).status_code == 404
    assert knock(token) == 200


def test_a_token_is_not_reached_through_another_system(leader: User, token: str) -> None:
    MembershipFactory(user=leader, system__slug="south", role="delivery_leader")
    for key in (token[:15], "hw_000000000000"):
        address = reverse("revoke_token", args=["south", key])
        assert client_of(leader).post(address).status_code == 404
    assert knock(token) == 200


def test_a_second_click_finds_nothing(leader: User, address: str) -> None:
    client = client_of(leader)
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 404
    assert not Token.objects.exists()
    assert AuditEntry.objects.filter(action="revoke token").count() == 1


def test_other_methods_are_refused(leader: User, address: str) -> None:
    for method in ("put", "patch", "delete"):
        assert getattr(client_of(leader), method)(address).status_code == 405
