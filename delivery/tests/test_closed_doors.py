"""Every address is closed to strangers unless it is on the short list here.

The list names routes, not addresses; whoever opens a door adds its name, in sight of a reviewer.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, path, resolve, reverse
from django.utils.regex_helper import normalize

METHODS = ("get", "post", "put", "patch", "delete")
PUBLIC = {
    # health, for the machine that watches
    "healthz",
    "readyz",
    # the way in, and back in after a forgotten password
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_confirm_login_code",
    "account_email_verification_sent",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "organisation_login",
    "organisation_callback",
    # the link in the mail of an invitation
    "invitation",
    # the link to score in a capacity review, and the one sheet it opens: without it, a refusal
    "scoring_link",
    "renew_scoring_link",
    "guest_review",
    "guest_element",
    "finish_as_guest",
    "take_back_as_guest",
    "leave_as_guest",
}
SAMPLES = {
    "int": "1",
    "str": "sample",
    "slug": "sample",
    "path": "sample/sample",
    "uuid": "6f2a1f6e-0f0b-4a5e-9d54-0b2f5c0d7a11",
}


class Door:
    """One URL pattern: its full name, a sample address that reaches it, and its view."""

    def __init__(self, pattern: URLPattern, prefix: list[str], spaces: list[str]) -> None:
        self.name = ":".join([*spaces, pattern.name or ""])
        self.address = "/" + "".join([*prefix, sample(pattern)])
        self.view = pattern.callback

    def __repr__(self) -> str:
        return f"{self.name or self.view} at {self.address}"


def sample(pattern: Any) -> str:
    """An address part that a pattern accepts."""
    inner = pattern.pattern
    if hasattr(inner, "_route"):
        return re.sub(
            r"<(?:(\w+):)?\w+>", lambda part: SAMPLES[part[1] or "str"], str(inner._route)
        )
    form, names = normalize(inner.regex.pattern)[0]
    return str(form % dict.fromkeys(names, "1")).lstrip("/")


def doors(
    patterns: list[Any], prefix: tuple[str, ...] = (), spaces: tuple[str, ...] = ()
) -> Iterator[Door]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from doors(pattern.url_patterns, (*prefix, sample(pattern)), inner)
        else:
            yield Door(pattern, list(prefix), list(spaces))


def is_closed(response: HttpResponse) -> bool:
    """Sent to sign in, or refused; never shown, and never told whether the thing exists."""
    if response.status_code in {301, 302}:
        return response["Location"].split("?")[0] == reverse(settings.LOGIN_URL)
    return response.status_code in {401, 403}


def every_door() -> list[Door]:
    return list(doors(get_resolver().url_patterns))


def test_the_sample_addresses_reach_their_views() -> None:
    found = every_door()
    assert len(found) > 20, f"only {len(found)} addresses were found; the walk is broken"
    missed = []
    for door in found:
        try:
            # An earlier pattern may answer for a sample; then the door itself would go untested.
            reached = resolve(door.address).func
        except Resolver404:
            reached = None
        if reached is not door.view:
            missed.append(f"{door} is answered by {reached}")
    assert not missed, "\n".join(missed)


@pytest.mark.django_db
def test_strangers_find_every_other_door_closed(client: Client) -> None:
    open_doors = []
    for door in every_door():
        if door.name in PUBLIC:
            continue
        for method in METHODS:
            response = getattr(client, method)(door.address)
            if not is_closed(response):
                open_doors.append(f"{method.upper()} {door} answers {response.status_code}")
    assert not open_doors, "\n".join(open_doors)


def test_the_public_list_names_only_doors_that_exist() -> None:
    assert PUBLIC - {door.name for door in every_door()} == set()


def test_an_open_door_is_seen() -> None:
    assert not is_closed(HttpResponse("figures"))
    assert not is_closed(HttpResponse(status=404))
    assert not is_closed(HttpResponse(status=302, headers={"Location": "/elsewhere/"}))
    assert is_closed(HttpResponse(status=403))


def test_the_walk_enters_included_patterns() -> None:
    def view(request: Any) -> HttpResponse:
        return HttpResponse()

    inner = [path("<int:pk>/", view, name="one"), path("<slug:slug>/edit", view, name="edit")]
    found = doors([path("lists/<str:kind>/", (inner, None, "lists"))])
    assert [(door.name, door.address) for door in found] == [
        ("lists:one", "/lists/sample/1/"),
        ("lists:edit", "/lists/sample/sample/edit"),
    ]
