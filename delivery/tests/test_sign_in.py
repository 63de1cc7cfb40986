"""Signing in and out: one answer to every wrong try, and no way to guess on."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.tests.factories import MembershipFactory, UserFactory
from people.models import User

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "ana@unit.example", "a long and quiet phrase"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
MANY = 6  # one more than the failures that are forgiven


@pytest.fixture
def ana() -> User:
    return UserFactory.create(email=EMAIL, password=PASSWORD)


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD, **rest: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password, **rest})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def words(response: Any, *known: str) -> str:
    """The page without its token and without what was typed."""
    page = TOKEN.sub("", response.content.decode())
    for text in known:
        page = page.replace(text, "")
    return page


def test_the_page_opens_to_anyone(client: Client) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert 'autocomplete="current-password"' in page
    assert "Work e-mail" in page


def test_a_fragment_without_a_session_asks_for_the_whole_page(client: Client) -> None:
    way_in = client.get("/meridian/?light=R", headers={"HX-Request": "true"})["Location"]
    assert client.get(way_in, headers={"HX-Request": "true"})["HX-Redirect"] == way_in
    assert "HX-Redirect" not in client.get(reverse("account_login"))


def test_the_right_password_opens_the_door(client: Client, ana: User) -> None:
    response = sign_in(client)
    assert response.status_code == 302
    assert response["Location"] == reverse("home")
    assert is_signed_in(client)


def test_capitals_in_an_address_do_not_matter(client: Client, ana: User) -> None:
    assert sign_in(client, email=EMAIL.upper()).status_code == 302


def test_a_new_session_begins_with_signing_in(client: Client, ana: User) -> None:
    client.get(reverse("account_login"))
    client.session["planted"] = "yes"
    client.session.save()
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, ana: User) -> None:
    wrong = sign_in(client, password="wrong")
    unknown = sign_in(client, email="nobody@unit.example")
    assert wrong.status_code == unknown.status_code == 200
    assert words(wrong, EMAIL) == words(unknown, "nobody@unit.example")
    assert "There is a problem" in wrong.content.decode()
    assert not is_signed_in(client)


def test_what_was_typed_wrong_is_not_printed_again(client: Client, ana: User) -> None:
    assert "not-the-phrase" not in sign_in(client, password="not-the-phrase").content.decode()


@pytest.mark.parametrize("email", ["", "no address", "a\x00b@unit.example", "é" * 400])
def test_nonsense_is_refused_in_words(client: Client, ana: User, email: str) -> None:
    response = sign_in(client, email=email)
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()


def test_whoever_fails_too_often_must_wait(client: Client, ana: User) -> None:
    for _try in range(MANY):
        sign_in(client, password="wrong")
    response = sign_in(client)
    assert not is_signed_in(client)
    assert "Too many failed login attempts" in response.content.decode()


def test_failures_for_one_address_do_not_shut_out_another(client: Client, ana: User) -> None:
    UserFactory.create(email="ben@unit.example", password=PASSWORD)
    for _try in range(MANY):
        sign_in(client, password="wrong")
    assert sign_in(client, email="ben@unit.example").status_code == 302


def test_a_person_who_left_stays_outside(client: Client, ana: User) -> None:
    User.objects.update(is_active=False)
    sign_in(client)
    assert not is_signed_in(client)


# --------------------------------------------------------------------------- where it leads
def test_the_page_that_was_asked_for_opens_afterwards(client: Client, ana: User) -> None:
    asked = client.get("/meridian/?light=R")
    assert asked["Location"] == "/accounts/login/?next=/meridian/%3Flight%3DR"
    assert (
        'name="next" value="/meridian/?light=R"' in client.get(asked["Location"]).content.decode()
    )
    assert sign_in(client, next="/meridian/?light=R")["Location"] == "/meridian/?light=R"


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example"])
def test_it_leads_to_no_other_site(client: Client, ana: User, address: str) -> None:
    assert sign_in(client, next=address)["Location"] == reverse("home")


def test_whoever_is_signed_in_goes_on(client: Client, ana: User) -> None:
    client.force_login(ana)
    response = client.get(reverse("account_login"))
    assert response.status_code == 302
    assert response["Location"] == reverse("home")


# --------------------------------------------------------------------------- signing up and out
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(client: Client, method: str) -> None:
    form = {"email": "new@unit.example", "password1": PASSWORD, "password2": PASSWORD}
    response = getattr(client, method)(reverse("account_signup"), form)
    assert "Accounts come by invitation" in response.content.decode()
    assert not User.objects.filter(email="new@unit.example").exists()


def test_nobody_changes_an_address(client: Client, ana: User) -> None:
    client.force_login(ana)
    assert client.get("/accounts/email/").status_code == 404


def test_looking_at_the_way_out_signs_nobody_out(client: Client, ana: User) -> None:
    client.force_login(ana)
    page = client.get(reverse("account_logout")).content.decode()
    assert "Sign out?" in page
    assert is_signed_in(client)


def test_signing_out_ends_the_session(client: Client, ana: User) -> None:
    client.force_login(ana)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)
    assert client.get(reverse("home")).status_code == 302


def test_a_session_ends_when_the_person_leaves(client: Client, ana: User) -> None:
    system = MembershipFactory.create(user=ana).system
    client.force_login(ana)
    address = reverse("dashboard", args=[system.slug])
    assert client.get(address).status_code == 200
    User.objects.update(is_active=False)
    assert client.get(address).status_code in {302, 404}
