"""The words of a system: who may, what is refused, and where they stand."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, System
from people.tests.factories import MembershipFactory, SystemFactory
from people.tests.pages import fields_of, opened

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ADDRESS = "/meridian/settings/words/"


@pytest.fixture
def system() -> System:
    row: System = SystemFactory.create(slug="meridian", name="Meridian", second_factor="nobody")
    return row


def enter(client: Client, system: System, role: str = "delivery_leader", name: str = "") -> None:
    client.force_login(MembershipFactory.create(system=system, role=role, user__name=name).user)


def test_own_words_are_kept_and_usual_ones_are_not(client: Client, system: System) -> None:
    enter(client, system)
    sent = {**opened(client, ADDRESS), "aspirations": "pledges", "metric": "metric"}
    response = client.post(ADDRESS, {**sent, "steward": "Learning steward "})
    assert (response.status_code, response["Location"]) == (
        302, reverse("settings_words", args=["meridian"]),
    )  # fmt: skip
    system.refresh_from_db()
    assert system.labels == {"aspirations": "pledges", "steward": "Learning steward"}
    assert AuditEntry.objects.get().after == {"labels": system.labels}


def test_an_emptied_field_is_the_usual_word_again(client: Client, system: System) -> None:
    System.objects.update(labels={"metric": "yardstick", "viewer": "Guest"})
    enter(client, system)
    client.post(ADDRESS, {**opened(client, ADDRESS), "metric": ""})
    system.refresh_from_db()
    assert system.labels == {"viewer": "Guest"}


BAD = [
    ({"metric": "x" * 41}, "Use at most 40."),
    ({"metric": "<b>metric</b>"}, "without markup"),
    ({"metric": "met\u202eric"}, "cannot be seen"),
    ({"metric": "met\x07ric"}, "cannot be seen"),
    ({"metric": "two\u2028lines"}, "cannot be seen"),
    ({"viewer": "steward"}, "already the name of another role"),
    ({"viewer": "Boss", "steward": "boss"}, "already the name of another role"),
    ({"version": "x"}, "no longer says which version"),
]


@pytest.mark.parametrize(("wrong", "said"), BAD)
def test_bad_words_are_named_and_stay_to_be_mended(
    client: Client, system: System, wrong: dict[str, str], said: str
) -> None:
    enter(client, system)
    response = client.post(ADDRESS, {**opened(client, ADDRESS), "segments": "places", **wrong})
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page
    assert 'value="places"' in page
    assert System.objects.get(slug="meridian").labels == {}


@pytest.mark.parametrize("role", ["unit_staff", "system_leader"])
def test_the_unit_reads_the_words(client: Client, system: System, role: str) -> None:
    System.objects.update(labels={"metric": "yardstick"})
    enter(client, system, role)
    page = client.get(ADDRESS).content.decode()
    assert "yardstick" in page
    assert 'name="metric"' not in page
    assert client.post(ADDRESS, {"metric": "x", "version": "1"}).status_code == 403


def test_others_find_nothing(client: Client, system: System) -> None:
    homes = [(system, "viewer"), (system, "data_provider")]
    homes.append((SystemFactory.create(second_factor="nobody"), "delivery_leader"))
    for home, role in homes:
        enter(client, home, role)
        assert client.get(ADDRESS).status_code == client.post(ADDRESS).status_code == 404


def test_two_at_once_lose_nothing(client: Client, system: System) -> None:
    enter(client, system)
    sent = {**opened(client, ADDRESS), "metric": "yardstick"}
    colleague = Client()
    enter(colleague, system, name="First Leader")
    colleague.post(ADDRESS, {**opened(colleague, ADDRESS), "segment": "place"})
    response = client.post(ADDRESS, sent)
    assert response.status_code == 409
    assert "saved by First Leader" in response.content.decode()
    assert client.post(ADDRESS, fields_of(response)).status_code == 302
    system.refresh_from_db()
    assert system.labels == {"metric": "yardstick", "segment": "place"}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, system: System, method: str) -> None:
    enter(client, system)
    assert getattr(client, method)(ADDRESS).status_code == 405
