"""Every page of the front desk is readable: by eye, ear and keyboard, on a phone and on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from aspirations.models import Effect, Intervention, Trajectory
from delivery.tests.browser.conftest import Visit
from people.models import System

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN = ["/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/key/1-x/",
        "/accounts/signup/", "/no/such/address/"]  # fmt: skip
CLOSED = ["/meridian/", "/meridian/?light=G&late=1", "/?all=1", "/how-judgments-are-made/",
          "/nowhere/", "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/",
          "/accounts/reauthenticate/", "/meridian/metrics/reading/rebase/"]  # fmt: skip
LEFT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [*OPEN, *CLOSED])
def test_anyone_can_read_it(
    visit: Visit, faults: Callable[[Page], str], address: str, scheme: str
) -> None:
    page = visit(address, signed_in=address in CLOSED, color_scheme=scheme)
    assert faults(page) == ""


def test_anyone_can_read_it_on_a_phone(visit: Visit, faults: Callable[[Page], str]) -> None:
    page = visit("/meridian/", viewport={"width": 390, "height": 800})
    assert faults(page) == ""


@pytest.mark.parametrize("address", [*OPEN, *CLOSED, "/meridian/metrics/reading/"])
def test_nothing_scrolls_sideways_at_320_pixels(visit: Visit, address: str) -> None:
    page = visit(address, signed_in=address not in OPEN, viewport={"width": 320, "height": 800})
    assert page.evaluate(LEFT) == 0
    for text in page.locator(".big, .m-name, .m-owner, .lnote").all():
        box = text.bounding_box()
        assert box is None or box["x"] + box["width"] <= 320, text.inner_text()


def carry(system: System) -> None:
    """Three interventions behind the path of the first metric, with names as long as they come."""
    path = Trajectory.objects.get(
        series__metric__slug="reading", series__segment__code="all", series__metric__system=system
    )
    Trajectory.objects.filter(pk=path.pk).update(shape="interventions")
    works = Intervention.objects.bulk_create(
        Intervention(system=system, slug=f"w{n}", name=f"Coaches {'in every school ' * n}".strip())
        for n in range(1, 4)
    )
    Effect.objects.bulk_create(
        Effect(trajectory=path, intervention=work, start=path.baseline.period, ramp=6, mid=8.0)
        for work in works
    )


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_anyone_can_read_a_plan_and_what_carries_it(
    visit: Visit, faults: Callable[[Page], str], system: System, scheme: str, width: int
) -> None:
    carry(system)
    page = visit(
        "/meridian/metrics/reading/trajectory/", color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )  # fmt: skip
    assert page.evaluate(LEFT) == 0
    assert page.locator(".wedges:visible .wedge").count() == 4
    expect(page.get_by_role("heading", name="Is this path honest?")).to_be_visible()
    assert faults(page) == ""
    page.goto("/meridian/metrics/reading/")
    expect(page.get_by_label("What changed")).to_be_hidden()
    page.get_by_text("Start a new stretch").click()
    expect(page.get_by_label("What changed")).to_be_visible()
    assert faults(page) == ""


def test_wide_tables_scroll_within_their_frame(visit: Visit) -> None:
    page = visit("/meridian/metrics/reading/", viewport={"width": 320, "height": 800})
    frame = page.locator(".tbl-wrap").first
    assert frame.evaluate("frame => getComputedStyle(frame).overflowX") == "auto"


def test_the_masthead_takes_two_lines_of_a_phone(visit: Visit) -> None:
    page = visit("/meridian/", viewport={"width": 390, "height": 800})
    box = page.locator(".mast").bounding_box()
    assert box is not None
    assert box["height"] <= 96
    for name in ("Sign out", "Dark"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Dashboard")).to_be_in_viewport(ratio=1)


# --------------------------------------------------------------------------- keyboard
def focused(page: Page) -> str:
    """What holds the focus: its label, else its text."""
    return str(
        page.evaluate(
            "() => { const here = document.activeElement;"
            " return (here.labels?.[0] ?? here).innerText.trim().split('\\n')[0]; }"
        )
    )


def test_the_first_stop_leads_past_the_masthead(visit: Visit) -> None:
    page = visit("/meridian/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to main content"
    expect(page.locator(".skip")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_keyboard_reaches_every_filter_and_metric_in_order(visit: Visit) -> None:
    page = visit("/meridian/")
    reached: list[str] = []
    for _step in range(80):
        page.keyboard.press("Tab")
        reached.append(focused(page))
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        if reached[-1] == "How judgments are made":
            break
        assert ring != "none", f"no ring around {reached[-1]}"
    wanted = ["Sign out", "Dashboard", "People", "Trail", "All 3", "Owner", "Order",
              "Late data only", "Reading", "People helped", "Wanted",
              "How judgments are made"]  # fmt: skip
    places = [reached.index(name) for name in wanted]
    assert places == sorted(places)


def test_a_filter_keeps_the_focus(visit: Visit) -> None:
    page = visit("/meridian/")
    page.get_by_label("Order").focus()
    page.get_by_label("Order").select_option("attention")
    expect(page.locator(".asp")).to_have_count(0)
    assert focused(page) == "Order"


# --------------------------------------------------------------------------- paper
def test_paper_shows_lights_and_no_navigation(visit: Visit) -> None:
    page = visit("/meridian/", color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".nav", ".mast-tools", ".filters", ".foot a", ".skip"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".brand")).to_be_visible()
    for said in ("All figures are invented.", "Judged figures as at 14 March 2025"):
        expect(page.locator(".foot")).to_contain_text(said, use_inner_text=True)
    assert page.locator(".league .light:visible").count() >= 4
    light = page.locator(".league .light-ico").first
    assert light.evaluate("drawn => getComputedStyle(drawn.closest('.light')).colorScheme") == (
        "light"
    )
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_chosen_filter_is_marked_where_a_system_forces_its_colours(visit: Visit) -> None:
    page = visit("/meridian/?light=G", forced_colors="active")
    style = "chip => getComputedStyle(chip).outlineStyle"
    assert page.locator("#chip-G").evaluate(style) == "solid"
    assert page.locator("#chip-all").evaluate(style) == "none"
