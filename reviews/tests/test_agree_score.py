"""The joint team agrees on one element: a decision with a reason, appended and never edited."""

import threading
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections
from django.test import Client

from people.models import AuditEntry, User
from people.services import Conflict
from people.tests.entering import enter
from people.tests.factories import MembershipFactory
from reviews.models import AgreedScore, Round
from reviews.services import moves
from reviews.services.agreed import agree
from reviews.tests.factories import RoundFactory
from reviews.tests.ladder import address, answers, take_part
from reviews.tests.told import asked, closed, frozen, release

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WHY = "Paths exist for two of ten districts."
SAID = {"value": "2", "reason": WHY, "dissent": "", "version": "0"}


@pytest.fixture
def row() -> Round:
    return closed(asked("1A 1B"))


def to(row: Round, code: str = "1A") -> str:
    return address("agree_score", row, code)


def latest(row: Round) -> AgreedScore | None:
    found: AgreedScore | None = row.agreed.order_by("-revision").first()
    return found


def decide(row: Round, value: int | None = 2, **more: Any) -> bool:
    assert row.rubric
    element = more.pop("element", None) or row.rubric.elements.get(code="1A")
    return agree(round=row, element=element, value=value, **{"reason": WHY, **more})


def test_a_named_member_of_the_joint_team_agrees(client: Client, row: Round) -> None:
    part = take_part(client, row, "viewer", joint_team=True)
    assert client.get(to(row)).status_code == 200
    response = client.post(to(row), {**SAID, "dissent": "Data Office: three of ten."})
    assert response.status_code == 302
    assert response["Location"] == address("meeting", row)
    found = latest(row)
    assert found
    assert (found.value, found.reason, found.dissent) == (2, WHY, "Data Office: three of ten.")
    assert (found.by, found.revision) == (part.user, 1)


def test_a_leader_agrees_that_it_cannot_be_judged(client: Client, row: Round) -> None:
    enter(client, row.system, "delivery_leader")
    assert client.post(to(row), {**SAID, "value": "none"}).status_code == 302
    found = latest(row)
    assert found
    assert found.value is None


def test_who_may_not(client: Client, row: Round) -> None:
    release(row)
    for method in ("get", "post"):
        found = answers(client, row, method, to(row), SAID)
        assert found.pop("not signed in") == 302
        assert set(found.values()) == {404}
    take_part(client, row, "unit_staff")
    assert client.post(to(row), SAID).status_code == 404
    assert latest(row) is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"value": ""}, "Choose a point of the scale"),
        ({"value": "0"}, "Choose one of those offered."),
        ({"value": "5"}, "Choose one of those offered."),
        ({"value": "1e308"}, "Choose one of those offered."),
        ({"reason": ""}, "Give the reason"),
        ({"reason": "too short"}, "at least 10 characters; this one is “too short”"),
        ({"reason": "nul \x00 in the middle of it"}, "Null characters are not allowed."),
        ({"reason": "x" * 2001}, "at most 2000 characters"),
        ({"dissent": "x" * 2001}, "at most 2000 characters"),
        ({"version": "x"}, "no longer says which version it showed"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client: Client, row: Round, wrong: dict[str, str], words: str
) -> None:
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), {**SAID, "dissent": "Kept as typed.", **wrong})
    assert response.status_code == 400
    page = response.content.decode()
    assert words in page
    assert "dissent" in wrong or "Kept as typed." in page
    assert latest(row) is None


def test_a_change_is_a_revision_and_the_first_stays(client: Client, row: Round) -> None:
    decide(row)
    release(row)
    enter(client, row.system, "delivery_leader")
    page = client.get(to(row)).content.decode()
    assert WHY in page
    assert "These results are released." in page
    body = {"value": "3", "reason": "Eight more districts wrote theirs.", "version": "1"}
    assert client.post(to(row), body).status_code == 302
    assert list(row.agreed.order_by("revision").values_list("revision", "value")) == [
        (1, 2), (2, 3),
    ]  # fmt: skip


def test_the_same_again_changes_nothing(client: Client, row: Round) -> None:
    decide(row)
    enter(client, row.system, "delivery_leader")
    for version in ("1", "0"):  # sent twice, or from a page of before
        assert client.post(to(row), {**SAID, "version": version}).status_code == 302
    assert row.agreed.count() == 1
    assert AuditEntry.objects.filter(action="agree score").count() == 1


