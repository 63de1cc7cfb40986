"""The metric page in a real browser: chart, layers, keyboard, themes, narrow windows, no script."""

from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from aspirations.models import Series
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    agreed_path,
    observe,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VALUES = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 55.9, 55.1, 56.2, 55.7, 56.4, 56.1]
ADDRESS = "/meridian/metrics/reading/"


@pytest.fixture
def series(transactional_db: None) -> Series:
    system = SystemFactory.create(
        slug="meridian", name="Meridian", reporting_date=date(2025, 3, 14)
    )
    metric = MetricFactory.create(system=system, slug="reading", name="Reading", expected_lag=20)
    row: Series = SeriesFactory.create(metric=metric)
    rows = [row] + [
        SeriesFactory.create(
            metric=metric,
            segment=SegmentFactory.create(system=system, code=f"area={n}", name=f"District {n}"),
        )
        for n in range(3)
    ]
    for lower, one in enumerate(rows):
        observe(one, date(2024, 1, 1), [value - lower for value in VALUES])
        agreed_path(one, (date(2024, 6, 1), 54.2 - lower), (date(2026, 12, 1), 60.0))
    judge_now([one.pk for one in rows])
    return row


@pytest.fixture
def session(series: Series) -> str:
    """The session key of a signed-in member."""
    client = Client()
    client.force_login(MembershipFactory.create(system=series.metric.system).user)
    return client.cookies["sessionid"].value


def opened(browser: Browser, server: LiveServer, session: str, **options: object) -> BrowserContext:
    context = browser.new_context(base_url=server.url, **options)  # type: ignore[arg-type]
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    return context


@pytest.fixture
def metric_page(browser: Browser, live_server: LiveServer, session: str) -> Iterator[Page]:
    """The page with its chart drawn; any console error fails the test at its end."""
    context = opened(browser, live_server, session, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(ADDRESS)
    page.wait_for_selector("[data-drawn]")
    yield page
    context.close()
    assert complaints == []


def test_the_chart_draws_and_its_layers_switch(metric_page: Page) -> None:
    lines = metric_page.locator(".plot .scatterlayer .trace")
    drawn = lines.count()
    assert drawn >= 6
    expect(metric_page.locator(".plot")).to_contain_text("Forecast")
    metric_page.get_by_label("Forecast", exact=True).uncheck()
    expect(lines).to_have_count(drawn - 2)
    expect(metric_page.locator(".plot")).not_to_contain_text("Forecast")
    metric_page.get_by_label("Natural variation").uncheck()
    expect(lines).to_have_count(3)
    metric_page.get_by_label("Natural variation").check()
    metric_page.get_by_label("Forecast", exact=True).check()
    expect(lines).to_have_count(drawn)


def test_the_keyboard_reaches_every_control(metric_page: Page) -> None:
    metric_page.locator("h1").click()
    wanted = {"Natural variation", "Forecast", "Same figures as a table", "Download CSV",
              "District 0", "How judgments are made"}  # fmt: skip
    reached: set[str] = set()
    for _step in range(60):
        metric_page.keyboard.press("Tab")
        reached.add(
            metric_page.evaluate(
                "() => { const e = document.activeElement;"
                " return (e.labels?.[0] ?? e).innerText?.trim() ?? ''; }"
            )
        )
    assert wanted <= reached
    metric_page.get_by_label("Forecast", exact=True).focus()
    metric_page.keyboard.press("Space")
    expect(metric_page.get_by_label("Forecast", exact=True)).not_to_be_checked()


def test_the_table_link_leads_to_the_same_figures(metric_page: Page) -> None:
    metric_page.get_by_role("link", name="Same figures as a table").click()
    expect(metric_page.locator("#figures")).to_be_in_viewport()
    expect(metric_page.get_by_role("row", name="Jan 2024")).to_contain_text("54.1")


def test_paper_is_light_even_from_a_dark_window(metric_page: Page) -> None:
    metric_page.emulate_media(color_scheme="dark")
    ink = "() => getComputedStyle(document.querySelector('.plot .xtick text')).fill"
    metric_page.wait_for_timeout(100)
    dark = metric_page.evaluate(ink)
    metric_page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert metric_page.evaluate(ink) != dark
    metric_page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert metric_page.evaluate(ink) == dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_anyone_can_read_it(
    browser: Browser, live_server: LiveServer, session: str, scheme: str, width: int
) -> None:
    context = opened(
        browser, live_server, session, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    page.goto(ADDRESS)
    page.wait_for_selector("[data-drawn]")
    found = Axe().run(page, options={"runOnly": RULES})
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_nothing_scrolls_sideways_at_320_pixels(
    browser: Browser, live_server: LiveServer, session: str
) -> None:
    context = opened(browser, live_server, session, viewport={"width": 320, "height": 800})
    page = context.new_page()
    page.goto(ADDRESS)
    page.wait_for_selector("[data-drawn]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.querySelector('.plot .main-svg').clientWidth") < 320
    context.close()


def test_without_script_the_table_is_the_chart(
    browser: Browser, live_server: LiveServer, session: str
) -> None:
    context = opened(browser, live_server, session, java_script_enabled=False)
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.get_by_role("row", name="Jan 2024")).to_be_visible()
    expect(page.get_by_role("link", name="Download CSV")).to_be_visible()
    expect(page.locator(".plot")).to_be_hidden()
    expect(page.get_by_text("Natural variation", exact=True)).to_be_hidden()
    context.close()
