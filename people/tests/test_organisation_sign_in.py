"""Signing in with the organisation's account, against a provider that answers over HTTP."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from people.confidential.door import ASKED_THERE
from people.models import AuditEntry, User
from people.signing_in import sessions
from people.tests.factories import MembershipFactory, UserFactory
from people.tests.stub_provider import CLIENT, SECRET, StubProvider, new_key

pytestmark = pytest.mark.django_db
EMAIL = "ana@unit.example"
ANA = {"sub": "ana-at-work", "email": EMAIL, "email_verified": True}


@pytest.fixture
def provider(settings: Settings) -> Iterator[StubProvider]:
    stub = StubProvider(claims=dict(ANA))
    settings.BASE_URL = "http://testserver"
    settings.OIDC = {
        "issuer": stub.issuer, "client_id": CLIENT, "client_secret": SECRET, "name": "Meridian",
    }  # fmt: skip
    yield stub
    stub.close()


@pytest.fixture
def ana() -> User:
    return UserFactory.create(email=EMAIL, password="a long and quiet phrase")


def begin(client: Client, **form: str) -> str:
    """From our page to the provider's; its address with all that we ask."""
    response = client.post(reverse("organisation_login"), form)
    assert response.status_code == 302, response.content
    return str(response["Location"])


def come_back(client: Client, address: str) -> Any:
    """Through the provider, and back to us."""
    there = requests.get(address, allow_redirects=False, timeout=5)
    return client.get(there.headers["Location"].removeprefix("http://testserver"))


def sign_in(client: Client, **form: str) -> Any:
    return come_back(client, begin(client, **form))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def refusal(client: Client, words: str, status: int) -> str:
    response = sign_in(client)
    page: str = response.content.decode()
    assert response.status_code == status
    assert words in page
    assert not is_signed_in(client)
    return page


