"""Who may open the dashboard, and by which method."""

import pytest
from django.test import Client

from aspirations.tests.factories import MembershipFactory, SystemFactory
from delivery.tests.dashboard.conftest import World
from people.models import System

READERS = (
    "system_leader", "delivery_leader", "unit_staff", "leader_office", "accountable_head",
    "plan_owner", "steward", "viewer",
)  # fmt: skip


def status(client: Client, system: System, role: str) -> int:
    client.force_login(MembershipFactory.create(system=system, role=role).user)
    return client.get("/meridian/").status_code


@pytest.mark.parametrize("role", READERS)
def test_members_read_it(client: Client, world: World, role: str) -> None:
    assert status(client, world.system, role) == 200


@pytest.mark.parametrize("role", ["reviewer", "data_provider"])
def test_for_a_reviewer_and_a_data_provider_it_does_not_exist(
    client: Client, world: World, role: str
) -> None:
    assert status(client, world.system, role) == 404


def test_a_reader_of_the_parent_system_reads_it(client: Client, world: World) -> None:
    parent = SystemFactory.create()
    System.objects.filter(pk=world.system.pk).update(parent=parent)
    assert status(client, parent, "viewer") == 200


def test_a_reader_of_a_child_system_does_not(client: Client, world: World) -> None:
    assert status(client, SystemFactory.create(parent=world.system), "system_leader") == 404


def test_a_stranger_cannot_tell_it_from_nothing(client: Client, world: World) -> None:
    client.force_login(MembershipFactory.create(role="system_leader").user)
    found, missing = client.get("/meridian/"), client.get("/nowhere/")
    assert found.status_code == missing.status_code == 404
    assert b"Meridian" not in found.content
    assert b"Every child reads" not in found.content


def test_nobody_reads_it_unseen(client: Client, world: World) -> None:
    response = client.get("/meridian/")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/?next=/meridian/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(client: Client, world: World, method: str) -> None:
    client.force_login(world.reader)
    assert getattr(client, method)("/meridian/").status_code == 405
