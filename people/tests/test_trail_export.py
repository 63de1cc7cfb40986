"""Asking for a file of the trail, from its page: `trail_export`."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import AuditEntry, Export, System, User
from people.services import record
from people.tests.factories import MembershipFactory, SystemFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/meridian/trail/export/"
LIST = "/meridian/trail/exports/"


@pytest.fixture
def system() -> System:
    row: System = SystemFactory(slug="meridian", name="Meridian")
    return row


def enter(client: Client, system: System, role: str = "delivery_leader") -> User:
    user: User = MembershipFactory(system=system, role=role).user
    client.force_login(user)
    return user


def test_a_delivery_leader_asks_for_what_is_shown(client: Client, system: System) -> None:
    user = enter(client, system)
    assert reverse("trail_export", args=["meridian"]) == ADDRESS
    page = client.get("/meridian/trail/?q=reading&since=2026-01-05").content.decode()
    assert f'action="{ADDRESS}"' in page
    assert '<input type="hidden" name="since" value="2026-01-05">' in page
    response = client.post(ADDRESS, {"q": "reading", "since": "2026-01-05"}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "Your file will be ready in a minute or so." in response.content.decode()
    row = Export.objects.get()
    assert (row.system, row.asked_by, row.state) == (system, user, "waiting")
    assert row.filters == {"q": "reading", "since": "2026-01-05"}
    assert AuditEntry.objects.get(action="export").door == "page"


def test_it_sets_no_more_than_filters(client: Client, system: System) -> None:
    user, other = enter(client, system), SystemFactory()
    sent = {
        "system": other.pk, "asked_by": "1", "state": "done", "file": "../../etc/passwd",
        "action": "destroy", "object": "auth.Permission", "person": "x", "q": "\x00",
    }  # fmt: skip
    assert client.post(ADDRESS, sent).status_code == 302
    row = Export.objects.get()
    assert (row.system, row.asked_by, row.state, row.file) == (system, user, "waiting", "")
    assert row.filters == {}


@pytest.mark.parametrize("role", ["system_leader", "unit_staff"])
def test_other_readers_of_the_trail_are_refused(client: Client, system: System, role: str) -> None:
    enter(client, system, role)
    assert "Export what is shown" not in client.get("/meridian/trail/").content.decode()
    assert client.post(ADDRESS).status_code == 403
    assert client.get(LIST).status_code == 403
    assert not Export.objects.exists()


@pytest.mark.parametrize("role", ["viewer", "data_provider", "accountable_head", "steward"])
def test_who_may_not_read_the_trail_finds_nothing(
    client: Client, system: System, role: str
) -> None:
    enter(client, system, role)
    assert client.post(ADDRESS).status_code == client.get(LIST).status_code == 404
    enter(client, SystemFactory())
    assert client.post(ADDRESS).status_code == client.get(LIST).status_code == 404
    client.logout()
    assert client.post(ADDRESS).status_code == client.get(LIST).status_code == 302
    assert not Export.objects.exists()


def test_too_many_are_refused_in_words(client: Client, system: System) -> None:
    enter(client, system)
    for number in range(5):
        client.post(ADDRESS, {"q": str(number)})
    response = client.post(ADDRESS, {"q": "one more"})
    assert response.status_code == 400
    assert "5 of your files are still waiting." in response.content.decode()
    assert Export.objects.count() == 5


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_only_a_post_asks(client: Client, system: System, method: str) -> None:
    enter(client, system)
    assert getattr(client, method)(ADDRESS).status_code == 405
    assert not Export.objects.exists()


def test_a_form_from_elsewhere_is_refused(system: System) -> None:
    client = Client(enforce_csrf_checks=True)
    enter(client, system)
    assert client.post(ADDRESS).status_code == 403
    assert not Export.objects.exists()


def test_asking_costs_the_same_however_long_the_trail(client: Client, system: System) -> None:
    user = enter(client, system)
    client.get(LIST)

    def cost(words: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.post(ADDRESS, {"q": words}).status_code == 302
        return len(queries)

    few = cost("few")
    for _ in range(30):
        record(system=system, action="change", on=system, actor=user)
    assert cost("many") == few
