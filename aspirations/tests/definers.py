"""A system whose metrics are being defined, and people who come to its pages."""

from typing import Any

from django.test import Client
from django.urls import reverse

from aspirations.models import Metric
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
)
from people.models import System, User

READERS = ["viewer", "accountable_head", "plan_owner", "steward", "leader_office"]


def system_of(**fields: Any) -> System:
    row: System = SystemFactory.create(slug="meridian", name="Meridian", **fields)
    return row


def metric_of(system: System, **fields: Any) -> Metric:
    """A monthly metric with a series of the whole system."""
    row: Metric = MetricFactory.create(
        system=system, **{"slug": "reading", "name": "Reading", **fields}
    )
    SeriesFactory.create(metric=row)
    return row


def enter(client: Client, system: System, role: str = "unit_staff") -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    client.force_login(user)
    return user


def climb(client: Client, system: System, address: str, filled: dict[str, Any]) -> None:
    """Who may not write here, and which ways in are shut: the same for every form of the plan."""
    for role in READERS:
        enter(client, system, role)
        assert client.get(address).status_code == 403, role
        assert client.post(address, filled).status_code == 403, role
    enter(client, system, "data_provider")
    assert client.post(address, filled).status_code == 404
    enter(client, SystemFactory.create(), "delivery_leader")
    assert client.get(address).status_code == 404
    assert client.post(address, filled).status_code == 404
    enter(client, system)
    for method in ("put", "patch", "delete"):
        assert getattr(client, method)(address).status_code == 405
    client.logout()
    assert client.post(address, filled).status_code == 302
    guarded = Client(enforce_csrf_checks=True)
    enter(guarded, system)
    assert guarded.post(address, filled).status_code == 403


def at(name: str, *args: Any, query: str = "") -> str:
    return reverse(name, args=["meridian", *args]) + query
