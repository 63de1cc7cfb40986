"""What every reply carries, whatever it is: pages, refusals, the interface, files, redirects."""

import re
from typing import Any

import pytest
from django.conf import settings as conf
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from aspirations.tests.factories import MembershipFactory
from people import request_ids
from people.models import AuditEntry, User

pytestmark = pytest.mark.django_db
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
REPLIES = {
    "page": ("get", "/riverside/", 200),
    "home": ("get", "/", 302),
    "missing": ("get", "/no/such/address/", 404),
    "method": ("post", "/riverside/", 405),
    "interface": ("get", "/api/v1/systems/", 200),
    "interface, missing": ("get", "/api/v1/systems/missing/", 404),
    "seconds left": ("get", "/accounts/session/", 200),
    "health": ("get", "/healthz", 200),
    "sign-in": ("get", "/accounts/login/", 302),
}


@pytest.fixture
def reader(client: Client) -> User:
    user: User = MembershipFactory.create(system__slug="riverside").user
    client.force_login(user)
    return user


def is_guarded(reply: Any) -> None:
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert reply["Referrer-Policy"] == "same-origin"
    assert reply["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "default-src 'self'" in reply["Content-Security-Policy"]
    assert "form-action 'self'" in reply["Content-Security-Policy"]
    closed = reply["Permissions-Policy"]
    assert "camera=()" in closed
    assert "geolocation=()" in closed
    assert "publickey-credentials-get=(self)" in closed
    assert UUID.fullmatch(reply["X-Request-ID"])


@pytest.mark.parametrize("kind", REPLIES)
def test_every_reply_is_guarded(client: Client, reader: User, kind: str) -> None:
    method, address, status = REPLIES[kind]
    reply = getattr(client, method)(address)
    assert reply.status_code == status
    is_guarded(reply)
    assert reply["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize(
    "address", ["/", "/accounts/login/", "/no/such/address/", "/api/v1/systems/", "/healthz"]
)
def test_replies_to_strangers_are_guarded(client: Client, address: str) -> None:
    is_guarded(client.get(address))


def test_a_refused_form_is_guarded(reader: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    reply = strict.post(reverse("account_logout"))
    assert reply.status_code == 403
    is_guarded(reply)
    assert reply["Cache-Control"] == "no-store, private"


def test_a_static_file_is_guarded(client: Client) -> None:
    (conf.STATIC_ROOT / "guarded.css").write_text("body {}")
    reply = client.get("/static/guarded.css")
    assert reply.status_code == 200
    is_guarded(reply)


def test_the_way_to_https_is_guarded_and_remembered(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 365 * 24 * 3600
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    client = Client()
    is_guarded(client.get("/accounts/login/"))
    assert client.get("/accounts/login/")["Location"].startswith("https://")
    reply = client.get("/accounts/login/", secure=True)
    assert reply["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


# --------------------------------------------------------------------------- ids of requests
def test_every_request_has_an_id_of_our_own(client: Client) -> None:
    asked = {"X-Request-ID": "chosen outside"}
    first, second = (client.get("/healthz", headers=asked)["X-Request-ID"] for _ in range(2))
    assert len({first, second, "chosen outside"}) == 3
    assert request_ids.current.get() == "", "it ends with the request"


def test_the_trail_names_the_request(client: Client) -> None:
    leader = MembershipFactory.create(system__slug="riverside", role="delivery_leader").user
    client.force_login(leader)
    reply = client.post("/riverside/tokens/new/", {"name": "Feed", "role": "viewer", "days": "30"})
    entry = AuditEntry.objects.first()
    if entry is None:
        pytest.fail(f"no trail was left; the page answered {reply.status_code}")
    assert entry.request_id == reply["X-Request-ID"]
