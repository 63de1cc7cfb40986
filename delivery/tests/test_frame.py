"""What every page carries: headers, a frame without dead ends, and one answer to every stranger."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SystemFactory,
    UserFactory,
)
from people.models import System, User
from people.tests.entering import prove

pytestmark = pytest.mark.django_db
# What differs from one request to the next: the form token, and the seconds of the session.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|data-left="\d+"')
PAGES = [
    "/",
    "/?all=1",
    "/meridian/",
    "/meridian/metrics/reading/",
    "/how-judgments-are-made/",
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/nowhere/",
    "/api/v1/systems/",
]
OPEN_PAGES = ["/accounts/login/", "/accounts/password/reset/", "/no/such/address/", "/healthz"]


@pytest.fixture
def system() -> System:
    return SystemFactory.create(slug="meridian", name="Meridian", note="All figures are invented.")


@pytest.fixture
def reader(client: Client, system: System) -> User:
    MetricFactory.create(system=system, slug="reading", name="Reading")
    user: User = MembershipFactory.create(system=system).user
    prove(client, user)
    return user


def directives(response: Any) -> dict[str, list[str]]:
    parts = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {part[0]: part[1:] for part in parts if part}


def links(page: str) -> Iterator[str]:
    """Addresses within this site that a page leads to, fragments left out."""
    for address in re.findall(r'(?:href|action)="([^"#]*)', page):
        if address.startswith("/") and not address.startswith("/static/"):
            yield address.replace("&amp;", "&")


# --------------------------------------------------------------------------- headers
@pytest.mark.parametrize("address", PAGES)
def test_no_page_of_someone_signed_in_is_kept(client: Client, reader: User, address: str) -> None:
    assert client.get(address)["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("address", [*PAGES, *OPEN_PAGES])
@pytest.mark.parametrize("signed_in", [True, False])
def test_the_policy_of_every_page_is_strict(
    client: Client, reader: User, address: str, signed_in: bool
) -> None:
    response = (client if signed_in else Client()).get(address)
    policy = directives(response)
    assert policy["script-src"] == ["'self'"]
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    for allowed in policy.values():
        assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & set(allowed)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", [*PAGES, *OPEN_PAGES])
def test_no_page_carries_what_the_policy_forbids(
    client: Client, reader: User, address: str
) -> None:
    for visitor in (client, Client()):
        page = visitor.get(address, follow=True).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)


# --------------------------------------------------------------------------- masthead and foot
@pytest.mark.parametrize("address", PAGES)
def test_every_link_of_a_page_leads_somewhere(client: Client, reader: User, address: str) -> None:
    for link in set(links(client.get(address).content.decode())):
        assert client.get(link).status_code in {200, 302, 405}, link


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_a_stranger_meets_no_dead_end(client: Client, address: str) -> None:
    for link in set(links(client.get(address).content.decode())):
        response = client.get(link, follow=True)
        assert response.status_code in {200, 405}, link
    page = client.get(address).content.decode()
    assert reverse("rules") not in page
    assert reverse("account_logout") not in page


def test_the_masthead_names_system_and_person(client: Client, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(name="Director, Early Learning")
    page = client.get("/meridian/").content.decode()
    assert "<title>" in page
    title = " ".join(page.split("<title>")[1].split("</title>")[0].split())
    assert title == "Dashboard · Meridian · Headway"
    assert "Director, Early Learning" in page
    assert "All figures are invented." in page
    assert f'href="{reverse("dashboard", args=["meridian"])}" aria-current="page"' in page


def test_a_name_cannot_break_out_of_the_page(client: Client, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(name="<script>alert(1)</script>")
    System.objects.update(name='"><img src=x>')
    page = client.get("/meridian/").content.decode()
    assert "<script>alert" not in page
    assert "<img src=x>" not in page


# --------------------------------------------------------------------------- not found
def refusal(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 404
    page = TOKEN.sub("", response.content.decode())
    return page.replace(address, "")


@pytest.mark.parametrize("rest", ["", "metrics/reading/", "metrics/reading/track.csv"])
def test_missing_and_forbidden_read_the_same(client: Client, reader: User, rest: str) -> None:
    other = SystemFactory.create(slug="forbidden", name="Secret Borough")
    MetricFactory.create(system=other, slug="reading")
    forbidden = refusal(client, f"/forbidden/{rest}")
    assert forbidden == refusal(client, f"/missing/{rest}")
    assert "Secret Borough" not in forbidden


def test_what_cannot_be_read_is_refused_in_plain_words(client: Client) -> None:
    """More fields than a form ever has: Django refuses before any page sees them."""
    client.force_login(UserFactory.create())
    many = {f"field-{n}": "x" for n in range(20_100)}
    response = client.post("/theme/", many)
    assert response.status_code == 400
    assert "nothing was changed" in response.content.decode()


def test_not_found_says_what_to_do(client: Client) -> None:
    client.force_login(UserFactory.create())
    page = client.get("/nowhere/").content.decode()
    assert "There is no page here that you can read" in page
    assert "Ask the delivery leader" in page


def test_a_stale_token_is_refused_in_words(reader: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    response = strict.post(reverse("account_logout"))
    assert response.status_code == 403
    assert "Headway" in response.content.decode()
