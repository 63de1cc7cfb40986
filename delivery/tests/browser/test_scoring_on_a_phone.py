"""A capacity review is scored on a phone: by a member, by a guest from the mail, by anyone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from delivery.tests.browser.conftest import Open
from reviews.models import Round, Score
from reviews.services.links import digest
from reviews.tests.factories import GuestFactory, ParticipantFactory, ScoringLinkFactory
from reviews.tests.scoring import REASON, asked_round, element

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NO_SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth"
SMALL = """() => [...document.querySelectorAll("main a, main button, main input, main select")]
  .filter(part => part.type !== "hidden" && !part.matches(".vh, .sub a, p a, .crumbs a"))
  .map(part => (part.closest("label.choice") || part))
  .filter(part => part.getBoundingClientRect().height < 24)
  .map(part => part.outerHTML.slice(0, 120))"""


@pytest.fixture
def row(transactional_db: None) -> Round:
    return asked_round(system__slug="meridian", system__name="Meridian")


def readable(page: Page, faults: Callable[[Page], str]) -> None:
    assert faults(page) == ""
    assert page.evaluate(NO_SIDEWAYS)
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_member_scores_by_thumb(
    row: Round, opened: Open, faults: Callable[[Page], str], scripts: bool
) -> None:
    part = ParticipantFactory.create(round=row, kind="self")
    page = opened(
        f"/meridian/capacity/{row.pk}/score/", part.user, java_script_enabled=scripts, **PHONE
    )
    if scripts:
        readable(page, faults)
    page.get_by_role("link", name="Begin: 1A").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("1A. Title 1A")
    page.get_by_text("Amber-Green").tap()
    expect(page.get_by_role("radio", name="Amber-Green")).to_be_checked()
    page.get_by_label("What evidence supports this?").fill(REASON)
    page.get_by_label("Source 1", exact=True).fill("Target paper")
    page.get_by_role("button", name="Save and next: 1B").tap()

    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("needs at least 2 sources, and 1 is named")
    problem.get_by_role("link").tap()
    expect(page.get_by_label("Source 2", exact=True)).to_be_focused()
    if scripts:
        readable(page, faults)
    page.get_by_role("button", name="Add a source").tap()
    expect(page.get_by_label("Source 4", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("radio", name="Amber-Green")).to_be_checked()
    page.get_by_label("Kind of source 4").select_option("data")
    page.get_by_label("Source 4", exact=True).fill("Paths on file")
    page.get_by_label("Source 4", exact=True).press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("1B. Title 1B")
    expect(page.get_by_text("Your scores: 1 of 4")).to_be_visible()
    score = Score.objects.get(participant=part)
    assert (score.value, score.reason) == (3, REASON)
    assert [source["kind"] for source in score.sources] == ["document", "data"]
    page.get_by_role("button", name="I cannot judge this").tap()
    page.get_by_role("navigation", name="Elements").get_by_role("link", name="All").tap()
    page.get_by_role("button", name="I have finished").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Your sheet is finished: 2 of 4")


def test_a_guest_comes_by_the_mail_scores_and_leaves(
    row: Round, opened: Open, faults: Callable[[Page], str]
) -> None:
    guest = GuestFactory.create(round=row, name="Head of Sunrise")
    ScoringLinkFactory.create(participant=guest, digest=digest("secret"))
    page = opened("/invitations/review/link/secret/", **PHONE)
    readable(page, faults)
    page.get_by_role("button", name="Go to the questions").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("4 questions wait for you.")
    readable(page, faults)
    page.get_by_role("link", name="Begin: 1A").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("1A. Title 1A")
    readable(page, faults)
    page.get_by_text("Amber-Red").tap()
    page.get_by_role("button", name="Save and stop").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 4 have your answer.")
    page.get_by_role("link", name="Take my scores back").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("does not count")
    readable(page, faults)
    page.get_by_role("link", name="Leave them as they are").tap()
    page.get_by_role("button", name="Leave", exact=True).tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("what you saved is kept")
    assert guest.scores.get().value == 2


def test_keys_choose_a_level_and_never_while_something_is_typed(row: Round, opened: Open) -> None:
    part = ParticipantFactory.create(round=row, kind="self")
    page = opened(f"/meridian/capacity/{row.pk}/score/elements/1A/", part.user)
    page.keyboard.press("4")
    expect(page.get_by_role("radio", name="Green").last).to_be_checked()
    page.keyboard.press("1")
    expect(page.get_by_role("radio", name="Red", exact=False).first).to_be_checked()
    page.get_by_label("What evidence supports this?").press_sequentially("4 of 10")
    expect(page.get_by_label("What evidence supports this?")).to_have_value("4 of 10")
    expect(page.get_by_role("radio", name="Red", exact=False).first).to_be_checked()


@pytest.mark.parametrize(("width", "scheme"), [(1440, "dark"), (320, "light"), (320, "dark")])
def test_two_windows_and_every_page_can_be_read_by_anyone(
    row: Round, opened: Open, faults: Callable[[Page], str], width: int, scheme: str
) -> None:
    part = ParticipantFactory.create(round=row, kind="interviewee")
    here = f"/meridian/capacity/{row.pk}/score/elements/1A/"
    page = opened(here, part.user, viewport={"width": width, "height": 800}, color_scheme=scheme)
    Score.objects.create(participant=part, element=element(row), revision=1, value=4)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Save and stop").click()
    expect(page.get_by_role("alert")).to_contain_text("You saved this in another window")
    readable(page, faults)
    page.get_by_role("button", name="Save and stop").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 of 4 have your answer.")
    readable(page, faults)
