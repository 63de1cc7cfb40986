"""Keys that lead to pages: listed, the same in the frame, and switched off by whoever wishes."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Role, System, User
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import client_of

pytestmark = pytest.mark.django_db
ADDRESS = reverse("shortcuts")


@pytest.fixture
def meridian() -> System:
    row: System = SystemFactory.create(slug="meridian", name="Meridian")
    return row


@pytest.fixture
def leader(meridian: System) -> User:
    user: User = MembershipFactory.create(system=meridian, role=Role.DELIVERY_LEADER).user
    return user


def keys(page: str) -> dict[str, str]:
    """Keys and where they lead, in the list that scripts read."""
    dialog = page.partition('<dialog id="keys"')[2].partition("</dialog>")[0]
    return {key: to for to, key in re.findall(r'href="([^"]+)"\s+data-keys="([^"]+)"', dialog)}


def test_the_frame_lists_keys_that_lead_somewhere(leader: User) -> None:
    client = client_of(leader)
    found = keys(client.get("/meridian/").content.decode())
    assert found["g d"] == "/meridian/"
    assert found["g s"] == "/meridian/stocktakes/"
    assert {"/", "?", "g n", "g h"} <= set(found)
    for address in found.values():
        assert client.get(address).status_code == 200, address


def test_a_key_leads_only_where_its_reader_may_go(meridian: System) -> None:
    user = MembershipFactory.create(system=meridian, role=Role.REVIEWER).user
    page = client_of(user).get(reverse("account")).content.decode()
    assert not {"g d", "g a", "g t"} & set(keys(page))


def test_the_page_lists_them_without_a_script(leader: User) -> None:
    page = client_of(leader).get(ADDRESS)
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2]
    assert "Keys lead to pages" in main
    assert main.count("<kbd>") >= 6


def test_whoever_does_not_want_them_gets_no_script(leader: User) -> None:
    client = client_of(leader)
    assert "js/keys" in client.get("/meridian/").content.decode()
    assert client.post(ADDRESS, {"keys": "off"}).url == ADDRESS  # type: ignore[attr-defined]
    page = client.get("/meridian/").content.decode()
    assert "js/keys" not in page
    assert 'id="keys"' not in page
    cookie = client.cookies["keys"]
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    assert "switched off" in client.get(ADDRESS).content.decode()
    client.post(ADDRESS, {"keys": "on"})
    assert "js/keys" in client.get("/meridian/").content.decode()


def test_the_account_leads_to_it(leader: User) -> None:
    page = client_of(leader).get(reverse("account")).content.decode()
    main = page.partition("<main")[2]
    assert f'href="{ADDRESS}"' in main
    assert f'href="{reverse("notices")}"' in main


@pytest.mark.parametrize("sent", [{}, {"keys": "loud"}, {"keys": "\x00"}])
def test_anything_else_is_refused_in_words(leader: User, sent: dict[str, str]) -> None:
    answer = client_of(leader).post(ADDRESS, sent)
    assert answer.status_code == 400
    assert "Say whether keys are to be on or off" in answer.content.decode()
    assert "keys" not in answer.cookies


def test_asking_for_the_page_switches_nothing(leader: User) -> None:
    assert "keys" not in client_of(leader).get(ADDRESS, {"keys": "off"}).cookies


def test_a_stranger_signs_in_first() -> None:
    assert Client().get(ADDRESS).status_code == 302
    assert client_of(UserFactory.create()).get(ADDRESS).status_code == 200


def test_other_methods_are_refused(leader: User) -> None:
    for method in ("put", "patch", "delete"):
        assert getattr(client_of(leader), method)(ADDRESS).status_code == 405