def test_the_second_of_two_writers_sees_both(client: Client, row: Round) -> None:
    first = MembershipFactory.create(
        system=row.system, role="delivery_leader", user__name="First Writer"
    ).user
    decide(row, 4, reason="Ten of ten districts have one.", actor=first)
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), SAID)
    assert response.status_code == 409
    page = response.content.decode()
    for words in (WHY, "Ten of ten districts have one.", "First Writer", "Amber-Red", "Green"):
        assert words in page
    assert row.agreed.count() == 1
    again = {**SAID, "version": str(response.context["form"].version_of(latest(row)))}
    assert client.post(to(row), again).status_code == 302
    found = latest(row)
    assert found
    assert (found.revision, found.value) == (2, 2)


@pytest.mark.parametrize("state", ["draft", "open"])
def test_before_the_closing_nothing_is_agreed(client: Client, state: str) -> None:
    row = RoundFactory.create(state=state, rubric=asked("1A"))
    Round.objects.filter(pk=row.pk).update(system=row.rubric.system)
    row.refresh_from_db()
    enter(client, row.system, "delivery_leader")
    assert client.get(to(row)).status_code == 400
    response = client.post(to(row), SAID)
    assert response.status_code == 400
    page = response.content.decode()
    assert "Close it first." in page
    assert WHY in page
    assert latest(row) is None


def test_what_is_refused_of_a_reopened_round_shows_no_figure(client: Client, row: Round) -> None:
    frozen(row, "1A", self={"median": 3.5, "bound": "high"}, unit=4)
    moves.reopen(round=row, reason="Two interviews were left out.")
    enter(client, row.system, "delivery_leader")
    response = client.post(to(row), SAID)
    assert response.status_code == 400
    page = response.content.decode()
    assert "Close it first." in page
    assert "3.5 or higher" not in page
    assert response.context["page"].figures == {}


def test_an_element_of_another_rubric_leads_nowhere(client: Client, row: Round) -> None:
    other = asked("7X", system=row.system)
    enter(client, row.system, "delivery_leader")
    assert client.post(to(row, "7X"), SAID).status_code == 404
    with pytest.raises(ValidationError, match="is not asked in"):
        decide(row, element=other.elements.get())


@pytest.mark.parametrize("value", [0, 5, -1])
def test_the_service_refuses_what_is_not_on_the_scale(row: Round, value: int) -> None:
    with pytest.raises(ValidationError, match="is not on the scale, which goes from 1 to 4"):
        decide(row, value)


def test_the_service_refuses_who_is_not_of_the_joint_team(row: Round) -> None:
    for role in ("system_leader", "unit_staff", "viewer"):
        user = MembershipFactory.create(system=row.system, role=role).user
        with pytest.raises(PermissionDenied):
            decide(row, actor=user)


def test_a_reader_who_saw_nothing_in_particular_meets_no_conflict(row: Round) -> None:
    assert decide(row)
    assert decide(row, 3)
    with pytest.raises(Conflict):
        decide(row, 4, seen=1)
    assert decide(row, 4, seen=2)


def test_the_trail_says_that_it_was_done_and_not_what(row: Round) -> None:
    decide(row, 2, dissent="Canary of dissent.", reason="Canary of the reason.")
    line = AuditEntry.objects.get(action="agree score")
    assert line.after["value"] == line.after["reason"] == line.after["dissent"] == "changed"
    assert line.after["element"] == "1A Title 1A"
    assert "Canary" not in str(vars(line))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time there")
def test_two_at_once_are_one_revision_and_one_conflict(row: Round) -> None:
    people = [
        MembershipFactory.create(system=row.system, role="delivery_leader").user for _ in range(2)
    ]
    found: list[str] = []
    ready = threading.Barrier(2)

    def write(user: User, value: int) -> None:
        try:
            ready.wait(timeout=20)
            decide(row, value, actor=user, seen=0)
            found.append("kept")
        except Conflict:
            found.append("told")
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=write, args=(user, value))
        for value, user in enumerate(people, start=1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["kept", "told"]
    assert row.agreed.count() == 1
