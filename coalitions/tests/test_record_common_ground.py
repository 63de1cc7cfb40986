"""How far a member shares what the coalition stands for: appended, never edited."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from pytest_django import Settings

from coalitions.models import Candidate, Coalition, CommonGround
from coalitions.services import building as service
from coalitions.tests import working
from coalitions.tests.factories import CoalitionFactory, CommonGroundFactory
from coalitions.tests.ladder import address
from coalitions.tests.working import SECRET, lead, named
from people.models import AuditEntry
from people.tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> Coalition:
    row: Coalition = CoalitionFactory.create()
    return row


@pytest.fixture
def one(row: Coalition) -> Candidate:
    return named(row, "Union leader")


def filled(seen: int = 0, **more: Any) -> dict[str, Any]:
    return {
        "version": str(seen), "aspiration": "4", "values_shared": "3", "strategy": "2",
        "approach": "1", "note": f"The {SECRET}, yes; the hours, no.", **more,
    }  # fmt: skip


def to(one: Candidate) -> str:
    return address("record_common_ground", one.coalition, one.number)


def test_the_first_view_is_kept(client: Client, row: Coalition, one: Candidate) -> None:
    user = lead(client, row)
    form = client.get(to(one)).content.decode()
    assert "Union leader" in form
    assert "checked" not in form
    assert client.post(to(one), filled())["Location"] == f"{address('building', row)}#members"
    found = CommonGround.objects.get()
    assert (found.candidate, found.seq, found.author) == (one, 1, user)
    assert (found.aspiration, found.values, found.strategy, found.approach) == tuple("4321")
    assert AuditEntry.objects.about(found).get().action == "record common ground"
    working.the_trail_says_nothing_of(found, "hours", "Union")


def test_a_later_view_stands_beside_the_earlier(
    client: Client, row: Coalition, one: Candidate
) -> None:
    CommonGroundFactory.create(candidate=one, aspiration="3")
    lead(client, row)
    assert client.get(to(one)).content.decode().count("checked") == 4
    assert client.post(to(one), filled(1)).status_code == 302
    assert [ground.aspiration for ground in one.grounds.order_by("seq")] == ["3", "4"]


def test_leaders_and_the_delegate_record_one(
    client: Client, row: Coalition, one: Candidate
) -> None:
    working.everybody_who_may_writes(client, row, to(one), lambda: filled(one.grounds.count()))
    assert one.grounds.count() == 3


def test_two_who_record_at_once_see_both(client: Client, row: Coalition, one: Candidate) -> None:
    lead(client, row)
    seen = {f"initial-{name}": "" for name in ("aspiration", "values_shared", "note")}
    client.post(to(one), {**filled(note="Theirs."), **seen})
    response = client.post(to(one), {**filled(note="Mine.", aspiration="2"), **seen})
    text = response.content.decode()
    assert response.status_code == 409
    assert "Theirs." in text
    assert "Mine." in text
    assert one.grounds.count() == 1
    assert 'name="version" value="1"' in text, "a second save is deliberate"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"aspiration": ""}, "Choose one of the four."),
        ({"values_shared": "5"}, "5 is no level"),
        ({"strategy": "x"}, "x is no level"),
        ({"version": ""}, "which version it showed"),
    ],
)
def test_bad_input_is_named_and_kept(
    client: Client, row: Coalition, one: Candidate, more: dict[str, Any], words: str
) -> None:
    lead(client, row)
    working.refused_with(client, to(one), filled(**more), words)
    assert not CommonGround.objects.exists()


def test_a_form_sent_back_names_a_letter_alone(
    client: Client, row: Coalition, one: Candidate
) -> None:
    with working.later(client, row):
        text = client.post(to(one), filled(aspiration="")).content.decode()
    assert "About candidate A." in text
    assert "Union leader" not in text


def test_who_is_not_on_the_list_is_not_found(
    client: Client, row: Coalition, one: Candidate
) -> None:
    lead(client, row)
    for number in (0, 2, 99_999_999):
        assert client.get(address("record_common_ground", row, number)).status_code == 404
    other = CoalitionFactory.create(aspiration__system=row.system)
    assert client.post(address("record_common_ground", other, 1), filled()).status_code == 404


def test_without_the_key_what_was_typed_stays(
    client: Client, row: Coalition, one: Candidate, settings: Settings
) -> None:
    CommonGroundFactory.create(candidate=one)
    lead(client, row)
    working.without_the_key_what_was_typed_stays(client, settings, to(one), filled(1))
    assert client.get(to(one)).status_code == 503
    assert one.grounds.count() == 1


def test_others_are_refused(client: Client, row: Coalition, one: Candidate) -> None:
    working.nobody_else_writes(client, row, to(one), filled())
    assert one.grounds.count() == 1, "the delegate’s"


def test_the_service_refuses_whom_the_page_would(row: Coalition, one: Candidate) -> None:
    user = MembershipFactory.create(system=row.system).user
    with pytest.raises(PermissionDenied):
        service.record_ground(candidate=one, values={}, seen=0, actor=user)


def test_other_methods_are_refused(client: Client, row: Coalition, one: Candidate) -> None:
    lead(client, row)
    working.only_get_and_post(client, to(one))
