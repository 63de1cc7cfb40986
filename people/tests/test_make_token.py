"""Making a token: shown in the answer to the form, and never again anywhere."""

import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from people.models import AuditEntry, System, Token, User
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import administrator, client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/north/tokens/new/"
GIVEN = {"name": "Warehouse, nightly", "role": "data_provider", "days": "30"}


@pytest.fixture
def system() -> System:
    return SystemFactory(slug="north", name="North")


@pytest.fixture
def leader(system: System) -> User:
    user: User = MembershipFactory(system=system, role="delivery_leader").user
    return user


@pytest.fixture
def signed_in(leader: User) -> Client:
    return client_of(leader)


def shown(page: str) -> str:
    [token] = set(re.findall(r"hw_[0-9a-f]{64}", page))
    return str(token)


def test_the_answer_shows_a_token_that_works(signed_in: Client, leader: User) -> None:
    assert reverse("make_token", args=["north"]) == ADDRESS
    assert "Let a program into North" in signed_in.get(ADDRESS).content.decode()
    assert not Token.objects.exists()
    answer = signed_in.post(ADDRESS, GIVEN)
    assert answer.status_code == 200
    token = shown(answer.content.decode())
    row = Token.objects.get()
    assert (row.name, row.role, row.user) == ("Warehouse, nightly", "data_provider", leader)
    program = APIClient(headers={"Authorization": f"Bearer {token}"})
    assert program.get("/api/v1/systems/north/").status_code == 200
    [line] = AuditEntry.objects.filter(action="create token")
    assert (line.actor, line.door, line.role) == (leader, "page", "delivery_leader")


def test_it_is_in_no_other_place(
    signed_in: Client, caplog: pytest.LogCaptureFixture, mailoutbox: list[object]
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = signed_in.post(ADDRESS, GIVEN)
    token = shown(answer.content.decode())
    assert "no-store" in answer["Cache-Control"]
    assert token not in str(dict(answer.items())) + str(answer.cookies)
    sessions = [row.get_decoded() for row in Session.objects.all()]
    assert token not in str(sessions) + str(list(AuditEntry.objects.values())) + caplog.text
    assert not mailoutbox
    for place in ("/north/tokens/", ADDRESS, f"/north/tokens/{token[:15]}/revoke/"):
        assert token not in signed_in.get(place).content.decode()


def test_the_example_names_the_system_and_not_the_token(signed_in: Client) -> None:
    page = signed_in.post(ADDRESS, GIVEN).content.decode()
    assert page.count(shown(page)) == 1
    assert "http://testserver/api/v1/systems/north/" in page


def test_sending_the_form_again_makes_and_shows_nothing(signed_in: Client) -> None:
    first = shown(signed_in.post(ADDRESS, GIVEN).content.decode())
    again = signed_in.post(ADDRESS, GIVEN)
    assert again.status_code == 400
    assert "is the name of a token that works" in again.content.decode()
    assert first not in again.content.decode()
    assert Token.objects.count() == 1


BAD = [
    ({"name": ""}, "Name the program"),
    ({"name": "x" * 81}, "at most 80 characters"),
    ({"name": "a\0b"}, "Null characters are not allowed"),
    ({"role": "delivery_leader"}, "delivery_leader is not one of the available choices"),
    ({"role": ""}, "Choose what the program may do"),
    ({"days": ""}, "Choose how long the token lasts"),
    ({"days": "366"}, "366 is not one of the available choices"),
    ({"days": "soon"}, "soon is not one of the available choices"),
]


@pytest.mark.parametrize(("change", "words"), BAD)
def test_bad_input_makes_nothing_and_loses_nothing(
    signed_in: Client, change: dict[str, str], words: str
) -> None:
    answer = signed_in.post(ADDRESS, GIVEN | change)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    if "name" not in change:
        assert GIVEN["name"] in answer.content.decode()
    assert not Token.objects.exists()


def test_nobody_sets_the_maker_or_the_system(signed_in: Client, leader: User) -> None:
    other = MembershipFactory(role="delivery_leader")
    more = {"user": other.user.pk, "system": other.system.pk, "expiry": "2099-01-01"}
    signed_in.post(ADDRESS, GIVEN | more)
    row = Token.objects.get()
    assert (row.user, row.system.slug) == (leader, "north")


def test_who_reads_tokens_and_makes_none_is_refused(system: System) -> None:
    reader = MembershipFactory(system=system, role="system_leader").user
    for user in (reader, administrator()):
        for method in ("get", "post"):
            assert getattr(client_of(user), method)(ADDRESS, GIVEN).status_code == 403
    assert not Token.objects.exists()


def test_others_find_nothing(system: System, client: Client) -> None:
    assert client.post(ADDRESS, GIVEN).status_code == 302
    staff = MembershipFactory(system=system, role="unit_staff").user
    for user in (UserFactory(), staff, MembershipFactory(role="delivery_leader").user):
        assert client_of(user).post(ADDRESS, GIVEN).status_code == 404
    assert not Token.objects.exists()


def test_other_methods_are_refused(signed_in: Client) -> None:
    for method in ("put", "patch", "delete"):
        assert getattr(signed_in, method)(ADDRESS).status_code == 405
