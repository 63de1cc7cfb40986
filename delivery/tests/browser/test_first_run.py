"""A new system comes to its first judgment on its own pages, with the effort counted."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from aspirations.models import Series
from aspirations.services.judging import judge_all_stale
from delivery.tests.browser.conftest import EMAIL, PASSWORD, Visit
from people.models import Membership, System, User
from people.services.systems import create_system
from people.tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIGURES = "\n".join(f"2026-{month:02d}  {50 + month / 2:.1f}" for month in range(1, 11))
# Nobody reads a page, decides and types for longer than this, on average.
PATIENCE = 10_000
SECONDS_A_PAGE, SECONDS_A_FIELD = 40, 30


@dataclass
class Effort:
    """Pages opened and fields filled in on the way."""

    page: Page
    pages: int = 0
    fields: list[str] = field(default_factory=list)

    def fill(self, label: str, text: str) -> None:
        self.fields.append(label)
        self.page.get_by_label(label, exact=True).fill(text, timeout=PATIENCE)

    def choose(self, label: str, text: str) -> None:
        self.fields.append(label)
        self.page.get_by_label(label, exact=True).select_option(text, timeout=PATIENCE)

    def press(self, role: str, name: str) -> None:
        self.pages += 1
        self.page.get_by_role(role, name=re.compile(f"^{name}")).first.click(timeout=PATIENCE)  # type: ignore[arg-type]
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()

    @property
    def minutes(self) -> float:
        return (self.pages * SECONDS_A_PAGE + len(self.fields) * SECONDS_A_FIELD) / 60


@pytest.fixture
def reader(transactional_db: None) -> User:
    """The delivery leader of a system that is not there yet."""
    user: User = UserFactory.create(email=EMAIL, password=PASSWORD, name="Delivery Leader")
    return user


@pytest.fixture
def riverside(reader: User) -> System:
    """A system as an administrator makes it: with a leader and nothing else."""
    row = create_system(
        actor=reader, name="Riverside", slug="riverside", kind="city", year_starts=1,
        time_zone="Europe/London",
    )  # fmt: skip
    System.objects.filter(pk=row.pk).update(second_factor="nobody")
    assert Membership.objects.get(system=row).role == "delivery_leader"
    return row


@pytest.mark.parametrize("scripts", [True, False])
def test_from_nothing_to_the_first_judgment(visit: Visit, riverside: System, scripts: bool) -> None:
    work = Effort(visit("/riverside/", java_script_enabled=scripts))
    page = work.page
    work.press("link", "Take the first step")
    work.press("link", "Write it")
    work.fill("The aspiration in one sentence", "Every repair is done in time")
    work.press("button", "Save")

    page.goto("/riverside/welcome/")
    work.press("link", "Choose a metric")
    work.fill("Name", "Repairs in time")
    work.fill("Unit", "%")
    work.choose("Which way is better", "increase")
    work.choose("How often a figure comes", "month")
    work.press("button", "Define the metric")
    work.fill("Figures", FIGURES)
    work.press("button", "See what would change")
    expect(page.get_by_text("10", exact=True)).to_be_visible()
    work.press("button", "Save these figures")

    page.goto("/riverside/welcome/")
    work.press("link", "Build a path")
    work.fill("Baseline period", "2026-03")
    work.fill("Target period", "2027-12")
    work.fill("Target, %", "75")
    work.press("button", "Begin the draft")
    work.fill("Why this path", "The housing plan pays for a second crew.")
    work.press("button", "Save")
    work.press("link", "See what follows, and agree")
    work.press("button", "Agree this path")

    page.goto("/riverside/welcome/")
    work.press("link", "Choose a date")
    work.fill("Day", "2027-01-15")
    work.press("button", "Plan it")

    judge_all_stale()
    assert Series.objects.get().current_judgment is not None
    page.goto("/riverside/welcome/")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Everything is set for the first judgment."
    )
    work.press("link", "To the dashboard")
    expect(page.locator("#league")).to_contain_text("Repairs in time")
    assert work.pages <= 16, work.pages
    assert len(work.fields) <= 12, work.fields
    assert work.minutes <= 20
