"""The trail of the installation: for administrators, and nothing of any system."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry
from people.services import record
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/installation/trail/"


@pytest.fixture(autouse=True)
def _no_second_factor(settings: Any) -> None:
    settings.ADMINISTRATORS_SECOND_FACTOR = False


def test_an_administrator_reads_what_belongs_to_no_system(client: Client) -> None:
    admin = UserFactory(is_staff=True, name="Root")
    system = SystemFactory(slug="secret-place")
    record(
        system=None, action="change", on=admin, key="someone@x.example", actor=admin,
        before={"is_active": True}, after={"is_active": False}, reason="Left in May.",
    )  # fmt: skip
    record(system=system, action="change", on=system, key="secret-place", actor=admin)
    client.force_login(admin)
    assert reverse("installation_trail") == ADDRESS
    page = client.get(ADDRESS).content.decode()
    assert "Root changed the account someone@x.example" in page
    assert "Left in May." in page
    assert "secret-place" not in page
    assert "Export what is shown" not in page
    for query in ("q=secret", "object=people.System", f"person={admin.pk}"):
        found = client.get(f"{ADDRESS}?{query}").content.decode()
        assert "secret-place" not in found


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff", "viewer"])
def test_members_of_systems_find_nothing(client: Client, role: str) -> None:
    client.force_login(MembershipFactory(role=role).user)
    assert client.get(ADDRESS).status_code == 404


def test_a_stranger_signs_in_first_and_a_closed_account_never(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(UserFactory(is_staff=True, is_active=False))
    assert client.get(ADDRESS).status_code == 302


def test_where_a_second_factor_is_asked_it_is_said(client: Client, settings: Any) -> None:
    settings.ADMINISTRATORS_SECOND_FACTOR = True
    client.force_login(UserFactory(is_staff=True))
    assert client.get(ADDRESS).status_code != 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    client.force_login(UserFactory(is_staff=True))
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_lines_without_a_system_are_for_administrators_alone(settings: Any) -> None:
    line = record(system=None, action="change", on=SystemFactory())
    admin, member = UserFactory(is_staff=True), MembershipFactory(role="system_leader").user
    assert AuditEntry.objects.of_installation(admin).get() == line
    assert not AuditEntry.objects.of_installation(member).exists()
    assert not AuditEntry.objects.visible_to(admin).exists()
