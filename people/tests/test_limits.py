"""How often one may try: to sign in, by address and by network, to reset, to give a code."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse

from people.models import User
from people.signing_in.limits import limit
from people.tests.codes import code_from, with_app
from people.tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD, WRONG = "a long and quiet phrase", "wrong"


@pytest.fixture
def ana() -> User:
    return UserFactory.create(email="ana@unit.example", password=PASSWORD)


def sign_in(client: Client, email: str, password: str, network: str = "192.0.2.1") -> int:
    form = {"login": email, "password": password}
    return client.post(reverse("account_login"), form, REMOTE_ADDR=network).status_code


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_five_wrong_passwords_close_an_address_from_everywhere(client: Client, ana: User) -> None:
    for place in range(5):
        sign_in(client, ana.email, WRONG, f"192.0.2.{place}")
    sign_in(client, ana.email, PASSWORD, "198.51.100.7")
    assert not is_signed_in(client)


def test_ten_wrong_passwords_close_a_network_for_every_address(client: Client, ana: User) -> None:
    for number in range(10):
        sign_in(client, f"person{number}@unit.example", WRONG)
    sign_in(client, ana.email, PASSWORD)
    assert not is_signed_in(client)
    sign_in(client, ana.email, PASSWORD, "198.51.100.7")
    assert is_signed_in(client)


def test_thirty_tries_a_minute_are_the_most_of_a_network(client: Client) -> None:
    answers = [sign_in(client, f"p{n}@unit.example", WRONG) for n in range(31)]
    assert answers[:30] == [200] * 30
    assert answers[30] == 429


def test_the_page_of_too_many_says_what_to_do(client: Client) -> None:
    for number in range(30):
        sign_in(client, f"p{number}@unit.example", WRONG)
    form = {"login": "x@unit.example", "password": WRONG}
    page = client.post(reverse("account_login"), form, REMOTE_ADDR="192.0.2.1").content.decode()
    assert "Wait a few minutes" in page


def test_five_letters_an_hour_go_to_one_address(client: Client, ana: User) -> None:
    ask = reverse("account_reset_password")
    answers = [
        client.post(ask, {"email": ana.email}, REMOTE_ADDR=f"192.0.2.{n}").status_code
        for n in range(6)
    ]
    assert answers == [302] * 5 + [429]
    assert client.post(ask, {"email": "ben@unit.example"}).status_code == 302


def test_twenty_letters_a_minute_are_the_most_of_a_network(client: Client) -> None:
    ask = reverse("account_reset_password")
    answers = [client.post(ask, {"email": f"p{n}@unit.example"}).status_code for n in range(21)]
    assert answers == [302] * 20 + [429]


def test_ten_passwords_a_minute_show_who_one_is(client: Client, ana: User) -> None:
    client.force_login(ana)
    address = reverse("account_reauthenticate")
    answers = [client.post(address, {"password": WRONG}).status_code for _try in range(11)]
    assert answers == [200] * 10 + [429]


def test_five_wrong_codes_close_the_second_factor(client: Client, ana: User) -> None:
    secret = with_app(ana)
    sign_in(client, ana.email, PASSWORD)
    for _try in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_from(secret)})
    assert not is_signed_in(client)


def test_ten_passkeys_a_minute_are_the_most_of_a_network(client: Client) -> None:
    address = reverse("mfa_login_webauthn")
    answers = [client.post(address, {"credential": "{}"}).status_code for _try in range(11)]
    assert answers == [302] * 10 + [429]


# --------------------------------------------------------------------------- for pages of our own
def request_by(user: User, method: str = "post") -> HttpRequest:
    request: HttpRequest = getattr(RequestFactory(), method)("/")
    request.user = user
    request.session = SessionStore()
    return request


def test_a_page_of_ours_counts_by_person(ana: User) -> None:
    answers = [limit(request_by(ana), "invite") for _try in range(61)]
    assert answers[:60] == [None] * 60
    refusal = answers[60]
    assert refusal is not None
    assert refusal.status_code == 429
    assert limit(request_by(UserFactory.create()), "invite") is None


def test_reading_is_not_counted(ana: User) -> None:
    assert [limit(request_by(ana, "get"), "invite") for _try in range(70)] == [None] * 70


def test_an_act_without_a_rate_is_a_fault(ana: User) -> None:
    with pytest.raises(LookupError, match="Add one"):
        limit(request_by(ana), "fly")
