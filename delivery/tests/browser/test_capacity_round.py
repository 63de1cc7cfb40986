"""A whole capacity review, as people hold it, and the next one two years later."""

import re
from datetime import date

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from delivery.tests.browser.conftest import Open
from people.models import System, User
from people.tests.factories import MembershipFactory, SystemFactory
from reviews.models import Element, Participant, Round
from reviews.services.scores import save_score
from reviews.tests.factories import ElementFactory, GuestFactory, RubricFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CODES = ("1A", "1B", "2A")
REASON = "Two of ten districts could show a path of their own."
LINK = re.compile(r"https?://[^/\s]+(/invitations/review/link/\S+)")


@pytest.fixture
def system(transactional_db: None) -> System:
    """A system with a leader of delivery, its own leader, and a rubric of three elements."""
    row: System = SystemFactory.create(
        slug="meridian", name="Meridian", reporting_date=date(2024, 3, 4), second_factor="nobody"
    )
    rubric = RubricFactory.create(system=row, title="Delivery in short", key="short")
    for place, code in enumerate(CODES):
        ElementFactory.create(rubric=rubric, code=code, title=f"Area {code}", order=place)
    return row


@pytest.fixture
def leader(system: System) -> User:
    return member(system, "delivery_leader", "Delivery Leader")


def member(system: System, role: str, name: str) -> User:
    user: User = MembershipFactory.create(system=system, role=role, user__name=name).user
    return user


