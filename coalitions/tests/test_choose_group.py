"""Choosing a group: ticked, tried, kept, and made the coalition. The program ticks nobody."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from coalitions.models import Coalition, Standing, Status
from coalitions.services import choosing as services
from coalitions.tests.choosing import WORD, candidate, keep, seen, statuses, ticks
from coalitions.tests.factories import CoalitionFactory, DelegateFactory, StandingFactory
from coalitions.tests.ladder import HEADS, address, answers, be_delegate
from people.models import AuditEntry, Opening, User
from people.services import Conflict
from people.tests.entering import enter, grow_old
from people.tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
QUERIES = 17


@pytest.fixture
def row() -> Coalition:
    """A: short list, B: proposed, C: excluded, D: member, E: proposed and not judged."""
    row: Coalition = CoalitionFactory.create()
    for status in (Status.SHORTLISTED, Status.PROPOSED, Status.EXCLUDED, Status.MEMBER):
        candidate(row, status)
    candidate(row, Status.PROPOSED, judged=False)
    return row


def to(row: Coalition) -> str:
    return address("choose_group", row)


def opened(client: Client, row: Coalition) -> str:
    response = client.get(to(row))
    assert response.status_code == 200
    return response.content.decode()


def leader(row: Coalition) -> User:
    user: User = MembershipFactory.create(system=row.system, role="delivery_leader").user
    return user


# --------------------------------------------------------------------------- the page
@pytest.mark.parametrize("role", sorted(HEADS))
def test_leaders_see_everybody_with_the_boxes_as_kept(
    client: Client, row: Coalition, role: str
) -> None:
    enter(client, row.system, role)
    page = opened(client, row)
    assert ticks(page) == {1, 4}
    assert all(f"Office {WORD} {number}" in page for number in range(1, 6))
    assert "Power and alignment, 4 candidates" in page
    assert "Group checks, a group of 2" in page
    assert WORD not in page.split("</title>")[0]


def test_who_is_set_aside_or_not_judged_has_no_box(client: Client, row: Coalition) -> None:
    candidate(row, Status.LEFT)
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    assert 'id="on-2"' in page
    assert all(f'id="on-{number}"' not in page for number in (3, 5, 6))
    assert f"The {WORD} reason." in page.split("Set aside")[1]
    assert address("appraise_candidate", row, 5) in page


def test_a_member_has_a_box_that_cannot_be_unticked(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    assert page.count(" disabled") == 1
    assert '<input type="hidden" name="on" value="4">' in page
    assert address("place_candidate", row, 4) in page


def test_an_empty_list_says_what_to_do_first(client: Client) -> None:
    row = CoalitionFactory.create()
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    assert "There is nobody to choose from yet." in page
    assert address("new_candidate", row) in page


def test_nothing_is_ticked_by_the_program(client: Client) -> None:
    row = CoalitionFactory.create()
    for _number in range(8):
        candidate(row, alignment="4", potential="4", power="4")
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    assert ticks(page) == set()
    assert "Nobody is chosen yet." in page
    assert not Standing.objects.exists()


def test_what_was_written_is_escaped(client: Client, row: Coalition) -> None:
    candidate(row, Status.SHORTLISTED, sphere="<b>S</b>", cause="<script>x</script>")
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    assert "<b>S</b>" not in page
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_every_opening_is_logged(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    opened(client, row)
    client.post(to(row), {"on": ["1"]})
    keep(client, to(row), row, 1, 4)
    assert Opening.objects.filter(user=user, object_key=str(row.pk)).count() == 2


def test_few_and_many_take_as_many_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (2, 20):
        row = CoalitionFactory.create()
        for _number in range(count):
            candidate(row, Status.SHORTLISTED)
        enter(client, row.system, "delivery_leader")
        opened(client, row)
        with django_assert_num_queries(QUERIES):
            opened(client, row)


# --------------------------------------------------------------------------- trying
def test_a_choice_is_tried_without_saving(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    before = statuses(row)
    response = client.post(to(row), {"act": "check", "on": ["2"]})
    assert response.status_code == 200
    page = response.content.decode()
    assert ticks(page) == {2, 4}
    assert "Group checks, a group of 2" in page
    assert statuses(row) == before
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("act", ["", "nonsense"])
def test_enter_in_a_box_only_tries(client: Client, row: Coalition, act: str) -> None:
    enter(client, row.system, "delivery_leader")
    before = statuses(row)
    assert client.post(to(row), {"act": act, "on": ["2"], "seen": seen(row)}).status_code == 200
    assert statuses(row) == before


# --------------------------------------------------------------------------- keeping
def test_keeping_moves_only_who_was_ticked_or_unticked(client: Client, row: Coalition) -> None:
    user = enter(client, row.system, "delivery_leader")
    before = {standing.pk for standing in Standing.objects.all()}
    response = keep(client, to(row), row, 2, 4)
    assert response["Location"] == to(row)
    assert statuses(row) == {1: "proposed", 2: "shortlisted", 3: "excluded", 4: "member",
                             5: "proposed"}  # fmt: skip
    added = Standing.objects.exclude(pk__in=before)
    assert {(one.candidate.number, one.seq, one.author) for one in added} == {
        (1, 2, user), (2, 2, user),
    }  # fmt: skip


def test_what_is_said_afterwards_names_nobody(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    response = keep(client, to(row), row, 2, 4)
    told = [str(message) for message in client.get(response["Location"]).context["messages"]]
    assert told == ["Saved."]


def test_a_delegate_chooses_too(client: Client, row: Coalition) -> None:
    be_delegate(client, row)
    assert ticks(opened(client, row)) == {1, 4}
    assert keep(client, to(row), row, 1, 2, 4).status_code == 302
    assert statuses(row)[2] == "shortlisted"


def test_an_unbalanced_group_is_kept(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    assert keep(client, to(row), row, 4).status_code == 302
    assert "6 fewer than seven" in opened(client, row)


def test_the_trail_says_that_and_nothing_of_whom(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    keep(client, to(row), row, 2, 4)
    lines = AuditEntry.objects.all()
    assert [line.action for line in lines] == ["place", "place"]
    for line in lines:
        told = f"{line.before} {line.after} {line.reason}"
        assert WORD not in told
        assert "shortlisted" not in told
        assert "proposed" not in told


def test_nothing_changed_writes_nothing(row: Coalition) -> None:
    seen_now = {1: 1, 2: 1, 3: 1, 4: 1, 5: 1}
    kept = services.keep_short_list(coalition=row, chosen={1, 4}, seen=seen_now, actor=leader(row))
    assert kept == 0
    assert Standing.objects.count() == 5


# --------------------------------------------------------------------------- bad input
@pytest.mark.parametrize(
    ("on", "words"),
    [
        ((1,), "D is a member already"),
        ((1, 3, 4), "C is set aside"),
        ((1, 4, 5), "E has not been judged yet"),
        ((1, 4, 99), "99 is not on the long list"),
        ((1, 4, "x"), "x is not on the long list"),
    ],
)
def test_who_cannot_be_moved_here_is_named_with_the_remedy(
    client: Client, row: Coalition, on: Any, words: str
) -> None:
    enter(client, row.system, "delivery_leader")
    before = statuses(row)
    response = keep(client, to(row), row, *on)
    assert response.status_code == 400
    page = response.content.decode()
    assert "There is a problem" in page
    assert words in page
    assert statuses(row) == before


@pytest.mark.parametrize("more", [(), (99,), ("x",)])
def test_after_a_fault_the_ticks_are_as_they_were(
    client: Client, row: Coalition, more: Any
) -> None:
    enter(client, row.system, "delivery_leader")
    response = keep(client, to(row), row, 2, *more)
    assert response.status_code == 400
    assert ticks(response.content.decode()) == {2, 4}


@pytest.mark.parametrize("held", ["1", "1:x", "1:1;2:1", "٣:1", "1:1  2:1"])
def test_a_page_that_lost_what_it_showed_is_refused(
    client: Client, row: Coalition, held: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = keep(client, to(row), row, 1, 2, 4, seen=held)
    assert response.status_code == 400
    page = response.content.decode()
    assert "no longer says what it showed" in page
    assert ticks(page) == {1, 2, 4}
    assert statuses(row)[2] == "proposed"


def test_the_service_refuses_by_itself(row: Coalition) -> None:
    with pytest.raises(ValidationError, match="is set aside"):
        services.keep_short_list(
            coalition=row, chosen={3, 4}, seen=dict.fromkeys(range(1, 6), 1), actor=leader(row)
        )


# --------------------------------------------------------------------------- conflict
def test_who_stands_elsewhere_meanwhile_stops_the_save(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    was = seen(row)
    StandingFactory.create(candidate=row.candidates.get(number=1), status=Status.EXCLUDED)
    before = statuses(row)
    response = keep(client, to(row), row, 1, 2, 4, seen=was)
    assert response.status_code == 409
    page = response.content.decode()
    assert "Someone moved a candidate" in page
    assert ticks(page) == {2, 4}
    assert f'value="{seen(row)}"' in page
    assert statuses(row) == before


def test_who_came_on_the_list_meanwhile_is_looked_at_first(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    was = seen(row)
    candidate(row, Status.SHORTLISTED)
    assert keep(client, to(row), row, 1, 2, 4, seen=was).status_code == 409
    assert statuses(row)[6] == "shortlisted"


def test_the_service_compares_too(row: Coalition) -> None:
    with pytest.raises(Conflict):
        services.keep_short_list(coalition=row, chosen={4}, seen={}, actor=leader(row))
    with pytest.raises(Conflict):
        services.make_members(coalition=row, seen={1: 1}, actor=leader(row))


# --------------------------------------------------------------------------- the second step
def test_the_short_list_becomes_the_coalition(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    page = opened(client, row)
    assert "A is on the short list as it was kept last" in page
    assert "5 fewer than seven" in page.split("Make the short list the coalition")[1]
    response = client.post(to(row), {"act": "members", "sure": "on", "seen": seen(row)})
    assert response["Location"] == to(row)
    assert statuses(row) == {1: "member", 2: "proposed", 3: "excluded", 4: "member",
                             5: "proposed"}  # fmt: skip
    assert "Once a short list is kept" in opened(client, row)


def test_it_asks_whether_one_is_sure(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {"act": "members", "seen": seen(row)})
    assert response.status_code == 400
    assert "Tick this too" in response.content.decode()
    assert statuses(row)[1] == "shortlisted"


def test_nobody_on_the_short_list_makes_no_coalition(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    keep(client, to(row), row, 4)
    response = client.post(to(row), {"act": "members", "sure": "on", "seen": seen(row)})
    assert response.status_code == 400
    assert "Nobody is on the short list" in response.content.decode()


def test_members_conflict_with_another_move(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    was = seen(row)
    StandingFactory.create(candidate=row.candidates.get(number=2), status=Status.SHORTLISTED)
    response = client.post(to(row), {"act": "members", "sure": "on", "seen": was})
    assert response.status_code == 409
    assert statuses(row)[1] == "shortlisted"


# --------------------------------------------------------------------------- who
@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_else_finds_nothing(client: Client, row: Coalition, method: str) -> None:
    before = statuses(row)
    data = {"act": "keep", "on": ["1", "2", "4"], "seen": seen(row)} if method == "post" else None
    found = answers(client, row, method, to(row), data)
    assert found.pop("delegate") in {200, 302}
    assert found.pop("not signed in") == 302
    assert set(found.values()) == {404}
    assert (statuses(row) == before) == (method == "get")


def test_a_delegate_of_another_coalition_writes_nothing(row: Coalition) -> None:
    other = DelegateFactory.create(coalition__aspiration__system=row.system).user
    with pytest.raises(PermissionDenied):
        services.keep_short_list(coalition=row, chosen={4}, seen={}, actor=other)
    with pytest.raises(PermissionDenied):
        services.make_members(coalition=row, seen={}, actor=other)


def test_other_methods_are_refused(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.delete(to(row)).status_code == 405


# --------------------------------------------------------------------------- proof
@pytest.mark.parametrize("act", [None, "check"])
def test_what_shows_the_candidates_takes_fresh_proof(
    client: Client, row: Coalition, act: str | None
) -> None:
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    grow_old(client, 1)
    response = client.post(to(row), {"act": act, "on": ["2"]}) if act else client.get(to(row))
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not Opening.objects.exists()


def test_keeping_is_not_held_up(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    grow_old(client, 1)
    assert keep(client, to(row), row, 1, 2, 4)["Location"] == to(row)
    assert statuses(row)[2] == "shortlisted"


def test_without_fresh_proof_a_fault_shows_no_candidate(client: Client, row: Coalition) -> None:
    enter(client, row.system, "delivery_leader", user__password="a long and quiet phrase")
    grow_old(client, 1)
    response = keep(client, to(row), row, 1, 2, 4, seen="1:9")
    assert response.status_code == 409
    page = response.content.decode()
    assert "You had ticked A, B, D." in page
    assert WORD not in page
    assert not Opening.objects.exists()


# --------------------------------------------------------------------------- the key
def test_without_the_key_the_page_says_so(
    client: Client, row: Coalition, settings: Settings
) -> None:
    enter(client, row.system, "delivery_leader")
    settings.CONFIDENTIAL_KEYS = []
    assert client.get(to(row)).status_code == 503
    assert client.post(to(row), {"act": "check", "on": ["2"]}).status_code == 503


@pytest.mark.parametrize("act", ["keep", "members"])
def test_without_the_key_nothing_is_written_and_the_ticks_stay(
    client: Client, row: Coalition, settings: Settings, act: str
) -> None:
    enter(client, row.system, "delivery_leader")
    data = {"act": act, "on": ["1", "2", "4"], "sure": "on", "seen": seen(row)}
    keys, settings.CONFIDENTIAL_KEYS = settings.CONFIDENTIAL_KEYS, []
    response = client.post(to(row), data)
    assert response.status_code == 503
    page = response.content.decode()
    assert "Nothing was saved" in page
    assert ("You had ticked A, B, D." in page) == (act == "keep")
    settings.CONFIDENTIAL_KEYS = keys
    assert statuses(row)[2] == "proposed"
