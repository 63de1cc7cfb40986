"""Light or dark: kept in a cookie, and never a way out to another site."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.tests.factories import UserFactory
from people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> User:
    user: User = UserFactory.create()
    client.force_login(user)
    return user


def choose(client: Client, theme: str, back: str = "/?all=1") -> Any:
    return client.post(reverse("theme"), {"theme": theme, "next": back})


def test_the_page_follows_the_system_until_someone_chooses(client: Client, reader: User) -> None:
    assert "data-theme" not in client.get("/?all=1").content.decode()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_choice_comes_back_with_the_next_page(client: Client, reader: User, theme: str) -> None:
    response = choose(client, theme)
    assert response.status_code == 302
    assert response["Location"] == "/?all=1"
    assert f'data-theme="{theme}"' in client.get("/?all=1").content.decode()


def test_the_cookie_is_out_of_reach_of_scripts(client: Client, reader: User) -> None:
    kept = choose(client, "dark").cookies["theme"]
    assert kept["httponly"]
    assert kept["samesite"] == "Lax"


@pytest.mark.parametrize("theme", ["", "zzz", '"><script>', "dark\x00"])
def test_an_unknown_theme_is_not_kept(client: Client, reader: User, theme: str) -> None:
    assert "theme" not in choose(client, theme).cookies


def test_a_forged_cookie_says_nothing(client: Client, reader: User) -> None:
    client.cookies["theme"] = "zzz"
    assert "data-theme" not in client.get("/?all=1").content.decode()


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "", "\\\\x"],
)
def test_it_leads_nowhere_else(client: Client, reader: User, back: str) -> None:
    assert choose(client, "dark", back)["Location"] == reverse("home")


def test_it_is_posted(client: Client, reader: User) -> None:
    assert client.get(reverse("theme")).status_code == 405


def test_it_asks_for_a_token(reader: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    assert strict.post(reverse("theme"), {"theme": "dark"}).status_code == 403


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    response = choose(client, "dark")
    assert response["Location"].startswith(reverse("account_login"))
    assert "theme" not in response.cookies
