"""People as they come, work in several systems and go: by keyboard, on a phone, at night."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Page, expect

from delivery.tests.browser.conftest import PASSWORD, RULES, Visit
from people.models import Membership, System, User
from people.services.invitations import invite
from people.services.roles import give
from people.tests.crew import address_in
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Deputy-Permanent-Secretary-" * 4
NEW = "new.head@unit.example"
MEMBERS = "/meridian/members/"
SCREENS = [(1440, "light"), (1440, "dark"), (390, "dark"), (320, "light")]
NO_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth"


@dataclass
class House:
    """A system with people, invitations and a proposal, as its delivery leader sees it."""

    member: int
    own: int
    link: str
    own_link: str


def link_of(system: System, actor: User, email: str) -> str:
    return address_in(invite(system=system, email=email, role="viewer", actor=actor))


@pytest.fixture
def house(system: System, reader: User) -> House:
    Membership.objects.filter(user=reader).update(role="delivery_leader")
    colleague = MembershipFactory.create(
        system=system, user=UserFactory.create(name=LONG, email=f"{'a' * 60}@unit.example")
    )
    give(
        user=UserFactory.create(name=LONG[::-1]), system=system, role="system_leader",
        actor=UserFactory.create(is_staff=True),
    )  # fmt: skip
    other = SystemFactory.create(slug="county", name="County of Westmorland", tagline="Schools")
    boss = MembershipFactory.create(system=other, role="delivery_leader").user
    MembershipFactory.create(user=reader, system=other, role="unit_staff")
    return House(
        member=colleague.pk,
        own=reader.memberships.get(system=system).pk,
        link=link_of(system, reader, f"{'b' * 60}@unit.example"),
        own_link=link_of(other, boss, reader.email),
    )


# --------------------------------------------------------------------------- readable by anyone
PAGES = [MEMBERS, "/meridian/members/invite/", "/meridian/members/{house.member}/role/",
         "/meridian/members/{house.member}/remove/", "/account/",
         "/account/roles/{house.own}/leave/", "{house.link}", "{house.own_link}"]  # fmt: skip
OPEN = ["{house.link}", "/invitations/no-longer-a-link/"]
SEEN = [*((address, True) for address in PAGES), *((address, False) for address in OPEN)]


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
@pytest.mark.parametrize(("address", "signed_in"), SEEN)
def test_anyone_can_read_it(
    visit: Visit, house: House, faults: Callable[[Page], str], address: str, signed_in: bool,
    width: int, scheme: str,
) -> None:  # fmt: skip
    page = visit(
        address.format(house=house), signed_in=signed_in, color_scheme=scheme,
        viewport={"width": width, "height": 800},
    )  # fmt: skip
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(NO_SIDEWAYS)
    assert faults(page) == ""


@pytest.mark.parametrize(("width", "scheme"), SCREENS)
def test_anyone_can_read_the_second_step(
    visit: Visit, house: House, faults: Callable[[Page], str], width: int, scheme: str
) -> None:
    page = visit(
        house.link, signed_in=False, color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page.get_by_role("button", name="Accept the invitation").click()
    expect(page.get_by_label("Your name or office")).to_be_visible()
    assert page.evaluate(NO_SIDEWAYS)
    assert faults(page) == ""


# --------------------------------------------------------------------------- coming and going
@pytest.mark.parametrize("scripts", [True, False])
def test_from_an_invitation_to_the_first_page(visit: Visit, house: House, scripts: bool) -> None:
    page = visit(MEMBERS, java_script_enabled=scripts)
    page.get_by_role("link", name="Invite someone").press("Enter")
    page.get_by_label("E-mail address").fill(NEW)
    page.get_by_label("Role").select_option("viewer")
    page.get_by_label("A line to them").fill("Welcome!")
    page.get_by_role("button", name="Send the invitation").press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"{NEW} is invited")
    expect(page.get_by_role("heading", name=NEW)).to_be_visible()

    [letter] = [letter for letter in mail.outbox if letter.to == [NEW]]
    path = re.findall(r"http\S+?(/invitations/\S+)", str(letter.body))[0]
    theirs = visit(path, signed_in=False, java_script_enabled=scripts)
    expect(theirs.get_by_role("heading", level=1)).to_have_text("You are invited to Meridian")
    theirs.get_by_role("button", name="Accept the invitation").press("Enter")
    theirs.get_by_label("Your name or office").fill("Head of Reading")
    theirs.get_by_label("Password").fill(PASSWORD)
    theirs.get_by_role("button", name="Accept and sign in").press("Enter")
    expect(theirs.locator("#league")).to_be_visible()
    assert theirs.url.endswith("/meridian/")
    expect(theirs.get_by_text("You are Viewer of Meridian now")).to_be_visible()
    expect(theirs.locator(".mast .me")).to_contain_text("Head of Reading")

    again = visit(path, signed_in=False)
    expect(again.get_by_role("heading", level=1)).to_have_text("This link no longer works")
    page.reload()
    expect(page.get_by_role("heading", name="Head of Reading")).to_be_visible()


def test_a_role_is_changed_then_taken_away(visit: Visit, house: House) -> None:
    page = visit(MEMBERS, viewport={"width": 390, "height": 800})
    page.get_by_role("link", name=re.compile(f"^Change.*{LONG}")).click()
    page.get_by_label("Role", exact=True).select_option("steward")
    page.get_by_label("Reason").fill("Keeps the learning cycles now")
    page.get_by_role("button", name="Save the change").click()
    expect(page.get_by_role("status")).to_contain_text("is Steward now")
    page.get_by_role("link", name=re.compile(f"^Remove.*{LONG}")).click()
    page.get_by_label("Reason").fill("Left the department in June")
    page.get_by_role("button", name="Remove the role").click()
    expect(page.get_by_role("status")).to_contain_text("is no longer Steward")
    assert not Membership.objects.filter(pk=house.member).exists()


def test_a_role_is_given_back_from_ones_account(visit: Visit, house: House) -> None:
    page = visit("/county/")
    page.get_by_role("link", name=re.compile("^Your account:")).click()
    page.get_by_role("link", name=re.compile("^Leave.*County")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Leave County")
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("status")).to_contain_text("You are no longer Unit staff of County")
    page.goto("/county/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "There is no page here that you can read."
    )


# --------------------------------------------------------------------------- several systems
@pytest.mark.parametrize("scripts", [True, False])
def test_the_keyboard_switches_the_system(visit: Visit, house: House, scripts: bool) -> None:
    page = visit("/meridian/", java_script_enabled=scripts)
    opener = page.locator(".mast summary")
    there = page.locator(".menu-list").get_by_role("link", name="County of Westmorland")
    expect(there).to_be_hidden()
    opener.focus()
    page.keyboard.press("Enter")
    expect(there).to_be_visible()
    expect(page.locator(".menu-list [aria-current]")).to_have_text(re.compile("Meridian"))
    page.keyboard.press("Tab")
    expect(there).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/county/$"))
    expect(page.locator(".brand")).to_contain_text("County of Westmorland")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_anyone_can_read_the_open_menu(visit: Visit, house: House, scheme: str) -> None:
    page = visit("/meridian/", color_scheme=scheme)
    page.locator(".mast summary").click()
    expect(page.locator(".menu-list")).to_be_visible()
    # What the menu covers while it is open cannot be reached, nor needs to be.
    found = Axe().run(page, context=".mast-tools", options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()


def test_a_phone_leads_to_the_other_systems_and_the_account(visit: Visit, house: House) -> None:
    page = visit("/meridian/", viewport={"width": 390, "height": 800})
    expect(page.locator(".mast summary")).to_be_hidden()
    main = page.get_by_role("navigation", name="Main")
    main.get_by_role("link", name="Your account").click()
    expect(page).to_have_url(re.compile("/account/$"))
    page.goto("/meridian/")
    main.get_by_role("link", name="Switch system").click()
    page.get_by_role("link", name="County of Westmorland").click()
    expect(page).to_have_url(re.compile("/county/$"))
