"""Tokens and the installation's pages: by keyboard, without scripts, on a phone, in the dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Error, expect

from delivery.tests.browser.conftest import Visit
from people.models import Appointment, Membership, System, Token, User
from people.tests.factories import SystemFactory, UserFactory
from people.tokens import issue

LONG = "Warehouse-" * 8
TOKEN = re.compile("^hw_[0-9a-f]{64}$")


@pytest.fixture
def house(system: System, reader: User) -> int:
    """Tokens that work and that do not, a system nobody leads, and a reader who looks after it."""
    Membership.objects.filter(user=reader).update(role="delivery_leader")
    User.objects.filter(pk=reader.pk).update(is_staff=True)
    other = UserFactory.create(name=LONG, email=f"{'a' * 60}@unit.example")
    Membership.objects.create(user=other, system=system, role="delivery_leader")
    for user in (reader, other):
        issue(user=user, system=system, role="viewer", name=f"{LONG[:60]}{user.pk}", days=9)
    Membership.objects.filter(user=other).update(role="viewer")
    orphan = SystemFactory.create(slug="o" * 60, name=LONG, parent=system)
    Appointment.objects.create(
        system=orphan, user=other, role="system_leader", proposed_by=reader
    )  # fmt: skip
    return int(other.pk)


PAGES = [
    "/meridian/tokens/",
    "/meridian/tokens/new/",
    "/installation/",
    "/installation/systems/new/",
    "/installation/systems/meridian/place/",
    "/installation/people/",
    "/installation/people/?q=nobody-at-all",
    "/installation/people/{person}/",
    "/installation/people/{person}/disable/",
]


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark"), (320, "light")])
@pytest.mark.parametrize("address", PAGES)
def test_anyone_can_read_them(
    visit: Visit, house: int, faults: Callable[..., str], address: str, scheme: str, width: int
) -> None:
    page = visit(
        address.format(person=house), color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    assert faults(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_token_is_made_shown_once_and_revoked(
    visit: Visit, house: int, faults: Callable[..., str]
) -> None:
    page = visit("/meridian/tokens/", viewport={"width": 320, "height": 800})
    page.get_by_role("link", name="Make a token").press("Enter")
    page.get_by_label("Name of the program").fill("Registry")
    page.get_by_label("What it may do").select_option("data_provider")
    page.get_by_role("button", name="Make it and show it once").press("Enter")
    expect(page.get_by_label("The token")).to_have_value(TOKEN)
    token = page.get_by_label("The token").input_value()
    assert faults(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="I have copied it").click()
    assert token not in page.content()
    # Going back, the browser has kept nothing and would have to send the form again.
    with pytest.raises(Error, match="ERR_CACHE_MISS"):
        page.go_back()
    page = visit("/meridian/tokens/")
    page.get_by_role("link", name="Revoke Registry").click()
    page.get_by_role("button", name="Shut it out").click()
    expect(page.get_by_role("status")).to_contain_text("is shut out from its next request on")
    assert not Token.objects.filter(name="Registry").exists()


def test_an_account_is_closed_without_scripts(visit: Visit, house: int) -> None:
    page = visit(f"/installation/people/{house}/", java_script_enabled=False)
    page.get_by_role("link", name="Close the account").click()
    page.get_by_label("Reason").fill("Left the department in June")
    page.get_by_role("button", name="Close the account").click()
    assert "is closed" in page.locator("h1").inner_text()
    assert not User.objects.get(pk=house).is_active
