"""The world of these tests, and two ways of asking it."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from aspirations.tests.api.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def ask(world: World) -> Callable[..., Any]:
    """`ask("viewer", "metrics/", light="R")`: a signed-in person's GET beneath the system."""

    def get(who: str, rest: str = "", **query: Any) -> Any:
        client = APIClient()
        client.force_login(world.people[who])
        return client.get(world.address(rest), query)

    return get


@pytest.fixture
def by_token(world: World) -> Callable[[str], APIClient]:
    """A program with a token that opens what one of the people may."""

    def client(who: str) -> APIClient:
        return APIClient(headers={"Authorization": f"Bearer {world.token(who)}"})

    return client
