"""Building a coalition: who is in touch, what was promised, what stands in the way, who hears."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from coalitions.models import Candidate, Coalition
from coalitions.pages.building_words import headline
from coalitions.tests import working
from coalitions.tests.factories import (
    AppraisalFactory,
    BarrierFactory,
    CircleFactory,
    CoalitionFactory,
    CommitmentFactory,
    CommonGroundFactory,
    ContactFactory,
    NextStepFactory,
    StandingFactory,
    VacancyFactory,
)
from coalitions.tests.ladder import HEADS, REFUSED, address, answers, be_delegate
from coalitions.tests.working import SECRET, lead, named
from people.models import Opening, System
from people.tests.entering import enter
from people.tests.factories import ActorFactory

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
QUERIES = 29
TODAY = date(2026, 3, 14)


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create(aspiration__title="Every child reads well")
    System.objects.filter(pk=row.system.pk).update(reporting_date=TODAY)
    return row


def member(row: Coalition, office: str, since: str = "2026-01-12", status: str = "member") -> Any:
    one = named(row, office)
    StandingFactory.create(
        candidate=one, status=status, at=datetime.fromisoformat(since).replace(tzinfo=UTC)
    )
    return one


def met(one: Candidate, day: str, **more: Any) -> None:
    contact = ContactFactory.create(
        coalition=one.coalition, held_on=date.fromisoformat(day), **more
    )
    contact.candidates.add(one)


def both(row: Coalition, office: str, other: Coalition) -> None:
    """An office that is a member here and on the short list there."""
    one = member(row, office)
    there = one.__class__.objects.create(
        coalition=other, actor=one.actor, number=other.candidates.count() + 1
    )
    StandingFactory.create(candidate=there)


def opened(client: Client, row: Coalition, query: str = "") -> str:
    response = client.get(address("building", row) + query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --------------------------------------------------------------------------- who
@pytest.mark.parametrize("role", sorted(HEADS))
def test_leaders_read_it_and_stand_in_the_log(client: Client, row: Coalition, role: str) -> None:
    met(member(row, "Union leader"), "2026-03-09", purpose=f"Hear of the {SECRET}.")
    enter(client, row.system, role)
    page = opened(client, row)
    assert SECRET in page
    assert "Every child" not in page.split("</title>")[0]
    assert "Union leader" not in page.split("</title>")[0]
    assert Opening.objects.filter(object_key=str(row.pk)).count() == 1


def test_a_delegate_reads_it_and_everybody_else_finds_nothing(
    client: Client, row: Coalition
) -> None:
    be_delegate(client, row)
    opened(client, row)
    assert answers(client, row, "get", address("building", row)) == {**REFUSED, "delegate": 200}


def test_it_is_only_read(client: Client, row: Coalition) -> None:
    lead(client, row)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address("building", row)).status_code == 405


def test_it_asks_for_fresh_proof(client: Client, row: Coalition) -> None:
    with working.later(client, row):
        assert client.get(address("building", row)).status_code == 302
    assert not Opening.objects.exists()


def test_without_the_key_it_says_so(client: Client, row: Coalition, settings: Settings) -> None:
    member(row, "Union leader")
    lead(client, row)
    settings.CONFIDENTIAL_KEYS = []
    response = client.get(address("building", row))
    assert response.status_code == 503
    assert not Opening.objects.exists(), "what could not be read was not opened"


# --------------------------------------------------------------------------- members
@pytest.mark.parametrize(("day", "state", "said"), [
    ("2026-03-14", "In touch", "met on 14 March 2026, today"),
    ("2026-02-13", "In touch", "met on 13 February 2026, 29 days ago"),
    ("2026-02-12", "Fading", "met on 12 February 2026, 30 days ago"),
    ("2026-01-14", "Fading", "met on 14 January 2026, 59 days ago"),
    ("2026-01-13", "Lapsed", "met on 13 January 2026, 60 days ago"),
])  # fmt: skip
def test_contact_fades_and_lapses(
    client: Client, row: Coalition, day: str, state: str, said: str
) -> None:
    met(member(row, "Union leader"), day)
    lead(client, row)
    page = opened(client, row)
    assert f">{state}</span>" in page
    assert said in page


def test_a_message_is_kept_and_does_not_count(client: Client, row: Coalition) -> None:
    one = member(row, "Union leader")
    met(one, "2026-01-13")
    met(one, "2026-03-10", kind="message")
    lead(client, row)
    page = opened(client, row)
    assert ">Lapsed</span>" in page
    assert "Written to on 10 March 2026, one way." in page
    met(one, "2026-03-11")
    assert "Written to on" not in opened(client, row)


def test_who_has_just_joined_is_not_lapsed(client: Client, row: Coalition) -> None:
    one = member(row, "Union leader", since="2026-03-10")
    lead(client, row)
    page = opened(client, row)
    assert ">Not met yet</span>" in page
    assert "chosen on 10 March 2026" in page
    assert "The one member is out of touch; one has not been met since chosen." in page
    assert ">In touch</span>" not in page
    assert f"?candidate={one.number}" in page


def test_who_was_met_long_before_being_chosen_is_not_in_touch(
    client: Client, row: Coalition
) -> None:
    met(member(row, "Union leader", since="2026-03-14"), "2024-04-26")
    lead(client, row)
    page = opened(client, row)
    assert ">Not met since chosen</span>" in page
    assert "met on 26 April 2024, 687 days ago" in page
    assert ">In touch</span>" not in page
    assert "The one member is out of touch; one has not been met since chosen." in page
    met(member(row, "Senate chair", since="2026-03-10"), "2026-02-13")
    assert ">In touch</span>" in opened(client, row), "within the days that count"


def test_before_there_are_members_the_short_list_stands_there(
    client: Client, row: Coalition
) -> None:
    member(row, "Union leader", status="shortlisted")
    member(row, "Senate chair", status="excluded")
    lead(client, row)
    page = opened(client, row)
    assert "Nobody is a member yet" in page
    assert "Union leader" in page
    assert "Senate chair" not in page
    member(row, "Board chair")
    page = opened(client, row)
    assert "Nobody is a member yet" not in page
    assert "Union leader" not in page


def test_alignment_and_common_ground_are_told_in_words(client: Client, row: Coalition) -> None:
    one, other = member(row, "Union leader"), member(row, "Board chair")
    for level, day in (("1", "2025-10-06"), ("2", "2026-03-02")):
        when = datetime.fromisoformat(day).replace(tzinfo=UTC)
        AppraisalFactory.create(candidate=one, alignment=level, at=when)
        AppraisalFactory.create(candidate=other, alignment=str(5 - int(level)), at=when)
    CommonGroundFactory.create(candidate=one, aspiration="1")
    CommonGroundFactory.create(candidate=one)
    lead(client, row)
    page = opened(client, row)
    assert "Low, rising since 6 October 2025" in page
    assert "High, falling since 6 October 2025" in page
    assert page.count("Drifting away") == 1
    assert 'aspiration<span class="vh">: Fully</span>' in page, "the latest view counts"
    assert 'approach<span class="vh">: Not yet</span>' in page
    assert page.count("Not recorded yet") == 1


def test_commitments_and_steps_stand_with_their_member(client: Client, row: Coalition) -> None:
    one, other = member(row, "Union leader"), member(row, "Board chair")
    CommitmentFactory.create(candidate=one, due=date(2026, 3, 13))
    CommitmentFactory.create(candidate=one, due=TODAY)
    CommitmentFactory.create(candidate=one, state="kept", settled_on=date(2026, 3, 1))
    CommitmentFactory.create(candidate=one, state="broken", settled_on=date(2026, 3, 1))
    NextStepFactory.create(coalition=row, candidate=one, what="Long done", done_on=date(2026, 3, 1))
    NextStepFactory.create(coalition=row, candidate=one, what="Due first", due=date(2026, 3, 13))
    NextStepFactory.create(coalition=row, candidate=one, what="Due later", due=date(2026, 4, 1))
    lead(client, row)
    page = opened(client, row)
    for words in ("1 overdue", "1 open", "1 kept", "1 not kept"):
        assert f">{words}</span>" in page
    table = page.split("<tbody")[1].split("</tbody>")[0]
    assert "Due first" in table
    assert "Due later" not in table
    assert "Long done" not in table
    assert table.count("No next step") == 1
    assert f'{address("add_next_step", row)}?candidate={other.number}"' in table
    assert "One commitment is overdue" in page


def test_barriers_are_told_with_how_and_by_whom(client: Client, row: Coalition) -> None:
    one = member(row, "Union leader")
    BarrierFactory.create(coalition=row, what="Contracts end in June.")
    BarrierFactory.create(
        coalition=row, what="Two offices.", removed_on=date(2026, 2, 2), removed_by=one, how="One."
    )
    lead(client, row)
    page = opened(client, row)
    assert "One barrier stands; removed so far: 1" in page
    assert page.index("Contracts end") < page.rindex("Two offices.")
    assert page.count("Two offices.") >= 2, "also beside who removed it"


def test_posts_and_circles_are_told(client: Client, row: Coalition) -> None:
    office = ActorFactory.create(system=row.system, name="Board chair")
    VacancyFactory.create(coalition=row, actor=office, plan="Speak in April.")
    CircleFactory.create(coalition=row, name="<b>Principals</b>", size=1215, message="A block.")
    lead(client, row)
    page = opened(client, row)
    assert "Board chair" in page
    assert "Speak in April." in page
    assert "&lt;b&gt;Principals" in page
    assert "<b>Principals" not in page
    assert "Told" in page


def test_contacts_are_shown_some_at_a_time(client: Client, row: Coalition) -> None:
    one = member(row, "Union leader")
    for number in range(31):
        met(one, f"2026-01-{number + 1:02}", purpose=f"Talk number {number + 1:02}.")
    lead(client, row)
    first, second = opened(client, row), opened(client, row, "?page=2")
    assert "31 contacts" in first
    assert "Talk number 31." in first
    assert "Talk number 01." not in first
    assert "Talk number 01." in second
    assert "Talk number 31." not in second
    for odd in ("0", "x", "999", "-1"):
        opened(client, row, f"?page={odd}")


def test_an_empty_page_teaches(client: Client, row: Coalition) -> None:
    lead(client, row)
    page = opened(client, row)
    assert "Nobody is chosen yet" in page
    for name in ("add_contact", "add_commitment", "add_barrier", "add_circle", "add_vacancy"):
        assert address(name, row) in page
    assert address("choose_group", row) in page


# --------------------------------------------------------------------------- the finding
@pytest.mark.parametrize(("counts", "words"), [
    ((0, 0, 0, 0, 0, True), "Nobody is chosen yet, so there is nobody to stay in touch with."),
    ((8, 0, 0, 0, 0, True), "All eight members are in touch."),
    ((8, 1, 0, 2, 3, True),
     "Seven of eight members are in touch; one is fading and two commitments are overdue."),
    ((8, 1, 2, 1, 0, True),
     "Five of eight members are in touch; one is fading, two have lapsed and one commitment is "
     "overdue."),
    ((8, 0, 0, 0, 1, True), "All eight members are in touch; one barrier stands."),
    ((8, 0, 0, 0, 12, True), "All eight members are in touch; 12 barriers stand."),
    ((2, 1, 0, 0, 0, True), "One of two members is in touch; one is fading."),
    ((2, 0, 2, 0, 0, True), "None of two members is in touch; two have lapsed."),
    ((1, 0, 0, 0, 0, True), "The one member is in touch."),
    ((1, 0, 1, 0, 0, True), "The one member is out of touch; one has lapsed."),
    ((3, 1, 0, 0, 0, False), "Two of three on the short list are in touch; one is fading."),
    ((3, 3, 0, 0, 0, False), "None of three on the short list are in touch; three are fading."),
])  # fmt: skip
def test_the_finding_is_one_sentence(counts: tuple[Any, ...], words: str) -> None:
    members, fading, lapsed, overdue, barriers, formed = counts
    assert headline(
        members, fading=fading, lapsed=lapsed, overdue=overdue, barriers=barriers, formed=formed
    ) == words  # fmt: skip


# --------------------------------------------------------------------------- queries
def fill(row: Coalition, members: int, contacts: int) -> None:
    people = [member(row, f"Office {row.pk} {number}") for number in range(members)]
    for one in people:
        AppraisalFactory.create(candidate=one)
        CommonGroundFactory.create(candidate=one)
        CommitmentFactory.create(candidate=one)
        NextStepFactory.create(coalition=row, candidate=one)
        BarrierFactory.create(
            coalition=row, removed_on=date(2026, 2, 2), removed_by=one, how="One office."
        )
    for number in range(contacts):
        met(people[number % members], "2026-03-09")
    VacancyFactory.create(coalition=row)
    CircleFactory.create(coalition=row)
    both(row, f"In both {row.pk}", CoalitionFactory.create(aspiration__system=row.system))


@pytest.mark.parametrize(("members", "contacts"), [(3, 4), (10, 100)])
def test_queries_do_not_grow(
    client: Client, row: Coalition, members: int, contacts: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    fill(row, members, contacts)
    lead(client, row)
    opened(client, row)
    with django_assert_num_queries(QUERIES):
        opened(client, row)
