"""From an aspiration without a coalition to a balanced group of eight with next steps, by form."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from aspirations.tests.factories import AspirationFactory
from coalitions.models import Coalition
from coalitions.services.considered import considered
from delivery.tests.browser.conftest import Open
from people.models import System, User
from people.tests.factories import ActorFactory, MembershipFactory, SystemFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLACE = "/meridian/coalitions/early-reading/"
# Office: sphere, alignment, potential, power (1 to 4), and kinds of power with the main one first.
OFFICES: dict[str, tuple[str, int, int, int, tuple[str, ...]]] = {
    "Education adviser": ("Governor’s office", 2, 4, 4, ("Position",)),
    "Senate chair": ("Legislature", 1, 1, 4, ("Position", "Credibility")),
    "Union leader": ("Teachers", 2, 3, 4, ("Credibility", "Leadership")),
    "Deputy Superintendent": ("Department", 3, 4, 4, ("Leadership", "Management")),
    "Board chair": ("Board", 3, 4, 3, ("Leadership",)),
    "Director of Early Learning": ("Department", 4, 4, 3, ("Management",)),
    "District superintendent": ("Districts", 3, 4, 3, ("Management",)),
    "Reading researcher": ("Universities", 4, 4, 2, ("Expertise",)),
    "Principals’ chair": ("Schools", 3, 4, 2, ("Expertise",)),
    "Budget director": ("Treasury", 2, 3, 3, ("Position",)),
}
NAMES = list(OFFICES)
EIGHT = [name for name in NAMES if name not in {"Senate chair", "Reading researcher"}]
LEVELS = {1: "Very low", 2: "Low", 3: "High", 4: "Very high"}


@pytest.fixture
def system(transactional_db: None) -> System:
    """A system whose map knows all but one of those who will be named."""
    row: System = SystemFactory.create(
        slug="meridian", name="Meridian", reporting_date=date(2026, 3, 14), second_factor="nobody"
    )
    AspirationFactory.create(system=row, slug="early-reading", title="Every child reads well")
    for name in NAMES[:-1]:
        ActorFactory.create(system=row, name=name, sphere=OFFICES[name][0])
    return row


def member(system: System, role: str, name: str) -> User:
    user: User = MembershipFactory.create(system=system, role=role, user__name=name).user
    return user


def press(page: Page, name: str) -> None:
    """A button, or else a link, that begins with these words."""
    found = page.get_by_role("button", name=re.compile(f"^{name}"))
    wanted = found if found.count() else page.get_by_role("link", name=re.compile(f"^{name}"))
    wanted.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def send_list(page: Page, names: list[str]) -> None:
    page.goto(f"{PLACE}list/")
    for name in names:
        page.get_by_label("Office", exact=True).fill(name)
        press(page, "Put it on my list")
    press(page, "Send my list")
    expect(page.get_by_text("Your list is sent.")).to_be_visible()


def level(page: Page, group: str, value: int) -> None:
    boxes = page.get_by_role("group", name=re.compile(f"^{group}"))
    boxes.get_by_role("radio", name=LEVELS[value], exact=True).check()


def judge(page: Page, row: Coalition, name: str) -> None:
    number = row.candidates.get(actor__name=name).number
    _sphere, now, best, power, kinds = OFFICES[name]
    page.goto(f"{PLACE}candidates/{number}/appraise/")
    level(page, "Alignment with the aspiration", now)
    level(page, "Alignment it could reach", best)
    level(page, "Power over", power)
    for kind in kinds:
        page.get_by_role("checkbox", name=kind, exact=True).check()
    page.get_by_label("The main one").select_option(kinds[0])
    page.get_by_label("Why they stand").fill(f"What {name} said in March.")
    press(page, "Keep this judgment")


def exclude(page: Page, row: Coalition, name: str) -> None:
    number = row.candidates.get(actor__name=name).number
    page.goto(f"{PLACE}candidates/{number}/place/")
    page.get_by_role("radio", name="Excluded", exact=True).check()
    page.get_by_label("Reason").fill("Very low now and at best; said so in three hearings.")
    press(page, "Keep this")
    expect(page.locator(".errorlist")).to_contain_text("work around")
    page.get_by_label("How we work around it").fill("Go through the board and the budget hearing.")
    press(page, "Keep this")


def tick(page: Page, names: list[str]) -> None:
    for name in names:
        page.get_by_role("checkbox", name=re.compile(f"{name}$")).check()


def test_from_an_empty_aspiration_to_a_group_at_work(
    opened: Open, system: System, faults: Callable[[Page], str]
) -> None:
    leader = member(system, "system_leader", "Superintendent")
    adviser = member(system, "viewer", "Adviser")
    office = opened("/meridian/coalitions/", leader)
    press(office, "Begin a coalition")
    office.get_by_label("Form").select_option("network")
    press(office, "Begin")
    heading(office, "Nobody is on the long list yet")
    row = Coalition.objects.get(system=system)

    press(office, "Name a delegate")
    office.get_by_label("Person").select_option(str(adviser.pk))
    press(office, "Name this person")

    send_list(office, NAMES[:7])
    desk = opened(f"{PLACE}list/", adviser)
    expect(desk.get_by_role("main")).not_to_contain_text("Senate chair")
    send_list(desk, [NAMES[2].upper(), *NAMES[4:]])

    office.goto(f"{PLACE}lists/")
    heading(office, "2 of 2 lists are sent. Everyone has sent theirs.")
    assert faults(office) == ""
    press(office, "Close the lists")
    heading(office, "10 names")
    expect(office.get_by_role("group", name=re.compile("union leader", re.I))).to_contain_text(
        "on 2 lists"
    )
    new = office.get_by_role("group", name=NAMES[-1])
    new.get_by_label("Who is it?").select_option("new")
    new.get_by_label("Sphere").fill(OFFICES[NAMES[-1]][0])
    press(office, "Put the lists together")
    assert sorted(one.office for one in considered(row)) == sorted(NAMES)

    for name in NAMES:
        judge(office, row, name)
    exclude(office, row, "Senate chair")

    office.goto(f"{PLACE}choose/")
    tick(office, EIGHT[:6])
    expect(office.locator("#choice-checks")).to_contain_text("a group of 6")
    tick(office, EIGHT[6:])
    expect(office.locator("#choice-checks")).to_contain_text("a group of 8")
    expect(office.locator("#choice-checks")).to_contain_text("All kinds of power present")
    assert not any(one.is_chosen for one in considered(row)), "checking saves nothing"
    press(office, "Keep this choice")
    expect(office.get_by_text("Saved.")).to_be_visible()
    office.get_by_label("We have talked about these checks").check()
    press(office, "Make them members")
    assert {one.office for one in considered(row) if one.is_member} == set(EIGHT)

    for name in EIGHT:
        number = row.candidates.get(actor__name=name).number
        office.goto(f"{PLACE}steps/new/?candidate={number}")
        office.get_by_label("What", exact=True).fill(f"Ask {name} what would have to change.")
        office.get_by_label("Who does it").fill("Superintendent")
        office.get_by_label("Due", exact=True).fill("2026-03-28")
        press(office, "Write it down")
    office.goto(f"{PLACE}building/")
    table = office.get_by_role("region", name=re.compile("member", re.I)).first
    for name in EIGHT:
        expect(table.get_by_role("row", name=re.compile(name))).to_contain_text("Superintendent")
    expect(table).not_to_contain_text("No next step")
    assert faults(office) == ""

    office.goto(PLACE)
    heading(office, "Eight members")
    map_of_all = office.locator("svg[role=img]").first
    expect(map_of_all).to_have_attribute("aria-label", re.compile("table"))
    for name in NAMES:
        expect(office.get_by_role("row", name=re.compile(name)).first).to_be_visible()
    assert faults(office) == ""
