"""Approving the wording of a headline: leaders, whoever wrote it."""

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.models import Headline
from aspirations.services.headlines import write
from aspirations.tests.factories import MembershipFactory, SystemFactory
from delivery.tests.dashboard.conftest import TODAY
from people.models import AuditEntry, System, User

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def system() -> System:
    return SystemFactory.create(slug="meridian", reporting_date=TODAY, second_factor="nobody")


@pytest.fixture
def wording(system: System) -> Headline:
    return write(
        system=system, text="All is well.", draft="No aspiration has been set yet.", as_of=TODAY
    )


def enter(client: Client, system: System, role: str) -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    client.force_login(user)
    return user


def address(row: Headline) -> str:
    return reverse("approve_headline", args=["meridian", row.pk])


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader"])
def test_leaders_approve(client: Client, system: System, wording: Headline, role: str) -> None:
    user = enter(client, system, role)
    assert "Approve for print" in client.get("/meridian/headline/").content.decode()
    response = client.post(address(wording))
    assert (response.status_code, response["Location"]) == (302, "/meridian/headline/")
    wording.refresh_from_db()
    assert wording.approved_by == user
    assert AuditEntry.objects.get(action="approve").door == "page"
    page = client.get("/meridian/headline/").content.decode()
    assert "Approve for print" not in page
    assert "Papers carry it while it holds." in page


@pytest.mark.parametrize("role", ["unit_staff", "leader_office", "accountable_head", "viewer"])
def test_others_read_it_and_may_not(
    client: Client, system: System, wording: Headline, role: str
) -> None:
    enter(client, system, role)
    assert "Approve for print" not in client.get("/meridian/headline/").content.decode()
    assert client.post(address(wording)).status_code == 403
    wording.refresh_from_db()
    assert wording.approved_at is None


def test_a_leader_who_wrote_it_may_approve_it(client: Client, system: System) -> None:
    user = enter(client, system, "delivery_leader")
    row = write(system=system, text="Mine.", draft="Draft.", as_of=TODAY, actor=user)
    assert client.post(address(row)).status_code == 302
    row.refresh_from_db()
    assert row.approved_by == user == row.author


def test_what_was_read_is_approved_even_if_another_wording_followed(
    client: Client, system: System, wording: Headline
) -> None:
    enter(client, system, "system_leader")
    later = write(system=system, text="Later.", draft="Draft.", as_of=TODAY)
    client.post(address(wording))
    wording.refresh_from_db()
    later.refresh_from_db()
    assert wording.approved_at is not None
    assert later.approved_at is None


def test_a_stranger_and_another_systems_wording_are_not_found(
    client: Client, system: System, wording: Headline
) -> None:
    enter(client, SystemFactory.create(), "system_leader")
    assert client.post(address(wording)).status_code == 404
    enter(client, system, "system_leader")
    foreign = write(system=SystemFactory.create(), text="Theirs.", draft="Draft.", as_of=TODAY)
    assert client.post(address(foreign)).status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_only_a_post_approves(
    client: Client, system: System, wording: Headline, method: str
) -> None:
    enter(client, system, "system_leader")
    assert getattr(client, method)(address(wording)).status_code == 405
