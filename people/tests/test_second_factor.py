"""Systems that ask for a second factor: of whom, what opens without, and the way to give one."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.signals import authenticator_added
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from people import permissions
from people.models import Role, System, User
from people.tests.codes import code_from, sign_in_with_code, with_app
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "a long and quiet phrase"
LEADERS = {"system_leader", "delivery_leader"}
DOOR = "/accounts/second-factor/"


def member(role: str = "viewer", asks: str = "everyone", **fields: Any) -> User:
    system = SystemFactory.create(slug="riverside", name="Riverside", second_factor=asks, **fields)
    user = UserFactory.create(password=PASSWORD)
    membership: Any = MembershipFactory.create(user=user, system=system, role=role)
    return membership.user


def by_password(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" in client.session
    return client


def is_sent_to_give_one(response: Any) -> bool:
    return response.status_code == 302 and response["Location"].startswith(DOOR)


# --------------------------------------------------------------------------- of whom it is asked
@pytest.mark.parametrize("asks", ["nobody", "leaders", "everyone"])
@pytest.mark.parametrize("role", Role.values)
def test_it_is_asked_of_whom_the_system_says(role: str, asks: str) -> None:
    user = member(role, asks)
    system = System.objects.get()
    opens = {"nobody": True, "leaders": role not in LEADERS, "everyone": False}[asks]
    user.lacks_second_factor = True  # type: ignore[attr-defined]
    assert permissions.may(user, "system.read", system) is opens
    user.lacks_second_factor = False  # type: ignore[attr-defined]
    assert permissions.may(user, "system.read", system) is True


@pytest.mark.parametrize(
    ("role", "asks", "opens"),
    [("viewer", "nobody", True), ("viewer", "leaders", True), ("viewer", "everyone", False),
     ("delivery_leader", "leaders", False), ("system_leader", "nobody", True)],
)  # fmt: skip
def test_a_dashboard_opens_or_leads_to_the_page_that_asks(
    role: str, asks: str, opens: bool
) -> None:
    response = by_password(member(role, asks)).get("/riverside/?light=R")
    if opens:
        assert response.status_code == 200
    else:
        assert response["Location"] == f"{DOOR}?next=%2Friverside%2F%3Flight%3DR"


def test_a_parents_member_needs_one_for_a_child_that_asks_everyone() -> None:
    user = member("viewer", "nobody")
    SystemFactory.create(slug="school", parent=System.objects.get(), second_factor="everyone")
    client = by_password(user)
    assert client.get("/riverside/").status_code == 200
    assert is_sent_to_give_one(client.get("/school/"))


def test_a_stranger_learns_of_no_system_from_it() -> None:
    member()
    client = by_password(UserFactory.create(password=PASSWORD))
    assert client.get("/riverside/").status_code == client.get("/missing/").status_code == 404
    page = client.get(DOOR + "?next=/riverside/").content.decode()
    assert "Riverside" not in page
    assert "This page asks" in page


def test_a_form_sent_without_one_leads_home_and_does_nothing() -> None:
    user = member("delivery_leader", "everyone")
    client = by_password(user)
    response = client.post("/riverside/")
    assert response.status_code == 405, "method first: this page is only read"
    assert is_sent_to_give_one(client.get("/riverside/"))


# --------------------------------------------------------------------------- by an app
@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_system_at_once() -> None:
    user = member()
    client = by_password(user)
    asked = client.get("/riverside/")["Location"]
    page = client.get(asked).content.decode()
    assert "Riverside asks for a second factor." in page
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    way = re.findall(r'href="(/accounts/2fa/totp/activate/[^"]+)"', page)[0]
    form = client.get(way).content.decode()
    secret = re.findall(r'id="authenticator_secret"[^>]*value="(\w+)"', form)[0]
    done = client.post(way, {"code": code_from(secret)})
    assert done["Location"] == reverse("mfa_view_recovery_codes") + "?next=%2Friverside%2F"
    codes = client.get(done["Location"]).content.decode()
    assert '<a class="btn btn-primary" href="/riverside/">' in codes
    assert client.get("/riverside/").status_code == 200
    assert client.get(asked)["Location"] == "/riverside/"


def test_an_app_set_up_elsewhere_is_given_again_here() -> None:
    user = member()
    client = by_password(user)
    secret = with_app(user)
    page = client.get(DOOR + "?next=/riverside/").content.decode()
    assert "Give it now" in page
    way = reverse("mfa_reauthenticate") + "?next=%2Friverside%2F"
    assert way in page
    done = client.post(way, {"code": code_from(secret), "next": "/riverside/"})
    assert done["Location"] == "/riverside/"
    assert client.get("/riverside/").status_code == 200


def test_a_code_at_sign_in_counts() -> None:
    user = member()
    client = Client()
    sign_in_with_code(client, user, with_app(user), PASSWORD)
    assert client.get("/riverside/").status_code == 200


def test_a_recovery_code_counts_once() -> None:
    user = member()
    with_app(user)
    spare = RecoveryCodes.activate(user).get_unused_codes()[0]
    for opens in (True, False):
        client = Client()
        client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": spare})
        assert ("_auth_user_id" in client.session) is opens


def test_a_password_given_twice_is_no_second_factor() -> None:
    client = by_password(member())
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert is_sent_to_give_one(client.get("/riverside/"))


def test_making_recovery_codes_proves_nothing() -> None:
    user = member()
    client = by_password(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    request: Any = HttpRequest()
    request.session, request.user = client.session, user
    codes = RecoveryCodes.activate(user).instance
    authenticator_added.send(Authenticator, request=request, user=user, authenticator=codes)
    request.session.save()
    assert is_sent_to_give_one(client.get("/riverside/"))


def test_another_person_in_the_same_browser_starts_anew() -> None:
    first = member()
    client = Client()
    sign_in_with_code(client, first, with_app(first), PASSWORD)
    second = UserFactory.create(password=PASSWORD)
    MembershipFactory.create(user=second, system=System.objects.get(), role="viewer")
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": second.email, "password": PASSWORD})
    assert is_sent_to_give_one(client.get("/riverside/"))


# --------------------------------------------------------------------------- the page that asks
def test_the_page_leads_to_no_other_site() -> None:
    client = by_password(member())
    page = client.get(DOOR + "?next=https://elsewhere.example/").content.decode()
    assert "elsewhere" not in page.split("<dialog")[0]


def test_whoever_gave_one_is_sent_on() -> None:
    user = member()
    client = Client()
    sign_in_with_code(client, user, with_app(user), PASSWORD)
    assert client.get(DOOR + "?next=/riverside/")["Location"] == "/riverside/"
    assert client.get(DOOR)["Location"] == reverse("home")


def test_the_page_is_only_read() -> None:
    assert by_password(member()).post(DOOR).status_code == 405


def test_a_fragment_is_led_there_as_a_whole_page() -> None:
    client = by_password(member())
    asked = client.get("/riverside/", headers={"HX-Request": "true"})["Location"]
    assert client.get(asked, headers={"HX-Request": "true"})["HX-Redirect"] == asked


# --------------------------------------------------------------------------- home and interface
def test_home_says_how_many_systems_ask() -> None:
    client = by_password(member())
    page = client.get(reverse("home")).content.decode()
    assert "1 system asks for a second factor" in page
    assert "Riverside" not in page
    assert DOOR in page


def test_home_lists_the_open_one_and_says_that_another_asks() -> None:
    user = member("viewer", "nobody")
    asking = SystemFactory.create(name="Upland", second_factor="everyone")
    MembershipFactory.create(user=user, system=asking, role="viewer")
    page = by_password(user).get(reverse("home")).content.decode()
    assert "Riverside" in page
    assert "1 system asks" in page
    assert "Upland" not in page


def test_home_says_nothing_where_none_asks() -> None:
    user = member("viewer", "leaders")
    assert by_password(user).get(reverse("home"))["Location"] == "/riverside/"


def test_the_interface_refuses_a_session_without_one_and_says_the_remedy() -> None:
    user = member()
    client = by_password(user)
    response = client.get("/api/v1/systems/riverside/metrics/")
    assert response.status_code == 403
    assert "second factor" in response.json()["errors"][0]["detail"]
    assert client.get("/api/v1/systems/").json()["results"] == []
    secret = with_app(user)
    client.post(reverse("mfa_reauthenticate"), {"code": code_from(secret)})
    assert client.get("/api/v1/systems/riverside/metrics/").status_code == 200


def test_the_interface_tells_a_stranger_nothing() -> None:
    member()
    client = by_password(UserFactory.create(password=PASSWORD))
    assert client.get("/api/v1/systems/riverside/metrics/").status_code == 404


def test_administrators_need_one_where_the_installation_says_so(settings: Settings) -> None:
    administrator = UserFactory.create(is_staff=True)
    administrator.lacks_second_factor = True
    settings.ADMINISTRATORS_SECOND_FACTOR = True
    assert not permissions.administers(administrator)
    settings.ADMINISTRATORS_SECOND_FACTOR = False
    assert permissions.administers(administrator)
