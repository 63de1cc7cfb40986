"""Secrets of second factors are sealed in the database, like everything that must not leak."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client, override_settings
from django.urls import reverse

from people.models import User

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "the brown river in may"


@pytest.fixture
def person() -> User:
    user = User.objects.create_user("ana@example.org", PASSWORD)
    TOTP.activate(user, SECRET)
    return user


def code() -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(SECRET, counter)))


def sign_in(client: Client) -> int:
    given = {"login": "ana@example.org", "password": PASSWORD}
    client.post(reverse("account_login"), given)
    return client.post(reverse("mfa_authenticate"), {"code": code()}).status_code


def test_the_database_holds_no_secret_and_the_code_counts(client: Client, person: User) -> None:
    assert SECRET not in str(Authenticator.objects.values_list("data", flat=True).get())
    assert sign_in(client) == 302
    assert client.get(reverse("home")).status_code == 200


def test_a_secret_of_before_is_still_read(client: Client, person: User) -> None:
    Authenticator.objects.update(data={"secret": SECRET})
    assert sign_in(client) == 302


def test_without_the_key_no_code_counts_and_the_page_says_so(client: Client, person: User) -> None:
    with override_settings(CONFIDENTIAL_KEYS=[]):
        assert sign_in(client) == 503
        assert client.get(reverse("home")).status_code == 302
