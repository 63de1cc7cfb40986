"""The metric page in a real browser: chart, layers, keyboard, themes, narrow windows, no script."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from aspirations.models import Event, Series
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
    Event.objects.create(
        series=row, date=date(2024, 9, 2), kind="intervention", label="Coaches start"
    )
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
    """The page with its chart; any console error fails the test at its end."""
    context = opened(browser, live_server, session, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.goto(ADDRESS)
    yield page
    context.close()
    assert complaints == []


def test_layers_switch_at_once_and_the_address_remembers(metric_page: Page) -> None:
    limits = metric_page.locator("[data-chart=figure-data] .wide .spc-lim")
    words = metric_page.locator("[data-chart=figure-data] .wide").get_by_text("Forecast")
    expect(limits).to_be_visible()
    metric_page.get_by_label("Natural variation").uncheck()
    expect(limits).to_be_hidden()
    expect(words).to_be_visible()
    metric_page.get_by_label("Forecast", exact=True).uncheck()
    expect(words).to_be_hidden()
    assert metric_page.url.endswith("?layers=events")
    metric_page.reload()
    expect(limits).to_be_hidden()
    expect(metric_page.locator("[data-chart=figure-data] .wide .flag")).to_be_visible()
    for name in ("Natural variation", "Forecast"):
        metric_page.get_by_label(name, exact=True).check()
    assert "layers" not in metric_page.url


def test_the_library_comes_only_when_asked_for_and_goes_again(metric_page: Page) -> None:
    fetched: list[str] = []
    metric_page.on("request", lambda asked: fetched.append(asked.url))
    metric_page.reload()
    assert not [url for url in fetched if "plotly" in url]
    button = metric_page.locator("[data-chart=figure-data]").get_by_role(
        "button", name="Explore the figure"
    )
    button.focus()
    metric_page.keyboard.press("Enter")
    metric_page.wait_for_selector("[data-drawn]")
    assert len([url for url in fetched if "plotly" in url]) == 1
    expect(metric_page.locator("[data-chart=figure-data] .wide")).to_be_hidden()
    metric_page.get_by_role("button", name="Back to the drawing").click()
    expect(metric_page.locator("[data-chart=figure-data] .wide")).to_be_visible()
    expect(metric_page.locator("[data-chart=figure-data] .plot")).to_be_hidden()
    metric_page.locator("[data-chart=figure-data]").get_by_role(
        "button", name="Explore the figure"
    ).click()
    metric_page.wait_for_selector("[data-drawn]")
    assert len([url for url in fetched if "plotly" in url]) == 1, "fetched once"


def explored(page: Page) -> None:
    page.locator("[data-chart=figure-data]").get_by_role(
        "button", name="Explore the figure"
    ).click()
    page.wait_for_selector("[data-drawn]")


def test_the_explored_figure_follows_the_switches(metric_page: Page) -> None:
    explored(metric_page)
    lines = metric_page.locator(".plot .scatterlayer .trace")
    drawn = lines.count()
    assert drawn >= 6
    expect(metric_page.locator("[data-chart=figure-data] .plot")).to_contain_text("Forecast")
    metric_page.get_by_label("Forecast", exact=True).uncheck()
    expect(lines).to_have_count(drawn - 2)
    expect(metric_page.locator("[data-chart=figure-data] .plot")).not_to_contain_text("Forecast")
    metric_page.get_by_label("Natural variation").uncheck()
    expect(lines).to_have_count(3)
    metric_page.get_by_label("Natural variation").check()
    metric_page.get_by_label("Forecast", exact=True).check()
    expect(lines).to_have_count(drawn)


def test_the_explored_figure_fits_a_window_that_changes(metric_page: Page) -> None:
    explored(metric_page)
    metric_page.set_viewport_size({"width": 600, "height": 800})
    width = "document.querySelector('.plot .main-svg').clientWidth"
    metric_page.wait_for_function(f"{width} < 600")
    assert metric_page.evaluate("document.documentElement.scrollWidth") <= 600


def test_tabs_lead_to_pages_of_their_own(metric_page: Page) -> None:
    for name in ("Trajectory and plan", "Judgments", "Definition", "Data", "Evidence"):
        metric_page.locator(".tabs").get_by_role("link", name=name, exact=True).click()
        expect(metric_page.locator(".tabs [aria-current=page]")).to_have_text(name)
        expect(metric_page.locator("h1")).to_contain_text("Reading")


def test_the_keyboard_reaches_every_control(metric_page: Page) -> None:
    metric_page.locator("h1").click()
    wanted = {"Natural variation", "Forecast", "Explore the figure", "Same figures as a table",
              "Download CSV", "District 0", "How judgments are made", "Compare"}  # fmt: skip
    reached: set[str] = set()
    for _step in range(80):
        metric_page.keyboard.press("Tab")
        reached.add(
            metric_page.evaluate(
                "() => { const e = document.activeElement;"
                " return (e.labels?.[0] ?? e).innerText?.trim() ?? ''; }"
            )
        )
    assert wanted <= reached, wanted - reached
    metric_page.get_by_label("Forecast", exact=True).focus()
    metric_page.keyboard.press("Space")
    expect(metric_page.get_by_label("Forecast", exact=True)).not_to_be_checked()


def test_the_table_link_leads_to_the_same_figures(metric_page: Page) -> None:
    metric_page.locator("[data-chart=figure-data]").get_by_role(
        "link", name="Same figures as a table"
    ).click()
    expect(metric_page.locator("#figures")).to_be_in_viewport()
    expect(metric_page.get_by_role("row", name="Feb 2025").first).to_contain_text("56.1")


def test_another_group_is_compared(metric_page: Page) -> None:
    metric_page.get_by_label("Group", exact=True).select_option("District 2")
    metric_page.get_by_role("button", name="Compare").click()
    expect(metric_page.locator("#gap")).to_contain_text("District 2")
    assert "group=area%3D2" in metric_page.url


def test_paper_has_the_drawing_in_light_even_when_explored_in_the_dark(metric_page: Page) -> None:
    metric_page.emulate_media(color_scheme="dark")
    explored(metric_page)
    line = "[data-chart=figure-data] .wide .l-act"
    ink = f"() => getComputedStyle(document.querySelector('{line}')).stroke"
    dark = metric_page.evaluate(ink)
    metric_page.emulate_media(media="print", color_scheme="dark")
    assert metric_page.evaluate(ink) != dark
    expect(metric_page.locator("[data-chart=figure-data] .wide")).to_be_visible()
    expect(metric_page.locator("[data-chart=figure-data] .plot")).to_be_hidden()
    paper = metric_page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 3


PAGES = ["", "trajectory/", "definition/", "data/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_anyone_can_read_them(
    browser: Browser, live_server: LiveServer, session: str, scheme: str, width: int
) -> None:
    context = opened(
        browser, live_server, session, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    for part in PAGES:
        page.goto(ADDRESS + part)
        found = Axe().run(page, options={"runOnly": RULES})
        assert found.violations_count == 0, f"{part}: {found.generate_report()}"
    context.close()


def test_nothing_scrolls_sideways_at_320_pixels(
    browser: Browser, live_server: LiveServer, session: str
) -> None:
    context = opened(browser, live_server, session, viewport={"width": 320, "height": 800})
    page = context.new_page()
    for part in PAGES:
        page.goto(ADDRESS + part)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, part
    page.goto(ADDRESS)
    explored(page)
    assert page.evaluate("document.querySelector('.plot .main-svg').clientWidth") < 320
    context.close()


def test_without_script_all_is_there_and_layers_still_switch(
    browser: Browser, live_server: LiveServer, session: str
) -> None:
    context = opened(browser, live_server, session, java_script_enabled=False)
    page = context.new_page()
    page.goto(ADDRESS)
    expect(page.locator("[data-chart=figure-data] .wide")).to_be_visible()
    expect(page.get_by_role("row", name="Feb 2025").first).to_be_visible()
    expect(page.get_by_role("button", name="Explore the figure")).to_have_count(0)
    page.get_by_label("Natural variation").uncheck()
    page.get_by_role("button", name="Show these").click()
    assert "layers=forecast" in page.url
    expect(page.locator("[data-chart=figure-data] .wide .spc-lim")).to_be_hidden()
    expect(page.get_by_label("Natural variation")).not_to_be_checked()
    context.close()
