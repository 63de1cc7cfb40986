"""The masthead leads where its reader may go, and nowhere else, at the price of one query."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from aspirations.tests.factories import AspirationFactory
from coalitions.models import Coalition, Delegate
from delivery.board.dashboard import RIGHTS
from delivery.navigation import (
    ASKED,
    FRONT,
    MAIN,
    MOST_PLACES,
    NAMED,
    UNIT,
    navigation,
    reachable,
)
from people.models import Role, System, User
from people.permissions import ACTIONS, may
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory
from people.tests.installation import client_of
from reviews.tests.factories import ParticipantFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meridian() -> System:
    row: System = SystemFactory.create(slug="meridian", name="Meridian")
    return row


def member(system: System, role: str) -> User:
    user: User = MembershipFactory.create(system=system, role=role).user
    return user


def titles(user: User, system: System | None) -> list[str]:
    found = navigation(user, system, "")
    return [link.title for link in (*found.main, *found.unit)]


def masthead(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode().split("</header>")[0]


# --------------------------------------------------------------------------- the pages of a system
READ = "Dashboard Aspirations Trajectories Assessments Stocktakes Actions"
WAYS = [
    (Role.SYSTEM_LEADER, f"{READ} Capacity Coalitions Data Actors People Settings Trail Tokens"),
    (Role.DELIVERY_LEADER, f"{READ} Capacity Coalitions Data Actors People Settings Trail Tokens"),
    (Role.UNIT_STAFF, f"{READ} Capacity Data Actors People Settings Trail"),
    (Role.VIEWER, f"{READ} Data Actors"),
    (Role.PLAN_OWNER, f"{READ} Data Actors"),
    (Role.DATA_PROVIDER, "Data"),
    (Role.REVIEWER, ""),
]


@pytest.mark.parametrize(("role", "ways"), WAYS)
def test_a_role_is_led_to_what_it_opens(meridian: System, role: str, ways: str) -> None:
    assert " ".join(titles(member(meridian, role), meridian)) == ways


@pytest.mark.parametrize("role", Role.values)
def test_what_it_shows_is_what_the_permission_table_opens(meridian: System, role: str) -> None:
    user = member(meridian, role)
    wanted = [str(page.title) for page in MAIN + UNIT if may(user, page.action, meridian)]
    assert titles(user, meridian) == wanted


def test_every_entry_leads_to_a_page_that_opens(meridian: System) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    # What is confidential asks once more who one is; the rest opens at once.
    answers = {
        link.title: client_of(user).get(link.address).status_code
        for link in (*navigation(user, meridian, "").main, *navigation(user, meridian, "").unit)
    }
    assert answers.pop("Coalitions") in {200, 302}
    assert set(answers.values()) == {200}


def test_who_is_named_on_a_review_is_led_to_reviews(meridian: System) -> None:
    part = ParticipantFactory.create(round__system=meridian)
    assert titles(part.user, meridian) == ["Capacity"]
    part.delete()
    assert titles(part.user, meridian) == []


def test_a_delegate_is_led_to_coalitions(meridian: System) -> None:
    leader, user = member(meridian, Role.DELIVERY_LEADER), member(meridian, Role.VIEWER)
    aspiration = AspirationFactory.create(system=meridian)
    coalition = Coalition.objects.create(system=meridian, aspiration=aspiration)
    assert titles(user, meridian) == [*READ.split(), "Data", "Actors"]
    Delegate.objects.create(coalition=coalition, user=user, named_by=leader)
    assert titles(user, meridian) == [*READ.split(), "Coalitions", "Data", "Actors"]


def test_an_administrator_is_led_to_people_and_tokens_only(meridian: System) -> None:
    assert titles(UserFactory.create(is_staff=True), meridian) == ["People", "Tokens"]


def test_from_above_one_is_led_to_what_a_parent_reads_only(meridian: System) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    child = SystemFactory.create(parent=meridian)
    assert titles(user, child) == ["Dashboard", "Aspirations"]


def test_a_stranger_is_led_nowhere(meridian: System) -> None:
    found = navigation(UserFactory.create(), meridian, "")
    assert (found.main, found.unit, found.places) == ([], [], [])


def test_where_a_second_factor_is_missing_nothing_is_shown_that_needs_it(meridian: System) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    System.objects.update(second_factor="leaders")
    user.lacks_second_factor = True  # type: ignore[attr-defined]
    assert titles(user, meridian) == []


def test_the_page_one_is_at_is_marked_and_its_parts_with_it(meridian: System) -> None:
    client = client_of(member(meridian, Role.DELIVERY_LEADER))
    for name, title in (("members", "People"), ("invite_member", "People"), ("trail", "Trail")):
        nav = masthead(client, reverse(name, args=["meridian"])).split("<nav")[1].split("</nav>")[0]
        assert re.findall(r'aria-current="page">\s*([^<]+?)\s*</a>', nav) == [title]


def test_every_action_asked_can_be_told_from_what_is_asked() -> None:
    """By the roles here; what opens from above is the front alone, and by name what is counted."""
    assert set(ACTIONS) >= ASKED
    wanted = ASKED | set(RIGHTS)
    assert {action for action in wanted if ACTIONS[action].from_parent} == {FRONT}
    assert {action for action in wanted if ACTIONS[action].named} == set(NAMED)


def test_who_loses_a_role_loses_its_way_with_the_next_page(meridian: System) -> None:
    user = member(meridian, Role.UNIT_STAFF)
    client, trail = client_of(user), reverse("trail", args=["meridian"])
    assert trail in masthead(client, "/meridian/")
    user.memberships.update(role=Role.VIEWER)
    assert trail not in masthead(client, "/meridian/")


# --------------------------------------------------------------------------- other systems
def test_with_one_system_there_is_nothing_to_switch(meridian: System) -> None:
    page = masthead(client_of(member(meridian, Role.VIEWER)), "/meridian/")
    assert "Switch system" not in page
    assert reverse("account") in page


def test_the_switcher_names_all_that_open_and_marks_this_one(meridian: System) -> None:
    user = member(meridian, Role.VIEWER)
    SystemFactory.create(slug="county", name="County", parent=meridian)
    MembershipFactory.create(user=user, role="data_provider", system__name="Closed to them")
    SystemFactory.create(name="Foreign")
    page = masthead(client_of(user), "/meridian/")
    menu = page.split("<details")[1].split("</details>")[0]
    assert re.findall(r'href="([^"]+)"', menu) == ["/county/", "/meridian/", "/?all=1"]
    assert re.findall(r'href="([^"]+)" aria-current="true"', menu) == ["/meridian/"]
    for closed in ("Closed to them", "Foreign"):
        assert closed not in page


def test_of_many_systems_some_are_named_and_the_rest_are_one_link_away(meridian: System) -> None:
    user = member(meridian, Role.VIEWER)
    for number in range(MOST_PLACES + 5):
        SystemFactory.create(name=f"A{number:02}", parent=meridian)
    found = navigation(user, meridian, "")
    assert len(found.places) == MOST_PLACES
    assert found.has_more
    menu = masthead(client_of(user), "/meridian/").split("<details")[1].split("</details>")[0]
    assert menu.count("<li>") == MOST_PLACES + 1
    assert "All systems" in menu


@pytest.mark.parametrize("extra", [3, 30])
def test_it_costs_one_query_however_many_systems_and_roles(meridian: System, extra: int) -> None:
    user = member(meridian, Role.DELIVERY_LEADER)
    for _ in range(extra):
        MembershipFactory.create(user=user, role="viewer")
    with CaptureQueriesContext(connection) as captured:
        navigation(user, meridian, "members")
    assert len(captured) == 1
    assert len(reachable(user, meridian)) <= MOST_PLACES + 2


def test_a_page_that_no_system_frames_leads_to_all_systems() -> None:
    client = client_of(UserFactory.create())
    page = masthead(client, reverse("account"))
    assert "/?all=1" in page
    assert reverse("installation") not in page
    assert reverse("installation") in masthead(
        client_of(UserFactory.create(is_staff=True)), reverse("account")
    )
