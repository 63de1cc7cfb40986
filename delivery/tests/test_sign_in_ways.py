"""The pages of one's ways to sign in: app, passkeys, recovery codes; and the letters about them."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from django.conf import settings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from aspirations.tests.factories import UserFactory
from people.models import User
from people.tests.codes import code_from, with_app
from people.tests.entering import grow_old, prove, record

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "ana@unit.example", "a long and quiet phrase"
# A page of someone with everything set up, and what it says.
PAGES = {
    "mfa_index": "A password alone does not open your account.",
    "mfa_list_webauthn": "1 passkey opens your account.",
    "mfa_add_webauthn": "Add a passkey",
    "mfa_deactivate_totp": "Turn the authenticator app off?",
    "mfa_view_recovery_codes": "Keep these codes somewhere safe",
    "mfa_generate_recovery_codes": "Make new recovery codes?",
    "account_reauthenticate": "Show once more that it is you",
    "mfa_reauthenticate": "Show once more that it is you",
    "mfa_reauthenticate_webauthn": "Show once more that it is you",
    "account_change_password": "Change your password",
    "account_logout": "Sign out?",
}
MADE_UP = [
    "", "{}", "[]", "nonsense", "null", "7", '"x"', '{"id": "AAAA"}', '{"response": null}',
    '{"id": 1, "rawId": 1, "type": "public-key", "response": {"userHandle": "eA"}}',
]  # fmt: skip
RUNS_INLINE = re.compile(r'<script(?![^>]*(\bsrc=|type="application/json"))|\son\w+=|\sstyle=')


@pytest.fixture
def ana(client: Client) -> User:
    user: User = UserFactory.create(email=EMAIL, password=PASSWORD)
    client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    record(client, user, "mfa", reauthenticated=True)
    return user


def kept_passkey() -> dict[str, Any]:
    """A passkey as its owner's browser sent it when it was added."""
    key = ES256.from_cryptography_key(generate_private_key(SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, b"one", key)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    known = AuthenticatorData.create(b"0" * 32, flags, 0, credential)
    client = CollectedClientData.create("webauthn.create", b"asked", "http://localhost")
    response = {
        "clientDataJSON": websafe_encode(client),
        "attestationObject": websafe_encode(AttestationObject.create("none", known, {})),
    }
    return {
        "id": websafe_encode(b"one"), "rawId": websafe_encode(b"one"), "type": "public-key",
        "response": response, "clientExtensionResults": {"credProps": {"rk": True}},
    }  # fmt: skip


def passkey_of(user: User, name: str = "Work laptop") -> Authenticator:
    data = {"name": name, "credential": kept_passkey()}
    return Authenticator.objects.create(user=user, type="webauthn", data=data)


def all_ways(user: User) -> str:
    passkey_of(user)
    secret = with_app(user)
    RecoveryCodes.activate(user)
    return secret


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_in_our_design_and_words(client: Client, ana: User, name: str) -> None:
    all_ways(ana)
    response = client.get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200
    assert PAGES[name] in page
    assert 'class="door"' in page
    assert not RUNS_INLINE.search(page)


def test_without_any_the_list_says_what_to_do(client: Client, ana: User) -> None:
    page = client.get(reverse("mfa_index")).content.decode()
    assert "A password alone opens your account." in page
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_generate_recovery_codes") not in page


@pytest.mark.parametrize(
    "name", ["mfa_add_webauthn", "mfa_deactivate_totp", "mfa_generate_recovery_codes",
             "mfa_activate_totp"],
)  # fmt: skip
def test_a_change_wants_a_fresh_proof(client: Client, name: str) -> None:
    user = UserFactory.create(email=EMAIL, password=PASSWORD)
    if name != "mfa_activate_totp":
        all_ways(user)
    prove(client, user, "mfa")
    grow_old(client, hours=1)
    response = client.get(reverse(name))
    assert response.status_code == 302
    assert "reauthenticate" in response["Location"]
    assert client.post(reverse(name)).status_code == 302
    assert Authenticator.objects.count() == (0 if name == "mfa_activate_totp" else 3)


# --------------------------------------------------------------------------- passkeys
def test_a_passkey_is_renamed(client: Client, ana: User) -> None:
    key = passkey_of(ana)
    address = reverse("mfa_edit_webauthn", args=[key.pk])
    assert 'value="Work laptop"' in client.get(address).content.decode()
    for name in ("", "x" * 101):
        assert "There is a problem" in client.post(address, {"name": name}).content.decode()
    client.post(address, {"name": "Phone"})
    assert "Phone" in client.get(reverse("mfa_list_webauthn")).content.decode()


def test_a_passkey_is_removed_after_asking(
    client: Client, ana: User, mailoutbox: list[EmailMessage]
) -> None:
    key = passkey_of(ana)
    address = reverse("mfa_remove_webauthn", args=[key.pk])
    assert "Remove “Work laptop”?" in client.get(address).content.decode()
    client.post(address)
    assert not Authenticator.objects.exists()
    assert "A passkey was removed" in mailoutbox[0].subject


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_passkeys_of_others_are_not_there(client: Client, ana: User, name: str) -> None:
    theirs = passkey_of(UserFactory.create(), "Someone else’s")
    address = reverse(name, args=[theirs.pk])
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert "Someone else’s" not in client.get(reverse("mfa_list_webauthn")).content.decode()


@pytest.mark.parametrize("sent", MADE_UP)
def test_a_made_up_passkey_is_refused_in_words(client: Client, ana: User, sent: str) -> None:
    response = client.post(reverse("mfa_add_webauthn"), {"name": "X", "credential": sent})
    assert response.status_code == 200
    assert "was not accepted" in response.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("sent", MADE_UP)
def test_a_made_up_passkey_signs_nobody_in(client: Client, sent: str) -> None:
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    response = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert response["Location"] == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_the_question_for_a_passkey_names_nobody(client: Client, ana: User) -> None:
    passkey_of(ana)
    asked = Client().get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    question = asked.json()["request_options"]["publicKey"]
    assert not question.get("allowCredentials")
    assert question["userVerification"] == "required"


# --------------------------------------------------------------------------- codes
def test_recovery_codes_are_shown_made_anew_and_downloaded(client: Client, ana: User) -> None:
    with_app(ana)
    old = RecoveryCodes.activate(ana).get_unused_codes()
    assert old[0] in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    client.post(reverse("mfa_generate_recovery_codes"))
    new = client.get(reverse("mfa_download_recovery_codes"))
    assert new["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    lines = new.content.decode().split()
    assert len(lines) == 10
    assert not set(old) & set(lines)


def test_codes_are_of_their_owner_alone(client: Client, ana: User) -> None:
    RecoveryCodes.activate(UserFactory.create())
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 404
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 404


def test_an_app_is_turned_off_after_asking(client: Client, ana: User) -> None:
    with_app(ana)
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(type="totp").exists()


def test_one_code_opens_once(client: Client) -> None:
    user = UserFactory.create(email=EMAIL, password=PASSWORD)
    code = code_from(with_app(user))
    for opens in (True, False):
        visitor = Client()
        visitor.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
        visitor.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in visitor.session) is opens


# --------------------------------------------------------------------------- letters
def test_a_letter_tells_of_a_changed_password_and_what_to_do(
    client: Client, ana: User, mailoutbox: list[EmailMessage]
) -> None:
    new = "another phrase altogether"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post(reverse("account_change_password"), form)
    assert mailoutbox[0].to == [EMAIL]
    assert mailoutbox[0].subject == "Headway: Your password was changed"
    assert "If it was not" in mailoutbox[0].body
    assert settings.BASE_URL in mailoutbox[0].body


@pytest.mark.parametrize("email", [EMAIL, "nobody@unit.example"])
def test_no_letter_names_the_host_of_a_request(
    client: Client, ana: User, mailoutbox: list[EmailMessage], email: str
) -> None:
    ask: dict[str, Any] = {"email": email}
    Client(SERVER_NAME="127.0.0.1").post(reverse("account_reset_password"), ask)
    words = mailoutbox[0].subject + str(mailoutbox[0].body)
    assert "127.0.0.1" not in words
    assert settings.BASE_URL in words


def test_a_host_we_do_not_serve_gets_no_letter_sent(
    ana: User, mailoutbox: list[EmailMessage]
) -> None:
    stranger = Client(SERVER_NAME="evil.example")
    assert stranger.post(reverse("account_reset_password"), {"email": EMAIL}).status_code == 400
    assert mailoutbox == []
