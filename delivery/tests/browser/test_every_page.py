"""Every page of the demonstration: it answers, says one thing, and anyone can read it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from delivery.tests.browser.walk import Walk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STARTS = {
    "delivery@meridian.example": ("/meridian/", "/account/"),
    "board@meridian.example": ("/meridian/",),
    "governor@meridian.example": ("/meridian-state/",),
    "data@meridian.example": ("/",),
    "reviewer@meridian.example": ("/",),
    "admin@meridian.example": ("/",),
}
LEADER = "delivery@meridian.example"
# More of a route than the one address that is walked: a day that is past.
BESIDE = {LEADER: ("/meridian/?as_at=2025-12-16",)}
HEADING = re.compile(r"<h1\b")
TITLE = re.compile(r"<title>(.*?)</title>", re.S)
# What the security policy of the pages would refuse.
INLINE = re.compile(
    r"""<script(?![^>]*\ssrc=)(?![^>]*type="application/json")[^>]*>"""
    r"""|\sstyle="|\son[a-z]+=["']"""
)
Shown = Callable[..., tuple[Page, list[str], list[str]]]
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def demonstration(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    call_command("seed_demo", verbosity=0)


@pytest.mark.parametrize("email", STARTS)
def test_every_page_answers_and_says_one_thing(demonstration: None, email: str) -> None:
    found = Walk(email, *STARTS[email])
    assert found.pages
    assert found.refused == {}
    faults = {address: words for address, text in found.pages.items() if (words := wrong(text))}
    assert faults == {}


def wrong(text: str) -> str:
    """What is wrong with a page's source; empty where nothing is."""
    if (count := len(HEADING.findall(text))) != 1:
        return f"{count} first headings"
    if not (title := TITLE.search(text)) or not title[1].split("·")[0].strip():
        return "a title that says nothing"
    if inline := INLINE.search(text):
        return f"inline: {inline[0]}"
    return ""


@pytest.fixture
def shown(browser: Browser, live_server: LiveServer, demonstration: None) -> Iterator[Shown]:
    """A browser page signed in as someone, the addresses to open, and what it complained of."""
    contexts = []

    def open_as(email: str, scheme: str = "light") -> tuple[Page, list[str], list[str]]:
        walk = Walk(email, *STARTS[email])
        context = browser.new_context(
            base_url=live_server.url, color_scheme=scheme,  # type: ignore[arg-type]
            viewport={"width": 1440, "height": 900},
        )  # fmt: skip
        contexts.append(context)
        context.add_cookies([{"name": "sessionid", "value": walk.key, "url": live_server.url}])
        page = context.new_page()
        return page, [*walk.pages, *BESIDE.get(email, ())], listened(page)

    yield open_as
    for context in contexts:
        context.close()


def listened(page: Page) -> list[str]:
    """Faults and warnings that the page tells its console, as they come."""
    said: list[str] = []

    def console(told: ConsoleMessage) -> None:
        if told.type in {"error", "warning"}:
            said.append(f"{page.url}: {told.text}")

    page.on("console", console)
    page.on("pageerror", lambda fault: said.append(f"{page.url}: {fault}"))
    return said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anyone_can_read_every_page(
    shown: Shown, faults: Callable[[Page], str], scheme: str
) -> None:
    assert unreadable(shown(LEADER, scheme), faults) == []


def test_others_can_read_every_page_of_theirs(shown: Shown, faults: Callable[[Page], str]) -> None:
    for email in STARTS:
        if email != LEADER:
            assert unreadable(shown(email), faults) == [], email


def unreadable(
    opened: tuple[Page, list[str], list[str]], faults: Callable[[Page], str]
) -> list[str]:
    """What axe finds on each of the pages, and what they tell the console."""
    page, addresses, said = opened
    assert addresses
    found = []
    for address in addresses:
        page.goto(address)
        if report := faults(page):
            found.append(f"{address}\n{report}")
    return [*said, *found]


@pytest.mark.parametrize("email", [LEADER, "governor@meridian.example"])
def test_no_page_scrolls_sideways(shown: Shown, email: str) -> None:
    page, addresses, _said = shown(email)
    found = []
    for address in addresses:
        page.goto(address)
        for width in (1440, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if (over := page.evaluate(WIDE)) > 0:
                found.append(f"{address} at {width}: {over} px too wide")
        page.set_viewport_size({"width": 1440, "height": 900})
    assert found == []
