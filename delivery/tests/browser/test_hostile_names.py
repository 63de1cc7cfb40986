"""Names that would like to be markup, scripts or formulae are text on pages and in charts."""

from datetime import date

import pytest
from playwright.sync_api import expect

from aspirations.models import Metric
from aspirations.services.judging import judge_now
from aspirations.tests.factories import (
    AspirationFactory,
    MetricFactory,
    SegmentFactory,
    SeriesFactory,
    agreed_path,
    observe,
    place,
)
from delivery.tests.browser.conftest import VALUES, Visit
from people.models import System

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSTILE = [
    "<script>window.ran = 1</script>",
    '"><img src=x onerror=window.ran=1>',
    "</script><script>window.ran = 1</script><!--",
    "%{customdata} $\\alpha$ <b>bold</b><br>new",
    "{{7*7}} {% now 'Y' %}",
    "Donaudampfschifffahrts" * 5,
    "معدل القراءة \u202eللأطفال",
    "📈 Reading\nin two lines",
    "=1+1",
]
LEFT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def hostile_metric(system: System, place_in: int, text: str) -> Metric:
    metric: Metric = MetricFactory.create(
        system=system, slug=f"hostile-{place_in}", name=text, unit=text[:40], owner=text,
        definition=text, source=text, question=text,
    )  # fmt: skip
    aspiration = AspirationFactory.create(
        system=system, slug=f"hostile-{place_in}", title=text, accountable_head=text
    )
    place(metric, aspiration)
    segment = SegmentFactory.create(system=system, code=text.replace("\n", " "), name=text)
    rows = [
        SeriesFactory.create(metric=metric),
        SeriesFactory.create(metric=metric, segment=segment),
    ]
    for row in rows:
        observe(row, date(2024, 1, 1), VALUES)
        agreed_path(row, (date(2024, 6, 1), 54.2), (date(2026, 12, 1), 90.0))
    judge_now([row.pk for row in rows])
    return metric


@pytest.fixture
def hostile(system: System) -> list[Metric]:
    System.objects.filter(pk=system.pk).update(
        name=HOSTILE[0], tagline="</title>" + HOSTILE[0], note=HOSTILE[1]
    )
    return [hostile_metric(system, at, text) for at, text in enumerate(HOSTILE)]


@pytest.mark.parametrize("width", [1440, 1024, 320])
def test_the_dashboard_shows_hostile_names_as_text(
    visit: Visit, hostile: list[Metric], width: int
) -> None:
    page = visit("/meridian/", viewport={"width": width, "height": 900})
    for metric in hostile:
        name = page.locator(f'a.m-name[href$="/{metric.slug}/"]')
        assert name.text_content() == metric.name
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0
    assert page.evaluate(LEFT) == 0


@pytest.mark.parametrize("at", range(4))
def test_a_chart_shows_hostile_names_as_text(visit: Visit, hostile: list[Metric], at: int) -> None:
    page = visit(f"/meridian/metrics/{hostile[at].slug}/", viewport={"width": 390, "height": 900})
    page.locator("[data-chart=figure-data]").get_by_role(
        "button", name="Explore the figure"
    ).click()
    page.wait_for_selector("[data-drawn]")
    expect(page.locator("h1")).to_contain_text(HOSTILE[at])
    assert page.locator("figure img, figure b").count() == 0
    assert page.evaluate("window.ran") is None
    assert page.evaluate(LEFT) == 0


def test_a_filter_after_the_session_ended_leads_to_the_whole_sign_in_page(visit: Visit) -> None:
    page = visit("/meridian/")
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Order").select_option("attention")
    page.wait_for_url("**/accounts/login/**")
    expect(page.locator("h1")).to_have_count(1)
    expect(page.get_by_role("table")).to_have_count(0)
