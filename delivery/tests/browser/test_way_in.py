"""From the sign-in page to a metric, as a reader goes: by typing, with and without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from delivery.tests.browser.conftest import EMAIL, PASSWORD, Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page) -> None:
    page.get_by_label("Work e-mail").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#league")).to_be_visible()


def names(page: Page) -> list[str]:
    return page.locator(".m-name").all_inner_texts()


def test_from_signing_in_to_a_metric(visit: Visit) -> None:
    page = visit("/", signed_in=False)
    sign_in(page)
    assert page.url.endswith("/meridian/")
    assert names(page) == ["Reading", "People helped", "Wanted"]

    page.evaluate("window.untouched = true")
    page.get_by_label("Owner").select_option("Director")
    expect(page.locator(".m-name")).to_have_text(["People helped"])
    assert "owner=Director" in page.url
    assert page.evaluate("window.untouched"), "the table alone is swapped"
    expect(page.locator("#shown")).to_have_text("Showing 1 of 3 metrics")

    page.go_back()
    expect(page.locator(".m-name")).to_have_count(3)
    assert "owner" not in page.url

    page.get_by_label("Order").select_option("attention")
    expect(page).to_have_url(re.compile("sort=attention"))
    expect(page.locator(".m-name").first).to_have_text("Reading")
    assert page.locator(".asp").count() == 0

    page.get_by_role("link", name="Reading", exact=True).click()
    expect(page).to_have_url(re.compile("/meridian/metrics/reading/$"))
    expect(page.locator("h1")).to_contain_text("Reading")


def test_a_light_is_chosen_by_its_name(visit: Visit) -> None:
    page = visit("/meridian/")
    page.locator("#league").get_by_role("link", name=re.compile("^Not judged")).click()
    expect(page.locator(".m-name")).to_have_text(["Wanted"])
    assert "light=N" in page.url
    page.reload()
    expect(page.locator(".m-name")).to_have_text(["Wanted"])
    page.get_by_role("link", name=re.compile("^All")).click()
    expect(page.locator(".m-name")).to_have_count(3)


def test_the_same_without_scripts(visit: Visit) -> None:
    page = visit("/", signed_in=False, java_script_enabled=False)
    sign_in(page)
    page.get_by_label("Owner").select_option("Director")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".m-name")).to_have_text(["People helped"])
    assert "owner=Director" in page.url
    page.go_back()
    page.get_by_label("Order").select_option("attention")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".asp")).to_have_count(0)
    page.get_by_role("link", name="Reading", exact=True).click()
    expect(page.locator("h1")).to_contain_text("Reading")


def test_a_wrong_password_leads_back_to_its_field(visit: Visit) -> None:
    page = visit("/accounts/login/", signed_in=False)
    page.get_by_label("Work e-mail").fill("no address")
    page.get_by_role("button", name="Sign in").click()
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("There is a problem")
    problem.get_by_role("link").first.click()
    expect(page.get_by_label("Work e-mail")).to_be_focused()


def test_the_theme_changes_and_stays(visit: Visit) -> None:
    page = visit("/meridian/", color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    expect(page.get_by_role("button", name="Dark")).to_be_hidden()
    page.get_by_role("button", name="Light").click()
    expect(page.get_by_role("button", name="Dark")).to_be_visible()
    expect(page.get_by_role("button", name="Light")).to_be_hidden()
    assert page.url.endswith("/meridian/")
    assert page.evaluate(paper) != dark
    page.get_by_role("link", name="Trail").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_signing_out_leads_to_the_door(visit: Visit) -> None:
    page = visit("/meridian/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/meridian/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
