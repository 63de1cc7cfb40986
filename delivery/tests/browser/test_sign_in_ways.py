"""Signing in as people do: with an app, with a code on paper, with a passkey; and staying."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from delivery.tests.browser.conftest import EMAIL, PASSWORD, Visit
from people.models import System, User
from people.signing_in import sessions
from people.tests.codes import code_from, with_app

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def give_password(page: Page) -> None:
    page.get_by_label("Work e-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def with_keys(page: Page) -> None:
    """A device that keeps passkeys and knows its owner's finger, as Chromium plays one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def asking(system: System) -> System:
    System.objects.filter(pk=system.pk).update(second_factor="everyone")
    return system


def test_from_no_second_factor_to_the_dashboard_that_asks_for_one(
    visit: Visit, asking: System
) -> None:
    page = visit("/meridian/", signed_in=False)
    give_password(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("asks for a second factor")
    page.get_by_role("link", name="Set up an app on your phone").click()
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_alt_text("square code")).to_be_visible()
    secret = page.get_by_label("Secret").input_value()
    page.get_by_label("Code", exact=True).fill(code_from(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_label("Unused codes")).to_have_value(re.compile(r"^\d{8}\n"))
    page.get_by_role("link", name="Go on to where you wanted").click()
    expect(page.locator("#league")).to_be_visible()


def test_password_then_code(visit: Visit, reader: User, asking: System) -> None:
    secret = with_app(reader)
    page = visit("/meridian/", signed_in=False)
    give_password(page)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("alert").first).to_contain_text("There is a problem")
    page.get_by_label("Code").fill(code_from(secret))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#league")).to_be_visible()


def test_password_then_a_code_on_paper_without_scripts(
    visit: Visit, reader: User, asking: System
) -> None:
    with_app(reader)
    spare = RecoveryCodes.activate(reader).get_unused_codes()[0]
    page = visit("/meridian/", signed_in=False, java_script_enabled=False)
    give_password(page)
    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    page.get_by_label("Code").fill(spare)
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#league")).to_be_visible()


def add_passkey(page: Page) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Keep these codes")


def test_a_passkey_is_added_and_opens_the_door_alone(visit: Visit, asking: System) -> None:
    page = visit("/")
    with_keys(page)
    add_passkey(page)
    page.goto("/accounts/2fa/")
    expect(page.get_by_text("Work laptop")).to_be_visible()
    page.goto("/meridian/")
    expect(page.locator("#league")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()

    page.goto("/meridian/?light=R")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("#league")).to_be_visible()
    assert page.url.endswith("/meridian/?light=R")


def test_a_passkey_follows_a_password(visit: Visit, asking: System) -> None:
    page = visit("/")
    with_keys(page)
    add_passkey(page)
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/meridian/")
    give_password(page)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.locator("#league")).to_be_visible()


def test_a_passkey_that_is_not_given_is_said_to_be(visit: Visit) -> None:
    page = visit("/accounts/login/", signed_in=False)
    page.evaluate(
        "() => { navigator.credentials.get ="
        " () => Promise.reject(new DOMException('', 'NotAllowedError')); }"
    )
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("No passkey was given")).to_be_visible()
    assert not Authenticator.objects.exists()


# --------------------------------------------------------------------------- staying signed in
def move(minutes: int) -> None:
    """As if the last page had been asked for so long ago."""
    for row in Session.objects.all():
        data = row.get_decoded()
        data[sessions.SEEN] = data[sessions.BEGAN] = int(time.time()) - minutes * 60
        row.session_data = Session.objects.encode(data)
        row.save()


def later(page: Page, minutes: int) -> None:
    move(minutes)
    page.clock.fast_forward(minutes * 60 * 1000)


def paused(visit: Visit, address: str) -> Page:
    page = visit("/how-judgments-are-made/")
    page.clock.install()
    page.goto(address)
    return page


def test_whoever_is_idle_is_warned_and_may_stay(visit: Visit) -> None:
    page = paused(visit, "/meridian/")
    warning = page.get_by_role("dialog")
    expect(warning).to_be_hidden()
    with page.expect_response("**/accounts/session/"):
        later(page, 56)
    expect(warning).to_contain_text("signed out in 4 minutes")
    expect(page.get_by_role("button", name="Stay signed in")).to_be_focused()
    expect(page.get_by_role("button", name="Go on for now")).to_be_hidden()
    with page.expect_response("**/accounts/session/stay/"):
        page.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    assert page.url.endswith("/meridian/")


def test_another_tab_keeps_the_warning_away(visit: Visit) -> None:
    page = paused(visit, "/meridian/")
    with page.expect_response("**/accounts/session/"):
        page.clock.fast_forward(56 * 60 * 1000)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_whoever_does_not_answer_is_signed_out_and_may_come_back(visit: Visit) -> None:
    page = paused(visit, "/meridian/?light=R")
    later(page, 61)
    expect(page.get_by_text("signed out after an hour")).to_be_visible()
    give_password(page)
    expect(page.locator("#league")).to_be_visible()
    assert page.url.endswith("/meridian/?light=R")


def test_the_warning_can_be_read_by_anyone(visit: Visit, faults: Callable[[Page], str]) -> None:
    page = paused(visit, "/meridian/")
    later(page, 56)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == ""


# --------------------------------------------------------------------------- for everyone
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FRESH = ["/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_second_factor_can_be_read_by_anyone(
    visit: Visit, faults: Callable[[Page], str], asking: System, scheme: str
) -> None:
    narrow = {"width": 320, "height": 800}
    page = visit("/meridian/", color_scheme=scheme, viewport=narrow)
    expect(page.get_by_role("heading", level=1)).to_contain_text("asks for a second factor")
    assert faults(page) == ""
    for address in ["/accounts/2fa/", "/?all=1", *FRESH]:
        page.goto(address)
        if page.get_by_label("Your password").is_visible():
            assert faults(page) == ""
            page.get_by_label("Your password").fill(PASSWORD)
            page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert faults(page) == "", address
        assert page.evaluate(WIDE) == 0, address
