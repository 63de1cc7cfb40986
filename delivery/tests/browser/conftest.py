"""A system with a league table, people who read it, and a page that listens for complaints."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from aspirations.models import Metric, Series
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    AspirationFactory,
    MembershipFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    SystemFactory,
    UserFactory,
    agreed_path,
    observe,
    place,
)
from people.models import System, User
from people.tests.entering import prove

EMAIL, PASSWORD = "ana@unit.example", "a long and quiet phrase"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
VALUES = [54.1, 53.2, 54.9, 53.8, 55.2, 54.2, 54.8, 55.0, 55.9, 55.1, 56.2, 55.7, 56.4, 56.1]
LONG = "Deputy Permanent Secretary for Early Learning, Schools and Lifelong Apprenticeships"
Visit = Callable[..., Page]
Open = Callable[..., Page]


def judged(metric: Metric, values: list[float], target: float) -> Series:
    """A whole-system series and one segment with a name far too long for a phone."""
    segment = SegmentFactory.create(
        system=metric.system, code="area=north", name=f"North-{'Westmorland' * 4} and {LONG}"
    )
    rows = [
        SeriesFactory.create(metric=metric),
        SeriesFactory.create(metric=metric, segment=segment),
    ]
    for row in rows:
        observe(row, date(2024, 1, 1), values)
        agreed_path(row, (date(2024, 6, 1), values[5]), (date(2026, 12, 1), target))
    judge_now([row.pk for row in rows])
    whole: Series = rows[0]
    return whole


@pytest.fixture
def system(transactional_db: None) -> System:
    """Three metrics: far behind, on course with large figures, and never judged."""
    row: System = SystemFactory.create(
        slug="meridian", name="Meridian", tagline="State Education",
        reporting_date=date(2025, 3, 14), note="All figures are invented.",
    )  # fmt: skip
    aspiration = AspirationFactory.create(
        system=row, title="Every child reads well", accountable_head=LONG
    )
    reading = MetricFactory.create(system=row, slug="reading", name="Reading", owner=LONG)
    people = MetricFactory.create(
        system=row, slug="people", name="People helped", unit="people", decimals=0, owner="Director"
    )
    for order, metric in enumerate((reading, people)):
        place(metric, aspiration, order)
    judged(reading, VALUES, 90.0)
    judged(people, [value * 33_000 for value in VALUES], 1_860_000.0)
    MetricFactory.create(system=row, slug="wanted", name="Wanted", owner="Chief of Staff")
    return row


@pytest.fixture
def reader(system: System) -> User:
    user: User = UserFactory.create(email=EMAIL, password=PASSWORD, name="Director, Early Learning")
    MembershipFactory.create(user=user, system=system)
    return user


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer, reader: User) -> Iterator[Visit]:
    """Open an address as a reader, or as a stranger; complaints of any page fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def listen(page: Page) -> None:
        page.on(
            "console",
            lambda said: (
                complaints.append(f"{said.type}: {said.text}")
                if said.type in {"error", "warning"}
                else None
            ),
        )
        page.on("pageerror", lambda fault: complaints.append(str(fault)))

    def open_page(address: str, *, signed_in: bool = True, **options: object) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)  # type: ignore[arg-type]
        contexts.append(context)
        if signed_in:
            client = Client()
            client.force_login(reader)
            key = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        listen(page)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A page that is not found is told to the console by the browser itself.
    assert [text for text in complaints if "404 (Not Found)" not in text] == []


@pytest.fixture
def faults() -> Callable[[Page], str]:
    """What keeps some people from reading a page, as a report; empty where nothing does."""

    def check(page: Page) -> str:
        found = Axe().run(page, options={"runOnly": RULES})
        return str(found.generate_report()) if found.violations_count else ""

    return check


@pytest.fixture
def opened(browser: Browser, live_server: LiveServer) -> Iterator[Open]:
    """Open an address as this person, or as nobody; what the pages complain of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(address: str, user: User | None = None, **options: Any) -> Page:
        context = browser.new_context(base_url=live_server.url, **options)
        contexts.append(context)
        if user is not None:
            client = Client()
            prove(client, user)
            key = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        page.on("console", lambda said: complaints.append(said.text) if is_unmeant(said) else None)
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def is_unmeant(said: Any) -> bool:
    """Complaints, save the browser's own word for a page that is refused, or shown again."""
    meant = ("400 (Bad Request)", "404 (Not Found)", "409 (Conflict)", "410 (Gone)")
    return said.type in {"error", "warning"} and not any(words in said.text for words in meant)
