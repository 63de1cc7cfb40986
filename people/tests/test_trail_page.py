"""The page of the trail: who reads it, what it says, how it is searched, and what it costs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people import request_ids
from people.models import AuditEntry, Membership, System, User
from people.pages.keyset import SIZE
from people.pages.trail import trail_of
from people.services import record, save_with_trail
from people.tests.factories import MembershipFactory, SystemFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def system() -> System:
    row: System = SystemFactory(slug="meridian", name="Meridian")
    return row


def enter(client: Client, system: System, role: str = "unit_staff", **fields: Any) -> User:
    user: User = MembershipFactory(system=system, role=role, user=UserFactory(**fields)).user
    client.force_login(user)
    return user


def line(system: System | None, **fields: Any) -> AuditEntry:
    """A line of the trail, as a service would have left it."""
    usual = {"door": "page", "action": "change", "object_type": "people.System", "object_key": "m"}
    return AuditEntry.objects.create(system=system, **{**usual, **fields})


def read(client: Client, **query: Any) -> str:
    response = client.get(reverse("trail", args=["meridian"]), query)
    assert response.status_code == 200
    return str(response.content.decode())


def keys(client: Client, **query: Any) -> list[str]:
    response = client.get(reverse("trail", args=["meridian"]), query)
    return [found.entry.object_key for found in response.context["page"].lines]


def test_it_tells_who_did_what_when_and_why(client: Client, system: System) -> None:
    user = enter(client, system, name="Delivery Leader")
    before = request_ids.current.set("6f2a1f6e-0f0b")
    with time_machine.travel(NOON, tick=False):
        save_with_trail(
            system, {"name": "Meridian State"}, system=system, key="meridian", actor=user,
            door="page", reason="The statute renamed it.",
        )  # fmt: skip
    request_ids.current.reset(before)
    page = read(client)
    assert "Delivery Leader changed the system meridian: name Meridian → Meridian State" in page
    assert "The statute renamed it." in page
    assert "10 March 2026" in page
    assert "12:00" in page
    assert user.email in page
    assert "Unit staff" in page
    assert "on a page" in page
    assert "request 6f2a1f6e-0f0b" in page
    assert "<td>Meridian</td>" in page


def test_times_and_days_are_those_of_the_system(client: Client, system: System) -> None:
    System.objects.update(time_zone="Asia/Tokyo")
    line(system, at=datetime(2026, 3, 10, 22, 30, tzinfo=UTC), object_key="late")
    enter(client, system)
    page = read(client)
    assert "11 March 2026" in page
    assert "07:30" in page
    assert keys(client, since="2026-03-11", until="2026-03-11") == ["late"]
    assert keys(client, since="2026-03-12") == keys(client, until="2026-03-10") == []


@pytest.mark.parametrize("role", ["system_leader", "delivery_leader", "unit_staff"])
def test_the_unit_reads_it(client: Client, system: System, role: str) -> None:
    enter(client, system, role)
    assert "Who changed what, and why" in read(client)


NOT_READERS = ["leader_office", "accountable_head", "plan_owner", "data_provider", "reviewer",
               "steward", "viewer"]  # fmt: skip


@pytest.mark.parametrize("role", NOT_READERS)
def test_other_members_find_nothing(client: Client, system: System, role: str) -> None:
    enter(client, system, role)
    assert client.get(reverse("trail", args=["meridian"])).status_code == 404


def test_strangers_and_those_above_find_what_a_wrong_address_gives(
    client: Client, system: System
) -> None:
    parent = SystemFactory()
    System.objects.filter(pk=system.pk).update(parent=parent)
    client.force_login(UserFactory(is_staff=True))
    answers = [client.get(reverse("trail", args=[slug])) for slug in ("meridian", "nowhere")]
    for home in (SystemFactory(), parent):
        enter(client, home, "delivery_leader")
        answers.append(client.get(reverse("trail", args=["meridian"])))
    assert {answer.status_code for answer in answers} == {404}
    client.logout()
    assert client.get(reverse("trail", args=["meridian"])).status_code == 302


def test_nothing_of_another_system_or_of_none_is_told(client: Client, system: System) -> None:
    other = SystemFactory()
    user = enter(client, system)
    Membership.objects.create(user=user, system=other, role="unit_staff")
    mine = line(system, object_key="mine")
    for elsewhere in (other, None):
        line(elsewhere, object_key="theirs", actor=user, request_id=mine.request_id)
    about = {"object": "people.System", "key": "theirs"}
    for query in ({}, {"q": "theirs"}, {"person": user.pk}, about):
        assert "theirs" not in keys(client, **query)
    assert keys(client) == ["mine"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, system: System, method: str) -> None:
    enter(client, system)
    assert getattr(client, method)(reverse("trail", args=["meridian"])).status_code == 405


# --- filters -------------------------------------------------------------------------------


@pytest.fixture
def lines(system: System) -> User:
    """Three lines by two people; who made the first two."""
    ana = MembershipFactory(system=system, user__name="Ana Lee", user__email="ana@m.example").user
    ben = UserFactory(name="Ben")
    line(system, actor=ana, object_key="first", at=NOON, reason="Budget of 2026.")
    line(system, actor=ana, object_key="second", action="create", at=NOON + timedelta(1),
         object_type="aspirations.Metric")  # fmt: skip
    line(system, actor=ben, object_key="third", action="agree", at=NOON + timedelta(2),
         object_type="aspirations.Metric")  # fmt: skip
    return ana


FOUND = [
    ({}, ["third", "second", "first"]),
    ({"q": "ana"}, ["second", "first"]),
    ({"q": "ANA@m.example"}, ["second", "first"]),
    ({"q": "lee budget"}, ["first"]),
    ({"q": "lee nowhere"}, []),
    ({"q": "cond"}, ["second"]),
    ({"q": "agree"}, ["third"]),
    ({"q": "%"}, []),
    ({"action": "create"}, ["second"]),
    ({"object": "aspirations.Metric"}, ["third", "second"]),
    ({"object": "aspirations.Metric", "key": "second"}, ["second"]),
    ({"since": "2026-03-11"}, ["third", "second"]),
    ({"until": "2026-03-11"}, ["second", "first"]),
    ({"since": "2026-03-11", "until": "2026-03-11"}, ["second"]),
]


@pytest.mark.parametrize(("query", "found"), FOUND)
def test_it_is_searched_by_words_acts_kinds_and_days(
    client: Client, system: System, lines: User, query: dict[str, str], found: list[str]
) -> None:
    enter(client, system, email="reader@n.example")
    assert keys(client, **query) == found


# Words that mean nothing ask for everything, and none of them breaks the page.
NONSENSE = [
    {"action": "destroy"},
    {"object": "auth.Permission"},
    {"key": "first"},
    {"person": "999999999999999999999"},
    {"person": "Ana"},
    {"person": "²"},
    {"since": "yesterday", "until": "9999-12-31"},
    {"since": "0001-01-01"},
    {"before": "x.y", "after": "9" * 39 + ".1"},
    {"before": "²³.1"},
    {"colour": "red", "actor__password": "a"},
    {"q": "\x00"},
]


@pytest.mark.parametrize("query", NONSENSE)
def test_words_that_mean_nothing_ask_for_everything(
    client: Client, system: System, lines: User, query: dict[str, str]
) -> None:
    enter(client, system)
    assert keys(client, **query) == ["third", "second", "first"]


def test_a_very_long_search_is_cut(client: Client, system: System, lines: User) -> None:
    enter(client, system)
    assert keys(client, q="ana " * 5000) == ["second", "first"]


def test_people_are_chosen_from_members_and_from_those_who_left(
    client: Client, system: System, lines: User
) -> None:
    stranger, ben = UserFactory(name="Stranger"), User.objects.get(name="Ben")
    enter(client, system)
    assert keys(client, person=lines.pk) == ["second", "first"]
    assert keys(client, person=ben.pk) == ["third"]
    assert "Ben" in read(client, person=ben.pk)
    assert "Stranger" not in read(client, person=stranger.pk)
    assert len(keys(client, person=stranger.pk)) == 3


def test_who_left_only_lines_that_one_may_not_read_is_not_named(
    client: Client, system: System
) -> None:
    author = UserFactory(name="Chancellor")
    line(system, actor=author, object_type="coalitions.CandidNote", action="create")
    enter(client, system)
    assert "Chancellor" not in read(client, person=author.pk)
    enter(client, system, role="system_leader")
    assert "Chancellor" in read(client, person=author.pk)


def test_what_was_asked_stays_in_the_form_and_cannot_break_out(
    client: Client, system: System, lines: User
) -> None:
    enter(client, system)
    page = read(client, q='"><script>', action="create", since="2026-03-11")
    assert "&quot;&gt;&lt;script&gt;" in page
    assert "<script>" not in page
    assert '<option value="create" selected>' in page
    assert 'value="2026-03-11"' in page
    assert "No line of the trail is like this." in page


def test_one_object_has_its_own_history(client: Client, system: System, lines: User) -> None:
    enter(client, system)
    assert "?object=aspirations.Metric&amp;key=second" in read(client)
    page = read(client, object="aspirations.Metric", key="second")
    assert "What was done to the metric second" in page
    assert "third" not in page


def test_a_line_with_marks_of_html_is_shown_as_it_is(client: Client, system: System) -> None:
    enter(client, system)
    line(system, object_key="<b>x</b>", reason="<i>", after={"<u>": "<s>"}, before={"<u>": "<a>"})
    page = read(client)
    for mark in ("<b>x", "<i>", "<u>", "<s>", "<a>"):
        assert mark not in page
    assert "&lt;b&gt;x" in page


# --- pages ---------------------------------------------------------------------------------


def fill(system: System, count: int, actor: User | None = None) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(
            system=system, actor=actor, door="page", action="change", object_type="people.System",
            object_key=str(number), before={"name": "a"}, after={"name": "b"},
            # Three lines share each moment, so that the key decides between them.
            at=NOON + timedelta(seconds=number // 3),
        )
        for number in range(count)
    )  # fmt: skip


def test_every_line_is_met_once_going_back_and_once_coming_forth(
    client: Client, system: System
) -> None:
    fill(system, 2 * SIZE + 7)
    enter(client, system)
    address = reverse("trail", args=["meridian"])
    seen: list[int] = []
    query: dict[str, str] = {}
    for _ in range(3):
        page = client.get(address, query).context["page"]
        seen += [int(found.entry.object_key) for found in page.lines]
        query = {"before": page.older}
    assert seen == list(reversed(range(2 * SIZE + 7)))
    assert page.older == ""
    back = client.get(address, {"after": page.newer}).context["page"]
    assert [int(found.entry.object_key) for found in back.lines] == seen[SIZE : 2 * SIZE]
    first = client.get(address, {"after": back.newer}).context["page"]
    assert [int(found.entry.object_key) for found in first.lines] == seen[:SIZE]
    assert first.newer == ""


def test_filters_stay_while_one_goes_on(client: Client, system: System) -> None:
    fill(system, SIZE + 1)
    enter(client, system)
    assert "q=change&amp;before=" in read(client, q="change")


def test_three_lines_cost_as_many_queries_as_three_thousand(client: Client, system: System) -> None:
    people = [MembershipFactory(system=system).user for _ in range(3)]
    enter(client, system)

    def cost(**query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("trail", args=["meridian"]), query)
        return len(queries)

    fill(system, 3, people[0])
    cost()  # the first visit of a session writes it down
    few = cost()
    for person in people:
        fill(system, 1000, person)
    address, older = reverse("trail", args=["meridian"]), ""
    for _ in range(3):
        older = client.get(address, {"before": older}).context["page"].older
    assert cost() == cost(q="change") == few
    assert cost(before=older) == cost(after=older) == few


# --- confidential --------------------------------------------------------------------------


def test_of_sealed_fields_it_knows_only_that_they_changed(client: Client, system: System) -> None:
    user = enter(client, system)
    secret = "Is against the plan since May"
    for value in (secret, f"{secret}, and says so"):
        save_with_trail(
            system, {"note": value, "tagline": f"Open {len(value)}"}, system=system,
            key="meridian", actor=user, sealed={"note"},
        )  # fmt: skip
    System.objects.update(note="")  # else it would stand at the foot of the page
    assert AuditEntry.objects.count() == 2
    for kept in AuditEntry.objects.all():
        assert secret not in f"{kept.before} {kept.after} {kept.reason} {kept.object_key}"
        assert kept.after["note"] == "changed"
    assert keys(client, q="against") == keys(client, q="plan since") == []
    page = read(client)
    assert secret not in page
    assert "Open" in page


# --- beside another page -------------------------------------------------------------------


def test_another_page_shows_the_latest_of_an_object_to_who_may_read_it(system: System) -> None:
    reader, viewer = (
        MembershipFactory(system=system, role=r).user for r in ("unit_staff", "viewer")
    )
    for number in range(7):
        record(system=system, action="change", on=system, key="meridian", after={"n": number})
    record(system=SystemFactory(), action="change", on=system, key="meridian")
    found = trail_of(reader, system, system, "meridian")
    assert [row.entry.after["n"] for row in found] == [6, 5, 4, 3, 2]
    assert trail_of(viewer, system, system, "meridian") == []


def test_the_day_of_a_line_is_a_date(system: System) -> None:
    user = MembershipFactory(system=system).user
    line(system, at=NOON, object_key=str(system.pk))
    assert [row.day for row in trail_of(user, system, system)] == [date(2026, 3, 10)]
