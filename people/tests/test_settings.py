"""The particulars of a system: who may, what is refused, and two people at once."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, System, User
from people.services.settings import change_settings
from people.tests.factories import MembershipFactory, SystemFactory
from people.tests.pages import fields_of, opened

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/meridian/settings/"


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(
        slug="meridian", name="Meridian", tagline="Schools", second_factor="nobody"
    )
    return row


def enter(client: Client, system: System, role: str = "delivery_leader", **fields: Any) -> User:
    user: User = MembershipFactory.create(system=system, role=role, **fields).user
    client.force_login(user)
    return user


def test_a_leader_changes_settings_and_the_trail_says_so(client: Client, system: System) -> None:
    user = enter(client, system)
    sent = {**opened(client, ADDRESS), "name": "Meridian State", "reporting_date": "2026-03-14"}
    response = client.post(ADDRESS, sent, follow=True)
    assert response.redirect_chain == [(reverse("settings", args=["meridian"]), 302)]
    assert "Saved." in response.content.decode()
    system.refresh_from_db()
    assert (system.name, system.reporting_date, system.version) == (
        "Meridian State", date(2026, 3, 14), 2,
    )  # fmt: skip
    line = AuditEntry.objects.get()
    assert (line.actor, line.door) == (user, "page")
    assert line.before == {"name": "Meridian", "reporting_date": None}


def test_saving_what_stands_already_changes_nothing(client: Client, system: System) -> None:
    enter(client, system)
    response = client.post(ADDRESS, opened(client, ADDRESS), follow=True)
    assert "Nothing was changed." in response.content.decode()
    system.refresh_from_db()
    assert system.version == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", ["unit_staff", "system_leader"])
def test_the_rest_of_the_unit_reads_without_controls(
    client: Client, system: System, role: str
) -> None:
    enter(client, system, role)
    page = client.get(ADDRESS).content.decode()
    assert "Schools" in page
    assert 'name="tagline"' not in page
    assert client.post(ADDRESS, {"name": "Taken", "version": "1"}).status_code == 403
    assert System.objects.get(slug="meridian").name == "Meridian"


@pytest.mark.parametrize("role", ["viewer", "plan_owner", "data_provider", "reviewer", "steward"])
def test_others_find_no_settings(client: Client, system: System, role: str) -> None:
    enter(client, system, role)
    assert client.get(ADDRESS).status_code == client.post(ADDRESS).status_code == 404


def test_strangers_and_leaders_from_above_find_nothing(client: Client, system: System) -> None:
    parent = SystemFactory.create(second_factor="nobody")
    System.objects.filter(pk=system.pk).update(parent=parent)
    for home in (parent, SystemFactory.create(second_factor="nobody")):
        enter(client, home)
        assert client.get(ADDRESS).status_code == client.post(ADDRESS).status_code == 404
    enter(client, SystemFactory.create(), user__is_staff=True)
    assert client.get(ADDRESS).status_code == 404


BAD = [
    ({"name": "  "}, "Give the system a name."),
    ({"name": "x" * 121}, "120"),
    ({"kind": "planet"}, "planet"),
    ({"time_zone": "Europe/Nowhere"}, "Europe/Nowhere"),
    ({"year_starts": "13"}, "13"),
    ({"reporting_date": "14 March"}, "Write the date as year-month-day"),
    ({"reporting_date": "0001-01-01"}, "1 is no year to report on"),
    ({"reporting_date": "9999-12-31"}, "9999 is no year to report on"),
    ({"name": "North\nBcc: all@example.org"}, "a sign that cannot be seen"),
    ({"second_factor": "some"}, "some"),
    ({"note": "a\x00b"}, "Null characters"),
    ({"version": ""}, "no longer says which version"),
    ({"version": "1e3"}, "no longer says which version"),
    ({"version": "９"}, "no longer says which version"),
    ({"version": "9" * 30}, "no longer says which version"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_input_is_named_and_nothing_typed_is_lost(
    client: Client, system: System, wrong: dict[str, str], said: str
) -> None:
    enter(client, system)
    sent = {**opened(client, ADDRESS), "tagline": "Typed with care", **wrong}
    response = client.post(ADDRESS, sent)
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert "Typed with care" in page
    assert System.objects.get(slug="meridian").version == 1


def test_what_is_not_a_setting_cannot_be_smuggled_in(client: Client, system: System) -> None:
    enter(client, system)
    other = SystemFactory.create()
    sent = {**opened(client, ADDRESS), "slug": "taken", "parent": str(other.pk), "id": "9"}
    client.post(ADDRESS, {**sent, "note": "New"})
    row = System.objects.get(pk=system.pk)
    assert (row.slug, row.parent, row.note) == ("meridian", None, "New")


@pytest.mark.parametrize("asked", ["leaders", "everyone"])
def test_nobody_locks_themselves_out(client: Client, system: System, asked: str) -> None:
    enter(client, system)
    response = client.post(ADDRESS, {**opened(client, ADDRESS), "second_factor": asked})
    assert response.status_code == 400
    assert "Set up yours first" in response.content.decode()
    assert System.objects.get(slug="meridian").second_factor == "nobody"


def test_who_gave_one_may_ask_it_of_others(system: System) -> None:
    user = MembershipFactory.create(system=system, role="delivery_leader").user
    user.lacks_second_factor = False
    change_settings(
        system=system, values={"second_factor": "everyone"}, version=1, actor=user, door="page"
    )
    assert System.objects.get(slug="meridian").second_factor == "everyone"


def test_the_second_of_two_sees_both_and_saves_deliberately(client: Client, system: System) -> None:
    enter(client, system, user__name="Second Leader")
    sent = {**opened(client, ADDRESS), "name": "Mine", "note": "Also mine"}
    colleague = Client()
    enter(colleague, system, user__name="First Leader")
    theirs = {**opened(colleague, ADDRESS), "name": "Theirs", "tagline": "New line"}
    assert colleague.post(ADDRESS, theirs).status_code == 302

    response = client.post(ADDRESS, sent)
    page, again = response.content.decode(), fields_of(response)
    assert response.status_code == 409
    assert "First Leader" in page
    panel = page.partition('role="alert"')[2].partition("<form")[0]
    for told in ("Mine", "Theirs", "Schools", "New line", "left alone", "as you first saw it"):
        assert told in panel
    assert "Time zone" not in panel
    assert (again["name"], again["note"], again["version"]) == ("Mine", "Also mine", "2")
    assert again["tagline"] == "New line", "a field left alone takes its new value"
    assert System.objects.get(slug="meridian").name == "Theirs"

    assert client.post(ADDRESS, again).status_code == 302
    row = System.objects.get(slug="meridian")
    assert (row.name, row.tagline, row.note, row.version) == ("Mine", "New line", "Also mine", 3)


def test_a_change_on_another_page_is_told_and_takes_nothing(client: Client, system: System) -> None:
    user = enter(client, system)
    sent = {**opened(client, ADDRESS), "name": "Mine"}
    change_settings(
        system=system, values={"labels": {"metric": "yardstick"}}, version=1, actor=user,
        door="page",
    )  # fmt: skip
    response = client.post(ADDRESS, sent)
    assert response.status_code == 409
    assert client.post(ADDRESS, fields_of(response)).status_code == 302
    row = System.objects.get(slug="meridian")
    assert (row.name, row.labels) == ("Mine", {"metric": "yardstick"})


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, system: System, method: str) -> None:
    enter(client, system)
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_a_form_from_elsewhere_is_refused(system: System) -> None:
    client = Client(enforce_csrf_checks=True)
    enter(client, system)
    assert client.post(ADDRESS, {"name": "Taken", "version": "1"}).status_code == 403


def test_the_tabs_lead_to_what_one_may_read(client: Client, system: System) -> None:
    enter(client, system)
    page = client.get(ADDRESS).content.decode()
    for name in ("settings_words", "policy"):
        assert reverse(name, args=["meridian"]) in page
