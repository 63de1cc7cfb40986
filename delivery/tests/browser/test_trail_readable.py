"""The trail by keyboard, on a phone, in the dark, and for those who listen to it."""

from collections.abc import Callable

import pytest

from delivery.tests.browser.conftest import Visit
from people.models import Export, Membership, System, User
from people.services import record, save_with_trail

TRAIL, FILES = "/meridian/trail/", "/meridian/trail/exports/"
LONG = "unbroken-" * 40


@pytest.fixture
def trail(system: System, reader: User) -> None:
    """Changes long and short, with reasons and without, and files in every state."""
    Membership.objects.filter(user=reader).update(role="delivery_leader")
    save_with_trail(
        system, {"tagline": "Schools", "note": LONG[:190]}, system=system, key="meridian",
        actor=reader, door="page", reason=f"As agreed.\nSee {LONG}",
    )  # fmt: skip
    record(system=system, action="create", on=system, key=LONG, after={"name": LONG, "order": 1})
    record(system=system, action="melt", on=system, key="meridian", actor=reader)
    for state, file in (("waiting", ""), ("refused", ""), ("failed", ""), ("done", "f" * 32)):
        row = Export.objects.create(
            system=system, kind="trail", asked_by=reader, state=state, file=file,
            sha256="a" * 64, filters={"q": LONG},
        )  # fmt: skip
        Export.objects.filter(pk=row.pk, state="done").update(finished_at=row.asked_at)


@pytest.mark.parametrize("width", [1440, 390, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", [TRAIL, f"{TRAIL}?q=melt&action=change", FILES])
def test_anyone_can_read_it(
    visit: Visit, trail: None, faults: Callable[..., str], address: str, scheme: str, width: int
) -> None:
    page = visit(address, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert faults(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_works_without_scripts_and_by_keyboard(visit: Visit, trail: None) -> None:
    page = visit(TRAIL, java_script_enabled=False)
    page.get_by_label("Words").focus()
    page.keyboard.type("melt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/trail/?q=melt*")
    assert page.locator(".trail-line").count() == 1
    page.get_by_role("button", name="Export what is shown").press("Enter")
    page.wait_for_url(f"**{FILES}")
    assert page.get_by_text("Your file will be ready in a minute or so.").is_visible()
    assert Export.objects.filter(filters={"q": "melt"}, state="waiting").count() == 1