# --------------------------------------------------------------------------- it works
def test_it_opens_an_account_that_exists(client: Client, provider: StubProvider, ana: User) -> None:
    response = sign_in(client)
    assert response["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(ana.pk)
    assert SocialAccount.objects.get().user == ana


def test_the_page_that_was_asked_for_opens_afterwards(
    client: Client, provider: StubProvider, ana: User
) -> None:
    assert sign_in(client, next="/meridian/?light=R")["Location"] == "/meridian/?light=R"
    assert sign_in(Client(), next="https://elsewhere.example/")["Location"] == reverse("home")


def test_it_asks_with_a_challenge_a_state_and_a_nonce(
    client: Client, provider: StubProvider, ana: User
) -> None:
    asked = {name: v[0] for name, v in parse_qs(urlsplit(begin(client)).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/accounts/organisation/callback/"
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert min(len(asked["state"]), len(asked["nonce"]), len(asked["code_challenge"])) >= 16
    again = {name: v[0] for name, v in parse_qs(urlsplit(begin(client)).query).items()}
    assert not {asked["state"], asked["nonce"]} & {again["state"], again["nonce"]}


def test_linking_leaves_a_trail_a_letter_and_the_password(
    client: Client, provider: StubProvider, ana: User, mailoutbox: list[EmailMessage]
) -> None:
    sign_in(client)
    assert AuditEntry.objects.get(action="link with organisation").object_key == EMAIL
    assert mailoutbox[0].to == [EMAIL]
    ana.refresh_from_db()
    assert ana.check_password("a long and quiet phrase")
    sign_in(Client())
    assert len(mailoutbox) == AuditEntry.objects.count() == 1


def test_only_what_is_used_is_kept(client: Client, provider: StubProvider, ana: User) -> None:
    provider.claims |= {"phone_number": "555", "picture": "https://elsewhere.example/ana.png"}
    sign_in(client)
    kept = SocialAccount.objects.get().extra_data["id_token"]
    assert set(kept) == {"iss", "sub", "email", "email_verified", "uid"}


def test_the_address_may_come_from_the_providers_description(
    client: Client, provider: StubProvider, ana: User
) -> None:
    provider.claims = {"sub": "ana-at-work"}
    provider.userinfo = dict(ANA)
    assert sign_in(client).status_code == 302
    assert is_signed_in(client)


# --------------------------------------------------------------------------- whom it refuses
def test_who_has_no_account_is_told_whom_to_ask(client: Client, provider: StubProvider) -> None:
    assert "Ask your delivery unit" in refusal(client, "opens no account here", 403)
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_a_closed_account_reads_as_none(client: Client, provider: StubProvider, ana: User) -> None:
    User.objects.update(is_active=False)
    closed = refusal(client, "opens no account here", 403)
    User.objects.all().delete()
    assert closed == refusal(Client(), "opens no account here", 403)


def test_a_linked_account_that_was_closed_stays_closed(
    client: Client, provider: StubProvider, ana: User
) -> None:
    sign_in(client)
    User.objects.update(is_active=False)
    refusal(Client(), "opens no account here", 403)
    assert client.get(reverse("home")).status_code == 302, "the session ends too"


@pytest.mark.parametrize("said", [False, None, "false", 0, "yes"])
def test_an_address_that_nobody_confirmed_opens_nothing(
    client: Client, provider: StubProvider, ana: User, said: Any
) -> None:
    provider.claims["email_verified"] = said
    refusal(client, "not confirmed there", 403)
    assert not SocialAccount.objects.exists()


def test_an_unconfirmed_address_reads_the_same_with_and_without_account(
    client: Client, provider: StubProvider, ana: User
) -> None:
    provider.claims["email_verified"] = False
    known = refusal(client, "not confirmed there", 403)
    provider.claims["email"] = "nobody@unit.example"
    assert known == refusal(Client(), "not confirmed there", 403)


# --------------------------------------------------------------------------- issuer and subject
def test_a_changed_address_still_opens_the_same_account(
    client: Client, provider: StubProvider, ana: User
) -> None:
    sign_in(client)
    ben = UserFactory.create(email="ben@unit.example")
    provider.claims["email"] = ben.email
    later = Client()
    sign_in(later)
    assert later.session["_auth_user_id"] == str(ana.pk), "the subject counts, not the address"


def test_an_address_that_went_to_a_newcomer_opens_nothing(
    client: Client, provider: StubProvider, ana: User
) -> None:
    sign_in(client)
    provider.claims["sub"] = "someone-new"
    refusal(Client(), "opens no account here", 403)
    assert SocialAccount.objects.count() == 1


def test_the_same_subject_at_another_issuer_is_another_person(
    client: Client, provider: StubProvider, ana: User, settings: Settings
) -> None:
    sign_in(client)
    other = StubProvider(claims={**ANA, "email_verified": False})
    settings.OIDC = {**settings.OIDC, "issuer": other.issuer}
    refusal(Client(), "not confirmed there", 403)
    other.close()


# --------------------------------------------------------------------------- forgeries
BROKEN: list[Callable[[StubProvider], Any]] = [
    lambda stub: setattr(stub, "key", new_key()),
    lambda stub: setattr(stub, "algorithm", "HS256"),
    lambda stub: setattr(stub, "algorithm", "none"),
    lambda stub: stub.header.update(kid="another"),
    lambda stub: stub.token_changes.update(iss="https://elsewhere.example"),
    lambda stub: stub.token_changes.update(aud="another client"),
    lambda stub: stub.token_changes.update(aud=[CLIENT, "x"], azp="another client"),
    lambda stub: stub.token_changes.update(nonce="another visit"),
    lambda stub: stub.token_changes.update(nonce=None),
    lambda stub: stub.token_changes.update(exp=1_700_000_000),
    lambda stub: stub.token_changes.update(exp=None),
    lambda stub: stub.token_changes.update(sub=None),
    lambda stub: stub.config_changes.update(issuer="https://elsewhere.example"),
    lambda stub: stub.config_changes.update(jwks_uri=None),
]


@pytest.mark.parametrize("breaks", BROKEN)
def test_what_cannot_be_trusted_opens_nothing(
    client: Client, provider: StubProvider, ana: User, breaks: Callable[[StubProvider], Any]
) -> None:
    address = begin(client)
    breaks(provider)
    response = come_back(client, address)
    assert response.status_code == 400
    assert "Signing in did not work" in response.content.decode()
    assert not is_signed_in(client)
    assert not SocialAccount.objects.exists()


def test_a_description_of_another_person_is_refused(
    client: Client, provider: StubProvider, ana: User
) -> None:
    provider.claims = {"sub": "someone-else"}
    provider.userinfo = dict(ANA)
    refusal(client, "Signing in did not work", 400)


def test_a_forged_or_used_state_is_refused(
    client: Client, provider: StubProvider, ana: User
) -> None:
    there = requests.get(begin(client), allow_redirects=False, timeout=5).headers["Location"]
    path = there.removeprefix("http://testserver")
    assert Client().get(path).status_code == 400, "it began in another browser"
    assert client.get(path.replace("state=", "state=x")).status_code == 400
    assert client.get(path).status_code == 302
    assert Client().get(path).status_code == 400


def test_a_code_without_its_verifier_is_worthless(
    client: Client, provider: StubProvider, ana: User
) -> None:
    provider.authorize({"state": "s", "redirect_uri": "r", "code_challenge": "c", "nonce": "n"})
    stolen = {"code": "code-1", "client_secret": SECRET, "redirect_uri": "r"}
    assert requests.post(f"{provider.issuer}/token", data=stolen, timeout=5).status_code == 400


def test_who_stops_at_the_provider_is_led_back(client: Client, provider: StubProvider) -> None:
    state = parse_qs(urlsplit(begin(client)).query)["state"][0]
    back = reverse("organisation_callback") + f"?error=access_denied&state={state}"
    response = client.get(back)
    assert "was stopped" in response.content.decode()
    assert reverse("account_login") in response.content.decode()


def test_a_provider_that_is_down_is_said_to_be(client: Client, provider: StubProvider) -> None:
    provider.close()
    response = client.post(reverse("organisation_login"))
    assert response.status_code == 400
    assert "Signing in did not work" in response.content.decode()


@pytest.mark.parametrize(
    "theirs", ["ira.\u017fik@x.example", "\u0131ra.sik@x.example", "ira.si\u212a@x.example"]
)
def test_letters_that_look_alike_are_another_mailbox(
    client: Client, provider: StubProvider, theirs: str
) -> None:
    UserFactory.create(email="ira.sik@x.example")
    provider.claims["email"] = f"{theirs}@x.example"
    refusal(client, "your delivery unit", 403)
    assert not SocialAccount.objects.exists()


# --------------------------------------------------------------------------- proof once more
def test_who_is_signed_in_is_asked_anew(client: Client, provider: StubProvider, ana: User) -> None:
    first = parse_qs(urlsplit(begin(Client())).query)
    assert not {"prompt", "max_age"} & set(first)
    sign_in(client)
    provider.claims["auth_time"] = sessions.now()
    again = begin(client, next="/meridian/")
    asked = parse_qs(urlsplit(again).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert come_back(client, again)["Location"] == "/meridian/"
    assert ASKED_THERE in methods(client)


@pytest.mark.parametrize("ago", [None, 600, "now", True])
def test_a_provider_that_did_not_ask_anew_proves_nothing(
    client: Client, provider: StubProvider, ana: User, ago: Any
) -> None:
    sign_in(client)
    said = sessions.now() - ago if type(ago) is int else ago
    provider.claims["auth_time"] = said
    assert sign_in(client).status_code == 400
    assert ASKED_THERE not in methods(client)


def test_being_let_through_is_no_proof(client: Client, provider: StubProvider, ana: User) -> None:
    User.objects.update(password="!")
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 403
    provider.claims["auth_time"] = sessions.now()
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def methods(client: Client) -> list[str]:
    return [row["method"] for row in client.session["account_authentication_methods"]]


# --------------------------------------------------------------------------- second factor
@pytest.mark.parametrize(
    ("amr", "opens"),
    [(["pwd", "mfa"], True), (["mca"], True), (["pwd", "otp"], True), (["pin", "hwk"], True),
     (["fpt", "sc"], True), (["otp"], False), (["hwk"], False), (["otp", "hwk"], False),
     (["pwd", "pin"], False), (["pwd", "swk"], False), (["pwd"], False), ([], False),
     (None, False), ("mfa", False), ([{"mfa": 1}], False)],
)  # fmt: skip
def test_a_factor_given_at_the_provider_counts(
    client: Client, provider: StubProvider, ana: User, amr: Any, opens: bool
) -> None:
    system = MembershipFactory.create(user=ana, system__second_factor="everyone").system
    provider.claims["amr"] = amr
    sign_in(client)
    status = client.get(reverse("dashboard", args=[system.slug])).status_code
    assert status == (200 if opens else 302)


def test_who_has_a_factor_here_gives_it_here(
    client: Client, provider: StubProvider, ana: User
) -> None:
    TOTP.activate(ana, generate_totp_secret())
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


# --------------------------------------------------------------------------- doors
def test_without_a_provider_there_is_no_such_page(client: Client) -> None:
    assert client.post(reverse("organisation_login")).status_code == 404
    assert client.get(reverse("organisation_callback")).status_code == 404
    assert (
        reverse("organisation_login") not in client.get(reverse("account_login")).content.decode()
    )


def test_the_sign_in_page_offers_it(client: Client, provider: StubProvider) -> None:
    page = client.get(reverse("account_login") + "?next=/meridian/").content.decode()
    assert "Use your account of Meridian" in page
    assert page.count('name="next" value="/meridian/"') == 3


def test_no_link_starts_it(client: Client, provider: StubProvider) -> None:
    assert client.get(reverse("organisation_login")).status_code == 405
    assert client.post(reverse("organisation_callback")).status_code == 405
    assert Client(enforce_csrf_checks=True).post(reverse("organisation_login")).status_code == 403


def test_the_stub_signs_as_a_provider_does(provider: StubProvider) -> None:
    key = jwt.PyJWK.from_dict(provider.keys()["keys"][0])
    assert jwt.decode(jwt.encode({"a": 1}, provider.key, "RS256"), key) == {"a": 1}
