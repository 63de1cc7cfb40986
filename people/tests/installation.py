"""Who stands before the installation's doors in its tests."""

from typing import Any

from django.test import Client

from people.models import User
from people.tests.factories import MembershipFactory, UserFactory

REASON = "Left the department in June"


def administrator(**fields: Any) -> User:
    return UserFactory(is_staff=True, **fields)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def outsiders() -> dict[str, User]:
    """Everyone who must not learn that these pages exist."""
    return {
        "stranger": UserFactory(),
        "leader": MembershipFactory(role="delivery_leader").user,
        "superuser": UserFactory(is_superuser=True),
    }


def assert_only_administrators(address: str, methods: tuple[str, ...] = ("get", "post")) -> None:
    """Strangers sign in; everyone else gets the page of an address that does not exist."""
    assert Client().get(address).status_code == 302
    for who, user in outsiders().items():
        for method in methods:
            page = getattr(client_of(user), method)(address)
            assert page.status_code == 404, (who, method)


def assert_methods(address: str, allowed: set[str]) -> None:
    client = client_of(administrator())
    for method in ("get", "post", "put", "patch", "delete"):
        status = getattr(client, method)(address).status_code
        assert (status != 405) is (method in allowed), (method, status)
