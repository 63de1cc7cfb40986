"""Search, keys and notices as people meet them: on wide and narrow screens, by day and night."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from delivery.tests.browser.conftest import LONG, Visit
from people.models import Membership, System, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCREENS = [(1440, "light"), (1440, "dark"), (390, "dark"), (320, "light")]
NO_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth"
PAGES = ["/search/?q=read&near=meridian", "/search/?q=nothing-of-that-name", "/search/",
         "/search/shortcuts/", "/account/notices/"]  # fmt: skip


@pytest.fixture(autouse=True)
def leader(reader: User) -> User:
    Membership.objects.filter(user=reader).update(role="delivery_leader", office=LONG)
    return reader


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize("address", PAGES)
def test_anyone_can_read_it(
    visit: Visit, faults: Callable[[Page], str], address: str, width: int, scheme: str
) -> None:
    page = visit(address, color_scheme=scheme, viewport={"width": width, "height": 800})
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(NO_SIDEWAYS)
    assert faults(page) == ""


# --- search ------------------------------------------------------------------------------------
@pytest.mark.parametrize("scripts", [True, False])
def test_a_metric_is_found_from_any_page(visit: Visit, scripts: bool) -> None:
    page = visit("/meridian/members/", java_script_enabled=scripts)
    page.get_by_label("Search for anything by its name").fill("READ")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("fit “READ”")
    page.get_by_role("main").get_by_role("link", name="Reading", exact=True).click()
    expect(page).to_have_url(re.compile("/meridian/metrics/reading/$"))


def test_on_a_narrow_screen_a_link_leads_to_the_search(visit: Visit) -> None:
    page = visit("/meridian/", viewport={"width": 390, "height": 800})
    expect(page.get_by_label("Search for anything by its name")).to_be_hidden()
    page.get_by_role("banner").get_by_role("link", name="Search").click()
    expect(page.get_by_label("Some words of its name")).to_be_focused()


# --- keys --------------------------------------------------------------------------------------
def test_keys_lead_to_pages(visit: Visit) -> None:
    page = visit("/meridian/members/")
    page.keyboard.press("/")
    expect(page.get_by_label("Search for anything by its name")).to_be_focused()
    page.keyboard.type("g d?")
    expect(page.get_by_label("Search for anything by its name")).to_have_value("g d?")
    page.get_by_role("heading", level=1).click()
    page.keyboard.type("gs")
    page.wait_for_url("**/meridian/stocktakes/")
    page.keyboard.type("gd")
    expect(page).to_have_url(re.compile("/meridian/$"))


def test_the_list_of_keys_opens_and_closes(visit: Visit, faults: Callable[[Page], str]) -> None:
    page = visit("/meridian/")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Keys that lead to pages")
    assert faults(page) == ""
    page.keyboard.type("gs")
    expect(page).to_have_url(re.compile("/meridian/$"))
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_key_held_with_another_is_the_browser_s(visit: Visit) -> None:
    page = visit("/meridian/")
    page.keyboard.press("Control+?")
    page.keyboard.press("g")
    page.keyboard.press("Alt+s")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/meridian/$"))


def test_keys_are_switched_off_for_good(visit: Visit) -> None:
    page = visit("/search/shortcuts/")
    page.get_by_role("button", name="Switch the keys off").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("switched off")
    page.goto("/meridian/")
    page.keyboard.press("?")
    page.keyboard.type("gs")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/meridian/$"))


# --- notices -----------------------------------------------------------------------------------
@pytest.mark.parametrize("scripts", [True, False])
def test_one_chooses_what_one_is_told_of(visit: Visit, system: System, scripts: bool) -> None:
    page = visit("/account/notices/", java_script_enabled=scripts)
    page.get_by_label("Stocktakes of the next seven days").uncheck()
    page.get_by_label("Every Monday, where something waits").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_contain_text("A mail tells you every Monday")
    expect(page.get_by_label("Stocktakes of the next seven days")).not_to_be_checked()
    expect(page.get_by_label("Every Monday, where something waits")).to_be_checked()
