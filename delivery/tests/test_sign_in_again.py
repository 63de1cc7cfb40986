"""After the first time: a forgotten password, a new one, and a second factor."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from aspirations.tests.factories import UserFactory
from people.models import User

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD, NEW = "ana@unit.example", "a long and quiet phrase", "another phrase altogether"
RUNS_INLINE = re.compile(r'<script(?![^>]*(\bsrc=|type="application/json"))')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def ana() -> User:
    return UserFactory.create(email=EMAIL, password=PASSWORD)


def sign_in(client: Client, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": EMAIL, "password": password})


def ask(client: Client, email: str) -> str:
    """Ask for a new password; the page that answers, without its token."""
    response = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
    assert response.status_code == 200
    return TOKEN.sub("", response.content.decode())


def code_from(secret: str) -> str:
    """What an authenticator with this secret shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


# --------------------------------------------------------------------------- forgotten
def test_a_known_and_an_unknown_address_get_the_same_answer(
    client: Client, ana: User, mailoutbox: list[EmailMessage]
) -> None:
    assert ask(client, EMAIL) == ask(client, "nobody@unit.example")
    assert [mail.to for mail in mailoutbox] == [[EMAIL], ["nobody@unit.example"]]


def test_a_letter_to_an_unknown_address_offers_no_account(
    client: Client, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, "nobody@unit.example")
    assert "ask your delivery unit" in mailoutbox[0].body
    assert "/accounts/" not in mailoutbox[0].body


def test_the_link_sets_a_password_once(
    client: Client, ana: User, mailoutbox: list[EmailMessage]
) -> None:
    ask(client, EMAIL)
    link = re.findall(re.escape(settings.BASE_URL) + r"(/accounts/\S+)", mailoutbox[0].body)[0]
    form = client.get(link, follow=True)
    assert "Set a new password" in form.content.decode()
    address = form.request["PATH_INFO"]
    assert EMAIL not in address
    client.post(address, {"password1": NEW, "password2": NEW})
    assert sign_in(Client(), NEW).status_code == 302
    assert sign_in(Client(), PASSWORD).status_code == 200
    assert "This link no longer works" in Client().get(link, follow=True).content.decode()


def test_a_made_up_link_is_refused_in_words(client: Client) -> None:
    link = reverse("account_reset_password_from_key", args=["1", "made-up"])
    assert "This link no longer works" in client.get(link).content.decode()


# --------------------------------------------------------------------------- a new password
def test_a_password_is_changed_with_the_old_one(client: Client, ana: User) -> None:
    sign_in(client)
    form = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert sign_in(Client(), NEW).status_code == 302


def test_what_is_wrong_is_said_beside_the_field_and_above(client: Client, ana: User) -> None:
    sign_in(client)
    form = {"oldpassword": "wrong", "password1": "1234", "password2": "1234"}
    page = client.post(reverse("account_change_password"), form).content.decode()
    assert "There is a problem" in page
    for field in ("id_oldpassword", "id_password1"):
        assert f'<a href="#{field}">' in page
        assert f'id="{field}_error"' in page
    ana.refresh_from_db()
    assert ana.check_password(PASSWORD)


# --------------------------------------------------------------------------- a second factor
def turn_on(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    address = reverse("mfa_activate_totp")
    page = client.get(address).content.decode()
    secret = re.findall(r'id="authenticator_secret"[^>]*value="(\w+)"', page)[0]
    client.post(address, {"code": code_from(secret)})


def test_a_second_factor_is_asked_for_once_it_is_on(client: Client, ana: User) -> None:
    sign_in(client)
    turn_on(client)
    assert Authenticator.objects.filter(user=ana, type="totp").exists()
    later = Client()
    assert sign_in(later)["Location"] == reverse("mfa_authenticate")
    assert later.get(reverse("home")).status_code == 302, "a password alone opens nothing"
    refused = later.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "There is a problem" in refused.content.decode()
    spare = RecoveryCodes(Authenticator.objects.get(user=ana, type="recovery_codes"))
    later.post(reverse("mfa_authenticate"), {"code": spare.get_unused_codes()[0]})
    assert "_auth_user_id" in later.session


def test_it_takes_a_fresh_password_to_turn_one_on(client: Client, ana: User) -> None:
    client.force_login(ana)
    response = client.get(reverse("mfa_activate_totp"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
             "mfa_deactivate_totp", "account_logout", "account_change_password"],
)  # fmt: skip
def test_every_page_of_an_account_is_in_our_design(client: Client, ana: User, name: str) -> None:
    sign_in(client)
    turn_on(client)
    response = client.get(reverse(name))
    assert response.status_code == 200
    page = response.content.decode()
    assert 'class="door"' in page
    assert not RUNS_INLINE.search(page)
    assert " style=" not in page
