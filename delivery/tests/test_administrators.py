"""Looking after the installation opens nothing that was promised, measured or confided."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from aspirations.tests.api.test_doors import every
from aspirations.tests.api.world import World, build
from people.models import System, User
from people.tests.installation import administrator, client_of

pytestmark = pytest.mark.django_db
MARKER = "Brackenfold"


@pytest.fixture
def world() -> World:
    """A judged system whose words and figures are told apart from everything else."""
    world = build()
    type(world.aspiration).objects.update(title=f"{MARKER} aspiration")
    type(world.metric).objects.update(name=f"{MARKER} metric", owner=f"{MARKER} owner")
    System.objects.filter(pk=world.system.pk).update(note=f"{MARKER} note")
    return world


@pytest.fixture
def client(world: World) -> Client:
    return client_of(administrator(is_superuser=True))


def test_their_pages_show_only_people_systems_and_roles(world: World, client: Client) -> None:
    leader = world.people["leader"]
    world.token("viewer")
    for address in (
        "/installation/", "/installation/people/", f"/installation/people/{leader.pk}/",
        "/installation/trail/", f"/installation/systems/{world.system.slug}/place/",
        f"/{world.system.slug}/members/", f"/{world.system.slug}/tokens/",
    ):  # fmt: skip
        page = client.get(address)
        assert page.status_code == 200, address
        words = page.content.decode()
        assert f"{MARKER} aspiration" not in words, address
        assert f"{MARKER} metric" not in words, address
        assert "71.25" not in words, address
    assert f"{MARKER} metric" in client_of(leader).get(f"/{world.system.slug}/").content.decode()


def test_every_page_of_a_system_is_not_there_for_them(world: World, client: Client) -> None:
    """While its delivery leader finds each of them."""
    leader = client_of(world.people["leader"])
    place = f"/{world.system.slug}/"
    for rest in (
        "", f"metrics/{world.metric.slug}/", f"metrics/{world.metric.slug}/track.csv", "settings/",
        "settings/words/", "trail/", "trail/exports/", "capacity/", "coalitions/",
    ):  # fmt: skip
        page = client.get(place + rest)
        assert page.status_code == 404, rest
        assert MARKER not in page.content.decode(), rest
        assert leader.get(place + rest).status_code == 200, rest


def test_the_interface_tells_them_nothing(world: World) -> None:
    program = APIClient()
    program.force_login(User.objects.create_superuser("root@example.org"))
    for rest in every(world):
        assert program.get(world.address(rest)).status_code == 404, rest
    assert program.get("/api/v1/systems/").json()["results"] == []