def press(page: Page, name: str) -> None:
    """A button or a link that begins with these words; then a page with one first heading."""
    found = page.get_by_role("button", name=re.compile(f"^{name}"))
    (
        found if found.count() else page.get_by_role("link", name=re.compile(f"^{name}"))
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def set_up(page: Page, title: str, starts: str, due: str) -> Round:
    page.goto("/meridian/capacity/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("What it is to find out").fill("How able we are to deliver early reading.")
    page.get_by_label("Rubric").select_option("Delivery in short, version 1")
    page.get_by_label("Starts").fill(starts)
    page.get_by_label("Due", exact=True).fill(due)
    press(page, "Save")
    return Round.objects.get(title=title)


def name(page: Page, row: Round, person: User, kind: str) -> None:
    page.goto(f"/meridian/capacity/{row.pk}/people/new/")
    page.get_by_label("Person").select_option(str(person.pk))
    page.get_by_label("Takes part as").select_option(kind)
    press(page, "Name this person")


def invite(page: Page, row: Round, who: str, kind: str, *, signs: bool = False) -> None:
    page.goto(f"/meridian/capacity/{row.pk}/people/guests/new/")
    page.get_by_label("Name", exact=True).fill(who)
    page.get_by_label("E-mail address").fill(f"{who.lower().replace(' ', '.')}@elsewhere.example")
    page.get_by_label("Takes part as").select_option(kind)
    if signs:
        page.get_by_label("Signs the sheet").check()
    press(page, "Invite")


def score(page: Page, value: int) -> None:
    """Answer the questions one after the other, with two sources each."""
    press(page, "Begin")
    for code in CODES:
        expect(page.get_by_role("heading", level=1)).to_contain_text(code)
        page.get_by_role("radio").nth(value - 1).check()
        page.get_by_label("What evidence supports this?").fill(REASON)
        for number in (1, 2):
            page.get_by_label(f"Source {number}", exact=True).fill(f"Paper {number}")
        press(page, "Save and")
    press(page, "I have finished")


def others(row: Round, leader: User, values: dict[str, list[int]]) -> None:
    """The rest of the raters, who sit elsewhere: interviewees by `values`, each code a list."""
    elements = {found.code: found for found in Element.objects.filter(rubric=row.rubric)}
    for place in range(len(values[CODES[0]])):
        part = GuestFactory.create(round=row, kind="interviewee", named_by=leader)
        for code in CODES:
            given = {"value": values[code][place], "reason": REASON}
            save_score(participant=part, element=elements[code], values=given)


def links() -> dict[str, str]:
    """By address, the latest link that was sent there."""
    return {sent.to[0]: found[1] for sent in mail.outbox if (found := LINK.search(str(sent.body)))}


def agree(page: Page, row: Round, values: dict[str, int]) -> None:
    for code, value in values.items():
        page.goto(f"/meridian/capacity/{row.pk}/results/elements/{code}/agree/")
        page.get_by_role("radio").nth(value - 1).check()
        page.get_by_label("Why").fill(f"What we saw settles it: {code}.")
        press(page, "Agree")


def test_from_setting_up_to_the_next_round(opened: Open, system: System, leader: User) -> None:
    mine = member(system, "accountable_head", "Deputy for Learning")
    office = opened("/meridian/capacity/", leader)
    first = set_up(office, "Round 1", "2024-03-04", "2024-03-15")
    name(office, first, mine, "self")
    invite(office, first, "Audit Office", "independent", signs=True)
    invite(office, first, "Rowan Principal", "interviewee")
    office.goto(f"/meridian/capacity/{first.pk}/")
    press(office, "Open the review")

    # Three kinds of raters, each in a browser of their own.
    sent = links()
    assert set(sent) == {"audit.office@elsewhere.example", "rowan.principal@elsewhere.example"}
    score(opened(f"/meridian/capacity/{first.pk}/score/", mine), 2)
    for address, value in zip(sorted(sent), (1, 3), strict=True):
        guest = opened(sent[address])
        press(guest, "Go to the questions")
        score(guest, value)
        expect(opened(sent[address]).get_by_role("heading", level=1)).to_contain_text(
            "opens nothing now"
        )
    others(first, leader, {"1A": [3, 2, 3, 3], "1B": [1, 1, 4, 2], "2A": [3, 3, 3, 3]})

    # Nothing is told before the closing.
    assert office.request.get(f"/meridian/capacity/{first.pk}/results/").status == 404
    office.goto(f"/meridian/capacity/{first.pk}/")
    expect(office.locator("main")).to_contain_text("3 of 7")
    press(office, "Close the review")
    press(office, "Close the review")
    assert Round.objects.get(pk=first.pk).state == "closed"

    # Disagreements come first, then what is agreed.
    office.goto(f"/meridian/capacity/{first.pk}/results/meeting/")
    agenda = office.locator("main").inner_text()
    assert "1B" in agenda
    agree(office, first, {"1A": 2, "1B": 1, "2A": 3})
    draw_conclusions(office, first)
    tell(opened, office, first, member(system, "system_leader", "Superintendent"))

    # Two years on.
    System.objects.filter(pk=system.pk).update(reporting_date=date(2026, 3, 2))
    second = set_up(office, "Round 2", "2026-03-02", "2026-03-13")
    assert second.follows == first
    name(office, second, mine, "self")
    office.goto(f"/meridian/capacity/{second.pk}/")
    press(office, "Open the review")
    others(second, leader, {"1A": [3, 3, 3, 3], "1B": [1, 2, 2, 1], "2A": [3, 2, 3, 2]})
    press(office, "Close the review")
    press(office, "Close the review")
    agree(office, second, {"1A": 3, "1B": 1, "2A": 2})
    office.goto(f"/meridian/capacity/{second.pk}/results/comparison/")
    told = office.locator("main").inner_text()
    for words in ("1A", "stronger", "weaker", "What we saw settles it: 1A."):
        assert words.lower() in told.lower()


def draw_conclusions(page: Page, row: Round) -> None:
    page.goto(f"/meridian/capacity/{row.pk}/findings/new/")
    page.get_by_label("What we found").fill("Paths are missing below the state.")
    press(page, "Add the finding")
    press(page, "Add what it means")
    page.get_by_label("So what").fill("Districts cannot see their share.")
    press(page, "Add what it means")
    press(page, "Agree on an action")
    page.get_by_label("What is done").fill("Build paths for the ten largest districts")
    page.get_by_label("Who does it").fill("Director, Early Learning")
    page.get_by_label("Until when").fill("2024-05-29")
    press(page, "Add the action")
    expect(page.locator("main")).to_contain_text("Build paths for the ten largest districts")


def tell(opened: Open, page: Page, row: Round, superintendent: User) -> None:
    """First the leader reads it, then the team; the action is then everyone's to see."""
    results = f"/meridian/capacity/{row.pk}/results/"
    for reads in (False, True):
        chief = opened("/meridian/capacity/", superintendent)
        assert (chief.request.get(results).status == 200) is reads
        page.goto(f"/meridian/capacity/{row.pk}/release/")
        page.get_by_label("I know that this cannot be taken back").check()
        page.get_by_role("main").get_by_role("button", name=re.compile("^Release")).click()
        expect(page.get_by_role("heading", level=1)).to_have_count(1)
    row.refresh_from_db()
    assert row.team_at
    page.goto("/meridian/actions/")
    expect(page.locator("main")).to_contain_text("Build paths for the ten largest districts")
    assert not Participant.objects.filter(round=row, left_at__isnull=False).exists()
