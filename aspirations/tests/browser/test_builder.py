"""A path in a real browser: typed, seen, saved, sent, challenged, agreed, and its light follows."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from aspirations.models import Series, Trajectory
from aspirations.services import interventions, trajectories
from aspirations.services.baselines import Start
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    MembershipFactory,
    MetricFactory,
    SeriesFactory,
    SystemFactory,
    UserFactory,
    observe,
)
from people.models import System

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DRAFT = "/meridian/trajectories/reading/drafts/1/"


@pytest.fixture
def system(transactional_db: None) -> System:
    row: System = SystemFactory.create(
        slug="meridian", name="Meridian", reporting_date=date(2025, 3, 14)
    )
    return row


@pytest.fixture
def draft(system: System) -> Trajectory:
    metric = MetricFactory.create(system=system, slug="reading", name="Reading")
    series = SeriesFactory.create(metric=metric)
    values = [50.0, 51.2, 50.4, 51.9, 51.1, 52.0, 52.6, 51.8, 52.9, 53.1, 52.7, 53.8, 54.2, 53.9,
              54.4, 54.1, 54.9, 54.6, 55.2, 55.0, 55.6]  # fmt: skip
    observe(series, date(2023, 6, 1), values)
    interventions.create(system=system, slug="coaches", values={"name": "Coaches"})
    return trajectories.draft(
        series=series, start=Start(date(2024, 6, 1), 54.2), target=(date(2026, 6, 1), 72.0),
        effects=[{"intervention": "coaches", "start": date(2024, 10, 1), "ramp": 14, "mid": 4.1}],
    )  # fmt: skip


@pytest.fixture
def browsers(browser: Browser, live_server: LiveServer, system: System) -> Iterator[Any]:
    """A page of somebody with a role here; all that it complains of is collected."""
    said: list[str] = []

    def of(role: str, **options: Any) -> Page:
        user = UserFactory.create(name=f"Someone, {role}")
        MembershipFactory.create(user=user, system=system, role=role)
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=live_server.url, **options)
        key = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda problem: said.append(str(problem)))
        return page

    yield of
    assert said == []


def test_from_typing_to_the_light(browsers: Any, draft: Trajectory) -> None:
    writer = browsers("unit_staff")
    writer.goto(DRAFT)
    heading = writer.get_by_role("heading", level=1)
    expect(heading).to_contain_text("The plan explains 4.1 of the 17.8 points needed.")

    target = writer.get_by_label("Target, %")
    target.fill("64.2")
    expect(heading).to_contain_text("4.1 of the 10.0 points needed")
    expect(target).to_be_focused()
    writer.get_by_role("button", name="Add an intervention").click()
    writer.get_by_label("Name of the new one").last.fill("Summer school")
    row = writer.locator("#id_effect-1")
    row.get_by_label("Starts").fill("Jun 2025")
    row.get_by_label("Full effect, %").fill("3")
    expect(heading).to_contain_text("7.1 of the 10.0 points needed")
    draft.refresh_from_db()
    assert draft.target.value == 72.0, "nothing is stored by looking"
    writer.get_by_label("Why this path").fill("The budget was passed in March.")
    writer.get_by_role("button", name="Save the draft").click()
    expect(writer.get_by_text("The draft is saved.")).to_be_visible()
    writer.get_by_role("button", name="Save and send for challenge").click()
    expect(writer.get_by_text("sent for challenge.")).to_be_visible()

    owner = browsers("plan_owner", java_script_enabled=False)
    owner.goto(DRAFT)
    owner.get_by_label("What do you doubt").fill("Who teaches in the summer?")
    owner.get_by_role("button", name="Challenge it").click()
    writer.goto(DRAFT)
    writer.get_by_role("link", name="Answer it").click()
    writer.get_by_label("Kept as it was").check()
    writer.get_by_label("Your answer").fill("Retired teachers have signed up.")
    writer.get_by_role("button", name="Answer it").click()

    leader = browsers("delivery_leader")
    leader.goto(DRAFT)
    leader.get_by_role("link", name="See what follows").click()
    expect(leader.get_by_role("heading", level=1)).to_contain_text("If you agree, the light")
    foretold = leader.locator(".lit .light").last.inner_text()
    leader.get_by_role("button", name="Agree this path").click()
    expect(leader.get_by_text("Version 1 is agreed.")).to_be_visible()
    judge_now([draft.series_id])
    judgment = Series.objects.get().current_judgment
    assert judgment is not None
    assert judgment.light != "N", judgment.not_judged_reason
    assert judgment.get_light_display() == foretold.strip()


def test_without_scripts_the_buttons_do_it(browsers: Any, draft: Trajectory) -> None:
    page = browsers("unit_staff", java_script_enabled=False)
    page.goto(DRAFT)
    page.get_by_label("Target, %").fill("64.2")
    page.get_by_role("button", name="Add an intervention").click()
    page.get_by_label("Name of the new one").last.fill("Summer school")
    row = page.locator("#id_effect-1")
    row.get_by_label("Starts").fill("Jun 2025")
    row.get_by_label("Full effect, %").fill("3")
    page.get_by_role("button", name="Preview").last.click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("7.1 of the 10.0 points needed")
    page.get_by_role("button", name="Save the draft").click()
    expect(heading).to_contain_text("7.1 of the 10.0 points needed")
    draft.refresh_from_db()
    assert draft.target.value == 64.2


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
def test_anyone_can_use_it(browsers: Any, draft: Trajectory, scheme: str, width: int) -> None:
    trajectories.send(trajectory=draft)
    page = browsers(
        "delivery_leader", viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    new = "/meridian/trajectories/reading/new/"
    for address in ("/meridian/trajectories/", DRAFT, f"{DRAFT}agree/", new):
        page.goto(address)
        assert page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        ), address
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
        assert results.violations_count == 0, results.generate_report()
