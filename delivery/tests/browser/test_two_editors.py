"""Two people change the same settings in two browsers: the second loses nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from aspirations.tests.factories import MembershipFactory, UserFactory
from people.models import System

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GENERAL, WORDS = "/meridian/settings/", "/meridian/settings/words/"
JUDGMENTS = "/meridian/settings/judgments/"
PAGES = [GENERAL, WORDS, JUDGMENTS]


def editor(browser: Browser, server: LiveServer, system: System, name: str, **options: Any) -> Page:
    """A delivery leader of this name, in a browser of their own."""
    user = UserFactory.create(name=name)
    MembershipFactory.create(user=user, system=system, role="delivery_leader")
    client = Client()
    client.force_login(user)
    key = client.cookies["sessionid"].value
    context = browser.new_context(base_url=server.url, **options)
    context.add_cookies([{"name": "sessionid", "value": key, "url": server.url}])
    return context.new_page()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save").click()


def test_the_second_sees_both_texts_and_saves_deliberately(
    browser: Browser, live_server: LiveServer, system: System
) -> None:
    first = editor(browser, live_server, system, "First Leader")
    second = editor(browser, live_server, system, "Second Leader", java_script_enabled=False)
    for page in (first, second):
        page.goto(GENERAL)
    first.get_by_label("Line beside the name").fill("Schools of the state")
    first.get_by_label("Kind").select_option("schools")
    save(first)
    expect(first.get_by_role("status").first).to_have_text("Saved.")

    second.get_by_label("Line beside the name").fill("All our schools")
    second.get_by_label("Note at the foot").fill("Draft of the second.")
    save(second)
    panel = second.get_by_role("alert")
    expect(panel).to_contain_text("Someone saved this before you; nothing of yours is lost")
    expect(panel).to_contain_text("First Leader")
    for words in ("All our schools", "Schools of the state", "School system"):
        expect(panel).to_contain_text(words)
    expect(second.get_by_label("Line beside the name")).to_have_value("All our schools")
    expect(second.get_by_label("Note at the foot")).to_have_value("Draft of the second.")
    expect(second.get_by_label("Kind")).to_have_value("schools")
    system.refresh_from_db()
    assert system.tagline == "Schools of the state"

    save(second)
    expect(second.get_by_role("status").first).to_have_text("Saved.")
    system.refresh_from_db()
    assert (system.tagline, system.kind, system.note, system.version) == (
        "All our schools", "schools", "Draft of the second.", 3,
    )  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_anyone_can_read_the_settings(
    browser: Browser,
    live_server: LiveServer,
    system: System,
    faults: Callable[[Page], str],
    scheme: str,
    width: int,
) -> None:
    page = editor(browser, live_server, system, "Leader")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 900})
    for address in PAGES:
        page.goto(address)
        assert faults(page) == "", address
    page.goto(JUDGMENTS)
    page.get_by_label("Green: least chance", exact=True).first.fill("0.2")
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == ""


def test_the_conflict_can_be_read_by_anyone_on_a_narrow_screen(
    browser: Browser, live_server: LiveServer, system: System, faults: Callable[[Page], str]
) -> None:
    first, second = (editor(browser, live_server, system, f"{n} Leader") for n in ("A", "B"))
    second.set_viewport_size({"width": 320, "height": 800})
    for page in (second, first):
        page.goto(WORDS)
        page.get_by_label("Metrics", exact=True).fill("yardsticks")
    first.get_by_label("Metrics", exact=True).fill("measures")
    save(first)
    save(second)
    expect(second.get_by_role("alert")).to_contain_text("measures")
    assert faults(second) == ""
    assert second.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_scrolls_sideways_at_320_pixels(
    browser: Browser, live_server: LiveServer, system: System
) -> None:
    page = editor(browser, live_server, system, "Leader")
    page.set_viewport_size({"width": 320, "height": 800})
    for address in PAGES:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
